/** A fit as a pack holds it. Pure. */
import { AVERAGE_WEEK, daysBetween, firstDayOfMonth, nextMonth } from '../calendar.ts'
import { START_DAY_WEIGHTS } from '../series/days.ts'
import { listOf, totalOf, type MonthCounts } from '../series/types.ts'
import { BANDS, type PackDrift, type PackFit, type PackSpread } from '../types.ts'
import type { Drift } from './drift.ts'
import { advanceMonth, expectedList, listsAt, type ExpectedMonth } from './expected-month.ts'
import type { ServiceFit } from './fit-service.ts'
import { workingWeight, type FlowModel } from './forecast-flows.ts'

/** Weight of a standard week's days: five working days and a weekend. */
const STANDARD_WEEK = 5 + 2 * START_DAY_WEIGHTS.weekend
/** Significant digits kept: more are noise. */
const DIGITS = 5
/** … of a curve's points, which rest on fewer people. */
const CURVE_DIGITS = 4
const LEAST_WEIGHT = 1e-3
/** … of slopes per month: nine months' worth, which is all that a damped drift comes to, are then known to half a per cent. */
const SLOPE_DECIMALS = 3
/** Months run ahead: a year, so that no season's young list stands for all. */
const YEAR = 12
/**
 * Part of the list's recent change per month that a pack goes on with. A study holds flows for years: over three, a quarter
 * comes to as much as a trend that each month keeps 0.9 of the month before, as drifts do.
 */
const KEPT_CHANGE = 0.25
/** Recent change that is believed, per month, as part of the list: more is a list counted anew. */
const MOST_CHANGE = 0.03
/** Rounds in which clock starts settle; each leaves about a tenth of the error of the one before. */
const SETTLING_ROUNDS = 4
/** Clock starts keep at least this part. */
const LEAST_FACTOR = 0.5

/**
 * Puts a fit into the form of a pack, whose flows a study holds level for years.
 *
 * Hazards below 0 in the first weeks stand for people who join the list after their clock started, net of those who leave
 * it. A simulation lists everybody at the start: there the hazard is 0, and those who join are clock starts. So are those
 * whom no hazard explains, such that the list goes on changing at {@link KEPT_CHANGE} of its recent pace.
 *
 * @param last the month-end at which the fit holds
 * @param spread where the months say how unsure the fit is
 */
export function packFit(fit: ServiceFit, flows: FlowModel, last: MonthCounts, spread?: PackSpread): PackFit {
  const starts = Math.exp(flows.clockStarts.level) * STANDARD_WEEK
  const factor = startsFactor(fit, flows, last)
  const joining = joiningPerWeek(levelMonths(fit, flows, last, YEAR, factor), last)
  const weights = (values: Float64Array): number[] => rounded(values.map((weight) => Math.max(LEAST_WEIGHT, weight)))
  return {
    until: fit.origin,
    pairs: fit.pairs,
    chanceWeightFirst: weights(fit.law.chanceWeightFirst),
    chanceWeightAdmission: weights(fit.law.chanceWeightAdmission),
    removedPerWeek: rounded(fit.law.removedPerWeek.map((hazard) => Math.max(0, hazard))),
    admittedShare: digits(fit.law.admittedShare),
    directShare: digits(fit.law.directShare),
    clockStartsPerWeek: digits(starts * factor + joining / AVERAGE_WEEK),
    nonAdmittedPerWeek: digits(starts * Math.exp(flows.nonAdmittedPerStart)),
    admittedPerWeek: digits(starts * Math.exp(flows.admittedPerStart)),
    drift: packDrift(fit.drift),
    ...(spread !== undefined && { spread }),
  }
}

function packDrift({ first, admission, removed }: Drift): PackDrift {
  // Without + 0, what rounds to nothing from below would be −0, which JSON does not keep.
  const slope = (value: number): number => Number(value.toFixed(SLOPE_DECIMALS)) + 0
  return { first: first.map(slope), admission: admission.map(slope), removed: slope(removed) }
}

/**
 * Clock starts of a pack over those published at which the list changes in the year ahead as a pack's is to. Each month
 * that is run tells by how many the list misses; the first, alone, where to begin, since a list that runs out would hide
 * the rest.
 */
function startsFactor(fit: ServiceFit, flows: FlowModel, last: MonthCounts): number {
  const list = totalOf(listOf(last))
  const wanted = KEPT_CHANGE * Math.max(-MOST_CHANGE * list, Math.min(MOST_CHANGE * list, flows.listChange))
  let factor = 1
  for (const months of [1, ...Array.from({ length: SETTLING_ROUNDS }, () => YEAR)]) {
    const ahead = levelMonths(fit, flows, last, months, factor)
    const change = totalOf(expectedList(ahead[months - 1])) - list
    const starts = ahead.reduce((sum, { month }) => sum + levelStarts(flows, month), 0)
    factor = Math.max(LEAST_FACTOR, factor + (wanted * months - change) / starts)
  }
  return factor
}

/** People who join the list after their start, per calendar week of the months run. */
function joiningPerWeek(months: readonly ExpectedMonth[], last: MonthCounts): number {
  const joined = months.reduce((sum, { exits }) => sum - exits.removed.reduce((below, removed) => below + Math.min(0, removed), 0), 0)
  const days = daysBetween(firstDayOfMonth(nextMonth(last.month)), firstDayOfMonth(nextMonth(months[months.length - 1].month)))
  return (joined * 7) / days
}

/**
 * The months after a fit's last one by its law, with clock starts and stops held at their levels: no season, trend or
 * drift, but the days of the calendar.
 *
 * @param factor on clock starts
 */
function levelMonths({ law }: ServiceFit, flows: FlowModel, last: MonthCounts, count: number, factor: number): ExpectedMonth[] {
  const lists = listsAt(last, law)
  const perStart = { nonAdmitted: Math.exp(flows.nonAdmittedPerStart), admitted: Math.exp(flows.admittedPerStart) }
  let { month } = last
  return Array.from({ length: count }, () => {
    month = nextMonth(month)
    const starts = levelStarts(flows, month)
    return advanceMonth(lists, law, { month, clockStarts: starts * factor, nonAdmitted: starts * perStart.nonAdmitted, admitted: starts * perStart.admitted })
  })
}

function levelStarts(flows: FlowModel, month: string): number {
  return Math.exp(flows.clockStarts.level) * workingWeight(month)
}

function digits(value: number, kept = DIGITS): number {
  return Number(value.toPrecision(kept))
}

function rounded(values: Float64Array): number[] {
  return Array.from({ length: BANDS }, (_, band) => digits(values[band], CURVE_DIGITS))
}
