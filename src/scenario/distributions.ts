/**
 * Distributions in place of numbers: what makes one valid, its mean, its bounds, and a sample of it.
 */
import { text } from './messages.ts'
import type { Distribution } from './study.ts'

/** A source of independent uniform numbers in [0, 1). */
export type Uniform = () => number

/** What is wrong with a distribution, or null. */
export function distributionFault(spec: Distribution): string | null {
  switch (spec.dist) {
    case 'beta': {
      if (!(spec.mean > 0 && spec.mean < 1)) return text.betaMean
      const limit = Math.sqrt(spec.mean * (1 - spec.mean))
      return spec.sd < limit ? null : text.betaSd(limit.toPrecision(4))
    }
    case 'gamma':
    case 'lognormal':
      return spec.mean > 0 ? null : text.positiveMean(spec.dist)
    case 'normal':
      return null
    case 'uniform':
      return spec.min <= spec.max ? null : text.order('min ≤ max')
    case 'triangular':
    case 'pert':
      return spec.min <= spec.mode && spec.mode <= spec.max && spec.min < spec.max
        ? null
        : text.order('min ≤ mode ≤ max and min < max')
    case 'quantiles':
      return quantileFault(spec.probabilities, spec.values)
  }
}

function quantileFault(probabilities: readonly number[], values: readonly number[]): string | null {
  if (probabilities.length !== values.length || values.length < 2) return text.quantilePairs
  for (let i = 1; i < values.length; i++) {
    if (!(probabilities[i] > probabilities[i - 1])) return text.quantileProbabilities
    if (!(values[i] >= values[i - 1])) return text.quantileValues
  }
  return null
}

/** The mean of a valid distribution; it stands for the distribution when a study takes no draws. */
export function distributionMean(spec: Distribution): number {
  switch (spec.dist) {
    case 'uniform':
      return (spec.min + spec.max) / 2
    case 'triangular':
      return (spec.min + spec.mode + spec.max) / 3
    case 'pert':
      return (spec.min + 4 * spec.mode + spec.max) / 6
    case 'quantiles': {
      const { probabilities, values } = wholeQuantiles(spec.probabilities, spec.values)
      let mean = 0
      for (let i = 1; i < values.length; i++) {
        mean += (probabilities[i] - probabilities[i - 1]) * ((values[i] + values[i - 1]) / 2)
      }
      return mean
    }
    default:
      return spec.mean
  }
}

/** Lowest and highest value of a bounded distribution; null where the tails have no end (or are cut at the range). */
export function distributionBounds(spec: Distribution): readonly [number, number] | null {
  switch (spec.dist) {
    case 'uniform':
    case 'triangular':
    case 'pert':
      return [spec.min, spec.max]
    case 'quantiles': {
      const { values } = wholeQuantiles(spec.probabilities, spec.values)
      return [values[0], values[values.length - 1]]
    }
    default:
      return null
  }
}

/** One sample of a valid distribution. */
export function sampleDistribution(spec: Distribution, uniform: Uniform): number {
  switch (spec.dist) {
    case 'uniform':
      return spec.min + (spec.max - spec.min) * uniform()
    case 'triangular':
      return sampleTriangular(spec.min, spec.mode, spec.max, uniform())
    case 'pert': {
      const width = spec.max - spec.min
      const alpha = 1 + (4 * (spec.mode - spec.min)) / width
      return spec.min + width * sampleBeta(alpha, 6 - alpha, uniform)
    }
    case 'quantiles':
      return sampleQuantiles(spec.probabilities, spec.values, uniform())
    default:
      // A spread below what a double can tell from none.
      return spec.sd <= Math.abs(spec.mean) * 1e-9 ? spec.mean : sampleByMoments(spec.dist, spec.mean, spec.sd, uniform)
  }
}

/** The parameters of each shape that give the stated mean and standard deviation. */
function sampleByMoments(
  dist: 'beta' | 'normal' | 'lognormal' | 'gamma',
  mean: number,
  sd: number,
  uniform: Uniform,
): number {
  switch (dist) {
    case 'normal':
      return mean + sd * standardNormal(uniform)
    case 'lognormal': {
      const logVariance = Math.log1p((sd / mean) ** 2)
      return Math.exp(Math.log(mean) - logVariance / 2 + Math.sqrt(logVariance) * standardNormal(uniform))
    }
    case 'gamma':
      return sampleGamma((mean / sd) ** 2, uniform) * (sd ** 2 / mean)
    case 'beta': {
      const size = (mean * (1 - mean)) / sd ** 2 - 1
      return sampleBeta(mean * size, (1 - mean) * size, uniform)
    }
  }
}

function sampleTriangular(min: number, mode: number, max: number, u: number): number {
  const width = max - min
  const rising = (mode - min) / width
  return u < rising
    ? min + Math.sqrt(u * width * (mode - min))
    : max - Math.sqrt((1 - u) * width * (max - mode))
}

/** Box–Muller; the second normal is not used, so that a sample is a function of two uniforms only. */
function standardNormal(uniform: Uniform): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** Marsaglia and Tsang (2000), for shape below 1 with their power correction. Unit scale. */
function sampleGamma(shape: number, uniform: Uniform): number {
  if (shape < 1) return sampleGamma(shape + 1, uniform) * (1 - uniform()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = standardNormal(uniform)
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v
  }
}

function sampleBeta(alpha: number, beta: number, uniform: Uniform): number {
  const a = sampleGamma(alpha, uniform)
  const b = sampleGamma(beta, uniform)
  // Both can underflow to 0 where alpha and beta are tiny: all mass is then at the two ends.
  return a + b > 0 ? a / (a + b) : Number(uniform() < alpha / (alpha + beta))
}

/** Quantiles carried on to probabilities 0 and 1 by the slope of their outermost pieces. */
function wholeQuantiles(
  probabilities: readonly number[],
  values: readonly number[],
): { probabilities: readonly number[]; values: readonly number[] } {
  const last = values.length - 1
  const firstSlope = (values[1] - values[0]) / (probabilities[1] - probabilities[0])
  const lastSlope = (values[last] - values[last - 1]) / (probabilities[last] - probabilities[last - 1])
  return {
    probabilities: [0, ...probabilities, 1],
    values: [
      values[0] - firstSlope * probabilities[0],
      ...values,
      values[last] + lastSlope * (1 - probabilities[last]),
    ],
  }
}

function sampleQuantiles(givenProbabilities: readonly number[], givenValues: readonly number[], u: number): number {
  const { probabilities, values } = wholeQuantiles(givenProbabilities, givenValues)
  let i = 1
  while (i < values.length - 1 && probabilities[i] <= u) i++
  const width = probabilities[i] - probabilities[i - 1]
  return width === 0 ? values[i] : values[i - 1] + ((values[i] - values[i - 1]) * (u - probabilities[i - 1])) / width
}
