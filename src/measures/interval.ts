/**
 * Intervals for means over runs. Runs are independent, and a mean over them is close to normal, so that
 * Student's t gives the interval of a mean or of a mean paired difference.
 */
import { arctangent } from '../model/powers.ts'

/** Two-sided limits, in the unit of the mean; NaN where they are undefined. */
export interface Interval {
  readonly lower: number
  readonly upper: number
}

/** Quantiles already found, by level and degrees of freedom: a study asks for the same few millions of times. */
const knownQuantiles = new Map<number, Map<number, number>>()

/**
 * The interval of a mean.
 * @param mean mean over runs
 * @param sd standard deviation over the same runs (n − 1)
 * @param n number of runs
 * @param level confidence level, 0 < level < 1
 * @returns mean ± t × sd ÷ √n with n − 1 degrees of freedom; NaN limits where n is 1 or less: one run says
 *   nothing of its own spread
 */
export function confidenceInterval(mean: number, sd: number, n: number, level = 0.95): Interval {
  if (n <= 1) return { lower: Number.NaN, upper: Number.NaN }
  const halfWidth = (twoSidedQuantile(level, n - 1) * sd) / Math.sqrt(n)
  return { lower: mean - halfWidth, upper: mean + halfWidth }
}

/** A mean with its interval; NaN where undefined. */
export interface MeanInterval extends Interval {
  readonly mean: number
  /** Values that it rests on. */
  readonly n: number
}

/**
 * Mean of the values that are defined, with its 95% interval, by the same steps (Welford) as every other mean over
 * runs: equal numbers are equal bytes.
 */
export function meanInterval(values: Iterable<number>): MeanInterval {
  let mean = 0
  let squares = 0
  let n = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    n += 1
    const deviation = value - mean
    mean += deviation / n
    squares += deviation * (value - mean)
  }
  if (n === 0) return { mean: Number.NaN, lower: Number.NaN, upper: Number.NaN, n }
  const sd = n > 1 ? Math.sqrt(squares / (n - 1)) : 0
  return { mean, ...confidenceInterval(mean, sd, n), n }
}

/**
 * {@link meanInterval} where runs come draw by draw: runs of one draw share its parameters, so that draws, by their
 * means, are what is independent.
 * @param runsPerDraw replications of each draw; 1 where runs are independent. A draw without a value is left out.
 */
export function meanOverDraws(values: readonly number[], runsPerDraw: number): MeanInterval {
  return meanInterval(runsPerDraw === 1 ? values : drawMeans(values, runsPerDraw))
}

/** A level and its paired change, each with its 95% interval over draws. */
export interface LevelAndChange extends MeanInterval {
  readonly difference: number
  readonly differenceLower: number
  readonly differenceUpper: number
}

/**
 * The mean of values by run, and of their differences from the reference's values of the same runs.
 * @param runsPerDraw as in {@link meanOverDraws}
 */
export function levelAndChange(values: readonly number[], reference: readonly number[], runsPerDraw: number): LevelAndChange {
  const { mean, lower, upper } = meanOverDraws(values.map((value, run) => value - reference[run]), runsPerDraw)
  return { ...meanOverDraws(values, runsPerDraw), difference: mean, differenceLower: lower, differenceUpper: upper }
}

/** Means of the defined values of each draw; draws without any are left out. */
export function drawMeans(values: readonly number[], runsPerDraw: number): number[] {
  const draws = Math.ceil(values.length / runsPerDraw)
  return Array.from({ length: draws }, (_, draw) => meanInterval(values.slice(draw * runsPerDraw, (draw + 1) * runsPerDraw)).mean).filter(
    (mean) => !Number.isNaN(mean),
  )
}

/** The standard normal quantile that leaves 2.5% above it. */
const NORMAL_97_5 = 1.959963984540054

/**
 * The 95% interval of a probability from independent runs, after Wilson (1927): inside 0 to 1, and of some width
 * even where every run agrees.
 * @param successes runs in which it happened, 0 to n
 * @param n number of runs
 * @returns limits from 0 to 1; NaN where n is 0
 */
export function wilsonInterval(successes: number, n: number): Interval {
  if (n === 0) return { lower: Number.NaN, upper: Number.NaN }
  const share = successes / n
  const square = NORMAL_97_5 ** 2 / n
  const centre = (share + square / 2) / (1 + square)
  const halfWidth = Math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
  // The outer limits are 0 and 1 exactly there, which rounding would miss by a hair.
  return {
    lower: successes === 0 ? 0 : centre - halfWidth,
    upper: successes === n ? 1 : centre + halfWidth,
  }
}

function twoSidedQuantile(level: number, degrees: number): number {
  let byDegrees = knownQuantiles.get(level)
  if (byDegrees === undefined) {
    byDegrees = new Map()
    knownQuantiles.set(level, byDegrees)
  }
  let quantile = byDegrees.get(degrees)
  if (quantile === undefined) {
    quantile = quantileOfCentralArea(level, degrees)
    byDegrees.set(degrees, quantile)
  }
  return quantile
}

/**
 * Quantile of Student's t distribution.
 * @param probability 0 < probability < 1
 * @param degrees degrees of freedom, a whole number of 1 or more
 * @returns t with P(T ≤ t) = probability; relative error below 1e-10 for probabilities from 0.0005 to 0.9995
 */
export function studentTQuantile(probability: number, degrees: number): number {
  return probability < 0.5
    ? -quantileOfCentralArea(1 - 2 * probability, degrees)
    : quantileOfCentralArea(2 * probability - 1, degrees)
}

/** The t ≥ 0 with P(|T| ≤ t) = area: bisection to the last bit, on a function that rises throughout. */
function quantileOfCentralArea(area: number, degrees: number): number {
  if (area === 0) return 0
  let low = 0
  let high = 1
  while (centralArea(high, degrees) < area) high *= 2
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return high
    if (centralArea(middle, degrees) < area) low = middle
    else high = middle
  }
}

/**
 * P(|T| ≤ t) for whole degrees of freedom: the finite sums of Abramowitz and Stegun, Handbook of Mathematical
 * Functions, 26.7.3 and 26.7.4, in which sin θ = t ÷ √(ν + t²) and cos² θ = ν ÷ (ν + t²).
 */
function centralArea(t: number, degrees: number): number {
  const sine = t / Math.sqrt(degrees + t * t)
  const cosineSquared = degrees / (degrees + t * t)
  const odd = degrees % 2 === 1
  let term = odd ? Math.sqrt(cosineSquared) : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k < degrees - 1; k += 2) {
    term *= (cosineSquared * (k - 1)) / k
    sum += term
  }
  return odd ? (2 / Math.PI) * (arctangent(t / Math.sqrt(degrees)) + sine * sum) : sine * sum
}
