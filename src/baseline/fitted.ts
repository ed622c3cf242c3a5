/**
 * A specialty's weekly rates from a fit to consecutive month-ends, where its pack holds one. Pure.
 *
 * The fit follows days, and all who leave unreported as one hazard. Here people are followed by weeks, and DNA discharges,
 * private, emergency and death exits leave by rates of their own, which are taken off the fitted hazard.
 */
import { exp } from '../model/elementary.ts'
import type { Assumptions } from '../scenario/study.ts'
import { AVERAGE_WEEK } from './calendar.ts'
import { BANDS, type BaselineDrift, type PackFit } from './types.ts'
import { acrossBands, DRIFT_GROUPS, SPREAD_ANCHOR, SPREAD_GROUPS } from './wait-groups.ts'

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

/** By how many of its standard deviations each level of a fit is off. */
export type FitOffsets = Pick<Assumptions<number>, 'fittedChanceEarly' | 'fittedChanceLong' | 'fittedRemovals' | 'fittedAdmittedShare' | 'fittedClockStarts'>

/** A fit with its levels off by so many of its standard deviations; the fit itself where none is, or where it does not know them. */
export function offsetFit(fit: PackFit, offsets: FitOffsets): PackFit {
  const { spread } = fit
  const { fittedChanceEarly, fittedChanceLong, fittedRemovals, fittedAdmittedShare, fittedClockStarts } = offsets
  const isOff = [fittedChanceEarly, fittedChanceLong, fittedRemovals, fittedAdmittedShare, fittedClockStarts].some((offset) => offset !== 0)
  if (spread === undefined || !isOff) return fit
  const chances = (weights: readonly number[], deviations: readonly number[]): number[] => {
    const logarithms = acrossBands(deviations.map((deviation, group) => deviation * (group < SPREAD_ANCHOR ? fittedChanceEarly : fittedChanceLong)), SPREAD_GROUPS)
    return weights.map((weight, band) => weight * exp(logarithms[band]))
  }
  const odds = (fit.admittedShare / (1 - fit.admittedShare)) * exp(spread.admittedShare * fittedAdmittedShare)
  const removals = exp(spread.removed * fittedRemovals)
  return {
    ...fit,
    chanceWeightFirst: chances(fit.chanceWeightFirst, spread.first),
    chanceWeightAdmission: chances(fit.chanceWeightAdmission, spread.admission),
    removedPerWeek: fit.removedPerWeek.map((hazard) => Math.min(MOST_LEAVING, hazard * removals)),
    admittedShare: Math.min(MOST_ADMITTED, odds / (1 + odds)),
    clockStartsPerWeek: fit.clockStartsPerWeek * exp(spread.clockStarts * fittedClockStarts),
  }
}

/** The part of a fit's drift that goes on; undefined where none does. */
export function driftOf({ drift }: PackFit, part: number): BaselineDrift | undefined {
  if (drift === undefined || part === 0) return undefined
  const chances = (slopes: readonly number[]): number[] => byStep([...acrossBands(slopes.map((slope) => slope * part), DRIFT_GROUPS)])
  return { first: chances(drift.first), admission: chances(drift.admission), removed: drift.removed * part }
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
  const { leavingPerWeek, shortPerWeek } = leavingOf(fit, list, other)
  return {
    clockStartsPerWeek: fit.clockStartsPerWeek + shortPerWeek / AVERAGE_WEEK,
    firstAppointmentsPerWeek: fittedFirstAppointments(fit),
    admissionsPerWeek: fit.admittedPerWeek,
    admittedShare: fit.admittedShare,
    directShare: fit.directShare,
    chanceWeightFirst: byStep(fit.chanceWeightFirst),
    chanceWeightAdmission: byStep(fit.chanceWeightAdmission),
    leavingPerWeek,
  }
}

/**
 * Somebody who has waited `a` whole weeks when a step ends was in bands `a − 1` and `a` during it; a clock that started in
 * the step was there for half of it.
 */
function byStep(byBand: readonly number[]): number[] {
  return byBand.map((value, band) => (band === 0 ? value : byBand[band - 1] + value) / 2)
}

/**
 * The fitted hazards less the other exits, at the level at which everybody who leaves is counted once. A step has
 * everybody at risk who waits when it begins or starts in it, those whom it then sees among them: a little more than those
 * whom the fit follows by days, so that the level is set by those.
 *
 * @returns `shortPerWeek`: other exits beyond all who leave, per calendar week
 */
function leavingOf(fit: PackFit, list: readonly number[], other: OtherExits): { leavingPerWeek: number[]; shortPerWeek: number } {
  const starts = fit.clockStartsPerWeek * AVERAGE_WEEK
  const atRisk = Array.from({ length: BANDS }, (_, age) => (age === 0 ? starts : list[age - 1] + (age === BANDS - 1 ? list[age] : 0)))
  const shape = byStep(fit.removedPerWeek.map((hazard) => Math.max(0, hazard - other.hazardPerWeek)))
  const leaveInAll = sumOf(list, fit.removedPerWeek)
  const wanted = leaveInAll - other.hazardPerWeek * sumOf(atRisk) - other.dnaDischargesPerWeek
  const shaped = sumOf(atRisk, shape)
  const scale = shaped > 0 ? Math.max(0, wanted) / shaped : 0
  return { leavingPerWeek: shape.map((hazard) => Math.min(MOST_LEAVING, hazard * scale)), shortPerWeek: Math.max(0, -wanted) }
}

const MOST_LEAVING = 0.5
const MOST_ADMITTED = 0.95

/** Sum of people, each by a hazard where there is one. */
function sumOf(people: readonly number[], hazards?: readonly number[]): number {
  return people.reduce((sum, waiting, band) => sum + waiting * (hazards?.[band] ?? 1), 0)
}
