/** Projections that know nothing of queues, and intervals: lines and spreads of the published figures themselves. Pure. */
import { slopeOf } from '../../baseline/calibrate/drift.ts'
import { listOf, type KnownSeries } from '../../baseline/series/types.ts'
import { valuesOf } from './score.ts'
import { NO_GROWTH } from './error-growth.ts'
import type { BacktestIntervals, BacktestMeasure, BacktestValues } from './types.ts'

const MONTHS_IN_YEAR = 12

/** Two-sided quantiles of Student's t at 80 and 95% by degrees of freedom from 1; beyond, those of the last. */
const T80: readonly number[] = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345, 1.341, 1.337, 1.333, 1.33, 1.328, 1.325]
const T95: readonly number[] = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086]

/** Values at every month known. */
export function historyOf(known: KnownSeries): BacktestValues[] {
  return known.months.map((counts) => valuesOf(listOf(counts)))
}

function each(of: (measure: BacktestMeasure) => number): BacktestValues {
  return { list: of('list'), within18: of('within18'), over52: of('over52') }
}

/** The value at the origin. */
export function lastValue(history: readonly BacktestValues[]): BacktestValues {
  return history[history.length - 1]
}

/** The value at the origin and the change of the same months a year before; null where they are not known. */
export function lastYearsChange(history: readonly BacktestValues[], ahead: number): BacktestValues | null {
  const origin = history.length - 1
  const before = origin - MONTHS_IN_YEAR
  if (before < 0 || ahead > MONTHS_IN_YEAR) return null
  return each((measure) => history[origin][measure] + history[before + ahead][measure] - history[before][measure])
}

/** The straight trend of the last twelve months, from the value at the origin. */
export function straightTrend(history: readonly BacktestValues[], ahead: number): BacktestValues {
  const recent = history.slice(-MONTHS_IN_YEAR)
  const positions = recent.map((_, index) => index)
  return each((measure) => {
    const { slope } = slopeOf(positions, recent.map((values) => values[measure]), recent.map(() => 1))
    return Math.max(0, lastValue(history)[measure] + slope * ahead)
  })
}

/**
 * Intervals of a forecast: as a random walk errs whose steps spread as the monthly changes known so far do about their
 * mean, with Student's quantiles since they are few. The list's steps are relative.
 *
 * @param growth factors on the walk's spread
 */
export function intervalsOf(forecast: BacktestValues, history: readonly BacktestValues[], ahead: number, growth: BacktestValues = NO_GROWTH): BacktestIntervals {
  return intervalsFrom(forecast, each((measure) => walkSpread(history, measure, ahead)), Math.max(1, history.length - 2), growth)
}

function walkSpread(history: readonly BacktestValues[], measure: BacktestMeasure, ahead: number): number {
  const values = history.map((known) => (measure === 'list' ? Math.log(known.list) : known[measure]))
  const steps = values.slice(1).map((value, index) => value - values[index])
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length
  const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / Math.max(1, steps.length - 1)
  return Math.sqrt(variance * ahead)
}

/** The intervals of a spread known on so many degrees of freedom. */
export function intervalsFrom(forecast: BacktestValues, spread: BacktestValues, freedom: number, growth: BacktestValues): BacktestIntervals {
  const at = (quantiles: readonly number[]): BacktestIntervals['level80'] => {
    const quantile = quantiles[Math.min(freedom, quantiles.length) - 1]
    const ends = (measure: BacktestMeasure): readonly [number, number] => {
      const reach = quantile * spread[measure] * growth[measure]
      const value = forecast[measure]
      return measure === 'list' ? [value * Math.exp(-reach), value * Math.exp(reach)] : [Math.max(0, value - reach), Math.min(100, value + reach)]
    }
    return { list: ends('list'), within18: ends('within18'), over52: ends('over52') }
  }
  return { spread, freedom, level80: at(T80), level95: at(T95) }
}
