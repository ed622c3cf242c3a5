/**
 * The list of England forecast from its monthly totals alone, from many more origins than there are months by week band.
 *
 *     totals known at the origin → fitFlows → clock starts and completed pathways ahead → list, month by month
 *
 * Unreported removals are as large a part of the list as they have been. Who waits how long is not forecast: the totals do
 * not say it. Pure.
 */
import { HALF_LIFE_MONTHS } from '../../baseline/calibrate/fit-service.ts'
import { fitFlows, forecastFlows, monthEffects } from '../../baseline/calibrate/forecast-flows.ts'
import type { MonthlyTotals } from '../../baseline/series/read-monthly.ts'
import { KnownSeries, type MonthCounts } from '../../baseline/series/types.ts'
import { intervalsOf, lastValue, lastYearsChange, straightTrend } from './lines.ts'
import { HORIZONS, type BacktestIntervals, type BacktestMethod, type BacktestValues } from './types.ts'

/** Months with all totals that an origin needs: two of each season. */
const LEAST_MONTHS = 24
/** Months from which the rate of unreported removals is taken, at most. */
const REMOVAL_MONTHS = 12
/** Elective care was stopped and started anew; forecasts into or out of it tell of neither. */
const PANDEMIC = ['2020-02', '2021-03'] as const

/** The list forecast for one month. */
export interface LongRow {
  /** Last month known, and the month forecast, `YYYY-MM`. */
  readonly origin: string
  readonly month: string
  readonly monthsAhead: number
  readonly method: Extract<BacktestMethod, 'fairwait' | 'last-value' | 'last-year' | 'trend'>
  /** People. */
  readonly projected: number
  readonly published: number
  /** Projected less published, per cent of it. */
  readonly error: number
  /** Whether any month of the pandemic lies among those known to the trend (twelve) or ahead. */
  readonly pandemic: boolean
  /** Of the forecast from flows; null for the others. */
  readonly intervals: Pick<BacktestIntervals, 'level80' | 'level95'> | null
}

/** A month with all totals. */
type WholeMonth = { readonly [Key in keyof MonthlyTotals]: NonNullable<MonthlyTotals[Key]> }

function isWhole(totals: MonthlyTotals): totals is WholeMonth {
  return Object.values(totals).every((value) => value !== null)
}

/** Forecasts from every month that has two years of totals before it. */
export function longOrigins(totals: readonly MonthlyTotals[]): LongRow[] {
  const months = totals.filter(isWhole)
  return months.flatMap((_, origin) => (origin + 1 < LEAST_MONTHS || origin + 1 === months.length ? [] : rowsFrom(months.slice(0, origin + 1), months.slice(origin + 1))))
}

function rowsFrom(known: readonly WholeMonth[], later: readonly WholeMonth[]): LongRow[] {
  const history = known.map(valuesOfMonth)
  const { month: origin } = known[known.length - 1]
  const byFlows = forecastList(known, HORIZONS[HORIZONS.length - 1])
  return HORIZONS.filter((ahead) => ahead <= later.length).flatMap((ahead) => {
    const { month, list: published } = later[ahead - 1]
    const about = [...known.slice(-LEAST_MONTHS / 2), ...later.slice(0, ahead)]
    const pandemic = about.some((each) => each.month >= PANDEMIC[0] && each.month <= PANDEMIC[1])
    const flows: BacktestValues = { ...lastValue(history), list: byFlows[ahead - 1] }
    const row = (method: LongRow['method'], projected: number): LongRow => ({
      origin,
      month,
      monthsAhead: ahead,
      method,
      projected,
      published,
      error: (100 * (projected - published)) / published,
      pandemic,
      intervals: method === 'fairwait' ? intervalsOf(flows, history.slice(-LEAST_MONTHS), ahead) : null,
    })
    const lastYear = lastYearsChange(history, ahead)
    return [
      row('fairwait', flows.list),
      row('last-value', lastValue(history).list),
      ...(lastYear === null ? [] : [row('last-year', lastYear.list)]),
      row('trend', straightTrend(history, ahead).list),
    ]
  })
}

function valuesOfMonth({ list, within18, over52 }: WholeMonth): BacktestValues {
  return { list, within18: (100 * within18) / list, over52: (100 * over52) / list }
}

/** The list in the months after those known. */
function forecastList(known: readonly WholeMonth[], months: number): number[] {
  const { month: origin } = known[known.length - 1]
  const series = new KnownSeries({ code: 'C_999', months: known.map(countsOf) }, origin)
  const flows = forecastFlows(fitFlows(series, monthEffects(known, origin)), months)
  const removed = removedPerMonth(known)
  let { list } = known[known.length - 1]
  return flows.map(({ clockStarts, nonAdmitted }) => (list += clockStarts - nonAdmitted - removed * list))
}

/** All completed pathways stand with those without admission: the totals do not tell them apart. */
function countsOf({ month, list, clockStarts, completed }: WholeMonth): MonthCounts {
  const one = (people: number): Float64Array => Float64Array.of(people)
  return { month, clockStarts, nonAdmitted: one(completed), admitted: one(0), waitingFirst: one(list), waitingAdmission: one(0) }
}

/** Unreported removals in a month as a part of the list before it, later months counting for more. */
function removedPerMonth(known: readonly WholeMonth[]): number {
  let removed = 0
  let people = 0
  for (let index = Math.max(1, known.length - REMOVAL_MONTHS); index < known.length; index++) {
    const weight = 0.5 ** ((known.length - 1 - index) / HALF_LIFE_MONTHS)
    removed += weight * (known[index].removals - known[index].completed)
    people += weight * known[index - 1].list
  }
  return removed / people
}
