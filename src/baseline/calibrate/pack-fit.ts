/** A fit as a pack holds it. Pure. */
import { AVERAGE_WEEK } from '../derive.ts'
import { BANDS, type PackFit } from '../types.ts'
import type { FlowModel } from './forecast-flows.ts'
import type { ServiceFit } from './fit-service.ts'
import { START_DAY_WEIGHTS } from '../series/days.ts'
import { listOf, type MonthCounts } from '../series/types.ts'

/** Weight of a standard week's days: five working days and a weekend. */
const STANDARD_WEEK = 5 + 2 * START_DAY_WEIGHTS.weekend
/** Significant digits kept: more are noise. */
const DIGITS = 5
const LEAST_WEIGHT = 1e-3

/**
 * Puts a fit into the form of a pack. Hazards below 0 in the first weeks stand for people who join the list after their
 * clock started, net of those who leave it. A simulation lists everybody at the start: there the hazard is 0, and those
 * who join are clock starts, so that the list keeps its balance.
 *
 * @param last the month-end at which the fit holds
 */
export function packFit(fit: ServiceFit, flows: FlowModel, last: MonthCounts): PackFit {
  const starts = Math.exp(flows.clockStarts.level) * STANDARD_WEEK
  const { removedPerWeek, unlisted } = fit.law
  const joining = listOf(last).reduce((sum, people, band) => sum + (people / (1 - unlisted[band])) * Math.max(0, -removedPerWeek[band]), 0)
  const weights = (values: Float64Array): number[] => rounded(values.map((weight) => Math.max(LEAST_WEIGHT, weight)))
  return {
    until: fit.origin,
    pairs: fit.pairs,
    chanceWeightFirst: weights(fit.law.chanceWeightFirst),
    chanceWeightAdmission: weights(fit.law.chanceWeightAdmission),
    removedPerWeek: rounded(fit.law.removedPerWeek.map((hazard) => Math.max(0, hazard))),
    admittedShare: digits(fit.law.admittedShare),
    directShare: digits(fit.law.directShare),
    clockStartsPerWeek: digits(starts + joining / AVERAGE_WEEK),
    nonAdmittedPerWeek: digits(starts * Math.exp(flows.nonAdmittedPerStart)),
    admittedPerWeek: digits(starts * Math.exp(flows.admittedPerStart)),
  }
}

function digits(value: number): number {
  return Number(value.toPrecision(DIGITS))
}

function rounded(values: Float64Array): number[] {
  return Array.from({ length: BANDS }, (_, band) => digits(values[band]))
}
