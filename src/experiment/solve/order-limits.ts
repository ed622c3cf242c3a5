/**
 * Which of a sample's ordered values bound a quantile of its distribution, whatever that distribution is.
 *
 * Of n independent values, the number at or below the p-quantile is binomial(n, p). So the l-th and the u-th smallest
 * have the quantile between them with the probability that such a count is from l to u − 1 (Conover, Practical
 * Nonparametric Statistics, 3rd edition, section 3.2; David and Nagaraja, Order Statistics, section 7.1).
 */

/** Places among n ordered values, counted from 1. */
export interface OrderLimits {
  /** 0 where no value is low enough: the interval is open below. */
  readonly lower: number
  /** The smallest place that at least the share p of values stands at or below. */
  readonly middle: number
  /** n + 1 where no value is high enough: the interval is open above. */
  readonly upper: number
  /** Probability that the quantile is between them, at least the level asked for. */
  readonly level: number
}

/**
 * @param n values, 1 or more
 * @param probability of the quantile, above 0 and below 1
 * @param level of confidence, half of what is left over on either side
 */
export function orderLimits(n: number, probability: number, level = 0.95): OrderLimits {
  const tail = (1 - level) / 2
  const below = cumulativeBinomial(n, probability)
  let lower = 0
  while (lower < n && below[lower] <= tail) lower += 1
  let upper = lower + 1
  while (upper <= n && below[upper - 1] < 1 - tail) upper += 1
  const under = lower === 0 ? 0 : below[lower - 1]
  // A share that is meant exactly must not be missed by a hair of a binary fraction.
  const middle = Math.max(1, Math.ceil(n * probability - 1e-9))
  return { lower, middle, upper, level: (upper > n ? 1 : below[upper - 1]) - under }
}

/** Fewest values for which neither side of the interval is open. */
export function fewestValues(probability: number, level = 0.95): number {
  const tail = (1 - level) / 2
  const rarer = Math.max(probability, 1 - probability)
  return Math.ceil(Math.log(tail) / Math.log(rarer) - 1e-9)
}

/** P(X ≤ k) for k from 0 to n, X binomial. */
function cumulativeBinomial(n: number, probability: number): number[] {
  // In logarithms: the first terms of a large sample are below the smallest double.
  let log = n * Math.log1p(-probability)
  let sum = 0
  return Array.from({ length: n + 1 }, (_, k) => {
    sum += Math.exp(log)
    log += Math.log((n - k) / (k + 1)) + Math.log(probability) - Math.log1p(-probability)
    return Math.min(1, sum)
  })
}
