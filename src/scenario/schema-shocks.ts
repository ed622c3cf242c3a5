/** The part of the study file's schema that says what happens to a system in named weeks. */
import { z } from 'zod'
import { assumptionEntry } from './assumptions.ts'
import { YEAR_DAY_RULE } from './messages.ts'
import { closed, isoDate, numberSpec, perGroup, systemList } from './numbers.ts'
import { RANGES } from './ranges.ts'
import type { ShockKind } from './study.ts'

/** Most weeks that a shock can list. */
const MAX_WEEKS = 1040

const yearDay = z
  .string()
  .regex(/^(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])$|^(0[469]|11)-(0[1-9]|[12]\d|30)$|^02-(0[1-9]|1\d|2[0-8])$/, YEAR_DAY_RULE)

const when = {
  weeks: z.array(isoDate).min(1).max(MAX_WEEKS).describe('A date in each week that is hit.').optional(),
  from: isoDate.describe('First day, instead of weeks; the start of the study by default.').optional(),
  to: isoDate.describe('Last day; the end of the study by default.').optional(),
  everyYear: closed({
    from: yearDay.describe('First day, such as 12-01.'),
    to: yearDay.describe('Last day, such as 02-28; in the next year where it is the earlier.'),
  })
    .describe('The same days of every year, instead of weeks.')
    .optional(),
  systems: systemList.optional(),
}

const loss = numberSpec(RANGES.capacityLoss)
const recovery = {
  recovered: numberSpec(RANGES.share).describe('Share of the slots lost that are recovered afterwards; 0 by default.').optional(),
  recoveryWeeks: z.int().min(1).max(520).describe('Weeks over which they are, after the last week hit; 13 by default.').optional(),
}
const chanceWeight = perGroup(RANGES.chanceWeight)
  .describe('Factor on the chance of getting one of the slots left, by deprivation group; 1 by default.')
  .optional()
const rates = {
  dnaOdds: perGroup(RANGES.factor).describe('Factor on the odds of a DNA, by deprivation group; 1 by default.').optional(),
  emergencyFactor: perGroup(RANGES.factor).describe('Factor on emergencies while waiting; 1 by default.').optional(),
  deathFactor: perGroup(RANGES.factor).describe('Factor on deaths while waiting; 1 by default.').optional(),
}

const defaultOf = (kind: ShockKind, effect: string): string => String(assumptionEntry(`shock.${kind}.${effect}`).value)

/** A shock. Kinds differ in what they do. */
export const shock = z.discriminatedUnion('kind', [
  closed({
    kind: z.literal('industrial-action'),
    ...when,
    capacityLoss: loss.describe('Share of the NHS slots of those weeks lost.'),
    ...recovery,
    chanceWeight,
  }),
  closed({
    kind: z.literal('winter'),
    ...when,
    capacityLoss: loss.describe('Share of the NHS slots of those weeks lost; 0 by default.').optional(),
    ...recovery,
    ...rates,
    chanceWeight,
  }),
  closed({
    kind: z.literal('pandemic'),
    ...when,
    capacityLoss: loss.describe(`Share of the NHS slots lost; ${defaultOf('pandemic', 'capacityLoss')} by default.`).optional(),
    ...recovery,
    referralLoss: perGroup(RANGES.share)
      .describe(`Share of referrals lost, by deprivation group; ${defaultOf('pandemic', 'referralLoss')} by default.`)
      .optional(),
    referralReturn: perGroup(RANGES.share)
      .describe(`Of those, the share that comes later; ${defaultOf('pandemic', 'referralReturn')} by default.`)
      .optional(),
    returnWeeks: z.int().min(1).max(520).describe('Weeks over which they come, after the last week hit; 26 by default.').optional(),
    ...rates,
    chanceWeight,
  }),
  closed({
    kind: z.literal('funding-change'),
    ...when,
    capacityChange: numberSpec(RANGES.capacityChange).describe('Share of the NHS slots added, below 0 taken away.'),
    chanceWeight,
  }),
  closed({
    kind: z.literal('staff-loss'),
    ...when,
    capacityLoss: loss.describe('Share of the NHS slots of those weeks lost.'),
    ...recovery,
    chanceWeight,
  }),
])

/** A shock as read. */
export type ShockFile = z.infer<typeof shock>
