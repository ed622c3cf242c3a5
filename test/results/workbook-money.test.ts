import { describe, expect, it } from 'vitest'
import type { StudyResults } from '../../src/results/types.ts'
import { moneyPages } from '../../src/results/workbook-money.ts'
import type { Cell } from '../../src/results/xlsx.ts'
import { fixtureResults } from './fixture.ts'

const GROUPS = ['1', '2', '3', '4', '5']

/** Each line of the accounts so many times, by specialties of its own. */
function withLines(results: StudyResults, times: number): StudyResults {
  const scenarios = results.scenarios.map((scenario) => ({
    ...scenario,
    budgets: scenario.budgets.flatMap((line) => Array.from({ length: times }, (_, index) => ({ ...line, specialty: `C_${index}` }))),
  }))
  return { ...results, scenarios }
}

const valueOf = (cell: Cell | undefined): number => (typeof cell === 'object' && cell !== null && 'value' in cell ? cell.value : Number.NaN)

function accountsOf(results: StudyResults) {
  const accounts = moneyPages(results, GROUPS).find(({ sheet }) => sheet.name === 'Accounts')
  if (accounts === undefined) throw new Error('no accounts')
  return { contents: accounts.contents, rows: accounts.sheet.rows.slice(1) }
}

const spent = (rows: readonly (readonly Cell[])[]): number => rows.reduce((pence, row) => pence + Math.round(valueOf(row[9]) * 100), 0)

describe('accounts of more lines than a sheet can hold', () => {
  const few = fixtureResults({ specialties: 1, weeks: 4, replications: 2 })
  const lines = few.scenarios.flatMap(({ budgets }) => budgets).length
  const times = Math.ceil(100_001 / lines)

  it('have one line for each group of a programme and year, and every penny', () => {
    const [all, shortened] = [accountsOf(few), accountsOf(withLines(few, times))]
    expect(shortened.rows).toHaveLength(lines)
    expect(spent(shortened.rows)).toBe(spent(all.rows) * times)
    expect(new Set(shortened.rows.flatMap((row) => row.slice(6, 8)))).toEqual(new Set(['all']))
    expect(shortened.contents).toContain('added up by group; money.csv has every line')
  })

  it('are every line where they are fewer', () => {
    const { rows, contents } = accountsOf(withLines(few, times - 1))
    expect(rows).toHaveLength(lines * (times - 1))
    expect(contents).toContain('Every line of the accounts')
  })
})
