/**
 * When what money buys is there, and for whom: the one place of lag, decay and uptake.
 *
 *     units bought in a step → `lagWeeks` later they arrive → they are used up in that step (half-life 0),
 *     or stand in place from then on, one use a week each, and half of them are left after every half-life
 *
 * All of it is linear in the money, so that a programme split into several has the same units in effect.
 */
import { exp, ln } from '../../model/elementary.ts'
import { valueAt } from '../../model/steps.ts'
import type { Programme, Series } from '../../scenario/study.ts'

/** Value of a lever's parameter in a step. */
export function parameterAt(programme: Programme<Series>, name: string, step: number): number {
  return valueAt(programme.parameters[name], step)
}

/** The step in which what is bought in `step` comes into effect. */
export function arrivalStep(programme: Programme<Series>, step: number, stepsPerWeek: number): number {
  return step + Math.round(parameterAt(programme, 'lagWeeks', step) * stepsPerWeek)
}

/**
 * Units in effect in each step out of units arriving; linear in them.
 * @param arriving index step × groups + group
 * @param halfLifeWeeks 0: units are used up in the step in which they arrive
 */
export function unitsInEffect(arriving: Float64Array, groups: number, halfLifeWeeks: Series, stepsPerWeek: number): Float64Array {
  if (halfLifeWeeks === 0) return arriving
  const inEffect = new Float64Array(arriving.length)
  const standing = new Float64Array(groups)
  for (let index = 0; index < arriving.length; index++) {
    const group = index % groups
    const weeks = valueAt(halfLifeWeeks, (index - group) / groups)
    standing[group] = (weeks > 0 ? standing[group] * exp(-ln(2) / (weeks * stepsPerWeek)) : 0) + arriving[index]
    inEffect[index] = weeks > 0 ? standing[group] / stepsPerWeek : arriving[index]
  }
  return inEffect
}

/** Share of what money pays for that people of a group take up: a straight line over the groups; 1 for levers without one. */
export function uptakeOf(programme: Programme<Series>, group: number, groups: number, step: number): number {
  const { uptakeMostDeprived, uptakeLeastDeprived } = programme.parameters
  if (uptakeMostDeprived === undefined || uptakeLeastDeprived === undefined) return 1
  const [most, least] = [valueAt(uptakeMostDeprived, step), valueAt(uptakeLeastDeprived, step)]
  return most + (least - most) * (groups > 1 ? group / (groups - 1) : 0.5)
}
