/**
 * Which of two distributions of health somebody averse to inequality prefers, and at which aversion they change
 * their mind.
 *
 * The sign of a change in the equally-distributed equivalent is the sign of a weighted sum of the groups' gains. That
 * sum is used here, because gains are some millionths of the levels: a difference of two equivalents would lose
 * digits that decide.
 */
import { expm1, exponential, log1p, power } from '../../model/powers.ts'
import { meanOverDraws } from '../interval.ts'

/** A distribution of health, and one to compare with it. */
export interface GainsByGroup {
  /** Health per resident before, by group, in years; above 0. */
  readonly levels: readonly number[]
  /** What each group gains per resident, in years. */
  readonly gains: readonly number[]
}

/**
 * Gain in social welfare at one aversion; above 0 where the gains are preferred to none. At aversion 0 it is the mean
 * gain per resident, in years.
 * @param share population shares, summing to 1
 * @param aversion 0 or more
 */
export type WelfareGain = (share: readonly number[], health: GainsByGroup, aversion: number) => number

/** Aversion to ratios: the sum of groups' gains in value^(1 − ε) ÷ (1 − ε), its logarithm at ε = 1 (Atkinson 1970). */
export const atkinsonGain: WelfareGain = (share, { levels, gains }, epsilon) => {
  const least = Math.min(...levels)
  const exponent = 1 - epsilon
  let sum = 0
  for (let group = 0; group < share.length; group += 1) {
    const growth = log1p(gains[group] / levels[group])
    const gain = exponent === 0 ? growth : expm1(exponent * growth) / exponent
    sum += share[group] * power(levels[group] / least, exponent) * gain
  }
  return least * sum
}

/** Aversion to differences: the sum of groups' gains in −e^(−α · value) ÷ α (Kolm 1976). */
export const kolmGain: WelfareGain = (share, { levels, gains }, alpha) => {
  const least = Math.min(...levels)
  let sum = 0
  for (let group = 0; group < share.length; group += 1) {
    const gain = alpha === 0 ? gains[group] : -expm1(-alpha * gains[group]) / alpha
    sum += share[group] * exponential(-alpha * (levels[group] - least)) * gain
  }
  return sum
}

/** How preference depends on aversion. */
export type BreakEvenVerdict =
  | 'preferred-above'
  | 'preferred-below'
  | 'always-preferred'
  | 'never-preferred'
  | 'no-difference'
  | 'changes-more-than-once'

/** The aversion at which a scenario is as good as the reference: the price of equity. */
export interface BreakEven {
  readonly verdict: BreakEvenVerdict
  /** NaN unless the verdict is `preferred-above` or `preferred-below`: otherwise no aversion divides the two. */
  readonly value: number
  /**
   * 95% limits: the aversions around `value` at which the runs' mean gain cannot be told from 0. NaN without a value
   * or with a single run. Infinite above where even the largest aversion looked at cannot be told apart.
   */
  readonly lower: number
  readonly upper: number
}

/** Steps in which aversions are searched for a change of sign. */
const STEPS = 200

/**
 * @param runs gains of each paired run
 * @param most largest aversion looked at
 * @param runsPerDraw as in `meanOverDraws`
 */
export function breakEven(
  share: readonly number[],
  runs: readonly GainsByGroup[],
  gainOf: WelfareGain,
  most: number,
  runsPerDraw = 1,
): BreakEven {
  const at = (aversion: number) => meanOverDraws(runs.map((run) => gainOf(share, run, aversion)), runsPerDraw)
  const grid = Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) * most)
  const means = grid.map((aversion) => at(aversion).mean)
  const changes = [...grid.keys()].filter((step) => step > 0 && means[step - 1] > 0 !== means[step] > 0)
  const [change, second] = changes
  const none = { value: Number.NaN, lower: Number.NaN, upper: Number.NaN }
  if (means.every((mean) => mean === 0)) return { verdict: 'no-difference', ...none }
  if (change === undefined) return { verdict: means[0] > 0 ? 'always-preferred' : 'never-preferred', ...none }
  if (second !== undefined) return { verdict: 'changes-more-than-once', ...none }
  const isPreferred = (aversion: number): boolean => at(aversion).mean > 0
  const value = boundary(grid[change - 1], grid[change], isPreferred)
  const isOpen = (aversion: number): boolean => {
    const { lower, upper } = at(aversion)
    return lower <= 0 && upper >= 0
  }
  return {
    verdict: means[0] > 0 ? 'preferred-below' : 'preferred-above',
    value,
    ...limitsAround(value, change, grid, isOpen),
  }
}

/** Ends of the range around the value in which the sign is open. */
function limitsAround(
  value: number,
  change: number,
  grid: readonly number[],
  isOpen: (aversion: number) => boolean,
): { readonly lower: number; readonly upper: number } {
  if (!isOpen(value)) return { lower: Number.NaN, upper: Number.NaN }
  const below = grid.slice(0, change).findLast((aversion) => !isOpen(aversion))
  const above = grid.slice(change).find((aversion) => !isOpen(aversion))
  const startOf = (end: number): number => boundary(end, value, isOpen)
  return {
    lower: below === undefined ? 0 : startOf(below),
    upper: above === undefined ? Number.POSITIVE_INFINITY : startOf(above),
  }
}

/** Where a condition that differs at the two ends changes between them: bisection. */
function boundary(from: number, to: number, holds: (aversion: number) => boolean): number {
  const atFrom = holds(from)
  let near = from
  let far = to
  for (let step = 0; step < 60; step += 1) {
    const middle = (near + far) / 2
    if (holds(middle) === atFrom) near = middle
    else far = middle
  }
  return far
}
