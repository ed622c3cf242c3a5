/**
 * Comparing solutions on several objectives, all to be made as small as possible, where each objective may have been
 * measured in several replications with common random numbers.
 */
import { confidenceInterval } from '../../measures/interval.ts'

/** One solution with what it was measured at. */
export interface Solution {
  /** Decision variables, each in 0 to 1. */
  readonly variables: readonly number[]
  /** By objective, then by replication; replication k of every solution met the same luck. */
  readonly objectives: readonly (readonly number[])[]
  /** How far constraints are broken, in any one unit; 0 for none, infinite where one cannot be judged. */
  readonly violation: number
}

/** Mean over replications of each objective. */
export function meansOf(solution: Solution): number[] {
  return solution.objectives.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
}

/** Confidence with which a difference must be other than chance to count. */
const CLEAR_LEVEL = 0.95

/**
 * Whether `a` is better than `b`: breaks constraints less, or, where neither breaks any, is in the mean no worse on
 * any objective and clearly better on one. Clear means that the 95% interval of the paired difference leaves 0 out;
 * with one replication any difference is clear. Since means never contradict it, nothing is better than itself in a
 * circle.
 */
export function dominates(a: Solution, b: Solution): boolean {
  if (a.violation > 0 || b.violation > 0) return a.violation < b.violation
  let better = false
  for (let objective = 0; objective < a.objectives.length; objective += 1) {
    const { mean, halfWidth } = pairedDifference(a.objectives[objective], b.objectives[objective])
    if (!(mean <= 0)) return false
    if (mean < -halfWidth) better = true
  }
  return better
}

/**
 * Whether `a` beats `b` with ties allowed: clearly better on one objective, clearly worse on none. Fit to compare two,
 * not to rank many: a may beat b, and b beat c, while a and c tie.
 */
export function beats(a: Solution, b: Solution): boolean {
  if (a.violation > 0 || b.violation > 0) return a.violation < b.violation
  const differences = a.objectives.map((values, k) => pairedDifference(values, b.objectives[k]))
  return differences.some(({ mean, halfWidth }) => mean < -halfWidth) && differences.every(({ mean, halfWidth }) => mean <= halfWidth)
}

/**
 * Of the solutions that beat another, the one that does so most clearly: whose largest gain is the most times its
 * margin of error. Those that tie on nothing go first. Null where none beats it.
 */
export function clearestBetter(solutions: readonly Solution[], than: Solution): number | null {
  const clearest = (better: typeof dominates): number | null => {
    const clearness = solutions.map((each) => (better(each, than) ? clearestGain(each, than) : -1))
    const most = Math.max(-1, ...clearness)
    return most < 0 ? null : clearness.indexOf(most)
  }
  return clearest(dominates) ?? clearest(beats)
}

function clearestGain(a: Solution, b: Solution): number {
  const margins = a.objectives.map((values, k) => {
    const { mean, halfWidth } = pairedDifference(values, b.objectives[k])
    return mean < 0 ? -mean / Math.max(halfWidth, Number.MIN_VALUE) : 0
  })
  return Math.max(...margins)
}

/** {@link dominates} with means taken for the truth. */
export function dominatesInMean(a: Solution, b: Solution): boolean {
  return dominates(onlyMeans(a), onlyMeans(b))
}

const onlyMeans = (solution: Solution): Solution => ({ ...solution, objectives: meansOf(solution).map((mean) => [mean]) })

/**
 * Mean paired difference, `a` less `b`, and half the width of its 95% interval: 0 for one replication, and where every
 * pair differs by the same.
 */
export function pairedDifference(a: readonly number[], b: readonly number[]): { mean: number; halfWidth: number } {
  const pairs = Math.min(a.length, b.length)
  let [mean, squares] = [0, 0]
  for (let k = 0; k < pairs; k += 1) {
    const difference = a[k] - b[k]
    const deviation = difference - mean
    mean += deviation / (k + 1)
    squares += deviation * (difference - mean)
  }
  if (pairs < 2 || squares === 0) return { mean, halfWidth: 0 }
  const { upper } = confidenceInterval(0, Math.sqrt(squares / (pairs - 1)), pairs, CLEAR_LEVEL)
  return { mean, halfWidth: upper }
}

