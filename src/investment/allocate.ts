/** How a programme's money is shared among deprivation groups. */
import type { Group } from '../baseline/types.ts'
import { exp, ln } from '../model/elementary.ts'
import type { Allocation, Series } from '../scenario/study.ts'
import { valueAt } from '../model/steps.ts'

/** What an allocation may look at. */
export interface AllocationContext {
  readonly groups: readonly Group[]
  /** Need per resident by group, any unit. */
  readonly needPerHead: readonly number[]
}

/**
 * Shares of the money by group in a step; they sum to 1.
 *
 * `universal`: population. `proportionate`: population × need^θ, so θ = 0 is universal, 1 is in proportion to
 * need, above 1 progressive. `targeted`: the named groups, by population.
 * @throws RangeError where no group has a share (no residents in the groups named)
 */
export function allocationShares(allocation: Allocation<Series>, context: AllocationContext, step: number): number[] {
  const weights = context.groups.map((group, index) => groupWeight(allocation, group.population, context.needPerHead[index], index, step))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) throw new RangeError('the allocation reaches no residents')
  return weights.map((weight) => weight / total)
}

function groupWeight(allocation: Allocation<Series>, population: number, need: number, index: number, step: number): number {
  switch (allocation.rule) {
    case 'universal':
      return population
    case 'proportionate': {
      const theta = valueAt(allocation.theta, step)
      if (theta === 0) return population
      return need > 0 ? population * exp(theta * ln(need)) : 0
    }
    case 'targeted':
      return allocation.groups.includes(index + 1) ? population : 0
  }
}

/**
 * Splits whole pence by shares without losing one: the parts sum to the whole exactly.
 * @param shares sum to 1
 */
export function splitPence(pence: number, shares: readonly number[]): number[] {
  let cumulative = 0
  let given = 0
  return shares.map((share, index) => {
    cumulative += share
    const upTo = index === shares.length - 1 ? pence : Math.min(pence, Math.round(pence * cumulative))
    const part = Math.max(0, upTo - given)
    given += part
    return part
  })
}
