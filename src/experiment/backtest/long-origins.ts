/**
 * England backtested from its monthly totals, from many more origins than there are months by week band.
 *
 *     totals → bands reconstructed from the points that totals give → runBacktest → rows, without their bands
 *
 * What was published is scored: the list, and its shares within 18 and over 52 weeks. Nothing is scored on bands, since
 * these are reconstructed. Pure.
 */
import { monthEffects } from '../../baseline/calibrate/forecast-flows.ts'
import type { MonthlyTotals } from '../../baseline/series/read-monthly.ts'
import { reconstructedSeries, wholeMonths } from '../../baseline/series/reconstruct.ts'
import { errorGrowth } from './error-growth.ts'
import { inPandemic } from './pandemic.ts'
import { runBacktest } from './run-backtest.ts'
import type { BacktestRow } from './types.ts'

/** Months with all totals that an origin needs: two of each season. */
const LEAST_MONTHS = 24
/** Months before an origin whose trend it goes by. */
const TREND_MONTHS = 12

/** Last months known that have two years of totals before them, and one after. */
export function originsOf(totals: readonly MonthlyTotals[]): string[] {
  return wholeMonths(totals).slice(LEAST_MONTHS - 1, -1).map(({ month }) => month)
}

/**
 * Projections from origins.
 *
 * @param origins last months known, `YYYY-MM`; every one that can be where left out
 */
export function longOrigins(totals: readonly MonthlyTotals[], origins: readonly string[] = originsOf(totals)): BacktestRow[] {
  if (origins.length === 0) return []
  const area = reconstructedSeries(wholeMonths(totals))
  const rows = runBacktest({ area, origins, bySpecialty: false, whole: null, tieRemovals: true, effectsAt: (origin) => monthEffects(totals, origin), growthAt: errorGrowth(totals) })
  return rows.map((row) => ({ ...row, distance: null, bands: null }))
}

/** Whether any month of the pandemic lies among those that a projection's trend goes by (twelve) or ahead. */
export function touchesPandemic({ origin, month }: Pick<BacktestRow, 'origin' | 'month'>, totals: readonly MonthlyTotals[]): boolean {
  const before = totals.filter((each) => each.month <= origin).slice(-TREND_MONTHS)
  const ahead = totals.filter((each) => each.month > origin && each.month <= month)
  return [...before, ...ahead].some((each) => inPandemic(each.month))
}
