/**
 * Intervals of indices by simulation: each repetition draws every group's value from a normal distribution around
 * it, on the scale of the value type, and calculates every index of the draw. Limits are percentiles of the draws.
 *
 * Draws are keyed by repetition and group, so that the same table has the same intervals, and more repetitions
 * begin with the draws of fewer.
 */
import { uniform53 } from '../../model/elementary.ts'
import { threefry } from '../../model/threefry.ts'
import { createIndexCalculator } from './calculate.ts'
import { normalQuantile } from './normal-quantile.ts'
import { scaleOf } from './scales.ts'
import { INDEX_KEYS } from './types.ts'
import type { IndexKey, IndexTable, IndexValues } from './types.ts'

/** The fixed key of the draws: any two words do. */
const KEY: readonly [number, number] = [0x66616972, 0x77616974]

/** Share of draws in which an index may be undefined before its interval is. */
const UNDEFINED_ALLOWED = 0.001

/** An interval of one index, in the unit of the index. */
export interface IndexInterval {
  readonly lower: number
  readonly upper: number
  /** Standard deviation over draws. */
  readonly standardError: number
}

/** How to simulate. */
export interface SimulationOptions {
  /** Level of the interval, above 0 and below 1. */
  readonly confidence: number
  /** Draws, 2 or more. */
  readonly repetitions: number
  /** Words that key the draws, in place of the fixed ones. */
  readonly key?: readonly [number, number]
}

/**
 * Simulates the interval of every index that the table's values define.
 * @param errors standard errors by group on the scale of the value type
 * @returns an interval by index; an index is left out where it is undefined, or undefined in more than 1 of 1,000
 *   draws
 */
export function simulateIntervals(
  table: IndexTable,
  errors: readonly number[],
  options: SimulationOptions,
): Partial<Record<IndexKey, IndexInterval>> {
  const calculate = createIndexCalculator(table)
  const estimate = calculate(table.values)
  const keys = INDEX_KEYS.filter((key) => Number.isFinite(estimate[key]))
  const draws = new Map(keys.map((key) => [key, new Float64Array(options.repetitions)]))
  const drawValues = valueDrawer(table, errors, options.key ?? KEY)
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    const drawn: IndexValues = calculate(drawValues(repetition))
    for (const [key, column] of draws) column[repetition] = drawn[key]
  }
  const intervals: Partial<Record<IndexKey, IndexInterval>> = {}
  for (const [key, column] of draws) {
    const interval = intervalOf(column, options.confidence)
    if (interval !== null) intervals[key] = interval
  }
  return intervals
}

function valueDrawer(
  { valueType, values }: IndexTable,
  errors: readonly number[],
  [key0, key1]: readonly [number, number],
): (repetition: number) => number[] {
  const scale = scaleOf(valueType)
  const centres = values.map(scale.to)
  const words = new Int32Array(2)
  return (repetition) =>
    centres.map((centre, group) => {
      threefry(key0, key1, repetition, group, words)
      return scale.from(centre + errors[group] * normalQuantile(uniform53(words[0], words[1])))
    })
}

function intervalOf(draws: Float64Array, confidence: number): IndexInterval | null {
  const defined = draws.filter((draw) => Number.isFinite(draw)).toSorted()
  if (defined.length < 2 || draws.length - defined.length > UNDEFINED_ALLOWED * draws.length) return null
  const tail = (1 - confidence) / 2
  return {
    lower: percentile(defined, tail),
    upper: percentile(defined, 1 - tail),
    standardError: standardDeviation(defined),
  }
}

/** Between the two nearest draws, linearly. */
function percentile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (position - below) * (sorted[above] - sorted[below])
}

function standardDeviation(draws: Float64Array): number {
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
  return Math.sqrt(draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / (draws.length - 1))
}
