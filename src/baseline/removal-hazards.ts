/**
 * Hazards of leaving the list unreported, by weeks waited: shape from published month-ends, level from the pack's
 * balance of flows. Pure.
 */
import { BANDS, type BaselinePack } from './types.ts'

/**
 * Removals a week by weeks waited, piecewise linear. From consecutive month-ends of all specialties, England, May
 * 2024 to February 2025: about 0–0.5% to week 8, 1.3–1.5% at weeks 12–17, about 1.5–2% beyond week 40.
 */
const SHAPE: readonly (readonly [weeks: number, perWeek: number])[] = [
  [0, 0.001],
  [8, 0.005],
  [12, 0.013],
  [17, 0.015],
  [40, 0.016],
  [65, 0.02],
]
/** No specialty's removals are scaled above this many times the shape: 2% becomes at most 20% a week. */
const HIGHEST_SCALE = 10

/** Removals a week by whole weeks waited before scaling, {@link BANDS} entries; level beyond the last point. */
export const REMOVAL_SHAPE: readonly number[] = Array.from({ length: BANDS }, (_, week) => {
  const next = SHAPE.findIndex(([weeks]) => weeks > week)
  if (next < 0) return SHAPE[SHAPE.length - 1][1]
  const [fromWeek, from] = SHAPE[next - 1]
  const [toWeek, to] = SHAPE[next]
  return from + ((to - from) * (week - fromWeek)) / (toWeek - fromWeek)
})

/** Expected removals in a week from a list at the unscaled shape. */
export function shapedRemovals(list: readonly number[]): number {
  return list.reduce((sum, people, week) => sum + people * REMOVAL_SHAPE[week], 0)
}

/**
 * Scale of the shape at which a list loses the removals expected of it in a week: 0 where none are, 1 where nobody
 * waits, {@link HIGHEST_SCALE} at most.
 */
export function removalScale(expectedPerWeek: number, list: readonly number[]): number {
  const atShape = shapedRemovals(list)
  if (atShape === 0) return 1
  return Math.min(HIGHEST_SCALE, Math.max(0, expectedPerWeek / atShape))
}

/**
 * Weight of a specialty's own balance (clock starts − stops) against a flat share of removals. Specialties differ
 * too much for one share: community paediatrics lose over half of theirs unreported. Over 40 ICBs × specialty,
 * against mean monthly removals by stock and flow in 2025, January 2026 alone predicts with a mean absolute error
 * of 69% of their size by the flat share, 44% by its own balance and 41% by this mixture.
 */
const BALANCE_WEIGHT = 0.75
/** At least this part of the flat share, where one month starts few clocks; the error above is the same for 0 to 0.3. */
const LEAST_OF_FLAT = 0.3

/**
 * Unreported removals of each specialty in a standard week of five working days.
 *
 * For one month: a mixture of a flat share of removals and of what balances the specialty. For several months the
 * mixture only shares out the system's own total, which stock and flow gave.
 *
 * @param assumedShare unreported removals ÷ all removals, where the pack has none of its own
 */
export function unreportedRemovalsPerWeek(pack: BaselinePack, assumedShare: number): number[] {
  const total = (bands: readonly number[]): number => bands.reduce((a, b) => a + b, 0)
  const standardWeeks = pack.workingDays / 5
  const share = pack.unreportedRemovalShare ?? assumedShare
  const stops = pack.specialties.map((s) => (total(s.admittedStops) + total(s.nonAdmittedStops)) / standardWeeks)
  const flat = stops.map((count) => (count * share) / (1 - share))
  const mixed = pack.specialties.map(({ clockStarts }, index) => {
    const balancing = clockStarts / standardWeeks - stops[index]
    return Math.max(LEAST_OF_FLAT * flat[index], BALANCE_WEIGHT * balancing + (1 - BALANCE_WEIGHT) * flat[index])
  })
  const mixedTotal = total(mixed)
  const scale = pack.unreportedRemovalShare === null || mixedTotal === 0 ? 1 : total(flat) / mixedTotal
  return mixed.map((count) => count * scale)
}
