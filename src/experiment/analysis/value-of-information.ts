/**
 * What it would be worth to know more before choosing a scenario: the expected value of perfect information about
 * everything (EVPI), and about one parameter (EVPPI).
 */
import { smoothOf } from './smooth.ts'

/** Of a decision between scenarios. */
export interface InformationValue {
  /** Index of the scenario with the largest mean net benefit, what one would choose knowing no more. */
  readonly best: number
  /** Mean net benefit by scenario. */
  readonly means: readonly number[]
  /** Share of draws in which each scenario has the largest net benefit. */
  readonly shareBest: readonly number[]
  /** Expected gain from knowing all parameters, in the unit of net benefit; 0 or more. */
  readonly evpi: number
}

/** @param netBenefit by scenario, then by draw; draws paired */
export function informationValue(netBenefit: readonly Float64Array[]): InformationValue {
  const draws = netBenefit[0].length
  const means = netBenefit.map((each) => each.reduce((sum, value) => sum + value, 0) / draws)
  const wins = netBenefit.map(() => 0)
  let largest = 0
  for (let draw = 0; draw < draws; draw += 1) {
    const winner = argmax(netBenefit.map((each) => each[draw]))
    wins[winner] += 1
    largest += netBenefit[winner][draw]
  }
  const best = argmax(means)
  return {
    best,
    means,
    shareBest: wins.map((each) => each / draws),
    evpi: Math.max(0, largest / draws - means[best]),
  }
}

/**
 * Expected gain from knowing one parameter alone, by regression of each scenario's advantage over the first on the
 * parameter (Strong, Oakley and Brennan, 2014). A parameter that no scenario's advantage depends on gets 0.
 *
 * @param netBenefit by scenario, then by draw
 * @param parameter its value in each draw
 */
export function parameterValue(netBenefit: readonly Float64Array[], parameter: Float64Array): number {
  const [reference, ...others] = netBenefit
  const advantages = others.map((each) => smoothOf(parameter, each.map((value, draw) => value - reference[draw])).fitted)
  const draws = reference.length
  const means = advantages.map((each) => each.reduce((sum, value) => sum + value, 0) / draws)
  let largest = 0
  for (let draw = 0; draw < draws; draw += 1) largest += Math.max(0, ...advantages.map((each) => each[draw]))
  return Math.max(0, largest / draws - Math.max(0, ...means))
}

function argmax(values: readonly number[]): number {
  let best = 0
  for (const [index, value] of values.entries()) if (value > values[best]) best = index
  return best
}
