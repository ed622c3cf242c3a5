/** Reading a baseline pack that somebody else wrote: its shape, its limits, and that its figures agree. Pure. */
import { z } from 'zod'
import { InputError, type Problem } from '../errors.ts'
import { problemsOf } from '../scenario/issues.ts'
import { closed } from '../scenario/numbers.ts'
import { NO_POSITIONS } from '../scenario/positions.ts'
import { isIsoDate, nextMonth } from './calendar.ts'
import { BANDS, type BaselinePack } from './types.ts'
import { DRIFT_GROUPS, SPREAD_GROUPS } from './wait-groups.ts'

/** Fifths, or tenths. */
const GROUP_NUMBERS: readonly number[] = [5, 10]
const FEWEST_GROUPS = 5
const MOST_GROUPS = 10
const SHARE_TOLERANCE = 1e-4
const PROBLEMS_SHOWN = 10
const FORMAT = 'fairwait-baseline'
const NO_PACK = 'is not a baseline pack; a pack is a JSON file made by "fairwait import rtt"'

/** A count: whole, not negative, and no larger than a few times England's whole population. */
const count = z.int().min(0).max(200_000_000)
const bands = z.array(count).max(BANDS)
const text = z.string().max(1_000)
const shares = z
  .array(z.number().min(0).max(1))
  .min(FEWEST_GROUPS)
  .max(MOST_GROUPS)
  .refine((values) => Math.abs(values.reduce((a, b) => a + b, 0) - 1) <= SHARE_TOLERANCE, { error: 'shares must sum to 1' })
const month = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, { error: 'a month is written YYYY-MM' })

const weights = z.array(z.number().positive().max(1e6)).length(BANDS)
const perWeek = z.number().min(0).max(10_000_000)

const slope = z.number().min(-1).max(1)
const deviation = z.number().min(0).max(2)

const drift = closed({
  first: z.array(slope).length(DRIFT_GROUPS.length - 1),
  admission: z.array(slope).length(DRIFT_GROUPS.length - 1),
  removed: slope,
})

const spread = closed({
  first: z.array(deviation).length(SPREAD_GROUPS.length - 1),
  admission: z.array(deviation).length(SPREAD_GROUPS.length - 1),
  removed: deviation,
  admittedShare: deviation,
  clockStarts: deviation,
})

const fit = closed({
  until: month,
  pairs: z.int().min(1).max(120),
  chanceWeightFirst: weights,
  chanceWeightAdmission: weights,
  removedPerWeek: z.array(z.number().min(0).max(1)).length(BANDS),
  admittedShare: z.number().min(0).max(0.99),
  directShare: z.number().min(0).max(0.99),
  clockStartsPerWeek: perWeek,
  nonAdmittedPerWeek: perWeek,
  admittedPerWeek: perWeek,
  drift: drift.exactOptional(),
  spread: spread.exactOptional(),
})

const specialty = closed({
  code: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, { error: 'a code is 1 to 20 letters, digits, _ or -' }),
  name: text,
  waitingWithoutDecision: bands,
  waitingWithDecision: bands,
  admittedStops: bands,
  nonAdmittedStops: bands,
  clockStarts: count,
  unknownClockStart: closed({ waiting: count, withDecision: count, admitted: count, nonAdmitted: count }),
  fitted: fit.exactOptional(),
})

const deprivation = closed({
  population: z.array(count.min(1)).min(FEWEST_GROUPS).max(MOST_GROUPS),
  ageBands: z.array(text).min(1).max(30),
  populationByAge: z.array(z.array(count).max(30)).min(FEWEST_GROUPS).max(MOST_GROUPS),
  listShare: shares,
  startShare: shares,
  tilt18to51: z.number().min(-5).max(5),
  tilt52plus: z.number().min(-5).max(5),
})

const pack = closed({
  format: z.literal(FORMAT),
  version: z.literal(1),
  system: closed({
    code: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, { error: 'a code is 1 to 20 letters, digits, _ or -' }),
    name: text,
    region: text,
  }),
  months: z.array(month).min(1).max(120),
  listAsAt: z.string().refine(isIsoDate, { error: 'must be a date of the calendar written YYYY-MM-DD' }).exactOptional(),
  days: z.int().min(28).max(3_700),
  workingDays: z.int().min(1).max(3_000),
  unreportedRemovalShare: z.number().min(0).max(0.9).nullable(),
  specialties: z.array(specialty).min(1).max(200),
  deprivation,
  provenance: closed({
    licence: text,
    sources: z
      .array(closed({ title: text, publisher: text, file: text, sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: 'a SHA-256 is 64 hexadecimal digits' }) }))
      .max(200),
    modelled: z.array(text).max(100),
  }),
})

/** What the shape alone cannot say. */
function disagreements(value: BaselinePack): Problem[] {
  const problems: Problem[] = []
  const report = (path: string, message: string): void => void problems.push({ path, message })
  for (let index = 1; index < value.months.length; index++) {
    if (value.months[index] !== nextMonth(value.months[index - 1])) {
      report(`months[${index}]`, `${value.months[index]} does not follow ${value.months[index - 1]}`)
    }
  }
  if (value.workingDays > value.days) report('workingDays', `${value.workingDays} is more than the ${value.days} days`)
  const codes = new Set<string>()
  for (const [index, { code }] of value.specialties.entries()) {
    if (codes.has(code)) report(`specialties[${index}].code`, `"${code}" is there twice`)
    codes.add(code)
  }
  const { population: residents, populationByAge, listShare, startShare } = value.deprivation
  if (!GROUP_NUMBERS.includes(residents.length)) report('deprivation.population', `${residents.length} groups; there must be 5 or 10`)
  for (const [key, list] of Object.entries({ populationByAge, listShare, startShare })) {
    if (list.length !== residents.length) report(`deprivation.${key}`, `${list.length} entries for ${residents.length} deprivation groups`)
  }
  for (const [quintile, row] of value.deprivation.populationByAge.entries()) {
    const path = `deprivation.populationByAge[${quintile}]`
    const total = row.reduce((a, b) => a + b, 0)
    const { ageBands, population } = value.deprivation
    if (row.length !== ageBands.length) report(path, `${row.length} numbers for ${ageBands.length} age bands`)
    else if (total !== population[quintile]) report(path, `sums to ${total}, but the group has ${population[quintile]} residents`)
  }
  return problems
}

/**
 * Checks that a value is a baseline pack.
 *
 * @param value parsed JSON
 * @param file name for messages, as the user gave it
 * @throws InputError naming each place that is wrong, ten at most
 */
export function validatePack(value: unknown, file: string): BaselinePack {
  if (!saysThatItIsPack(value)) throw new InputError({ file, message: NO_PACK })
  const result = pack.safeParse(value)
  const problems: Problem[] = result.success
    ? disagreements(result.data)
    : problemsOf(result.error.issues, value, NO_POSITIONS)
  if (problems.length > PROBLEMS_SHOWN) {
    const more = problems.length - PROBLEMS_SHOWN
    problems.splice(PROBLEMS_SHOWN, more, { message: `and ${more} more` })
  }
  if (!result.success || problems.length > 0) throw new InputError(problems.map((problem) => ({ file, ...problem })))
  return result.data
}

function saysThatItIsPack(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT
}
