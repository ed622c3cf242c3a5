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
  const draws = keys.map(() => new Float64Array(options.repetitions))
  const drawValues = valueDrawer(table, errors, options.key ?? KEY)
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    const drawn: IndexValues = calculate(drawValues(repetition))
    for (let index = 0; index < keys.length; index += 1) draws[index][repetition] = drawn[keys[index]]
  }
  const intervals: Partial<Record<IndexKey, IndexInterval>> = {}
  for (const [index, key] of keys.entries()) {
    const interval = intervalOf(draws[index], options.confidence)
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
  const defined = definedIn(draws)
  if (defined.length < 2 || draws.length - defined.length > UNDEFINED_ALLOWED * draws.length) return null
  const tail = (1 - confidence) / 2
  return {
    lower: percentile(defined, tail),
    upper: percentile(defined, 1 - tail),
    standardError: standardDeviation(defined),
  }
}

/** The draws that are finite, moved to the front of the same memory. */
function definedIn(draws: Float64Array): Float64Array {
  let kept = 0
  for (let at = 0; at < draws.length; at += 1) {
    const draw = draws[at]
    if (!Number.isFinite(draw)) continue
    draws[kept] = draw
    kept += 1
  }
  return draws.subarray(0, kept)
}

function standardDeviation(draws: Float64Array): number {
  let sum = 0
  for (let at = 0; at < draws.length; at += 1) sum += draws[at]
  const mean = sum / draws.length
  let squares = 0
  for (let at = 0; at < draws.length; at += 1) squares += (draws[at] - mean) ** 2
  return Math.sqrt(squares / (draws.length - 1))
}

/** Between the two nearest draws, linearly; puts the draws in another order. */
function percentile(draws: Float64Array, probability: number): number {
  const position = probability * (draws.length - 1)
  const below = Math.floor(position)
  const lower = selectInPlace(draws, below)
  if (below === draws.length - 1) return lower
  let upper = Infinity
  for (let at = below + 1; at < draws.length; at += 1) upper = Math.min(upper, draws[at])
  return lower + (position - below) * (upper - lower)
}

/**
 * The draw that would stand at a position after sorting, with none greater before it and none less after it:
 * Hoare's selection, several times faster than sorting every index's draws.
 */
function selectInPlace(draws: Float64Array, position: number): number {
  let low = 0
  let high = draws.length - 1
  while (low < high) {
    const pivot = draws[(low + high) >>> 1]
    let left = low
    let right = high
    while (left <= right) {
      while (draws[left] < pivot) left += 1
      while (draws[right] > pivot) right -= 1
      if (left > right) break
      const swapped = draws[left]
      draws[left] = draws[right]
      draws[right] = swapped
      left += 1
      right -= 1
    }
    if (position <= right) high = right
    else if (position >= left) low = left
    else break
  }
  return draws[position]
}
