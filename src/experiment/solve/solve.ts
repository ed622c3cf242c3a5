/**
 * The least value of something in a study that meets a target with a given probability.
 *
 *     grid of values, the same replications at each → margins, replication by replication
 *       → k-th largest margin of n, k = the share asked for → where it crosses zero (find-root.ts)
 *       → the same for the two places that bound the quantile (order-limits.ts): the interval
 *       → too wide? twice the replications, at the values around the answer
 *
 * In each replication the target is met from some least value on, and the answer is the quantile of those least values
 * over replications. Every value meets the same luck (common random numbers), so that the margin of a replication moves
 * smoothly with the value; that it moves one way only is not taken on trust but looked at.
 */
import { meanInterval, wilsonInterval } from '../../measures/interval.ts'
import { multiple, narrow, type Places } from './find-root.ts'
import { orderLimits, type OrderLimits } from './order-limits.ts'
import { stretches, type Stretch } from './shape.ts'

/** What is to be solved. */
export interface SolveProblem {
  /** Bounds of the value, the lower first. */
  readonly from: number
  readonly to: number
  /** Whether the value must be a whole number. */
  readonly isWhole: boolean
  /** Share of replications that must meet the target, above 0 and below 1. */
  readonly probability: number
  /** Half-width of the interval at which replications end, in the unit of the value. */
  readonly precision: number
  /** Replications to begin with, and the most. */
  readonly firstReplications: number
  readonly mostReplications: number
  /**
   * By how much replications meet the target at a value, in the unit of the measure; below 0 where they miss it, NaN
   * where the measure is undefined. Asked once for each value and replication.
   */
  margins(value: number, fromReplication: number, toReplication: number): Promise<readonly number[]>
}

/** A value that was tried. */
export interface Tried {
  readonly value: number
  /** By replication, from the first. */
  readonly margins: readonly number[]
  readonly met: number
  /** Share of replications that meet the target, with its 95% Wilson interval. */
  readonly share: number
  readonly shareLower: number
  readonly shareUpper: number
}

/** What was found. */
export interface Solution {
  /** `already-met`: at the lower bound; `cannot-be-met`: at no value between the bounds. */
  readonly status: 'solved' | 'already-met' | 'cannot-be-met'
  /** The least value tried that meets the target in the share asked for; the lower bound, or the nearest miss, otherwise. */
  readonly at: Tried
  /** Interval of the least value; null where it is open, or reaches beyond that bound. */
  readonly lower: number | null
  readonly upper: number | null
  /** Confidence of the interval: at least 0.95, and more where few replications leave no choice. */
  readonly level: number
  readonly replications: number
  /** Whether the interval is as narrow as asked for, or leaves no doubt about the status. */
  readonly isSure: boolean
  /** How the margin runs from value to value. */
  readonly shape: readonly Stretch[]
  /** Every value tried, rising. */
  readonly tried: readonly Tried[]
}

/** Values of the first grid: enough to see a bend, few enough to be cheap. */
const GRID_VALUES = 5
/** Part of the precision that is left to where exactly the answer lies between two values tried. */
const TOLERANCE_PART = 4
/** Most values tried on the way to a summit between values that all miss. */
const MOST_CLIMBS = 8

/** @throws what `margins` throws */
export async function solve(problem: SolveProblem): Promise<Solution> {
  const search = createSearch(problem)
  let replications = problem.firstReplications
  for (const value of gridOf(problem)) await search.at(value, replications)
  for (;;) {
    const solution = await solveWith(search, problem, replications)
    if (solution.isSure || replications >= problem.mostReplications) return solution
    replications = Math.min(problem.mostReplications, 2 * replications)
  }
}

async function solveWith(search: Search, problem: SolveProblem, replications: number): Promise<Solution> {
  const limits = orderLimits(replications, problem.probability)
  const middle = await search.leastValue(limits.middle, replications)
  if (middle === null) return cannotBeMet(search, limits, replications)
  const lower = limits.lower === 0 ? null : await search.leastValue(limits.lower, replications)
  const upper = limits.upper > replications ? null : await search.leastValue(limits.upper, replications)
  const isMetAtOnce = middle.above === problem.from
  const isSure = isMetAtOnce
    ? upper?.above === problem.from
    : lower !== null && upper !== null && (upper.above - lower.below) / 2 <= problem.precision
  return {
    status: isMetAtOnce ? 'already-met' : 'solved',
    at: await search.at(middle.above, replications),
    lower: lower === null || lower.above === problem.from ? null : lower.below,
    upper: upper?.above ?? null,
    level: limits.level,
    replications,
    isSure,
    ...search.summary(replications),
  }
}

/** The nearest miss; the interval may still begin inside the bounds. */
async function cannotBeMet(search: Search, limits: OrderLimits, replications: number): Promise<Solution> {
  const lower = limits.lower === 0 ? null : await search.leastValue(limits.lower, replications)
  return {
    status: 'cannot-be-met',
    at: await search.at(await search.summit(limits.middle, replications), replications),
    lower: lower?.below ?? null,
    upper: null,
    level: limits.level,
    replications,
    isSure: limits.lower > 0 && lower === null,
    ...search.summary(replications),
  }
}

/** The least value that meets a target lies above `below` and not above `above`. */
interface Least {
  readonly below: number
  readonly above: number
}

interface Search {
  /** A value with this many replications, run where they have not been. */
  at(value: number, replications: number): Promise<Tried>
  /** The least value at which this many of the replications meet the target; null where none was found. */
  leastValue(order: number, replications: number): Promise<Least | null>
  /** The value at which the margin of that order is largest. */
  summit(order: number, replications: number): Promise<number>
  summary(replications: number): Pick<Solution, 'shape' | 'tried'>
}

