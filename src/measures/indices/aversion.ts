/**
 * Indices that say how much is lost to inequality in the eyes of somebody averse to it: the equally-distributed
 * equivalent is the level that, had by all, would be as good as the unequal levels (higher is better). Atkinson
 * (Journal of Economic Theory, 1970) is averse to ratios, Kolm (Journal of Economic Theory, 1976) to differences.
 */
import { expm1, exponential, log1p, logarithm, power } from '../../model/powers.ts'

/**
 * Relative aversion ε of the public in England, for health in years: Robson, Asaria, Cookson, Tsuchiya and Ali,
 * Health Economics, 2017 (n = 244).
 */
export const ATKINSON_EPSILON = 10.95

/** Absolute aversion α of the same study, per year of health; its unit is 1 ÷ that of the values. */
export const KOLM_ALPHA = 0.15

/**
 * Atkinson's equally-distributed equivalent: (Σ share · value^(1 − ε))^(1 ÷ (1 − ε)); the geometric mean at ε = 1.
 * @param share population shares, summing to 1
 * @param values at least 0; NaN is given for negative values
 * @param epsilon aversion, at least 0; 0 gives the mean
 * @returns a level in the unit of the values, between the lowest of them and their mean; 0 where a group has 0
 *   and ε is 1 or more
 */
export function atkinsonEquivalent(share: readonly number[], values: readonly number[], epsilon: number): number {
  const least = Math.min(...values)
  if (!(least >= 0)) return Number.NaN
  if (least === 0) return epsilon >= 1 ? 0 : powerMean(share, values, 1 - epsilon)
  // Against the least value powers stay within 0 and 1, and equal values give exactly that value.
  const relative = values.map((value) => value / least)
  if (epsilon === 1) return least * exponential(weightedSum(share, relative.map(logarithm)))
  const exponent = 1 - epsilon
  return least * exponential(log1p(weightedSum(share, relative.map((ratio) => power(ratio, exponent) - 1))) / exponent)
}

function powerMean(share: readonly number[], values: readonly number[], exponent: number): number {
  return power(weightedSum(share, values.map((value) => power(value, exponent))), 1 / exponent)
}

/**
 * Kolm's equally-distributed equivalent: −(1 ÷ α) · ln Σ share · e^(−α · value).
 * @param share population shares, summing to 1
 * @param alpha aversion above 0, in 1 ÷ the unit of the values
 * @returns a level in the unit of the values, between the lowest of them and their mean
 */
export function kolmEquivalent(share: readonly number[], values: readonly number[], alpha: number): number {
  const least = Math.min(...values)
  return least - log1p(weightedSum(share, values.map((value) => expm1(-alpha * (value - least))))) / alpha
}

function weightedSum(share: readonly number[], values: readonly number[]): number {
  let sum = 0
  for (let group = 0; group < share.length; group += 1) sum += share[group] * values[group]
  return sum
}