/**
 * Solutions sorted into fronts: nobody in the first is dominated, nobody in the second but by the first, and so on.
 * @param better which of two is better; {@link dominates} unless said otherwise
 * @returns indices, front by front
 */
export function sortedFronts(solutions: readonly Solution[], better: typeof dominates = dominates): number[][] {
  const losersTo = solutions.map((): number[] => [])
  const beatenBy = solutions.map(() => 0)
  for (const [i, a] of solutions.entries()) {
    for (let j = i + 1; j < solutions.length; j += 1) {
      const winner = better(a, solutions[j]) ? i : better(solutions[j], a) ? j : -1
      if (winner < 0) continue
      losersTo[winner].push(winner === i ? j : i)
      beatenBy[winner === i ? j : i] += 1
    }
  }
  const fronts: number[][] = []
  let front = [...solutions.keys()].filter((index) => beatenBy[index] === 0)
  while (front.length > 0) {
    fronts.push(front)
    const next: number[] = []
    for (const loser of front.flatMap((index) => losersTo[index])) {
      beatenBy[loser] -= 1
      if (beatenBy[loser] === 0) next.push(loser)
    }
    front = next.toSorted((a, b) => a - b)
  }
  return fronts
}

/** Solutions that no other dominates. */
export function paretoFront(solutions: readonly Solution[]): Solution[] {
  return solutions.length === 0 ? [] : sortedFronts(solutions)[0].map((index) => solutions[index])
}

/**
 * The knee of a front: the solution farthest below the plane through the ends of the front, after each objective is
 * scaled from its least to its greatest value on it. There one objective cannot gain much without another losing
 * more.
 *
 * @param means objectives by solution
 * @returns index of the solution
 */
export function kneeOf(means: readonly (readonly number[])[]): number {
  const { least, range } = extentOf(means)
  const heights = means.map((each) => each.reduce((sum, value, k) => sum + (value - least[k]) / range[k], 0))
  return heights.indexOf(Math.min(...heights))
}

/** Least value and range of each objective; a range of 1 where it does not vary. */
export function extentOf(means: readonly (readonly number[])[]): { least: number[]; range: number[] } {
  const least = means[0].map((_, k) => Math.min(...means.map((each) => each[k])))
  const range = least.map((low, k) => Math.max(...means.map((each) => each[k])) - low || 1)
  return { least, range }
}

/**
 * Volume that a set of points dominates below a reference point: how near and how evenly it covers the true front.
 * Exact, for any number of objectives, by slicing along the last; made for a few hundred points.
 *
 * @param points objectives by point; points that are not below the reference in every objective count for nothing
 */
export function hypervolume(points: readonly (readonly number[])[], reference: readonly number[]): number {
  const below = points.filter((point) => point.every((value, k) => value < reference[k]))
  return slicedVolume(below, reference, reference.length)
}

function slicedVolume(points: readonly (readonly number[])[], reference: readonly number[], objectives: number): number {
  if (points.length === 0) return 0
  const last = objectives - 1
  if (objectives === 1) return reference[0] - Math.min(...points.map(([value]) => value))
  const sorted = points.toSorted((a, b) => a[last] - b[last])
  if (objectives === 2) return staircase(sorted, reference)
  let volume = 0
  for (const [index, point] of sorted.entries()) {
    const depth = (sorted[index + 1]?.[last] ?? reference[last]) - point[last]
    if (depth > 0) volume += depth * slicedVolume(sorted.slice(0, index + 1), reference, last)
  }
  return volume
}

/** The area below, of points by rising second objective. */
function staircase(sorted: readonly (readonly number[])[], reference: readonly number[]): number {
  let area = 0
  let left = reference[0]
  for (const [x, y] of sorted) {
    if (x >= left) continue
    area += (left - x) * (reference[1] - y)
    left = x
  }
  return area
}
