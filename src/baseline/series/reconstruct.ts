/**
 * Lists and stops by week band, reconstructed from the few points of their distribution that monthly totals give. Pure.
 *
 * Between the points the logarithm of the share who waited longer is taken as straight, so that the bands agree with every
 * point that was published and say no more than that. They are for origins of which no bands are at hand.
 */
import { BANDS } from '../types.ts'
import type { CompletedTotals, MonthlyTotals } from './read-monthly.ts'
import { ALL_SPECIALTIES, type AreaSeries, type MonthCounts } from './types.ts'

/** A point of a distribution of waits: the share who have waited longer than so many weeks. */
export interface WaitPoint {
  readonly weeks: number
  readonly beyond: number
}

/** Beyond the last point the share who wait longer falls by at least this a week: hardly anybody waits two years. */
const LEAST_FALL = 0.03
const MEDIAN = 0.5
const NINETY_SECOND = 0.08
const NINETY_FIFTH = 0.05
/** Nobody over a wait stands for half a person. */
const LEAST_PEOPLE = 0.5

/**
 * People by week band through points.
 *
 * @param points in any order; those that contradict one with a shorter wait are left out
 */
export function bandsThrough(people: number, points: readonly WaitPoint[]): Float64Array {
  if (!(people > 0)) return new Float64Array(BANDS)
  const knots: WaitPoint[] = [{ weeks: 0, beyond: 1 }]
  for (const point of points.toSorted((a, b) => a.weeks - b.weeks)) {
    const { weeks, beyond } = knots[knots.length - 1]
    const known = Math.max(point.beyond, LEAST_PEOPLE / people)
    if (point.weeks > weeks && known < beyond) knots.push({ weeks: point.weeks, beyond: known })
  }
  const shares = Float64Array.from({ length: BANDS + 1 }, (_, weeks) => (weeks === BANDS ? 0 : shareBeyond(knots, weeks)))
  return Float64Array.from({ length: BANDS }, (_, band) => people * Math.max(0, shares[band] - shares[band + 1]))
}

function shareBeyond(knots: readonly WaitPoint[], weeks: number): number {
  const next = knots.findIndex((knot) => knot.weeks >= weeks)
  if (next === 0) return 1
  const to = next < 0 ? knots.length - 1 : next
  const from = Math.max(0, to - 1)
  const fall = to === from ? LEAST_FALL : Math.log(knots[from].beyond / knots[to].beyond) / (knots[to].weeks - knots[from].weeks)
  if (next < 0) return knots[to].beyond * Math.exp(-Math.max(LEAST_FALL, fall) * (weeks - knots[to].weeks))
  return knots[from].beyond * Math.exp(-fall * (weeks - knots[from].weeks))
}

/** A month's totals with everything that bands can be made from. */
export type WholeMonth = MonthlyTotals & { readonly [Key in 'list' | 'within18' | 'over52' | 'clockStarts' | 'completed' | 'removals']: number } & {
  readonly admitted: CompletedTotals
  readonly nonAdmitted: CompletedTotals
}

function isWhole({ list, within18, over52, clockStarts, completed, removals, admitted, nonAdmitted }: MonthlyTotals): boolean {
  return [list, within18, over52, clockStarts, completed, removals, admitted, nonAdmitted].every((value) => value !== null)
}

/** Months that bands can be made of. */
export function wholeMonths(totals: readonly MonthlyTotals[]): WholeMonth[] {
  return totals.filter((month): month is WholeMonth => isWhole(month))
}

/**
 * England's series from its monthly totals, all treatment functions together, as one stage: the totals do not tell those
 * with a decision to admit apart, so that admitted stops stand with the others.
 */
export function reconstructedSeries(months: readonly WholeMonth[]): AreaSeries {
  return { area: 'ENGLAND', specialties: [{ code: ALL_SPECIALTIES, months: months.map(countsOf) }] }
}

function countsOf(totals: WholeMonth): MonthCounts {
  const { month, clockStarts, completed, admitted, nonAdmitted } = totals
  const known = admitted.people + nonAdmitted.people
  const parts = [admitted, nonAdmitted].map((part) => bandsThrough((part.people * completed) / known, pointsOfStops(part)))
  return {
    month,
    clockStarts,
    nonAdmitted: parts[0].map((people, band) => people + parts[1][band]),
    admitted: new Float64Array(BANDS),
    waitingFirst: bandsThrough(totals.list, pointsOfList(totals)),
    waitingAdmission: new Float64Array(BANDS),
  }
}

function pointsOfList({ list, within18, over52, medianWeeks, ninetySecondWeeks, over65, over78, over104 }: WholeMonth): WaitPoint[] {
  return [
    { weeks: 18, beyond: 1 - within18 / list },
    { weeks: 52, beyond: over52 / list },
    ...knownPoint(medianWeeks, MEDIAN),
    ...knownPoint(ninetySecondWeeks, NINETY_SECOND),
    ...[[65, over65], [78, over78], [104, over104]].flatMap(([weeks, people]) => (weeks === null || people === null ? [] : [{ weeks, beyond: people / list }])),
  ]
}

function pointsOfStops({ people, within18, over52, medianWeeks, ninetyFifthWeeks }: CompletedTotals): WaitPoint[] {
  return [
    { weeks: 18, beyond: 1 - within18 / people },
    { weeks: 52, beyond: over52 / people },
    ...knownPoint(medianWeeks, MEDIAN),
    ...knownPoint(ninetyFifthWeeks, NINETY_FIFTH),
  ]
}

function knownPoint(weeks: number | null, beyond: number): WaitPoint[] {
  return weeks === null ? [] : [{ weeks, beyond }]
}
