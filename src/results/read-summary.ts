/** What summary.json alone holds of a study: money, and what became of targets. */
import { InputError } from '../errors.ts'
import type { TargetEstimate, TargetOutcome } from '../measures/targets.ts'
import type { BudgetLine, MoneyKind } from '../model/tables.ts'
import type { Target } from '../scenario/study.ts'
import { readMessages } from './messages.ts'

/** The parts of summary.json that are read back. */
export interface SummaryFile {
  readonly money: readonly SummaryMoney[]
  readonly targets: readonly SummaryTarget[]
}

/** A line of the accounts; pounds have at most two decimals. */
interface SummaryMoney {
  readonly scenario: string
  readonly programme: string
  readonly lever: string
  readonly kind: MoneyKind
  readonly system: string
  readonly specialty: string
  /** Deprivation group's id. */
  readonly group: string
  /** e.g. `2026/27`. */
  readonly financialYear: string
  readonly budget: number
  readonly spent: number
  readonly unspent: number
  /** Left out where the programme is for everybody. */
  readonly people?: BudgetLine['people']
}

type Numbers = Readonly<Record<'probability' | 'mean' | 'shortfall', number | null>> &
  Readonly<Record<'probabilityLower' | 'probabilityUpper' | 'lower' | 'upper' | 'shortfallLower' | 'shortfallUpper', number | null>>

/** What a scenario makes of a target; undefined numbers are null. */
interface SummaryTarget extends Numbers {
  readonly scenario: string
  readonly target: string
  readonly date: string | null
  readonly runs: number
  readonly firstMet: string | null
  readonly keptFrom: string | null
}

/**
 * The accounts of a scenario.
 * @param groups ids of deprivation groups, most deprived first
 */
export function budgetsIn({ money }: SummaryFile, scenario: string, groups: readonly string[]): BudgetLine[] {
  return money
    .filter((line) => line.scenario === scenario)
    .map(({ programme, lever, kind, system, specialty, group, financialYear, budget, spent, unspent, people }) => ({
      programme,
      lever,
      kind,
      system,
      specialty,
      group: groups.indexOf(group),
      financialYear: Number(financialYear.slice(0, 4)),
      budgetPence: Math.round(budget * 100),
      spentPence: Math.round(spent * 100),
      unspentPence: Math.round(unspent * 100),
      ...(people !== undefined && { people }),
    }))
}

/**
 * What each scenario makes of each target, in the summary's order.
 * @param targets of the study
 * @throws InputError for a target that the study does not have
 */
export function targetsIn(summary: SummaryFile, targets: readonly Target[]): TargetOutcome[] {
  return summary.targets.map((row) => {
    const target = targets.find(({ id }) => id === row.target)
    if (target === undefined) throw new InputError({ file: 'summary.json', message: readMessages.doesNotFit })
    const { scenario, date, runs, firstMet, keptFrom } = row
    return {
      scenario,
      target,
      date,
      runs,
      probability: estimate(row.probability, row.probabilityLower, row.probabilityUpper),
      value: estimate(row.mean, row.lower, row.upper),
      shortfall: estimate(row.shortfall, row.shortfallLower, row.shortfallUpper),
      firstMet,
      keptFrom,
    }
  })
}

function estimate(mean: number | null, lower: number | null, upper: number | null): TargetEstimate {
  return { mean: mean ?? Number.NaN, lower: lower ?? Number.NaN, upper: upper ?? Number.NaN }
}
