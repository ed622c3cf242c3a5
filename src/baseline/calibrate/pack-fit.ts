/** A fit as a pack holds it. Pure. */
import { BANDS, type PackFit } from '../types.ts'
import type { FlowModel } from './forecast-flows.ts'
import type { ServiceFit } from './fit-service.ts'
import { START_DAY_WEIGHTS } from '../series/days.ts'

/** Weight of a standard week's days: five working days and a weekend. */
const STANDARD_WEEK = 5 + 2 * START_DAY_WEIGHTS.weekend
/** Significant digits kept: more are noise. */
const DIGITS = 5
const LEAST_WEIGHT = 1e-3

/**
 * Puts a fit into the form of a pack. Negative hazards of the first weeks, which stand for people listed late, become 0:
 * a simulation lists everybody when the clock starts.
 */
export function packFit(fit: ServiceFit, flows: FlowModel): PackFit {
  const starts = Math.exp(flows.clockStarts.level) * STANDARD_WEEK
  const weights = (values: Float64Array): number[] => rounded(values.map((weight) => Math.max(LEAST_WEIGHT, weight)))
  return {
    until: fit.origin,
    pairs: fit.pairs,
    chanceWeightFirst: weights(fit.law.chanceWeightFirst),
    chanceWeightAdmission: weights(fit.law.chanceWeightAdmission),
    removedPerWeek: rounded(fit.law.removedPerWeek.map((hazard) => Math.max(0, hazard))),
    admittedShare: digits(fit.law.admittedShare),
    directShare: digits(fit.law.directShare),
    clockStartsPerWeek: digits(starts),
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
