/**
 * The days of a month as the waiting list knows them: which are worked, how much of a month's clock starts and stops
 * falls on each, and how many weeks somebody has waited by the published bands. Pure.
 */
import { addDays, daysBetween, firstDayOfMonth, nextMonth, weekday, workingDays } from '../calendar.ts'
import type { AgeGrid } from '../calibrate/expected-list.ts'
import { BANDS } from '../types.ts'

/**
 * Ages in days that are told apart: 0 to 728; the last entry holds everybody who has waited more than 104 weeks.
 */
export const DAY_AGES = (BANDS - 1) * 7 + 2

/**
 * Published band of an age in days. A band is "more than w, up to w + 1 weeks" (18 weeks is 126 days and within), so
 * the day of the clock start and the seven after it are band 0.
 */
export const BAND_OF_DAY_AGE: Int32Array = Int32Array.from({ length: DAY_AGES }, (_, age) => (age === 0 ? 0 : Math.floor((age - 1) / 7)))

/** The same for the expected list: the first age of each band, and of the one after the last. */
export const DAY_GRID: AgeGrid = {
  bands: BANDS,
  firstAge: Int32Array.from({ length: BANDS + 1 }, (_, band) => (band === BANDS ? DAY_AGES : BAND_OF_DAY_AGE.indexOf(band))),
}

/**
 * Clock starts, or stops, on each kind of day relative to an ordinary working day. Read off England's youngest bands
 * at month-ends that fall on different weekdays, April 2024 to February 2025: a Saturday or Sunday in band 0 adds
 * little, Christmas weeks about half of what their working days alone would. The split of the two is an assumption.
 */
export interface DayWeights {
  readonly weekend: number
  readonly bankHoliday: number
  /** Working days from 24 December to 2 January. */
  readonly christmas: number
}

export const START_DAY_WEIGHTS: DayWeights = { weekend: 0.1, bankHoliday: 0.1, christmas: 0.75 }
export const STOP_DAY_WEIGHTS: DayWeights = { weekend: 0.1, bankHoliday: 0.1, christmas: 0.75 }

const SATURDAY = 6
const SUNDAY = 0

/** Weight of a day, 1 for an ordinary working day. */
export function dayWeight(iso: string, weights: DayWeights): number {
  const day = weekday(iso)
  if (day === SATURDAY || day === SUNDAY) return weights.weekend
  if (workingDays(iso, addDays(iso, 1)) === 0) return weights.bankHoliday
  const monthDay = iso.slice(5)
  return monthDay >= '12-24' || monthDay <= '01-02' ? weights.christmas : 1
}

/** Calendar days of a month given as `YYYY-MM`, ISO dates. */
function daysOfMonth(month: string): string[] {
  const first = firstDayOfMonth(month)
  return Array.from({ length: daysBetween(first, firstDayOfMonth(nextMonth(month))) }, (_, day) => addDays(first, day))
}

/** Weights of a month's days in order. */
export function monthWeights(month: string, weights: DayWeights): number[] {
  return daysOfMonth(month).map((day) => dayWeight(day, weights))
}

/** Share of each age in days among its band at a month's end, by weights and month: the calendar is read once. */
const bandShares = new WeakMap<DayWeights, Map<string, Float64Array>>()

function bandSharesOf(month: string, weights: DayWeights): Float64Array {
  const known = bandShares.get(weights) ?? new Map<string, Float64Array>()
  bandShares.set(weights, known)
  const found = known.get(month)
  if (found !== undefined) return found
  const end = addDays(firstDayOfMonth(nextMonth(month)), -1)
  const share = Float64Array.from({ length: DAY_AGES }, (_, age) => dayWeight(addDays(end, -age), weights))
  const total = new Float64Array(BANDS)
  for (let age = 0; age < DAY_AGES; age++) total[BAND_OF_DAY_AGE[age]] += share[age]
  for (let age = 0; age < DAY_AGES; age++) share[age] /= total[BAND_OF_DAY_AGE[age]]
  known.set(month, share)
  return share
}

/**
 * Spreads a month-end list over days waited: within a band as clocks start on those days.
 *
 * @param bands people by published band, {@link BANDS} entries
 * @param month `YYYY-MM`, at whose end they were counted
 * @returns people by age in days, {@link DAY_AGES} entries
 */
export function byDayWaited(bands: ArrayLike<number>, month: string, weights: DayWeights): Float64Array {
  return bandSharesOf(month, weights).map((share, age) => share * bands[BAND_OF_DAY_AGE[age]])
}
