/** Programmes act on the draft tables: money → groups → specialties → levers → account. */
import type { Steps } from '../model/steps.ts'
import type { BudgetLine, SpendLine } from '../model/tables.ts'
import type { Programme, Series } from '../scenario/study.ts'
import { accountLines, book, openLedger, type Ledger } from './account.ts'
import { allocationShares, splitPence, type AllocationContext } from './allocate.ts'
import type { DraftService } from './draft.ts'
import { LEVER } from './levers/index.ts'
import { accrueMoney, rampStrength, type Tranche } from './money.ts'

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
  const accounts = programmes.map((programme) =>
    runProgramme(programme, accrueMoney(programme, steps), services, steps, contextOf(programme)),
  )
  return { spend: accounts.flatMap((account) => account.spend), budgets: accounts.flatMap((account) => account.budgets) }
}

function runProgramme(
  programme: Programme<Series>,
  tranches: readonly Tranche[],
  services: readonly DraftService[],
  steps: Steps,
  context: AllocationContext,
): Spending {
  const lever = LEVER[programme.lever]
  const own = services.filter(({ baseline, system }) => named(programme.specialties, baseline.code) && named(programme.systems, system))
  const weights = context.groups.map((_, group) => normalise(own.map((service) => lever.specialtyWeight(service, group))))
  const ledger = openLedger(tranches.map(({ financialYear }) => financialYear), own, context.groups.length)
  const spent = own.map(() => context.groups.map(() => new Float64Array(steps.count)))
  const population = context.groups.reduce((sum, group) => sum + group.population, 0)
  for (const [step, inStep] of Map.groupBy(tranches, (tranche) => tranche.step)) {
    const shares = allocationShares(programme.allocate, context, step)
    const parts = inStep.map(({ pence }) => shareOut(pence, shares, weights, own.length))
    const strength = rampStrength(programme, steps, step)
    const tilt = shares.map((share, group) => (share === 0 ? 0 : share / (context.groups[group].population / population)))
    const spentOf = own.map((service, k) => {
      const pence = shares.map((_, group) => Math.floor(parts.reduce((sum, part) => sum + part[k][group], 0) * strength))
      if (pence.every((available) => available === 0)) return pence
      return lever.act(service, { programme, step, pence, stepsPerWeek: 7 / steps.stepDays, tilt })
    })
    spentOf.forEach((byGroup, k) => byGroup.forEach((pence, group) => (spent[k][group][step] = pence)))
    bookStep(ledger, inStep, parts, spentOf)
  }
  const spend = own.flatMap(({ baseline, system }, k) =>
    context.groups.map((_, group): SpendLine => ({
      programme: programme.id,
      lever: programme.lever,
      kind: 'revenue',
      system,
      specialty: baseline.code,
      group,
      pencePerStep: spent[k][group],
    })),
  )
  return { spend, budgets: accountLines(ledger, programme, 'revenue') }
}

/** Money by service and group, the last service for what none of them can use. */
function shareOut(pence: number, shares: readonly number[], weights: readonly (readonly number[] | null)[], services: number): number[][] {
  const parts = Array.from({ length: services + 1 }, () => shares.map(() => 0))
  splitPence(pence, shares).forEach((ofGroup, group) => {
    const byService = weights[group]
    if (byService === null) parts[services][group] = ofGroup
    else splitPence(ofGroup, byService).forEach((part, k) => (parts[k][group] = part))
  })
  return parts
}

/** A step across the first of April splits its spend as its budget; the last part takes what is left. */
function bookStep(ledger: Ledger, inStep: readonly Tranche[], parts: readonly (readonly number[][])[], spentOf: readonly (readonly number[])[]): void {
  for (let service = 0; service <= ledger.services.length; service++) {
    for (let group = 0; group < ledger.groups; group++) {
      const whole = parts.reduce((sum, part) => sum + part[service][group], 0)
      const spent = spentOf.at(service)?.[group] ?? 0
      let budgetSoFar = 0
      let spentSoFar = 0
      inStep.forEach(({ financialYear }, index) => {
        budgetSoFar += parts[index][service][group]
        const upTo = budgetSoFar === whole ? spent : Math.floor((spent * budgetSoFar) / whole)
        book(ledger, financialYear, service, group, parts[index][service][group], upTo - spentSoFar)
        spentSoFar = upTo
      })
    }
  }
}

/** Weights as shares that sum to 1; null where nothing has weight, and the money stays unspent. */
function normalise(weights: readonly number[]): number[] | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total > 0 ? weights.map((weight) => weight / total) : null
}

/** Whether a programme that names these, or nothing for all, is for one. */
const named = (ids: readonly string[], id: string): boolean => ids.length === 0 || ids.includes(id)