function createSearch(problem: SolveProblem): Search {
  const margins = new Map<number, number[]>()
  const places = placesOf(problem)
  const values = (): number[] => [...margins.keys()].toSorted((a, b) => a - b)
  const at = async (value: number, replications: number): Promise<Tried> => {
    const known = margins.get(value) ?? []
    if (known.length < replications) known.push(...(await problem.margins(value, known.length, replications)))
    margins.set(value, known)
    return triedAt(value, known.slice(0, replications))
  }
  const marginAt = async (value: number, order: number, replications: number): Promise<number> =>
    marginOfOrder((await at(value, replications)).margins, order)

  const leastValue: Search['leastValue'] = async (order, replications) => {
    const above = (await firstMet(order, replications)) ?? (await climb(order, replications))
    if (above === null) return null
    if (above === problem.from) return { below: above, above }
    const below = values()[values().indexOf(above) - 1]
    const ends = await Promise.all([below, above].map(async (each) => ({ at: each, value: await marginAt(each, order, replications) })))
    const found = await narrow({ below: ends[0], above: ends[1] }, places, (value) => marginAt(value, order, replications))
    return { below: found.below.at, above: found.above.at }
  }
  /** The least value tried that meets the target; with more replications than before, from where it was then. */
  const firstMet = async (order: number, replications: number): Promise<number | null> => {
    const tried = values()
    const guess = tried.findIndex((value) => marginOfShare(margins.get(value) ?? [], order / replications) >= 0)
    let index = guess < 0 ? tried.length - 1 : guess
    while (index < tried.length && !((await marginAt(tried[index], order, replications)) >= 0)) index += 1
    if (index === tried.length) return null
    while (index > 0 && (await marginAt(tried[index - 1], order, replications)) >= 0) index -= 1
    return tried[index]
  }
  /** Looks between values that all miss for one that meets: halves the wider gap beside the best of them. */
  const climb = async (order: number, replications: number): Promise<number | null> => {
    for (let climbs = 0; climbs < MOST_CLIMBS; climbs += 1) {
      const best = await summit(order, replications)
      const next = middleBeside(values(), best, places, climbs === 0)
      if (next === null) return null
      if ((await marginAt(next, order, replications)) >= 0) return next
    }
    return null
  }
  const summit: Search['summit'] = async (order, replications) => {
    const tried = values()
    const heights = tried.map((value) => marginOfShare(margins.get(value) ?? [], order / replications))
    const best = tried[heights.indexOf(Math.max(...heights))]
    await at(best, replications)
    return best
  }
  return {
    at,
    leastValue,
    summit,
    summary(replications) {
      const tried = values().map((value) => triedAt(value, (margins.get(value) ?? []).slice(0, replications)))
      return { shape: stretches(tried), tried }
    },
  }
}

/**
 * The middle of the wider gap beside a value; null where both are narrow enough. At an end of the bounds the gap beside
 * it is looked into once.
 */
function middleBeside(tried: readonly number[], best: number, { tolerance, step }: Places, isFirst: boolean): number | null {
  const index = tried.indexOf(best)
  const isEnd = index === 0 || index === tried.length - 1
  if (isEnd && !isFirst) return null
  const gaps = [index - 1, index].flatMap((from) => (from < 0 || from + 1 >= tried.length ? [] : [[tried[from], tried[from + 1]] as const]))
  const [from, to] = gaps.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [best, best]
  const middle = multiple(Math.round((from + to) / 2 / step), step)
  return to - from <= tolerance || tried.includes(middle) ? null : middle
}

function triedAt(value: number, margins: readonly number[]): Tried {
  const met = margins.filter((margin) => margin >= 0).length
  const { lower, upper } = wilsonInterval(met, margins.length)
  return { value, margins, met, share: met / margins.length, shareLower: lower, shareUpper: upper }
}

/** The margin that this many replications reach: 0 or more where as many meet the target. Undefined counts as missed. */
function marginOfOrder(margins: readonly number[], order: number): number {
  const falling = margins.map((margin) => (Number.isNaN(margin) ? Number.NEGATIVE_INFINITY : margin)).toSorted((a, b) => b - a)
  return falling[order - 1]
}

/** The same for a share of the replications that there are. */
function marginOfShare(margins: readonly number[], share: number): number {
  return marginOfOrder(margins, Math.max(1, Math.ceil(margins.length * share - 1e-9)))
}

/** Values from bound to bound, evenly, and no two the same. */
function gridOf(problem: SolveProblem): number[] {
  const { from, to } = problem
  const { step } = placesOf(problem)
  const inner = Array.from({ length: GRID_VALUES - 2 }, (_, index) =>
    multiple(Math.round((from + ((to - from) * (index + 1)) / (GRID_VALUES - 1)) / step), step),
  )
  return [...new Set([from, ...inner.filter((value) => value > from && value < to), to])]
}

function placesOf({ precision, isWhole }: SolveProblem): Places {
  const tolerance = precision / TOLERANCE_PART
  const step = 10 ** Math.floor(Math.log10(tolerance))
  return isWhole ? { tolerance: Math.max(1, tolerance), step: Math.max(1, step) } : { tolerance, step }
}

/** The mean margin of a value tried, with its 95% interval; undefined margins are left out. */
export function meanMargin({ margins }: Tried): { readonly mean: number; readonly lower: number; readonly upper: number } {
  return meanInterval(margins)
}
