/** The parts of the study file's schema that say who waits: clinical priority, and groupings beside deprivation. */
import { z } from 'zod'
import { GROUP_ID_RULE, LEVEL_ID_RULE } from './messages.ts'
import { closed, kebabName, MAX_GROUPS, numberSpec } from './numbers.ts'
import { PRIORITY_RANGES } from './registry/priority.ts'
import type { StageNumber } from './registry/priority.ts'

/** Most priority levels, further dimensions, and groups of one. */
const MAX_LEVELS = 6
const MAX_DIMENSIONS = 4
const MAX_DIMENSION_GROUPS = 30
/** As many combinations of groups as there can be strata. */
const MAX_JOINT_COUNTS = 500

/** Id of a priority level, such as `P2`. */
export const levelId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,19}$/, LEVEL_ID_RULE)

/** Id of a group of a further dimension, such as `65+`. */
export const groupId = z.string().regex(/^[A-Za-z0-9<][A-Za-z0-9 +_.<>/-]{0,39}$/, GROUP_ID_RULE)

const weeks = z.number().min(0).max(520)

const level = closed({
  id: levelId.describe('Such as P2.'),
  title: z.string().min(1).max(80).describe('Shown in results; the id by default.').optional(),
  targetWeeks: z
    .union([weeks, closed({ firstAppointment: weeks.optional(), admission: weeks.optional() })])
    .describe('Weeks within which people of this level should be seen, and admitted after the decision; no target by default.')
    .optional(),
})

const byLevel = (what: StageNumber) => z.array(numberSpec(PRIORITY_RANGES[what])).min(1).max(MAX_LEVELS)

const stage = closed({
  shares: byLevel('shares').describe('Share of those who join the stage at each level; they sum to 1.'),
  listShares: byLevel('listShares').describe('Share of the list at the start; the shares of those who join by default.').optional(),
  headStartWeeks: byLevel('headStartWeeks').describe('Head start in turn of each level; 0 by default.').optional(),
  chanceWeight: byLevel('chanceWeight').describe('Relative chance of being next; 1 by default.').optional(),
})

/** Clinical priority. */
export const priority = z
  .union([
    z.literal('standard'),
    closed({
      levels: z.array(level).min(1).max(MAX_LEVELS).describe('Levels from the least urgent on.'),
      firstAppointment: stage.describe('Numbers by level for first appointments.'),
      admission: stage.describe('The same for admission; as for first appointments by default.').optional(),
    }),
  ])
  .describe('Clinical priority: levels written out, or "standard" for P4, P3 and P2 with assumed shares.')

const share = z.number().min(0).max(1)
const row = z.array(share).min(1).max(MAX_DIMENSION_GROUPS)
const seedCount = z.number().min(0).max(1_000_000_000)
const marginAndSeed = closed({
  margin: row.describe('Share of everybody, over all deprivation groups, in each group of the dimension; sums to 1.'),
  seed: z
    .array(z.array(seedCount).min(1).max(MAX_DIMENSION_GROUPS))
    .min(1)
    .max(MAX_GROUPS)
    .describe('People by deprivation group (rows) and group of the dimension (columns) somewhere else, such as England; independent by default.')
    .optional(),
}).meta({
  id: 'groupMargin',
  description: 'A margin, and a seed that says how it goes with deprivation: fitted to both by iterative proportional fitting.',
})
const rows = z.union([row, z.array(row).min(1).max(MAX_GROUPS), marginAndSeed])

const dimension = closed({
  id: kebabName.describe('Such as age, sex or ethnicity.'),
  title: z.string().min(1).max(80).describe('Shown in results; the id by default.').optional(),
  ordered: z.boolean().describe('Whether the groups have an order; false by default.').optional(),
  groups: z
    .array(
      closed({
        id: groupId.describe('Such as "65+". What is not recorded is a group of its own.'),
        label: z.string().min(1).max(80).describe('Shown in results; the id by default.').optional(),
        plus: z
          .boolean()
          .describe('Whether the group belongs to the PLUS of Core20PLUS: then results also compare Core20PLUS with others. False by default.')
          .optional(),
      }),
    )
    .min(2)
    .max(MAX_DIMENSION_GROUPS),
  residents: rows.describe('Share of residents in each group: one row for all, one per deprivation group, or a margin; rows sum to 1.'),
  clockStarts: rows.describe('Share of clock starts in each group; as residents by default.').optional(),
  list: rows.describe('Share of the list at the start in each group; as clock starts by default.').optional(),
})

/** Groupings beside deprivation. */
export const dimensions = z
  .array(dimension)
  .max(MAX_DIMENSIONS)
  .describe('Groupings beside deprivation. Without jointCounts, those of different dimensions are taken as independent in each deprivation group.')

const jointCount = closed({
  deprivation: z.int().min(1).max(MAX_GROUPS).describe('Deprivation group, 1 the most deprived; all of them by default.').optional(),
  groups: z.record(kebabName, groupId).describe('The group of each dimension of the study.'),
  people: seedCount.describe('People who are in all of them.'),
})

/** Who belongs to which groups of several dimensions at once. */
export const jointCounts = z
  .array(jointCount)
  .min(1)
  .max(MAX_JOINT_COUNTS)
  .describe(
    'People by group of every dimension at once, here or somewhere else. They are fitted to the shares of each dimension; '
    + 'combinations left out have nobody.',
  )

/** Clinical priority as read. */
export type PriorityFile = z.infer<typeof priority>
/** A further dimension as read. */
export type DimensionFile = z.infer<typeof dimension>
/** A margin with its seed as read. */
export type MarginFile = z.infer<typeof marginAndSeed>
/** People in several groups at once as read. */
export type JointCountFile = z.infer<typeof jointCount>
