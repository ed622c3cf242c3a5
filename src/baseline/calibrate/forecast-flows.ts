/**
 * Clock starts and stops in months to come, from months past. Pure.
 *
 *     clock starts = level × damped trend × month effect × working days
 *     stops        = clock starts × (stops per start) × month effect of that ratio
 *
 * Stops follow starts, as they have: tied so, an error in the level of starts hardly moves the list, whose change is the
 * small difference of the two.
 */
import { nextMonth } from '../calendar.ts'
import { monthWeights, START_DAY_WEIGHTS } from '../series/days.ts'
import type { MonthlyTotals } from '../series/read-monthly.ts'
import { listOf, totalOf, type KnownSeries, type MonthCounts } from '../series/types.ts'
import { dampedMonths, slopeOf } from './drift.ts'
import type { MonthFlows } from './expected-month.ts'
import { HALF_LIFE_MONTHS } from './fit-service.ts'

/** Logarithms by calendar month (January first), mean 0. */
export interface MonthEffects {
  /** Of clock starts per working day, and of completed pathways per clock start. */
  readonly clockStarts: readonly number[]
  readonly stopsPerStart: readonly number[]
}

/** Months past that count. */
const MOST_MONTHS = 24
/** Trends of clock starts per month among which one is expected, against which a trend's own error is held: an assumption. */
const TREND_SPREAD = 0.002
/** An effect counts as known for n years as n ÷ (n + 1). */
const EFFECT_LEAN_YEARS = 1
/** Years from which month effects are taken, the latest. */
const EFFECT_YEARS = 5
/** Months of the pandemic, which say nothing of seasons. */
const NOT_SEASONAL = ['2020-02', '2021-12'] as const
const MONTHS_IN_YEAR = 12

function zeros(): number[] {
  return Array.from({ length: MONTHS_IN_YEAR }, () => 0)
}

/** Month effects where none are known. */
export const NO_EFFECTS: MonthEffects = { clockStarts: zeros(), stopsPerStart: zeros() }

/** Weight of a month's working days. */
export function workingWeight(month: string): number {
  return totalOf(monthWeights(month, START_DAY_WEIGHTS))
}

/** Index of a month `YYYY-MM` in the year, January 0. */
export function calendarMonth(month: string): number {
  return Number(month.slice(5)) - 1
}

/** Month effects from England's monthly totals up to, and including, a month. */
export function monthEffects(totals: readonly MonthlyTotals[], until: string): MonthEffects {
  const known = totals
    .filter(({ month, clockStarts, completed }) => month <= until && clockStarts !== null && completed !== null)
    .filter(({ month }) => month < NOT_SEASONAL[0] || month > NOT_SEASONAL[1])
    .slice(-EFFECT_YEARS * MONTHS_IN_YEAR)
  const starts = known.map(({ month, clockStarts }) => ({ month, value: Math.log((clockStarts ?? 0) / workingWeight(month)) }))
  const ratios = known.map(({ month, clockStarts, completed }) => ({ month, value: Math.log((completed ?? 0) / (clockStarts ?? 1)) }))
  return { clockStarts: effectsOf(starts), stopsPerStart: effectsOf(ratios) }
}

/** Mean deviation by calendar month from the mean of the year about it, leaning on none. */
function effectsOf(values: readonly { readonly month: string; readonly value: number }[]): number[] {
  const sums = zeros()
  const counts = zeros()
  for (const [index, { month, value }] of values.entries()) {
    const from = Math.max(0, Math.min(values.length - MONTHS_IN_YEAR, index - MONTHS_IN_YEAR / 2))
    const year = values.slice(from, from + MONTHS_IN_YEAR)
    const mean = year.reduce((sum, each) => sum + each.value, 0) / year.length
    sums[calendarMonth(month)] += value - mean
    counts[calendarMonth(month)]++
  }
  const effects = sums.map((sum, month) => sum / (counts[month] + EFFECT_LEAN_YEARS))
  const mean = effects.reduce((sum, effect) => sum + effect, 0) / MONTHS_IN_YEAR
  return effects.map((effect) => effect - mean)
}

/** Level at the origin and trend of a logarithm. */
interface Line {
  readonly level: number
  readonly trend: number
}

/** What is known of a specialty's flows at the origin. */
export interface FlowModel {
  readonly origin: string
  /** Logarithm of clock starts per working day; of stops per start without admission, and with. */
  readonly clockStarts: Line
  readonly nonAdmittedPerStart: number
  readonly admittedPerStart: number
  readonly effects: MonthEffects
  /** Mean change of the list in a month, people. */
  readonly listChange: number
}

/**
 * Fits flows to months past.
 *
 * @param comparable which of the months known speak of the same providers as the last; all where left out
 */
export function fitFlows(known: KnownSeries, effects: MonthEffects, comparable?: readonly boolean[]): FlowModel {
  const dated = known.months.map((counts, index) => ({ counts, back: index + 1 - known.months.length, usable: comparable?.[index] ?? true }))
  const used = dated.filter(({ usable }) => usable).slice(-MOST_MONTHS)
  const months = used.map(({ counts }) => counts)
  const ago = used.map(({ back }) => back)
  const weights = ago.map((back) => 0.5 ** (-back / HALF_LIFE_MONTHS))
  const starts = months.map(({ month, clockStarts }) => Math.log((clockStarts + 1) / workingWeight(month)) - effects.clockStarts[calendarMonth(month)])
  const ratio = (pick: 'nonAdmitted' | 'admitted'): number =>
    weightedMean(
      months.map((counts) => Math.log((totalOf(counts[pick]) + 1) / (counts.clockStarts + 1)) - effects.stopsPerStart[calendarMonth(counts.month)]),
      weights,
    )
  const { slope, error } = slopeOf(ago, starts, months.map(() => 1))
  const trend = slope / (1 + (error / TREND_SPREAD) ** 2)
  return {
    origin: known.origin,
    clockStarts: { level: weightedMean(starts.map((value, index) => value - trend * ago[index]), weights), trend },
    nonAdmittedPerStart: ratio('nonAdmitted'),
    admittedPerStart: ratio('admitted'),
    effects,
    listChange: listChange(used),
  }
}

/** Mean change of the list between neighbouring months, later ones counting for more. */
function listChange(months: readonly { readonly counts: MonthCounts; readonly back: number }[]): number {
  const changes = months.slice(1).flatMap(({ counts, back }, index) =>
    back - months[index].back === 1 ? [{ change: totalOf(listOf(counts)) - totalOf(listOf(months[index].counts)), weight: 0.5 ** (-back / HALF_LIFE_MONTHS) }] : [],
  )
  return changes.length === 0 ? 0 : weightedMean(changes.map(({ change }) => change), changes.map(({ weight }) => weight))
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return values.reduce((sum, value, index) => sum + value * weights[index], 0) / total
}

/** Projects flows for the months after the origin. */
export function forecastFlows(model: FlowModel, months: number): MonthFlows[] {
  const { clockStarts, nonAdmittedPerStart, admittedPerStart, effects } = model
  const flows: MonthFlows[] = []
  let { origin: month } = model
  for (let ahead = 1; ahead <= months; ahead++) {
    month = nextMonth(month)
    const season = calendarMonth(month)
    const starts = Math.exp(clockStarts.level + clockStarts.trend * dampedMonths(ahead) + effects.clockStarts[season]) * workingWeight(month)
    const stops = (perStart: number): number => starts * Math.exp(perStart + effects.stopsPerStart[season])
    flows.push({ month, clockStarts: starts, nonAdmitted: stops(nonAdmittedPerStart), admitted: stops(admittedPerStart) })
  }
  return flows
}
