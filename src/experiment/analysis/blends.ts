/**
 * Splits between those that a search found, aimed at beating a given solution: a search spreads over a whole front, and
 * leaves gaps beside a solution that was made by hand.
 */
import { extentOf, meansOf } from './pareto.ts'
import type { Solution } from './pareto.ts'

/** Steps from one solution to the other. */
const STEPS = 16

/** Decision variables of the mixture of two solutions; `share` is that of the first. */
export type Mix = (a: readonly number[], b: readonly number[], share: number) => readonly number[]

interface Blend {
  readonly a: Solution
  readonly b: Solution
  readonly share: number
  /** Largest shortfall against the rival over objectives, in ranges of the front; below 0 where all are better. */
  readonly worst: number
}

/**
 * Mixtures of two solutions whose objectives, were they to mix evenly, would be the best against a rival.
 * Whether they are has to be tried.
 * @param front two or more solutions
 * @param rival what to beat
 * @param count most mixtures, each of another pair
 * @param mixed how variables are mixed, such that objectives change about evenly from one solution to the other
 * @returns decision variables, the most promising first
 */
export function blendsAgainst(front: readonly Solution[], rival: Solution, count: number, mixed: Mix): (readonly number[])[] {
  const means = front.map(meansOf)
  const { range } = extentOf(means)
  const goal = meansOf(rival)
  const blends = front.flatMap((a, i) => front.slice(i + 1).map((b, k) => bestBetween(a, b, means[i], means[i + 1 + k], goal, range)))
  return blends
    .toSorted((a, b) => a.worst - b.worst)
    .slice(0, count)
    .map(({ a, b, share }) => mixed(a.variables, b.variables, share))
}

function bestBetween(
  a: Solution,
  b: Solution,
  meansOfA: readonly number[],
  meansOfB: readonly number[],
  goal: readonly number[],
  range: readonly number[],
): Blend {
  let best: Blend = { a, b, share: 1, worst: Number.POSITIVE_INFINITY }
  for (let step = 1; step < STEPS; step += 1) {
    const share = step / STEPS
    const mix = (x: number, y: number): number => x * share + y * (1 - share)
    const worst = Math.max(...goal.map((value, k) => (mix(meansOfA[k], meansOfB[k]) - value) / range[k]))
    if (worst < best.worst) best = { a, b, share, worst }
  }
  return best
}
