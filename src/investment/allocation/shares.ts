/** Shares of money by rule, among deprivation groups, systems or specialties. */
import { exp, ln } from '../../model/elementary.ts'
import { valueAt } from '../../model/steps.ts'
import type { Allocation, Destination, NeedBasis, Series } from '../../scenario/study.ts'
import { levellingMultipliers } from './levelling.ts'
import { sharesUnderPace } from './pace-of-change.ts'
import { needOf, type Unit } from './units.ts'

/** When shares are asked for. */
export interface ShareMoment {
  readonly step: number
  /** Firsts of April since the study started. */
  readonly yearsIn: number
}

/**
 * Shares of the money by unit in a step; they sum to 1. Null where nobody is reached: no residents, no need.
 *
 * `universal`: residents. `need`: need. `proportionate`: residents × (need per resident)^θ, so θ = 0 is universal, 1 is
 * in proportion to need, above 1 progressive. `targeted`: the named groups, by residents. `level-up`: the activity that
 * each would need in addition to be treated at the best-off's rate; by need where all are. `custom`: the weights given.
 * `pace-of-change`: from one towards another.
 * @param isOrdered whether units have an order, as deprivation groups do
 */
export function allocationShares(allocation: Allocation<Series>, units: readonly Unit[], moment: ShareMoment, isOrdered: boolean): number[] | null {
  if (allocation.rule !== 'pace-of-change') return wholeShares(weightsOf(allocation, units, moment, isOrdered))
  const { from, to, perYear, floor, cap } = allocation
  const start = wholeShares(units.map((unit) => (from === 'use' ? unit.use : (from[unit.id] ?? 0))))
  const end = allocationShares(to, units, moment, isOrdered)
  if (start === null || end === null) return null
  return sharesUnderPace(start, end, { perYear: valueAt(perYear, moment.step), floor, cap }, moment.yearsIn)
}

function weightsOf(rule: Destination<Series>, units: readonly Unit[], { step }: ShareMoment, isOrdered: boolean): number[] {
  switch (rule.rule) {
    case 'universal':
      return units.map(({ residents }) => residents)
    case 'need':
      return units.map((unit) => needOf(unit, rule.need))
    case 'proportionate':
      return units.map((unit) => proportionate(unit, rule.need, valueAt(rule.theta, step)))
    case 'targeted':
      return units.map(({ residents }, index) => (rule.groups.includes(index + 1) ? residents : 0))
    case 'level-up':
      return levelUp(units, rule.need, isOrdered)
    case 'custom':
      return units.map(({ id }) => rule.weights[id] ?? 0)
  }
}

/** θ = 0 gives residents themselves, so that it is universal to the bit. */
function proportionate(unit: Unit, basis: NeedBasis, theta: number): number {
  const need = needOf(unit, basis)
  if (theta === 0) return unit.residents
  return need > 0 && unit.residents > 0 ? unit.residents * exp(theta * ln(need / unit.residents)) : 0
}

/** Activity that units are short of; those without any are short by their need at the best-off's rate. */
function levelUp(units: readonly Unit[], basis: NeedBasis, isOrdered: boolean): number[] {
  const need = units.map((unit) => needOf(unit, basis))
  const known = units.flatMap(({ use }, index) => (use > 0 && need[index] > 0 ? [index] : []))
  if (known.length === 0) return need
  const rates = known.map((index) => units[index].use / need[index])
  const multipliers = levellingMultipliers('level-up', { rates, need: known.map((index) => need[index]), isOrdered })
  const best = Math.max(...rates.map((rate, at) => rate * multipliers[at]))
  const short = units.map(({ use }, index) => {
    const at = known.indexOf(index)
    return at < 0 ? need[index] * best : use * (multipliers[at] - 1)
  })
  return short.some((activity) => activity > 0) ? short : need
}

/** Weights as shares; null where none is above 0. */
export function wholeShares(weights: readonly number[]): number[] | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total > 0 ? weights.map((weight) => weight / total) : null
}
