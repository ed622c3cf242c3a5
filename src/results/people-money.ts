/** Money of programmes for people of further groups, by those groups: by scenario, financial year and programme. */
import type { BudgetLine, MoneyKind } from '../model/tables.ts'
import { financialYearName } from './money.ts'
import type { Amounts } from './money-accounts.ts'
import type { StudyResults } from './types.ts'

/** What stands in place of groups of which one is too small to be shown. */
export const GROUPS_TOGETHER = 'together'

/** One group's part of a programme's year. */
export interface PeopleRow extends Amounts {
  readonly scenario: string
  readonly financialYear: string
  readonly programme: string
  readonly lever: string
  readonly kind: MoneyKind
  readonly dimension: string
  /** Group's id; {@link GROUPS_TOGETHER} where the programme's groups are shown as one, since few people of one wait. */
  readonly group: string
}

/**
 * In the order of scenarios, then by year, programme, kind, dimension and group; groups of a dimension add up to the
 * programme's account. Empty where no programme is for people of further groups.
 */
export function peopleRows(results: StudyResults): PeopleRow[] {
  return results.scenarios.flatMap((scenario) => {
    const parts = scenario.budgets.flatMap((line) => partsOf(line, scenario.id))
    const name = ({ financialYear, programme, lever, kind, dimension, group }: PeopleRow): string => JSON.stringify([financialYear, programme, lever, kind, dimension, group])
    return [...Map.groupBy(parts, name)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => addedUp(own))
  })
}

function partsOf({ programme, lever, kind, financialYear, people = [] }: BudgetLine, scenario: string): PeopleRow[] {
  return people.map(({ dimension, group, budgetPence, spentPence, unspentPence }) => ({
    scenario,
    financialYear: financialYearName(financialYear),
    programme,
    lever,
    kind,
    dimension,
    group,
    budgetPence,
    spentPence,
    unspentPence,
  }))
}

/**
 * Accounts in which the groups of a programme's dimension are one where one of them is small: by the others' money and the
 * account its own could be told.
 */
export function withGroupsTogether(budgets: readonly BudgetLine[], isSmall: (dimension: string, group: string) => boolean): BudgetLine[] {
  return budgets.map((line) => {
    const { people = [] } = line
    const small = new Set(people.flatMap(({ dimension, group }) => (isSmall(dimension, group) ? [dimension] : [])))
    if (small.size === 0) return line
    const parts = [...Map.groupBy(people, ({ dimension }) => dimension)]
    return { ...line, people: parts.flatMap(([dimension, own]) => (small.has(dimension) ? [addedUp(own.map((part) => ({ ...part, group: GROUPS_TOGETHER })))] : own)) }
  })
}

/** One row for several: the first's names, and amounts that are their sums. */
export function addedUp<Row extends Amounts>(rows: readonly Row[]): Row {
  const sum = (of: (row: Row) => number): number => rows.reduce((pence, row) => pence + of(row), 0)
  return { ...rows[0], budgetPence: sum((row) => row.budgetPence), spentPence: sum((row) => row.spentPence), unspentPence: sum((row) => row.unspentPence) }
}
