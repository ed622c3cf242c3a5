/**
 * Levelling: what it takes for everybody to be treated at the same rate.
 *
 *     multiplier of a group = target rate ÷ its rate
 *
 * `level-up` takes the rate of the best off for all, `level-down` that of the worst off, `zero-sum` the rate that all
 * groups have together, so that activity is conserved: Σ activity × multiplier = Σ activity.
 *
 * For groups in order the best and the worst off are the ends of a straight line through the rates (ordinary least
 * squares on rank, unweighted), as in the Strategy Unit's model of demand for new hospitals; the end that is the
 * reference keeps what it has. Nobody is cut by levelling up, or raised by levelling down.
 */

/** Rules of levelling. */
export type LevellingRule = 'level-up' | 'level-down' | 'zero-sum'

/** Groups to level, most deprived first where they have an order. */
export interface LevellingGroups {
  /** Activity ÷ need by group, any unit, above 0. */
  readonly rates: readonly number[]
  /** Need by group, by which rates make activity: residents, or people in need; 0 or more. */
  readonly need: readonly number[]
  /** Whether groups have an order, so that a line stands for the rates at its ends; otherwise the best and the worst rate do. */
  readonly isOrdered: boolean
}

/** What each group's activity is multiplied with. */
export function levellingMultipliers(rule: LevellingRule, groups: LevellingGroups): number[] {
  const { rates } = groups
  const { rate, reference } = target(rule, groups)
  return rates.map((own, group) => {
    const multiplier = group === reference ? 1 : rate / own
    if (rule === 'zero-sum') return multiplier
    return rule === 'level-up' ? Math.max(1, multiplier) : Math.min(1, multiplier)
  })
}

/** The rate that all are to have, and the group whose it is, which is left as it is; −1 for none. */
function target(rule: LevellingRule, { rates, need, isOrdered }: LevellingGroups): { rate: number; reference: number } {
  if (rule === 'zero-sum') {
    const all = need.reduce((sum, people) => sum + people, 0)
    return { rate: rates.reduce((sum, rate, group) => sum + (rate * need[group]) / all, 0), reference: -1 }
  }
  const line = isOrdered ? leastSquares(rates) : rates
  const end = rule === 'level-up' ? Math.max(...line) : Math.min(...line)
  const reference = line.indexOf(end)
  return { rate: end, reference }
}

/** Values of the line through numbers by rank, unweighted. */
function leastSquares(values: readonly number[]): number[] {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const products = values.reduce((sum, value, rank) => sum + (rank - middle) * (value - mean), 0)
  const squares = values.reduce((sum, _, rank) => sum + (rank - middle) * (rank - middle), 0)
  const slope = squares > 0 ? products / squares : 0
  return values.map((_, rank) => mean + slope * (rank - middle))
}
