/**
 * Shocks: what a system loses in named weeks, and what of it comes back.
 *
 * Losses that meet combine as independent ones: each takes its share of what the others leave. What comes back is
 * spread evenly over the weeks after the last week hit; what would come back after the end of the run is not seen.
 */
import type { Scenario, Series } from '../../scenario/study.ts'
import { stepsOfWeeks, valueInRun, type RunCalendar } from './calendar.ts'

/** One thing lost in some steps, and the share of it that returns. */
export interface Loss {
  /** Steps hit, rising. */
  readonly steps: readonly number[]
  /** Share lost in a step, below 1; negative is a gain. */
  readonly share: (step: number) => number
  readonly returned: (step: number) => number
  readonly returnSteps: number
}

/** Shocks of one system. */
export interface Shocks {
  readonly capacity: readonly Loss[]
  /** Referrals, by deprivation group. */
  readonly referrals: readonly (readonly Loss[])[]
  /** Factors by group × step (index group × steps + step); null where there is none. */
  readonly dnaOdds: Float64Array | null
  readonly emergency: Float64Array | null
  readonly death: Float64Array | null
  readonly chanceWeight: Float64Array | null
}

/** Shocks of a scenario that hit a system, and reach the projection. */
export function readShocks(scenario: Scenario<Series>, system: string, groups: number, run: RunCalendar): Shocks {
  const hitting = scenario.shocks
    .filter(({ systems }) => systems.length === 0 || systems.includes(system))
    .map((shock) => ({ shock, steps: stepsOfWeeks(shock.weeks, run) }))
    .filter(({ steps }) => steps.length > 0)
  const read = (series: Series) => (step: number): number => valueInRun(series, run, step)
  const factor = (key: 'dnaOdds' | 'emergencyFactor' | 'deathFactor' | 'chanceWeight'): Float64Array | null => {
    const factors = new Float64Array(groups * run.count).fill(1)
    for (const { shock, steps } of hitting) {
      for (let group = 0; group < groups; group++) {
        for (const step of steps) factors[group * run.count + step] *= read(shock[key][group])(step)
      }
    }
    return factors.some((value) => value !== 1) ? factors : null
  }
  return {
    capacity: hitting.map(({ shock, steps }) => ({
      steps,
      share: read(shock.capacityLoss),
      returned: read(shock.recovered),
      returnSteps: shock.recoveryWeeks * run.stepsPerWeek,
    })),
    referrals: Array.from({ length: groups }, (_, group) =>
      hitting.map(({ shock, steps }) => ({
        steps,
        share: read(shock.referralLoss[group]),
        returned: read(shock.referralReturn[group]),
        returnSteps: shock.returnWeeks * run.stepsPerWeek,
      })),
    ),
    dnaOdds: factor('dnaOdds'),
    emergency: factor('emergencyFactor'),
    death: factor('deathFactor'),
    chanceWeight: factor('chanceWeight'),
  }
}

/** What is left of an amount by step, with what returns; and what was lost for good in each step. */
export interface AfterLosses {
  readonly kept: Float64Array
  /** Null where nothing is lost. */
  readonly gone: Float64Array | null
}

/** Takes losses from an amount by step, and brings back what returns. */
export function afterLosses(amounts: Float64Array, losses: readonly Loss[]): AfterLosses {
  if (losses.length === 0) return { kept: amounts, gone: null }
  const keptShare = new Float64Array(amounts.length).fill(1)
  const returning = new Float64Array(amounts.length)
  const gone = new Float64Array(amounts.length)
  for (const { steps, share, returned, returnSteps } of losses) {
    let back = 0
    for (const step of steps) {
      const lost = amounts[step] * keptShare[step] * share(step)
      keptShare[step] *= 1 - share(step)
      // A gain is not paid back.
      const comesBack = Math.max(0, lost) * returned(step)
      back += comesBack
      gone[step] += Math.max(0, lost) - comesBack
    }
    const after = steps[steps.length - 1] + 1
    if (back > 0) for (let step = after; step < Math.min(amounts.length, after + returnSteps); step++) returning[step] += back / returnSteps
  }
  return { kept: amounts.map((amount, step) => amount * keptShare[step] + returning[step]), gone }
}
