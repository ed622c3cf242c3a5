/** One programme: money → systems → groups → specialties → lever → account. */
import type { Steps } from '../model/steps.ts'
import type { BudgetLine, MoneyKind, SpendLine } from '../model/tables.ts'
import type { Programme, Series } from '../scenario/study.ts'
import { accountLines, book, openLedger, type Ledger } from './account.ts'
import type { AllocationContext } from './allocation/units.ts'
import type { DraftService } from './draft.ts'
import { LEVER } from './levers/index.ts'
import { rampStrength, type Tranche } from './money.ts'
import { shareOut } from './share-out.ts'

/** What a programme, or several, spend. */
export interface Spending {
  readonly spend: readonly SpendLine[]
  readonly budgets: readonly BudgetLine[]
}

/**
 * Lets a programme buy with the money that it has been granted; the drafts collect what it buys.
 * @throws InputError where the money reaches nobody
 */
export function runProgramme(
  programme: Programme<Series>,
  tranches: readonly Tranche[],
  services: readonly DraftService[],
  steps: Steps,
  context: AllocationContext,
): Spending {
  const lever = LEVER[programme.lever]
  const own = services.filter(({ baseline, system }) => named(programme.specialties, baseline.code) && named(programme.systems, system))
  const groups = context.systems[0].groups.length
  const sharesIn = shareOut(programme, lever, own, context, steps)
  const ledger = openLedger(tranches.map(({ financialYear }) => financialYear), own, groups)
  const spent = new Map<string, Float64Array>()
  for (const [step, inStep] of Map.groupBy(tranches, (tranche) => tranche.step)) {
    const { split, amongClasses, tilts } = sharesIn(step)
    const parts = inStep.map(({ pence }) => split(pence))
    const strength = rampStrength(programme, steps, step)
    const spentOf = own.map((service, k) => {
      const pence = parts[0][k].map((_, group) => Math.floor(parts.reduce((sum, part) => sum + part[k][group], 0) * strength))
      if (pence.every((available) => available === 0)) return pence
      const spentByClass = lever.act(service, { programme, step, pence: amongClasses(k, pence), stepsPerWeek: 7 / steps.stepDays, tilt: tilts[k] })
      return pence.map((_, group) => spentByClass.slice(group * service.classes, (group + 1) * service.classes).reduce((sum, each) => sum + each, 0))
    })
    for (const part of bookStep(ledger, inStep, parts, spentOf, strength)) addSpend(spent, part, step, steps.count)
  }
  const spend = [...spent].map(([key, pencePerStep]): SpendLine => {
    const [kind, service, group] = key.split('/')
    const { system, baseline } = own[Number(service)]
    return { programme: programme.id, lever: programme.lever, kind: kind as MoneyKind, system, specialty: baseline.code, group: Number(group), pencePerStep }
  })
  return { spend, budgets: accountLines(ledger, programme) }
}

/** Pence spent in a step by one service and group. */
interface SpentPart {
  readonly kind: MoneyKind
  readonly service: number
  readonly group: number
  readonly pence: number
}

function addSpend(spent: Map<string, Float64Array>, { kind, service, group, pence }: SpentPart, step: number, steps: number): void {
  const key = `${kind}/${service}/${group}`
  const line = spent.get(key) ?? new Float64Array(steps)
  line[step] += pence
  spent.set(key, line)
}

/**
 * A step's spend is split among its financial years and kinds of money as its budget is; the last part takes what is left.
 * Where all that the ramp lets through is spent, what a year spends rests on its own money alone: money that is added to
 * the next year's part of the step cannot move a penny.
 */
function bookStep(
  ledger: Ledger,
  inStep: readonly Tranche[],
  parts: readonly (readonly number[][])[],
  spentOf: readonly (readonly number[])[],
  strength: number,
): SpentPart[] {
  const booked: SpentPart[] = []
  for (let service = 0; service <= ledger.services.length; service++) {
    for (let group = 0; group < ledger.groups; group++) {
      const whole = parts.reduce((sum, part) => sum + part[service][group], 0)
      const spent = spentOf.at(service)?.[group] ?? 0
      const isAllSpent = spent === Math.floor(whole * strength)
      let budgetSoFar = 0
      let spentSoFar = 0
      inStep.forEach(({ financialYear, kind }, index) => {
        budgetSoFar += parts[index][service][group]
        const upTo = budgetSoFar === whole ? spent : Math.floor(isAllSpent ? budgetSoFar * strength : (spent * budgetSoFar) / whole)
        const pence = upTo - spentSoFar
        book(ledger, { financialYear, kind, service, group }, parts[index][service][group], pence)
        spentSoFar = upTo
        if (pence > 0) booked.push({ kind, service, group, pence })
      })
    }
  }
  return booked
}

/** Whether a programme that names these, or nothing for all, is for one. */
const named = (ids: readonly string[], id: string): boolean => ids.length === 0 || ids.includes(id)
