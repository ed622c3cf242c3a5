/**
 * A specialty's weekly rates from a fit to consecutive month-ends, where its pack holds one. Pure.
 *
 * The fit follows days, and all who leave unreported as one hazard. Here people are followed by weeks, and DNA discharges,
 * private, emergency and death exits leave by rates of their own, which are taken off the fitted hazard.
 */
import { BANDS, type PackFit } from './types.ts'

/** What leaves the list unreported besides `removed` and `withdrew`. */
export interface OtherExits {
  /** Private, emergency and death exits together, per person and calendar week. */
  readonly hazardPerWeek: number
  /** Discharges after a DNA in an average calendar week. */
  readonly dnaDischargesPerWeek: number
}

/** Weekly rates, `…PerWeek` in a standard week of five working days. */
export interface FittedRates {
  readonly clockStartsPerWeek: number
  readonly firstAppointmentsPerWeek: number
  readonly admissionsPerWeek: number
  readonly admittedShare: number
  readonly directShare: number
  readonly chanceWeightFirst: number[]
  readonly chanceWeightAdmission: number[]
  /** `removed` and `withdrew` together, by whole weeks waited, per calendar week. */
  readonly leavingPerWeek: number[]
}

/** First appointments of a fit in a standard week: those that stop the clock, and those that lead to an admission. */
export function fittedFirstAppointments({ nonAdmittedPerWeek, admittedShare }: PackFit): number {
  return nonAdmittedPerWeek / (1 - admittedShare)
}

/**
 * Rates of a fit.
 *
 * @param list everybody waiting, by whole weeks waited
 */
export function fittedRates(fit: PackFit, list: readonly number[], other: OtherExits): FittedRates {
  return {
    clockStartsPerWeek: fit.clockStartsPerWeek,
    firstAppointmentsPerWeek: fittedFirstAppointments(fit),
    admissionsPerWeek: fit.admittedPerWeek,
    admittedShare: fit.admittedShare,
    directShare: fit.directShare,
    chanceWeightFirst: byStep(fit.chanceWeightFirst),
    chanceWeightAdmission: byStep(fit.chanceWeightAdmission),
    leavingPerWeek: leavingPerWeek(fit.removedPerWeek, list, other),
  }
}

/**
 * Somebody who has waited `a` whole weeks when a step ends was in bands `a − 1` and `a` during it; a clock that started in
 * the step was at risk for half of it.
 */
function byStep(weights: readonly number[]): number[] {
  return weights.map((weight, band) => (band === 0 ? weight : weights[band - 1] + weight) / 2)
}

/** The fitted hazards less the other exits, at the level at which everybody who leaves is counted once. */
function leavingPerWeek(removedPerWeek: readonly number[], list: readonly number[], other: OtherExits): number[] {
  const shape = Array.from({ length: BANDS }, (_, band) => Math.max(0, removedPerWeek[band] - other.hazardPerWeek))
  const people = list.reduce((sum, waiting) => sum + waiting, 0)
  const wanted = list.reduce((sum, waiting, band) => sum + waiting * removedPerWeek[band], 0) - other.hazardPerWeek * people - other.dnaDischargesPerWeek
  const shaped = list.reduce((sum, waiting, band) => sum + waiting * shape[band], 0)
  const scale = shaped > 0 ? Math.max(0, wanted) / shaped : 0
  return shape.map((hazard) => Math.min(MOST_LEAVING, hazard * scale))
}

const MOST_LEAVING = 0.5
