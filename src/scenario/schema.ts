/**
 * The study file, schema version 1: the single source of its types, its validation and its JSON Schema. What
 * needs the whole file or the baseline (names that must exist, dates inside the study) is checked in
 * `checks.ts` and `resolve.ts`. Its larger parts stand in the `schema-…` files.
 */
import { z } from 'zod'
import { MEASURES } from '../measures/definitions.ts'
import { RESERVED_NAMES } from './formula.ts'
import { baseline } from './inline-schema.ts'
import { PARAMETER_NAME_RULE, text } from './messages.ts'
import { closed, distribution, isoDate, kebabName, specialtyCode } from './numbers.ts'
import { adjust, assumptions } from './schema-assumptions.ts'
import { health } from './schema-health.ts'
import { prices } from './schema-money.ts'
import { dimensions, jointCounts, priority } from './schema-people.ts'
import { rebooking } from './schema-policy.ts'
import { description, scenario, title } from './schema-scenario.ts'
import { DRAW_METHODS } from './study.ts'

export type { ScenarioFile } from './schema-scenario.ts'

/** Most scenarios in a study. */
const MAX_SCENARIOS = 50
/** Most targets in a study. */
const MAX_TARGETS = 50
/** Most pairs of parameters that are drawn together. */
const MAX_CORRELATIONS = 1000

const time = closed({
  start: isoDate.describe('First day simulated. With a baseline pack, the day after its list was counted, which is the default.').optional(),
  weeks: z.int().min(1).max(1040).describe('Length of the projection, weeks.'),
  stepDays: z.literal([7, 1]).describe('Days in a step: 7, the default, or 1.').optional(),
  workingDays: z
    .boolean()
    .describe('Whether capacity and clock starts follow the working days of England. True with a baseline pack, false with an inline baseline, by default.')
    .optional(),
  warmUpWeeks: z
    .int()
    .min(0)
    .max(520)
    .describe('Weeks run before the start without any change and without being reported; 0 by default.')
    .optional(),
})

const byMonth = z
  .array(z.number().min(0).max(1000))
  .length(12)
  .refine((months) => months.some((month) => month > 0), text.noMonth)
  .describe('Twelve relative numbers, January first; brought to a mean of 1.')

const seasonality = closed({
  clockStarts: byMonth.optional(),
  capacity: byMonth.optional(),
}).describe('How clock starts and slots run through the year; level by default.')

const target = closed({
  id: kebabName.describe('Name of the target in results.'),
  title: title.describe('Shown in results; measure, limit and date by default.').optional(),
  measure: z.enum(MEASURES.map(({ id }) => id)).describe('What is held against the limit; see the guide to measures.'),
  specialty: specialtyCode.describe('Specialty code; all together by default.').optional(),
  group: z.int().min(1).max(99).describe('Deprivation group, 1 the most deprived; everybody by default.').optional(),
  atLeast: z.number().describe("Met at this value or above, in the measure's unit; shares from 0 to 1.").optional(),
  atMost: z.number().describe("Met at this value or below, in the measure's unit; shares from 0 to 1.").optional(),
  within: z
    .number()
    .gt(0)
    .describe('For gap measures: met at this distance from equality or nearer, whichever group is ahead.')
    .optional(),
  by: isoDate.describe('Judged at the end of the week that holds this date.'),
  required: z
    .union([z.boolean(), z.array(kebabName).min(1).max(MAX_SCENARIOS)])
    .describe('Scenarios in which "fairwait run --check" demands it, or true for every one; none by default.')
    .optional(),
}).meta({ id: 'target', description: 'A goal for one measure on one date: one of atLeast, atMost and within.' })

const correlation = closed({
  between: z
    .tuple([z.string().min(1).max(300), z.string().min(1).max(300)])
    .describe('Two paths of distributions in this file, such as assumptions.dnaRate.'),
  rank: z.number().gt(-1).lt(1).describe("Spearman's rank correlation."),
})

const parameterName = z
  .string()
  .refine((name) => /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name) && !RESERVED_NAMES.includes(name), PARAMETER_NAME_RULE)

const scenarios = z.record(kebabName, scenario).superRefine((all, context) => {
  const found = Object.keys(all).length
  if (found === 0) context.addIssue({ code: 'custom', message: text.noScenario })
  if (found > MAX_SCENARIOS) context.addIssue({ code: 'custom', message: text.tooManyScenarios(MAX_SCENARIOS, found) })
})

/** The whole file. */
export const studySchema = closed({
  $schema: z.string().max(500).describe('Path of this JSON Schema, for editors.').optional(),
  schemaVersion: z.literal(1),
  name: kebabName.describe('Names the folder of results.'),
  title: title.describe('Title of the report; the name by default.').optional(),
  description: description.optional(),
  baseline,
  time,
  seasonality: seasonality.optional(),
  seed: z
    .union([z.string().min(1).max(200), z.int()])
    .describe('Any text or whole number; the same seed gives the same results. The name by default.')
    .optional(),
  replications: z.int().min(1).max(10_000).describe('Random runs of each scenario; 10 by default.').optional(),
  draws: z
    .int()
    .min(0)
    .max(10_000)
    .describe('Samples of the distributions, each run with all replications; 0, the default, takes their means.')
    .optional(),
  drawMethod: z
    .enum(DRAW_METHODS)
    .describe('How draws are spread: independent, the default; or evenly, as a latin-hypercube or sobol points.')
    .optional(),
  correlations: z
    .array(correlation)
    .min(1)
    .max(MAX_CORRELATIONS)
    .describe('Uncertain parameters that are drawn together; all others are independent.')
    .optional(),
  sample: z
    .number()
    .gt(0)
    .max(1)
    .describe('Fraction of pathways simulated, for a quick look; counts are scaled up. 1 by default.')
    .optional(),
  reference: kebabName.describe('The scenario that the others are compared with; the first by default.').optional(),
  parameters: z
    .record(parameterName, z.union([z.number(), distribution]))
    .describe('Named values that formulas can use.')
    .optional(),
  assumptions: assumptions.optional(),
  adjust: adjust.optional(),
  dimensions: dimensions.optional(),
  jointCounts: jointCounts.optional(),
  priority: priority.optional(),
  rebooking: rebooking.optional(),
  prices: prices.optional(),
  health: health.optional(),
  smallNumbers: z
    .int()
    .min(0)
    .max(1000)
    .describe('Groups of further dimensions with fewer people waiting than this are left out of results; 10 by default, 0 shows all.')
    .optional(),
  scenarios: scenarios.describe(`Scenarios by id, at most ${MAX_SCENARIOS}.`),
  targets: z.array(target).max(MAX_TARGETS).describe('Goals that every scenario is held against.').optional(),
})

/** A study file as read: its shape is right, its names are not yet looked up. */
export type StudyFile = z.infer<typeof studySchema>
/** One target of the study. */
export type TargetFile = NonNullable<StudyFile['targets']>[number]

/** Versions of JSON Schema that are published. */
export const JSON_SCHEMA_DRAFTS = ['7', '2020-12'] as const
export type JsonSchemaDraft = (typeof JSON_SCHEMA_DRAFTS)[number]

/** The study file's JSON Schema, for editor completion and other checkers. */
export function studyJsonSchema(draft: JsonSchemaDraft): Record<string, unknown> {
  const schema = z.toJSONSchema(studySchema, { target: draft === '7' ? 'draft-7' : 'draft-2020-12', io: 'input' })
  const { $schema, ...rest } = schema
  return { $schema, title: 'Fairwait study', description: 'Study file of Fairwait, schema version 1.', ...rest }
}
