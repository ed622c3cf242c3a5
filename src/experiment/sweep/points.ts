/**
 * Design → points: which value each factor takes at each of them. Points are made when asked for, so that a large
 * grid takes no memory.
 */
import seedrandom from 'seedrandom'
import { latinHypercube, sobolPoints } from '../../scenario/draws/samplers.ts'
import type { Design, Factor, FactorValue } from './design.ts'
import { quantileOf } from '../../scenario/draws/quantiles.ts'

/** Points of a design, numbered from 0. */
export interface Points {
  /** May be above what a double counts exactly, for a grid made by mistake. */
  readonly count: number
  /**
   * Values in the order of the design's factors; null leaves the study's own.
   * @param point 0 to `count` − 1
   */
  at(point: number): (FactorValue | null)[]
}

/** @param seed the study's seed, which keys what is sampled */
export function designPoints(design: Design, seed: string): Points {
  const { factors } = design
  switch (design.method) {
    case 'grid':
      return gridPoints(factors.map(levelsOf))
    case 'one-at-a-time':
      return oneAtATime(factors.map(levelsOf))
    case 'table':
      return { count: design.table.length, at: (point) => [...design.table[point]] }
    case 'random':
      return sampledPoints(factors, design.runs, (point, factor) => randomUnit(seed, factors[factor].path, point))
    case 'latin-hypercube':
      return cubePoints(factors, design.runs, () => latinHypercube(seed, design.runs, factors.length))
    case 'sobol':
      return cubePoints(factors, design.runs, () => sobolPoints(seed, design.runs, factors.length))
  }
}

/** The values that a factor takes in a grid: as written, evenly from end to end, or quantiles at the middles. */
export function levelsOf({ values, range, distribution, levels }: Factor): FactorValue[] {
  if (values !== undefined) return values
  if (range !== undefined) {
    const count = levels ?? 2
    return Array.from({ length: count }, (_, level) => between(range, level / (count - 1)))
  }
  const count = levels ?? 0
  if (distribution === undefined) return []
  return Array.from({ length: count }, (_, level) => quantileOf(distribution, (level + 0.5) / count))
}

/** The last factor varies fastest. Without factors there is one point, the study as it stands. */
function gridPoints(levels: readonly FactorValue[][]): Points {
  return {
    count: levels.reduce((product, each) => product * each.length, 1),
    at(point) {
      let rest = point
      return levels
        .toReversed()
        .map((each) => {
          const value = each[rest % each.length]
          rest = Math.floor(rest / each.length)
          return value
        })
        .toReversed()
    },
  }
}

/** Point 0 is the study as it stands; then each factor's values in turn, the other factors left alone. */
function oneAtATime(levels: readonly FactorValue[][]): Points {
  return {
    count: levels.reduce((sum, each) => sum + each.length, 1),
    at(point) {
      let rest = point - 1
      return levels.map((each) => {
        const value = rest >= 0 && rest < each.length ? each[rest] : null
        rest -= each.length
        return value
      })
    },
  }
}

/** A point depends on its number alone, so that more points can be added. */
function randomUnit(seed: string, path: string, point: number): number {
  return seedrandom(JSON.stringify(['fairwait', 'design', seed, path, point]))()
}

function cubePoints(factors: readonly Factor[], runs: number, sample: () => Float64Array): Points {
  let cube: Float64Array | null = null
  return sampledPoints(factors, runs, (point, factor) => {
    cube ??= sample()
    return cube[point * factors.length + factor]
  })
}

function sampledPoints(factors: readonly Factor[], count: number, unit: (point: number, factor: number) => number): Points {
  return { count, at: (point) => factors.map((factor, index) => valueAt(factor, unit(point, index))) }
}

function valueAt({ values, range, distribution }: Factor, u: number): FactorValue | null {
  if (values !== undefined) return values[Math.min(values.length - 1, Math.floor(u * values.length))]
  if (range !== undefined) return between(range, u)
  return distribution === undefined ? null : quantileOf(distribution, u)
}

/** Exact at both ends. */
function between([min, max]: readonly [number, number], share: number): number {
  return share === 1 ? max : min + (max - min) * share
}
