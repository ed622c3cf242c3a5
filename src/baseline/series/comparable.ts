/** Months that speak of the same providers. Pure. */
import { listOf, totalOf, type KnownSeries } from './types.ts'

/**
 * Largest relative difference of a month's whole list from the last month's. Lists of an area move by a few per cent a
 * year; a provider that stops or starts reporting moves a board's by more.
 */
const MOST_DIFFERENT = 0.15

/** Which months can be compared with the last one, by the list of all treatment functions together. */
export function comparableMonths(all: KnownSeries): boolean[] {
  const last = totalOf(listOf(all.last))
  return all.months.map((counts) => Math.abs(totalOf(listOf(counts)) / last - 1) <= MOST_DIFFERENT)
}

/** Which pairs of neighbouring months can be: those of two months that are comparable. */
export function comparablePairs(comparable: readonly boolean[]): boolean[] {
  return comparable.slice(1).map((usable, index) => usable && comparable[index])
}

/** A list that changes by more than this part within a month, and by so many people, has jumped: pathways were moved or counted anew. */
const JUMP = 0.25
const LEAST_JUMP = 200

function jumps(from: number, to: number): boolean {
  return Math.abs(to - from) >= LEAST_JUMP && Math.abs(to - from) > JUMP * from
}

/** Of the months of an area that can be compared, those since a treatment function's list jumped to where it is now. */
export function steadyMonths(known: KnownSeries, comparable: readonly boolean[]): boolean[] {
  const lists = known.months.map((counts) => totalOf(listOf(counts)))
  const last = lists[lists.length - 1]
  const lastJump = lists.findLastIndex((list, index) => index > 0 && jumps(lists[index - 1], list))
  return comparable.map((usable, index) => usable && (index >= lastJump || !jumps(lists[index], last)))
}

/** Pairs of an area's months that can be compared, less those between which a treatment function's list jumped. */
export function steadyPairs(known: KnownSeries, comparable: readonly boolean[]): boolean[] {
  const lists = known.months.map((counts) => totalOf(listOf(counts)))
  return comparablePairs(comparable).map((usable, index) => usable && !jumps(lists[index], lists[index + 1]))
}
