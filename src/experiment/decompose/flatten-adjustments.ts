/**
 * Adjustments without their deprivation conditions. An adjustment that holds for some groups only becomes one for
 * all groups with the same total effect on the assumption's own values, so that it keeps its other conditions
 * (specialty, priority, dates). Where several adjustments of one assumption overlap, each is turned on its own.
 */
import type { Adjustment, Series } from '../../scenario/study.ts'
import { ASSUMPTION_PLACES, type MechanismId } from './mechanisms.ts'
import { affine, firstOf } from './number-mean.ts'
import { sum, weightedMean, type GroupWeights } from './weights.ts'

/** What adjustments are turned against. */
export interface AdjustmentGround {
  readonly flat: ReadonlySet<MechanismId>
  /** Deprivation group ids, most deprived first. */
  readonly groupIds: readonly string[]
  readonly weights: GroupWeights
  /** The assumption's own values by group in the first step, before any adjustment. */
  readonly valuesOf: (assumption: Adjustment['assumption']) => readonly number[]
}

/** @param drawn the same adjustments in one draw */
export function flattenAdjustments(
  adjustments: readonly Adjustment[],
  drawn: readonly Adjustment<Series>[],
  ground: AdjustmentGround,
): readonly Adjustment[] {
  return adjustments.map((adjustment, index) => flattenAdjustment(adjustment, drawn[index].value, ground))
}

function flattenAdjustment(adjustment: Adjustment, value: Series, ground: AdjustmentGround): Adjustment {
  const { mechanism, weight } = ASSUMPTION_PLACES[adjustment.assumption]
  const { deprivation } = adjustment.where
  if (!ground.flat.has(mechanism) || deprivation.length === 0) return adjustment
  const forAll = { ...adjustment, where: { ...adjustment.where, deprivation: [] } }
  const hit = ground.groupIds.map((id) => deprivation.includes(id))
  if (hit.every(Boolean)) return forAll
  const weights = ground.weights[weight]
  const own = ground.valuesOf(adjustment.assumption)
  const number = { spec: adjustment.value, value }
  const hitWeight = sum(weights.filter((_, group) => hit[group]))
  const total = weightedMean(own, weights)
  const hitTotal = sum(own.map((each, group) => (hit[group] ? each * weights[group] : 0)))
  // Of what is multiplied, the part that the groups concerned hold.
  const part = total > 0 ? hitTotal / total : hitWeight
  switch (adjustment.change) {
    case 'add':
      return { ...forAll, value: affine(number, hitWeight, 0) }
    case 'set':
      return { ...forAll, change: 'add', value: affine(number, hitWeight, -hitTotal) }
    case 'multiply':
      return { ...forAll, value: affine(number, part, 1 - part) }
    case 'odds':
      return { ...forAll, value: Array.isArray(value) ? affine(number, part, 1 - part) : meanOdds(firstOf(value), own, hit, weights) }
  }
}

/** The odds ratio for all that gives the mean probability that a ratio for some gives. */
function meanOdds(ratio: number, own: readonly number[], hit: readonly boolean[], weights: readonly number[]): number {
  const after = own.map((probability, group) => {
    if (!hit[group] || probability === 0 || probability === 1) return probability
    const odds = (probability / (1 - probability)) * ratio
    return odds / (1 + odds)
  })
  const mean = weightedMean(own, weights)
  const target = weightedMean(after, weights)
  if (mean <= 0 || mean >= 1 || target <= 0 || target >= 1) return 1
  return target / (1 - target) / (mean / (1 - mean))
}
