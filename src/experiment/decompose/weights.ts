/** Weights of the groups in a mean, from where the projection starts. */
import type { Baseline } from '../../baseline/types.ts'
import type { WeightKind } from './mechanisms.ts'

/** Weights of each kind by deprivation group, most deprived first; each sums to 1. */
export type GroupWeights = Readonly<Record<WeightKind, readonly number[]>>

/**
 * Weights over all systems and specialties.
 * @param referralPropensity probability that a need is referred, by group, in the first step
 */
export function groupWeights(baselines: readonly Baseline[], referralPropensity: readonly number[]): GroupWeights {
  const groups = referralPropensity.length
  const specialties = baselines.flatMap((baseline) => baseline.specialties)
  const byGroup = (amount: (group: number) => number): number[] => Array.from({ length: groups }, (_, group) => amount(group))
  const residents = byGroup((group) => sum(baselines.map((baseline) => baseline.groups[group].population)))
  const starts = byGroup((group) => sum(specialties.map((specialty) => specialty.clockStartsPerWeek[group])))
  const need = starts.map((people, group) => people / referralPropensity[group])
  const unmet = need.map((people, group) => people - starts[group])
  const waiting = byGroup((group) =>
    sum(specialties.flatMap((specialty) => [...specialty.waitingFirst[group], ...specialty.waitingAdmission[group]])),
  )
  const clockStarts = shares(starts, residents)
  return {
    'clock-starts': clockStarts,
    need: shares(need, residents),
    'unmet-need': shares(unmet, clockStarts),
    waiting: shares(waiting, clockStarts),
  }
}

/** Amounts as shares of their sum; where they sum to nothing, those of the other amounts. */
export function shares(amounts: readonly number[], otherwise: readonly number[]): number[] {
  const total = sum(amounts)
  if (total > 0) return amounts.map((amount) => amount / total)
  const others = sum(otherwise)
  return otherwise.map((amount) => (others > 0 ? amount / others : 1 / otherwise.length))
}

/** Sum of numbers; 0 of none. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Mean of numbers by group; `weights` sum to 1. */
export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, group) => value * weights[group]))
}
