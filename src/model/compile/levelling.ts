/**
 * Levelling as a policy: NHS slots that there are, kept for groups so that all have the same rate per need. Nobody's
 * money changes. By `zero-sum` all slots are kept for somebody; by `level-down` everybody has as few as the worst off,
 * and the others stand empty. Slots kept for a group are open to all in a step in which nobody of it waits.
 */
import { levellingMultipliers } from '../../investment/allocation/levelling.ts'
import { needOf, type Unit } from '../../investment/allocation/units.ts'
import type { Policy, Series } from '../../scenario/study.ts'
import type { PolicyInForce } from './policy.ts'

type Levelling = NonNullable<Policy<Series>['levelling']>

/** The policies in force for one specialty of a system, what levels its slots worked out. */
export function withLevelling(policy: PolicyInForce, groups: readonly Unit[]): PolicyInForce {
  const known = new Map<Levelling, readonly number[]>()
  const sharesIn = (step: number): readonly number[] | null => {
    const levelling = policy.levelling(step)
    if (levelling === null) return null
    const shares = known.get(levelling) ?? levelledShares(levelling, groups)
    known.set(levelling, shares)
    return shares
  }
  return {
    ...policy,
    reservedShare: (group, step) => sharesIn(step)?.[group] ?? policy.reservedShare(group, step),
    closedShare: (step) => {
      const shares = sharesIn(step)
      return shares === null || policy.levelling(step)?.rule === 'zero-sum' ? 0 : Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0))
    },
  }
}

/** Share of today's slots by group: its share of use × its multiplier. Groups without use or need keep what they have. */
export function levelledShares({ rule, need: basis }: Levelling, groups: readonly Unit[]): number[] {
  const need = groups.map((group) => needOf(group, basis))
  const known = groups.flatMap(({ use }, group) => (use > 0 && need[group] > 0 ? [group] : []))
  const all = groups.reduce((sum, { use }) => sum + use, 0)
  if (all === 0) return groups.map(() => 0)
  const rates = known.map((group) => groups[group].use / need[group])
  const multipliers = levellingMultipliers(rule, { rates, need: known.map((group) => need[group]), isOrdered: true })
  return groups.map(({ use }, group) => (use * (multipliers[known.indexOf(group)] ?? 1)) / all)
}
