/**
 * How far a fit hangs on the months it happened to see: refitted to blocks of months drawn with replacement. Pure; the
 * draws are keyed by text.
 */
import seedrandom from 'seedrandom'
import type { KnownSeries } from '../series/types.ts'
import { DRIFT_GROUPS } from '../wait-groups.ts'
import { GROUPS } from './drift.ts'
import { fitService, pairsOf, type FitOptions, type ServiceFit } from './fit-service.ts'

/** Months drawn together: neighbours share a season. */
export const BLOCK_MONTHS = 3

/** Standard deviations over refits; of chance weights and removals relative (of logarithms, by group of weeks waited). */
export interface FitSpread {
  readonly refits: number
  readonly chanceWeightFirst: readonly number[]
  readonly chanceWeightAdmission: readonly number[]
  readonly removedPerWeek: readonly number[]
  readonly admittedShare: number
  readonly directShare: number
  readonly driftRemoved: number
  readonly driftFirst: readonly number[]
  readonly driftAdmission: readonly number[]
}

/** Refits a series `refits` times to resampled months, at least twice. */
export function resampleFit(known: KnownSeries, refits: number, seed: string, options: FitOptions = {}): FitSpread {
  const fits = Array.from({ length: refits }, (_, index) => {
    const drawn = blockWeights(pairsOf(known), `${seed}/${known.code}/${index}`)
    const pairWeights = drawn.map((weight, pair) => weight * (options.pairWeights?.at(pair - drawn.length) ?? 1))
    return fitService(known, { ...options, pairWeights })
  })
  const spread = (pick: (fit: ServiceFit) => number): number => standardDeviation(fits.map(pick))
  const byGroup = (pick: (fit: ServiceFit) => Float64Array): number[] =>
    Array.from({ length: GROUPS }, (_, group) => spread((fit) => Math.log(Math.max(LEAST, meanOf(pick(fit), group)))))
  const slopes = (pick: (fit: ServiceFit) => readonly number[]): number[] => Array.from({ length: GROUPS }, (_, group) => spread((fit) => pick(fit)[group]))
  return {
    refits,
    chanceWeightFirst: byGroup(({ law }) => law.chanceWeightFirst),
    chanceWeightAdmission: byGroup(({ law }) => law.chanceWeightAdmission),
    removedPerWeek: byGroup(({ law }) => law.removedPerWeek),
    admittedShare: spread(({ law }) => law.admittedShare),
    directShare: spread(({ law }) => law.directShare),
    driftRemoved: spread(({ drift }) => drift.removed),
    driftFirst: slopes(({ drift }) => drift.first),
    driftAdmission: slopes(({ drift }) => drift.admission),
  }
}

/** Below this a rate counts as this, so that its logarithm exists. */
const LEAST = 1e-4

function meanOf(values: Float64Array, group: number): number {
  const part = values.subarray(DRIFT_GROUPS[group], DRIFT_GROUPS[group + 1])
  return part.reduce((sum, value) => sum + value, 0) / part.length
}

/** How often each of `pairs` months is drawn, in circular blocks; a little is kept of those that are not. */
export function blockWeights(pairs: number, seed: string): number[] {
  const random = seedrandom(seed)
  const weights = Array.from({ length: pairs }, () => NEVER_DRAWN)
  for (let drawn = 0; drawn < pairs; ) {
    const from = Math.floor(random() * pairs)
    for (let month = 0; month < BLOCK_MONTHS && drawn < pairs; month++, drawn++) weights[(from + month) % pairs]++
  }
  return weights
}

const NEVER_DRAWN = 0.01

/** Standard deviation of at least two values. */
export function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
