/** Money by scenario, programme, group and financial year, in whole pence until it is written. */
import type { MoneyKind, PeopleMoney } from '../model/tables.ts'
import { deprivationGroups } from './row-plan.ts'
import type { StudyResults } from './types.ts'

/** One line of the accounts. Pence are whole numbers, and budget = spent + unspent. */
export interface MoneyRow {
  readonly scenario: string
  readonly programme: string
  readonly lever: string
  readonly kind: MoneyKind
  /** System code, or `all` where the money was not shared among systems. */
  readonly system: string
  /** Specialty code, or `all` where the money was not shared among specialties. */
  readonly specialty: string
  /** Deprivation group's id. */
  readonly group: string
  /** e.g. `2026/27`. */
  readonly financialYear: string
  readonly budgetPence: number
  readonly spentPence: number
  readonly unspentPence: number
  /** Of a programme for people of further groups: its groups' parts. */
  readonly people?: readonly PeopleMoney[]
}

/**
 * The accounts of a study, in the order of its scenarios and of their budgets.
 * @throws Error where a line does not reconcile, which is a defect of Fairwait
 */
export function moneyRows(results: StudyResults): MoneyRow[] {
  const groups = deprivationGroups(results.catalogue)
  return results.scenarios.flatMap((scenario) =>
    scenario.budgets.map(({ programme, lever, kind, system, specialty, group, financialYear, budgetPence, spentPence, unspentPence, people }) => {
      if (budgetPence !== spentPence + unspentPence) {
        throw new Error(
          `${scenario.id} ${programme} ${financialYear}: ${budgetPence}p is not ${spentPence}p + ${unspentPence}p`,
        )
      }
      return {
        scenario: scenario.id,
        programme,
        lever,
        kind,
        system,
        specialty,
        group: groups[group],
        financialYear: financialYearName(financialYear),
        budgetPence,
        spentPence,
        unspentPence,
        ...(people !== undefined && { people }),
      }
    }),
  )
}

/** `2026/27` for 2026. */
export function financialYearName(firstYear: number): string {
  return `${firstYear}/${String((firstYear + 1) % 100).padStart(2, '0')}`
}

/** Whole pence as pounds with two decimals, exact: `12.05` for 1205. */
export function poundsText(pence: number): string {
  const size = Math.abs(pence)
  return `${pence < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`
}
