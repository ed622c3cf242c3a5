/**
 * The draws of a study by design: spread evenly, or correlated, where independent draws would be neither.
 *
 *     study → uncertain parameters, by key → points of a design → ranks correlated → values by key and draw
 */
import seedrandom from 'seedrandom'
import { InputError } from '../../errors.ts'
import { text } from '../messages.ts'
import type { Correlation, DrawMethod, Study } from '../study.ts'
import { correlate } from './correlate.ts'
import { quantileOf } from './quantiles.ts'
import { latinHypercube, sobolPoints } from './samplers.ts'
import { uncertainParameters } from './uncertain.ts'

/** Values by key of the parameter, then by draw; before any cut at the parameter's range. */
export type DesignedDraws = ReadonlyMap<string, Float64Array>

const known = new WeakMap<Study, DesignedDraws>()

/**
 * Parameters whose draws follow a design: every one with `latin-hypercube` or `sobol`, those that are correlated with
 * `independent`. The others are drawn one by one. Depends on the study alone.
 * @throws InputError for too few draws to correlate
 */
export function designedDraws(study: Study): DesignedDraws {
  const found = known.get(study)
  if (found !== undefined) return found
  const made = designed(study)
  known.set(study, made)
  return made
}

function designed(study: Study): DesignedDraws {
  const { draws, drawMethod, correlations, seed } = study
  const tied = correlatedKeys(correlations)
  if (draws === 0 || (drawMethod === 'independent' && tied.length === 0)) return new Map()
  if (tied.length >= draws) throw new InputError({ path: 'correlations', message: text.tooFewDraws(draws, tied.length + 1) })
  const parameters = uncertainParameters(study).filter(({ key }) => drawMethod !== 'independent' || tied.includes(key))
  const points = pointsByKey(drawMethod, seed, draws, parameters.map(({ key }) => key))
  const columns = new Map([...points, ...correlated(points, tied, correlations, draws)])
  return new Map(parameters.map(({ key, spec }) => [key, (columns.get(key) ?? new Float64Array()).map((u) => quantileOf(spec, u))]))
}

/** Coordinates of each parameter. But for Sobol points, one parameter's depend on no other. */
function pointsByKey(method: DrawMethod, seed: string, draws: number, keys: readonly string[]): Map<string, Float64Array> {
  switch (method) {
    case 'independent':
      return new Map(keys.map((key) => [key, Float64Array.from({ length: draws }, (_, draw) => uniformOf(seed, key, draw))]))
    case 'latin-hypercube':
      return new Map(keys.map((key) => [key, latinHypercube(JSON.stringify([seed, key]), draws, 1)]))
    case 'sobol': {
      const points = sobolPoints(seed, draws, keys.length)
      return new Map(keys.map((key, k) => [key, Float64Array.from({ length: draws }, (_, draw) => points[draw * keys.length + k])]))
    }
  }
}

function uniformOf(seed: string, key: string, draw: number): number {
  const u = seedrandom(JSON.stringify(['fairwait', 'correlated draw', seed, key, draw]))()
  return Math.max(u, Number.MIN_VALUE)
}

function correlated(
  points: ReadonlyMap<string, Float64Array>,
  tied: readonly string[],
  correlations: readonly Correlation[],
  draws: number,
): [string, Float64Array][] {
  if (tied.length === 0) return []
  const rows = Float64Array.from({ length: draws * tied.length }, (_, at) => points.get(tied[at % tied.length])?.[Math.floor(at / tied.length)] ?? Number.NaN)
  const moved = correlate(rows, correlationMatrix(tied, correlations))
  return tied.map((key, k) => [key, Float64Array.from({ length: draws }, (_, draw) => moved[draw * tied.length + k])])
}

/** Keys that a correlation names, in order of the alphabet. */
export function correlatedKeys(correlations: readonly Correlation[]): string[] {
  return [...new Set(correlations.flatMap(({ between }) => between))].toSorted()
}

/** Rank correlations between keys; 0 where nothing is said. */
export function correlationMatrix(keys: readonly string[], correlations: readonly Correlation[]): number[][] {
  const matrix = keys.map((_, i) => keys.map((__, j) => Number(i === j)))
  for (const { between, rank } of correlations) {
    const [i, j] = between.map((key) => keys.indexOf(key))
    matrix[i][j] = rank
    matrix[j][i] = rank
  }
  return matrix
}

/**
 * What else than seed, key and number of the draw a study's draws depend on: the design and, but for Sobol points
 * without correlations, how many draws there are. Null for independent draws.
 */
export function designIdentity(study: Study): unknown {
  const { draws, drawMethod, correlations } = study
  if (draws === 0 || (drawMethod === 'independent' && correlations.length === 0)) return null
  const isSequence = drawMethod === 'sobol' && correlations.length === 0
  return [isSequence ? null : draws, drawMethod === 'sobol' ? uncertainParameters(study).map(({ key }) => key) : null]
}
