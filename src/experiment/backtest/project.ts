/** Projections from an origin: a fitted law, and the flows that it is told. Pure. */
import { dampedMonths, lawAt } from '../../baseline/calibrate/drift.ts'
import { advanceMonth, expectedList, flowsOf, listsAt, type ExpectedMonth, type MonthFlows } from '../../baseline/calibrate/expected-month.ts'
import type { ExpectedLists, ServiceLaw } from '../../baseline/calibrate/expected-list.ts'
import type { ServiceFit } from '../../baseline/calibrate/fit-service.ts'
import { totalOf, unreportedRemovals, type KnownSeries, type SpecialtySeries } from '../../baseline/series/types.ts'

/** Flows of months after the origin, in order: totals alone, nothing of who was on the list. */
export function flowsAfter(series: SpecialtySeries, origin: string): MonthFlows[] {
  return series.months.filter(({ month }) => month > origin).map(flowsOf)
}

/** Unreported removals of the months after the origin, by the balance of flows. */
export function removalsAfter(series: SpecialtySeries, origin: string): number[] {
  return series.months.flatMap((counts, index) => (counts.month > origin ? [unreportedRemovals(series.months[index - 1], counts)] : []))
}

/** The orders in which a projection can give slots. */
export type SlotOrder = 'fitted' | 'in-turn' | 'random'

/** A law whose slots go in another order. */
export function lawInOrder(law: ServiceLaw, order: SlotOrder): ServiceLaw {
  const flat = (): Float64Array => new Float64Array(law.chanceWeightFirst.length).fill(1)
  if (order === 'in-turn') return { ...law, inTurnShare: 1 }
  if (order === 'random') return { ...law, chanceWeightFirst: flat(), chanceWeightAdmission: flat() }
  return law
}

/**
 * Projects the lists month by month.
 *
 * @param removals unreported removals of a month, by its index and the list before it; the fitted hazards' own where left out
 */
export function project(known: KnownSeries, fit: ServiceFit, flows: readonly MonthFlows[], order: SlotOrder = 'fitted', removals?: RemovalsOf): ExpectedMonth[] {
  const lists = listsAt(known.last, fit.law)
  return flows.map((month, index) => {
    const law = lawInOrder(lawAt(fit.law, fit.drift, dampedMonths(index + 1)), order)
    return removals === undefined ? advanceMonth(lists, law, month) : advanceTo(lists, law, month, removals(index, totalOf(lists.first) + totalOf(lists.admission)))
  })
}

/** Unreported removals of a month to come, people. */
export type RemovalsOf = (index: number, listBefore: number) => number

/** Rounds in which hazards are scaled to a known number; removals are nearly in proportion to them. */
const TIES = 3

/** A month in which as many are removed as given: the hazards are scaled until they are. */
function advanceTo(lists: ExpectedLists, law: ServiceLaw, flows: MonthFlows, removals: number): ExpectedMonth {
  const scaled = (factor: number): ServiceLaw => ({ ...law, removedPerWeek: law.removedPerWeek.map((hazard) => hazard * factor) })
  let factor = 1
  for (let round = 0; round < TIES; round++) {
    const trial = advanceMonth({ first: lists.first.slice(), admission: lists.admission.slice() }, scaled(factor), flows)
    factor *= Math.min(3, Math.max(1 / 3, removals / totalOf(trial.exits.removed)))
  }
  return advanceMonth(lists, scaled(factor), flows)
}

/** Lists by band, month by month. */
export function listsOf(months: readonly ExpectedMonth[]): Float64Array[] {
  return months.map(expectedList)
}
