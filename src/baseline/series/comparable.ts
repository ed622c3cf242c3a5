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
