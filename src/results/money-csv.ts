/** money.csv: the accounts, line by line; money-outcomes.csv: what they buy. */
import type { MoneyEstimate, MoneyOut, Period } from '../measures/money/types.ts'
import { csvText } from './csv-text.ts'
import { sortedMoneyRows } from './money-accounts.ts'
import { moneyOutOf } from './money-out.ts'
import { financialYearName, poundsText } from './money.ts'
import type { StudyResults } from './types.ts'

/** Column names of money.csv, in order. */
export const MONEY_COLUMNS = [
  'scenario',
  'financialYear',
  'programme',
  'lever',
  'kind',
  'group',
  'specialty',
  'system',
  'budget',
  'spent',
  'unspent',
] as const

/** Column names of money-outcomes.csv, in order. */
export const OUTCOME_COLUMNS = ['scenario', 'from', 'to', 'financialYear', 'group', 'specialty', 'measure', 'mean', 'lower', 'upper', 'reason'] as const

/** Pounds have two decimals, exact: nothing is lost to binary fractions before a reader adds them up. */
export function moneyCsv(results: StudyResults): string {
  const lines = sortedMoneyRows(results).map(
    ({ scenario, financialYear, programme, lever, kind, group, specialty, system, budgetPence, spentPence, unspentPence }) =>
      [...[scenario, financialYear, programme, lever, kind, group, specialty, system].map(csvText), ...[budgetPence, spentPence, unspentPence].map(poundsText)].join(','),
  )
  return `${[MONEY_COLUMNS.join(','), ...lines].join('\n')}\n`
}

/** One line of money-outcomes.csv. */
interface OutcomeLine extends Period, MoneyEstimate {
  readonly scenario: string
  readonly group: string
  readonly specialty: string
  readonly measure: string
  readonly reason: string
}

/** Text of money-outcomes.csv. Undefined numbers are empty; limits have six significant digits. */
export function moneyOutcomesCsv(results: StudyResults): string {
  const lines = outcomeLines(moneyOutOf(results)).map(({ scenario, from, to, financialYear, group, specialty, measure, mean, lower, upper, reason }) =>
    [
      ...[scenario, from, to, yearText(financialYear), group, specialty, measure].map(csvText),
      numberText(mean),
      ...[lower, upper].map((limit) => (Number.isFinite(limit) ? String(Number(limit.toPrecision(6))) : '')),
      reason,
    ].join(','),
  )
  return `${[OUTCOME_COLUMNS.join(','), ...lines].join('\n')}\n`
}

function outcomeLines({ activity, costs, savings }: MoneyOut): OutcomeLine[] {
  return [
    ...activity.map(({ activity: measure, ...row }): OutcomeLine => ({ ...row, measure: `extra:${measure}`, reason: '' })),
    ...costs.map(({ outcome, price: { value, lower, upper, reason }, scenario, from, to, financialYear, group, specialty }): OutcomeLine => ({
      scenario, from, to, financialYear, group, specialty, measure: `cost-per:${outcome}`, mean: value, lower, upper, reason: reason ?? '',
    })),
    ...savings.flatMap(({ value, spend, netSpend, slotsRecovered: _slots, ...row }) =>
      Object.entries({ 'extra-spend': spend, 'value-of-slots-recovered': value, 'net-spend': netSpend }).map(
        ([measure, estimate]): OutcomeLine => ({ ...row, ...estimate, measure, reason: '' }),
      ),
    ),
  ]
}

/** `2026/27`; empty for all time since the start. */
function yearText(financialYear: number | null): string {
  return financialYear === null ? '' : financialYearName(financialYear)
}

function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}
