/** The parts of the study file's schema that say who is next: policies and rules of rebooking. */
import { z } from 'zod'
import { byDeprivation, closed, isoDate, numberSpec } from './numbers.ts'
import { RANGES } from './ranges.ts'
import { levelling } from './schema-money.ts'
import { REBOOK_PLACES } from './study.ts'

/** Most policies of a scenario. */
const MAX_POLICIES = 20

const place = z.enum(REBOOK_PLACES)

/** Where those rebooked stand. */
export const rebooking = closed({
  afterDna: place.describe('After a DNA; own-place by default.').optional(),
  afterPatientCancellation: place.describe('After the patient cancelled; own-place by default.').optional(),
  afterHospitalCancellation: place.describe('After the hospital cancelled; front by default.').optional(),
}).meta({
  id: 'rebooking',
  description: 'Where somebody rebooked stands: in their own place by the clock, behind everybody who waits, or before them.',
})

const longWait = closed({
  fromWeeks: numberSpec(RANGES.longWaitFromWeeks).describe('Weeks waited from which the rule acts.'),
  headStartWeeks: numberSpec(RANGES.headStartWeeks).describe('Further head start in turn; 0 by default.').optional(),
  chanceWeight: numberSpec(RANGES.chanceWeight).describe('Factor on the chance of being next; 1 by default.').optional(),
}).describe('A rule for those who have waited long.')

const policy = closed({
  headStartWeeks: byDeprivation(numberSpec(RANGES.headStartWeeks))
    .describe('Weeks by which people are treated as if they had waited longer; groups left out get none.')
    .optional(),
  chanceWeight: byDeprivation(numberSpec(RANGES.chanceWeight))
    .describe('Factor on the chance of being next, for the slots not given in turn; groups left out keep 1.')
    .optional(),
  inTurnShare: closed({
    firstAppointment: numberSpec(RANGES.inTurnShare).optional(),
    admission: numberSpec(RANGES.inTurnShare).optional(),
  })
    .describe('Share of slots given strictly in turn, instead of the assumption.')
    .optional(),
  longWait: longWait.optional(),
  reservedShare: byDeprivation(numberSpec(RANGES.reservedShare))
    .describe('Share of NHS slots kept for each group and released to all when nobody there waits; together at most 1.')
    .optional(),
  levelling: levelling.optional(),
  rebooking: rebooking.optional(),
  from: isoDate.describe('First day of the policy; the start of the study by default.').optional(),
  to: isoDate.describe('Last day of the policy; the end of the study by default.').optional(),
}).meta({ id: 'policy', description: 'Rules for who is next.' })

/** One policy, or several. */
export const policies = z
  .union([policy, z.array(policy).min(1).max(MAX_POLICIES)])
  .describe('Rules for who is next, or a list of them; where two hold at once, the later one wins in what it sets.')

/** A policy as read. */
export type PolicyFile = z.infer<typeof policy>
/** Rules of rebooking as read. */
export type RebookingFile = z.infer<typeof rebooking>
