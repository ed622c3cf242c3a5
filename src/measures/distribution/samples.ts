/**
 * Samples of what the comparison rests on: weights of specialties and the price of a QALY. They have one fixed key, so
 * that every scenario, and every study, meets the same.
 */
import { exponential, log1p } from '../../model/powers.ts'
import { uniform53 } from '../../model/elementary.ts'
import { threefry } from '../../model/threefry.ts'
import type { HealthSetting } from '../health/assumptions.ts'
import { normalQuantile } from '../indices/normal-quantile.ts'

/** The fixed key of the samples: any two words do. */
const KEY: readonly [number, number] = [0x65717569, 0x74790a0d]

/** The part of a study's setting that is sampled. */
export type SampledSetting = Pick<HealthSetting, 'weights' | 'poundsPerQaly'>

/** One sample. */
export interface AssumptionSample {
  /** By weight in the order of the setting: sampled weight ÷ its mean. */
  readonly weightFactors: readonly number[]
  readonly poundsPerQaly: number
}

/** Every number at its middle. */
export function centralSample({ weights, poundsPerQaly: { low, high } }: SampledSetting): AssumptionSample {
  return { weightFactors: weights.map(() => 1), poundsPerQaly: (low + high) / 2 }
}

/** The sample of this number: weights lognormal with their mean and relative standard deviation, the price uniform. */
export function assumptionSample({ weights, poundsPerQaly: { low, high } }: SampledSetting, number: number): AssumptionSample {
  return {
    weightFactors: weights.map(({ relativeSd }, weight) => lognormalFactor(relativeSd, uniformOf(number, weight + 1))),
    poundsPerQaly: low + (high - low) * uniformOf(number, 0),
  }
}

/** A lognormal number of mean 1 and this coefficient of variation, at a quantile. */
function lognormalFactor(variation: number, quantile: number): number {
  const variance = log1p(variation ** 2)
  return exponential(Math.sqrt(variance) * normalQuantile(quantile) - variance / 2)
}

function uniformOf(number: number, purpose: number): number {
  const words = new Int32Array(2)
  threefry(KEY[0], KEY[1], number, purpose, words)
  return uniform53(words[0], words[1])
}

/**
 * Quantile of values, between neighbours by a straight line.
 * @param sorted rising
 */
export function quantileOf(sorted: ArrayLike<number>, probability: number): number {
  const place = (sorted.length - 1) * probability
  const below = Math.floor(place)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}
