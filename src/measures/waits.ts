/**
 * Statistics of a list by whole weeks waited, as NHS England publishes them: band w holds waits of w to w + 1
 * weeks, and the last band is open.
 *
 * `counts` is people by band; `total` is their sum, which the caller knows. Each function gives NaN where
 * nobody waits: a share or a wait of nobody is undefined, not nought.
 */

/** Bands 0 to 17 lie within the 18-week standard. */
export const STANDARD_WEEKS = 18

/** People counted in all bands from `fromBand` (inclusive) to `toBand` (exclusive). */
export function countBetween(counts: ArrayLike<number>, fromBand: number, toBand: number): number {
  let people = 0
  const end = Math.min(toBand, counts.length)
  for (let band = fromBand; band < end; band += 1) people += counts[band]
  return people
}

/** Share that has waited less than 18 weeks, 0 to 1. */
export function shareWithinStandard(counts: ArrayLike<number>, total: number): number {
  return total === 0 ? Number.NaN : countBetween(counts, 0, STANDARD_WEEKS) / total
}

/** Share that has waited `weeks` whole weeks or more, 0 to 1. Over 52 weeks is bands 52 and up. */
export function shareOver(counts: ArrayLike<number>, total: number, weeks: number): number {
  return total === 0 ? Number.NaN : countBetween(counts, weeks, counts.length) / total
}

/**
 * Mean wait, weeks. Each band counts at its midpoint, w + ½. The open band counts at 104.5 though it holds
 * longer waits, so that the mean is a little low: on England's list of January 2026 (576 of 7.2 million people
 * in that band) by 0.0001 weeks for each week that they have waited beyond 104.5.
 */
export function meanWaitWeeks(counts: ArrayLike<number>, total: number): number {
  if (total === 0) return Number.NaN
  let weeks = 0
  for (let band = 0; band < counts.length; band += 1) weeks += counts[band] * (band + 0.5)
  return weeks / total
}

/**
 * Wait that a share of the list does not exceed, weeks, interpolated linearly within the weekly band as the
 * published median and 92nd percentile are. A percentile that falls in the open band is its lower end, 104:
 * the published table prints "104+".
 * @param probability 0 < probability < 1: 0.5 for the median, 0.92 for the 92nd percentile
 */
export function percentileWaitWeeks(counts: ArrayLike<number>, total: number, probability: number): number {
  if (total === 0) return Number.NaN
  const openBand = counts.length - 1
  const target = probability * total
  let below = 0
  for (let band = 0; band < openBand; band += 1) {
    const people = counts[band]
    if (below + people >= target) return band + (target - below) / people
    below += people
  }
  return openBand
}
