/**
 * What one unit of an outcome costs: the ratio of two means over paired runs, with Fieller's interval.
 *
 *     a = ȳ² − t²·s²ȳ    b = x̄·ȳ − t²·sx̄ȳ    c = x̄² − t²·s²x̄    limits (b ± √(b² − a·c)) ÷ a
 *
 * Fieller (1954): for money x and outcome y that are jointly normal over runs the limits hold the true ratio of means in
 * 95 of 100 studies. They are finite exactly where a > 0, that is where the outcome's own 95% interval leaves out 0;
 * elsewhere no price is given, because money divided by something that may be nothing is any number.
 */
import { confidenceInterval, drawMeans } from '../interval.ts'

/** Why an outcome has no price. */
export type NoPrice =
  /** Fewer than two runs (or draws): nothing is known of chance. */
  | 'one-run'
  /** The outcome is nought in every run. */
  | 'no-change'
  /** The outcome's interval holds 0: its sign is uncertain. */
  | 'sign-uncertain'
  /** The outcome gets clearly worse. */
  | 'wrong-way'
  /** Nothing more is spent than in the reference. */
  | 'no-extra-spend'
  /** Less is spent than in the reference. */
  | 'spends-less'

/** Pounds per unit of an outcome. */
export interface Price {
  /** Ratio of means; NaN where there is a reason. */
  readonly value: number
  /** 95% limits by Fieller; NaN where there is a reason. */
  readonly lower: number
  readonly upper: number
  /** Why there is no price; null where there is one. */
  readonly reason: NoPrice | null
}

/**
 * Price of an outcome.
 * @param spend extra pounds by run
 * @param gain extra outcome by run, above 0 where it gets better; runs in which either is NaN are left out
 * @param runsPerDraw replications of each draw where only draws are independent; else 1
 */
export function priceOf(spend: readonly number[], gain: readonly number[], runsPerDraw: number): Price {
  const isDefined = spend.map((pounds, run) => !Number.isNaN(pounds + gain[run]))
  const units = (values: readonly number[]): number[] =>
    drawMeans(values.map((value, run) => (isDefined[run] ? value : Number.NaN)), runsPerDraw)
  const [pounds, outcomes] = [units(spend), units(gain)]
  const [x, y] = [meanOf(pounds), meanOf(outcomes)]
  const reason = reasonFor(x, pounds, outcomes)
  if (reason !== null) return { value: Number.NaN, lower: Number.NaN, upper: Number.NaN, reason }
  // Student's t ÷ √n, squared: variances of means times t².
  const factor = confidenceInterval(0, 1, pounds.length).upper ** 2
  const a = y * y - factor * covariance(outcomes, outcomes)
  const b = x * y - factor * covariance(pounds, outcomes)
  const c = x * x - factor * covariance(pounds, pounds)
  // Below 0 by rounding alone, where neither varies.
  const root = Math.sqrt(Math.max(0, b * b - a * c))
  return { value: x / y, lower: (b - root) / a, upper: (b + root) / a, reason: null }
}

function reasonFor(meanSpend: number, pounds: readonly number[], outcomes: readonly number[]): NoPrice | null {
  if (pounds.length < 2) return 'one-run'
  if (meanSpend === 0) return 'no-extra-spend'
  if (meanSpend < 0) return 'spends-less'
  if (outcomes.every((outcome) => outcome === 0)) return 'no-change'
  const mean = meanOf(outcomes)
  const halfWidth = confidenceInterval(0, 1, outcomes.length).upper * Math.sqrt(covariance(outcomes, outcomes))
  if (Math.abs(mean) <= halfWidth) return 'sign-uncertain'
  return mean < 0 ? 'wrong-way' : null
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** With n − 1. */
function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  return a.reduce((sum, value, index) => sum + (value - meanA) * (b[index] - meanB), 0) / (a.length - 1)
}
