/** The little statistics that benchmarks need. */

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Sample variance, of at least two values. */
export function variance(values: readonly number[]): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}

/** Slope of a straight line through points, by least squares. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const [middleX, middleY] = [mean(xs), mean(ys)]
  const products = xs.reduce((sum, x, k) => sum + (x - middleX) * (ys[k] - middleY), 0)
  return products / xs.reduce((sum, x) => sum + (x - middleX) ** 2, 0)
}

/**
 * How far apart the means of two samples are, in standard errors of their difference (Welch). 0 where both samples
 * are one and the same number, infinite where each has no spread and they differ.
 */
export function standardErrorsApart(a: readonly number[], b: readonly number[]): number {
  const difference = mean(a) - mean(b)
  const error = Math.sqrt(variance(a) / a.length + variance(b) / b.length)
  return difference === 0 ? 0 : difference / error
}

/** Times of repeats: what is reported of them. */
export interface Timing {
  readonly median: number
  readonly least: number
  readonly greatest: number
  readonly repeats: number
}

/** Sums up repeats of one measurement. */
export function timingOf(values: readonly number[]): Timing {
  return { median: median(values), least: Math.min(...values), greatest: Math.max(...values), repeats: values.length }
}
