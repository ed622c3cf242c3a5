/** Values of coalitions, run by run → shares with intervals. */
import { confidenceInterval } from '../../measures/interval.ts'
import { MECHANISM_TITLES, type MechanismId } from './mechanisms.ts'
import { everybody, sampledShares, shapleyShares, type CoalitionValue, type ShapleyPlan } from './shapley.ts'
import type { Estimate, Explanation, MechanismShare } from './types.ts'

/** Values of one question: by run, what each coalition makes. */
export type RunCoalitions = readonly CoalitionValue[]

/**
 * Shares the whole among mechanisms. Shapley shares are taken run by run, all coalitions of a run sharing its random
 * numbers; means and Student's t intervals are over runs.
 * @param players mechanisms in the order of the plan's bits
 */
export function explain(
  question: Explanation['question'],
  players: readonly MechanismId[],
  plan: ShapleyPlan,
  runs: RunCoalitions,
): Explanation {
  const all = everybody(players.length)
  const shares = runs.map((value) => shapleyShares(plan, value))
  const errors = samplingErrors(plan, runs)
  const mechanisms = players.map(
    (id, player): MechanismShare => ({
      id,
      title: MECHANISM_TITLES[id],
      contribution: estimateOf(shares.map((share) => share[player])),
      samplingError: errors[player],
      takenOutAlone: estimateOf(runs.map((value) => value(all) - value(all & ~(1 << player)))),
    }),
  )
  return {
    question,
    whole: estimateOf(runs.map((value) => value(all))),
    explained: estimateOf(runs.map((value) => value(all) - value(0))),
    rest: estimateOf(runs.map((value) => value(0))),
    mechanisms,
  }
}

/** Half-widths from the spread between pairs of an order and its reverse, each averaged over runs. */
function samplingErrors(plan: ShapleyPlan, runs: RunCoalitions): number[] {
  if (plan.method === 'exact') return Array.from({ length: plan.players }, () => 0)
  const mean = (mask: number): number => runs.reduce((total, value) => total + value(mask), 0) / runs.length
  const pairs = Array.from({ length: plan.orders.length / 2 }, (_, pair) =>
    sampledShares(plan.players, plan.orders.slice(2 * pair, 2 * pair + 2), mean),
  )
  return Array.from({ length: plan.players }, (_, player) => {
    const { mean: middle, upper } = estimateOf(pairs.map((shares) => shares[player]))
    return upper - middle
  })
}

/** Mean and 95% interval. */
function estimateOf(values: readonly number[]): Estimate {
  const n = values.length
  const mean = values.reduce((total, value) => total + value, 0) / n
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  return { mean, ...confidenceInterval(mean, n > 1 ? Math.sqrt(squares / (n - 1)) : 0, n) }
}
