/**
 * The slow drift of who is seen and who is removed: log-linear in months, by groups of week bands, and damped ahead.
 * Pure.
 *
 * Long waits are pressed harder from month to month while targets are chased; with fixed rates a projection keeps too many
 * of them. A trend that is extrapolated for ever would be as wrong, so each month ahead adds {@link DAMPING} times the
 * change of the month before.
 */
import { acrossBands, DRIFT_GROUPS } from '../wait-groups.ts'
import type { ServiceLaw } from './expected-list.ts'

/** Groups that stay as they are: weights are relative, so the drift of the middle of the list is taken as none. */
const ANCHORS: readonly number[] = [4, 5, 6]
/** A month ahead of the last adds this part of its change: a common choice for damped trends (0.8 to 0.98), not fitted. */
export const DAMPING = 0.9
/** Slopes of logarithms per month. */
export interface Drift {
  /** Of the chance weights, by group of {@link DRIFT_GROUPS}. */
  readonly first: readonly number[]
  readonly admission: readonly number[]
  /** Of removals at all waits. */
  readonly removed: number
}

/** Number of groups. */
export const GROUPS = DRIFT_GROUPS.length - 1

/** No drift. */
export function noDrift(): Drift {
  return { first: Array.from({ length: GROUPS }, () => 0), admission: Array.from({ length: GROUPS }, () => 0), removed: 0 }
}

/** Takes the anchors' mean off, since only ratios of weights matter. */
export function anchored(slopes: readonly number[]): number[] {
  const mean = ANCHORS.reduce((sum, group) => sum + slopes[group], 0) / ANCHORS.length
  return slopes.map((slope) => slope - mean)
}

/** The law some months from the one it stands for; negative is before. */
export function lawAt(law: ServiceLaw, drift: Drift, months: number): ServiceLaw {
  if (months === 0) return law
  const drifted = (weights: Float64Array, slopes: readonly number[]): Float64Array => {
    const byBand = acrossBands(slopes, DRIFT_GROUPS)
    return weights.map((weight, band) => weight * Math.exp(byBand[band] * months))
  }
  const removed = Math.exp(drift.removed * months)
  return {
    ...law,
    chanceWeightFirst: drifted(law.chanceWeightFirst, drift.first),
    chanceWeightAdmission: drifted(law.chanceWeightAdmission, drift.admission),
    removedPerWeek: law.removedPerWeek.map((hazard) => Math.min(MOST_REMOVED, hazard * removed)),
  }
}

/** Hazards of removal stay below this a week. */
export const MOST_REMOVED = 0.5

/** Months' worth of drift that have built up `months` ahead of the origin. */
export function dampedMonths(months: number): number {
  let built = 0
  let step = 1
  for (let month = 0; month < months; month++) {
    step *= DAMPING
    built += step
  }
  return built
}

/** A least-squares slope and its standard error. */
export interface Slope {
  readonly slope: number
  /** From the scatter about the line; infinite where two points or fewer leave none. */
  readonly error: number
}

/** Least-squares slope of values over positions. */
export function slopeOf(positions: readonly number[], values: readonly number[], weights: readonly number[]): Slope {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, value, index) => sum + value * weights[index], 0) / total
  const middle = mean(positions)
  const level = mean(values)
  const spread = positions.reduce((sum, position, index) => sum + weights[index] * (position - middle) ** 2, 0)
  if (!(spread > 0)) return { slope: 0, error: Infinity }
  const slope = positions.reduce((sum, position, index) => sum + weights[index] * (position - middle) * (values[index] - level), 0) / spread
  const scatter = positions.reduce((sum, position, index) => sum + weights[index] * (values[index] - level - slope * (position - middle)) ** 2, 0)
  const freedom = total - 2
  return { slope, error: freedom > 0 ? Math.sqrt(scatter / freedom / spread) : Infinity }
}
