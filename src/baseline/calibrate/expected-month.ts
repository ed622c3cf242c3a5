/** A month of the expected list, day by day, between two published month-ends. Pure. */
import { byDayWaited, DAY_GRID, monthWeights, START_DAY_WEIGHTS, STOP_DAY_WEIGHTS } from '../series/days.ts'
import { totalOf, type MonthCounts } from '../series/types.ts'
import { advance, byBand, noExits, type ExpectedExits, type ExpectedLists, type ServiceLaw } from './expected-list.ts'

/** Flows of a month, people. */
export interface MonthFlows {
  readonly month: string
  readonly clockStarts: number
  readonly nonAdmitted: number
  readonly admitted: number
}

/** A month's end, as it would be published, and what happened in the month, by week band. */
export interface ExpectedMonth {
  readonly month: string
  readonly waitingFirst: Float64Array
  readonly waitingAdmission: Float64Array
  readonly exits: ExpectedExits
}

/** Weight of an average calendar day among days of stops: 253 working days and holidays and weekends a year. */
const AVERAGE_DAY = (253 + 112.25 * STOP_DAY_WEIGHTS.weekend) / 365.25

/** The lists at a published month-end, by days waited, with those whom it does not show yet. */
export function listsAt(counts: MonthCounts, { unlisted }: ServiceLaw): ExpectedLists {
  const whole = (shown: Float64Array): Float64Array => shown.map((people, band) => people / (1 - unlisted[band]))
  return {
    first: byDayWaited(whole(counts.waitingFirst), counts.month, START_DAY_WEIGHTS),
    admission: byDayWaited(whole(counts.waitingAdmission), counts.month, START_DAY_WEIGHTS),
  }
}

/** Flows as published. */
export function flowsOf({ month, clockStarts, nonAdmitted, admitted }: MonthCounts): MonthFlows {
  return { month, clockStarts, nonAdmitted: totalOf(nonAdmitted), admitted: totalOf(admitted) }
}

const weightsOfMonth = new Map<string, { starts: readonly number[]; stops: readonly number[]; startTotal: number; stopTotal: number }>()

function dayShares(month: string): { starts: readonly number[]; stops: readonly number[]; startTotal: number; stopTotal: number } {
  const known = weightsOfMonth.get(month)
  if (known !== undefined) return known
  const starts = monthWeights(month, START_DAY_WEIGHTS)
  const stops = monthWeights(month, STOP_DAY_WEIGHTS)
  const shares = { starts, stops, startTotal: totalOf(starts), stopTotal: totalOf(stops) }
  weightsOfMonth.set(month, shares)
  return shares
}

/** Advances lists by a month, in place. Removals fall on days as stops do. */
export function advanceMonth(lists: ExpectedLists, law: ServiceLaw, flows: MonthFlows): ExpectedMonth {
  const { starts, stops, startTotal, stopTotal } = dayShares(flows.month)
  const exits = noExits(DAY_GRID.bands)
  for (let day = 0; day < starts.length; day++) {
    const ofStops = stops[day] / stopTotal
    const step = {
      clockStarts: (flows.clockStarts * starts[day]) / startTotal,
      nonAdmitted: flows.nonAdmitted * ofStops,
      admitted: flows.admitted * ofStops,
      removalWeeks: stops[day] / AVERAGE_DAY / 7,
    }
    advance(lists, law, step, DAY_GRID, exits)
  }
  const shown = (people: Float64Array): Float64Array => byBand(people, DAY_GRID).map((waiting, band) => waiting * (1 - law.unlisted[band]))
  return {
    month: flows.month,
    waitingFirst: shown(lists.first),
    waitingAdmission: shown(lists.admission),
    exits,
  }
}

/** Everybody waiting, by band. */
export function expectedList({ waitingFirst, waitingAdmission }: ExpectedMonth): Float64Array {
  return waitingFirst.map((people, band) => people + waitingAdmission[band])
}
