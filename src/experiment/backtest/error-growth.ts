/**
 * How much faster than a random walk's the changes of England's list spread with time. A list that turns, turns for longer
 * than its monthly changes tell, so that intervals of a walk are too narrow a year ahead. Pure.
 *
 *     growth = standard deviation of changes over n months ÷ (that over one month × √n)
 *
 * It is taken from the published totals up to an origin, back to 2007, and from nothing that was ever forecast: the rule
 * sees no scored window, and is tuned on none. Parts are taken to spread as England does.
 */
import type { MonthlyTotals } from '../../baseline/series/read-monthly.ts'
import { standardDeviation } from '../../baseline/calibrate/resample.ts'
import { inPandemic } from './pandemic.ts'
import { MEASURES, type BacktestMeasure, type BacktestValues } from './types.ts'

/** Changes that a standard deviation needs: fewer say nothing of a year ahead. */
const LEAST_CHANGES = 24

/** Factors on the spread of a forecast by measure, at least 1. */
export type ErrorGrowth = (origin: string, monthsAhead: number) => BacktestValues

/** No growth: intervals of a random walk. */
export const NO_GROWTH: BacktestValues = { list: 1, within18: 1, over52: 1 }

/** Growth from England's monthly totals; changes that touch the pandemic are left out. */
export function errorGrowth(totals: readonly MonthlyTotals[]): ErrorGrowth {
  const months = totals.flatMap(({ month, list, within18, over52 }) =>
    list === null || within18 === null || over52 === null ? [] : [{ month, list: Math.log(list), within18: (100 * within18) / list, over52: (100 * over52) / list }],
  )
  const changes = (measure: BacktestMeasure, origin: string, ahead: number): number[] =>
    months.flatMap((from, index) => {
      const to = months.at(index + ahead)
      const isKnown = to !== undefined && index + ahead < months.length && to.month <= origin
      return isKnown && !months.slice(index, index + ahead + 1).some(({ month }) => inPandemic(month)) ? [to[measure] - from[measure]] : []
    })
  const growth = (measure: BacktestMeasure, origin: string, ahead: number): number => {
    const [one, many] = [changes(measure, origin, 1), changes(measure, origin, ahead)]
    if (many.length < LEAST_CHANGES) return 1
    return Math.max(1, standardDeviation(many) / (standardDeviation(one) * Math.sqrt(ahead)))
  }
  return (origin, ahead) => {
    const [list, within18, over52] = MEASURES.map((measure) => growth(measure, origin, ahead))
    return { list, within18, over52 }
  }
}
