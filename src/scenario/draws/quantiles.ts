/** Quantiles of every distribution that a study file can write: how a point of a design becomes a value. */
import { normalQuantile } from '../../measures/indices/normal-quantile.ts'
import type { Distribution } from '../study.ts'
import { sampleDistribution } from '../distributions.ts'
import { betaDistribution, gammaDistribution } from './special-functions.ts'

/**
 * The value that a distribution stays below with probability `u`.
 * @param spec a valid distribution
 * @param u 0 < u < 1
 * @returns value in the unit of the distribution; relative error about 1e-10 for gamma, beta and pert, and rounding
 *   for the others
 */
export function quantileOf(spec: Distribution, u: number): number {
  switch (spec.dist) {
    case 'uniform':
    case 'triangular':
    case 'quantiles':
      // These are sampled by their quantile function.
      return sampleDistribution(spec, () => u)
    case 'pert': {
      const width = spec.max - spec.min
      const alpha = 1 + (4 * (spec.mode - spec.min)) / width
      return spec.min + width * betaQuantile(alpha, 6 - alpha, u)
    }
    case 'normal':
      return spec.mean + spec.sd * normalQuantile(u)
    case 'lognormal': {
      const logVariance = Math.log1p((spec.sd / spec.mean) ** 2)
      return Math.exp(Math.log(spec.mean) - logVariance / 2 + Math.sqrt(logVariance) * normalQuantile(u))
    }
    case 'gamma':
      if (isCertain(spec)) return spec.mean
      return gammaQuantile((spec.mean / spec.sd) ** 2, u) * (spec.sd ** 2 / spec.mean)
    case 'beta': {
      if (isCertain(spec)) return spec.mean
      const size = (spec.mean * (1 - spec.mean)) / spec.sd ** 2 - 1
      return betaQuantile(spec.mean * size, (1 - spec.mean) * size, u)
    }
  }
}

/** A spread below what a double can tell from none, as where distributions are sampled. */
const isCertain = ({ mean, sd }: { readonly mean: number; readonly sd: number }): boolean => sd <= Math.abs(mean) * 1e-9

/** In the logarithm of the value, which may be many orders of magnitude below the mean. */
function gammaQuantile(shape: number, u: number): number {
  return Math.exp(root((t) => gammaDistribution(shape, Math.exp(t)) - u, Math.log(shape) - 1, Math.log(shape) + 1))
}

/** In the log odds of the value; from the nearer end, so that values next to 1 keep their digits. */
function betaQuantile(alpha: number, beta: number, u: number): number {
  const logOdds = root((t) => betaDistribution(alpha, beta, 1 / (1 + Math.exp(-t))) - u, -1, 1)
  return 1 / (1 + Math.exp(-logOdds))
}

/** Farthest that a bracket is widened: e^−745 is the least positive double. */
const FARTHEST = 745

/** Where a rising function crosses 0: a bracket widened until it holds the crossing, then bisected. */
function root(rising: (t: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let step = 1; low > -FARTHEST && rising(low) > 0; step *= 2) low -= step
  for (let step = 1; high < FARTHEST && rising(high) < 0; step *= 2) high += step
  while (high - low > 1e-12 * Math.max(1, Math.abs(low))) {
    const middle = (low + high) / 2
    if (rising(middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
