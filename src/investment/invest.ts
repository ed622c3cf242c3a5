/** Programmes act on the draft tables: money → specialties → levers → account. */
import type { Steps } from '../model/steps.ts'
import type { BudgetLine, SpendLine } from '../model/tables.ts'
import type { Programme, Series } from '../scenario/study.ts'
import { splitPence, type AllocationContext } from './allocate.ts'
import type { DraftService } from './draft.ts'
import { LEVER } from './levers.ts'
import { layOutMoney, reconcile } from './money.ts'

/** What a scenario's programmes spend. */
export interface Spending {
  readonly spend: readonly SpendLine[]
  readonly budgets: readonly BudgetLine[]
}

/**
 * Lets every programme act on the drafts, which are changed, and returns the account.
 * @param contextOf residents and need of the systems that a programme is for
 */
export function invest(
  programmes: readonly Programme<Series>[],
  services: readonly DraftService[],
  steps: Steps,
  contextOf: (programme: Programme<Series>) => AllocationContext,
): Spending {
  const accounts = programmes.map((programme) => runProgramme(programme, services, steps, contextOf(programme)))
  return { spend: accounts.flatMap((account) => account.spend), budgets: accounts.flatMap((account) => account.budgets) }
}

function runProgramme(programme: Programme<Series>, services: readonly DraftService[], steps: Steps, context: AllocationContext): Spending {
  const groups = context.groups.length
  const lever = LEVER[programme.lever]
  const money = layOutMoney(programme, steps, context)
  const own = services.filter(({ baseline, system }) => named(programme.specialties, baseline.code) && named(programme.systems, system))
  const specialtyShares = context.groups.map((_, group) => normalise(own.map((service) => lever.specialtyWeight(service, group))))
  const population = context.groups.reduce((sum, group) => sum + group.population, 0)
  const spentPence = new Float64Array(steps.count * groups)
  const spent = own.map(() => context.groups.map(() => new Float64Array(steps.count)))
  for (let step = 0; step < steps.count; step++) {
    const available = context.groups.map((_, group) => money.availablePence[step * groups + group])
    const total = available.reduce((sum, pence) => sum + pence, 0)
    if (total === 0) continue
    const tilt = available.map((pence, group) => pence / total / (context.groups[group].population / population))
    const parts = available.map((pence, group) => (specialtyShares[group] === null ? null : splitPence(pence, specialtyShares[group])))
    own.forEach((service, k) => {
      const pence = parts.map((part) => (part === null ? 0 : part[k]))
      if (pence.every((part) => part === 0)) return
      lever.act(service, { programme, step, pence, stepsPerWeek: 7 / steps.stepDays, tilt }).forEach((part, group) => {
        spent[k][group][step] = part
        spentPence[step * groups + group] += part
      })
    })
  }
  const spend = own.flatMap((service, k) =>
    context.groups.map((_, group) => ({ programme: programme.id, lever: programme.lever, specialty: service.baseline.code, group, pencePerStep: spent[k][group] })),
  )
  return { spend, budgets: reconcile(programme, groups, money, spentPence) }
}

/** Weights as shares that sum to 1; null where nothing has weight, and the money stays unspent. */
function normalise(weights: readonly number[]): number[] | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total > 0 ? weights.map((weight) => weight / total) : null
}

/** Whether a programme that names these, or nothing for all, is for one. */
const named = (ids: readonly string[], id: string): boolean => ids.length === 0 || ids.includes(id)
