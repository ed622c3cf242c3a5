/**
 * Samples of what the comparison rests on: weights of specialties and the price of a QALY. They have one fixed key, so
 * that every scenario, and every study, meets the same.
 */
import { uniform53 } from '../../model/elementary.ts'
import { threefry } from '../../model/threefry.ts'
import { QALY_WEIGHTS } from '../health/assumptions.ts'
import { normalQuantile } from '../indices/normal-quantile.ts'
import { POUNDS_PER_QALY } from './assumptions.ts'

/** The fixed key of the samples: any two words do. */
const KEY: readonly [number, number] = [0x65717569, 0x74790a0d]

/** One sample. */
export interface AssumptionSample {
  /** By weight in the order of `QALY_WEIGHTS`: sampled weight ÷ its mean. */
  readonly weightFactors: readonly number[]
  readonly poundsPerQaly: number
}

/** Every number at its middle. */
export const CENTRAL_SAMPLE: AssumptionSample = {
  weightFactors: QALY_WEIGHTS.map(() => 1),
  poundsPerQaly: POUNDS_PER_QALY.mid,
}

/** The sample of this number: weights lognormal with their mean and standard deviation, the price uniform. */
export function assumptionSample(number: number): AssumptionSample {
  const { low, high } = POUNDS_PER_QALY
  return {
    weightFactors: QALY_WEIGHTS.map(({ mean, sd }, weight) => lognormalFactor(sd / mean, uniformOf(number, weight + 1))),
    poundsPerQaly: low + (high - low) * uniformOf(number, 0),
  }
}

/** A lognormal number of mean 1 and this coefficient of variation, at a quantile. */
function lognormalFactor(variation: number, quantile: number): number {
  const variance = Math.log1p(variation ** 2)
  return Math.exp(Math.sqrt(variance) * normalQuantile(quantile) - variance / 2)
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
