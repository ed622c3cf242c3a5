/** How well a fit reproduces the months that it was fitted to, one month ahead. Pure. */
import { distanceOf } from '../series/distance.ts'
import { listOf, totalOf, unreportedRemovals, type KnownSeries } from '../series/types.ts'
import { lawAt } from './drift.ts'
import { advanceMonth, expectedList, flowsOf, listsAt } from './expected-month.ts'
import type { ServiceFit } from './fit-service.ts'

/** Means over the fitted months of one month ahead against what was published. */
export interface MonthAheadCheck {
  /** Total variation distances by week band, 0 to 1: the list; those with a decision; stops without and with admission. */
  readonly list: number
  readonly withDecision: number
  readonly nonAdmitted: number
  readonly admitted: number
  /** Mean error of the share within 18 weeks, percentage points, and its mean size. */
  readonly within18: number
  readonly within18Size: number
  /** Expected over published unreported removals. */
  readonly removals: number
}

const WITHIN_WEEKS = 18

/**
 * Runs every fitted pair of month-ends one month ahead.
 *
 * @param comparable which pairs of months known count, the latest last; all where left out
 */
export function checkMonthAhead(known: KnownSeries, fit: ServiceFit, comparable?: readonly boolean[]): MonthAheadCheck {
  const months = known.months.slice(-fit.pairs - 1)
  const rows = months.slice(1).flatMap((published, index) => {
    if (comparable?.at(index + 1 - months.length) === false) return []
    const expected = advanceMonth(listsAt(months[index], fit.law), lawAt(fit.law, fit.drift, index + 2 - months.length), flowsOf(published))
    return [{
      list: distanceOf(expectedList(expected), listOf(published)),
      withDecision: distanceOf(expected.waitingAdmission, published.waitingAdmission),
      nonAdmitted: distanceOf(expected.exits.nonAdmitted, published.nonAdmitted),
      admitted: distanceOf(expected.exits.admitted, published.admitted),
      within18: within18(expectedList(expected)) - within18(listOf(published)),
      expectedRemovals: totalOf(expected.exits.removed),
      removals: unreportedRemovals(months[index], published),
    }]
  })
  const mean = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((sum, row) => sum + pick(row), 0) / rows.length
  return {
    list: mean((row) => row.list),
    withDecision: mean((row) => row.withDecision),
    nonAdmitted: mean((row) => row.nonAdmitted),
    admitted: mean((row) => row.admitted),
    within18: mean((row) => row.within18),
    within18Size: mean((row) => Math.abs(row.within18)),
    removals: mean((row) => row.expectedRemovals) / mean((row) => row.removals),
  }
}

/** Per cent of a list within 18 weeks. */
function within18(list: Float64Array): number {
  const people = totalOf(list)
  return people > 0 ? (100 * totalOf(list.subarray(0, WITHIN_WEEKS))) / people : 0
}
