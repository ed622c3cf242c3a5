import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { moneyHeadlines } from '../../src/results/money-headlines.ts'
import { accountTotals, moneyChecks, sortedMoneyRows } from '../../src/results/money-accounts.ts'
import { MONEY_COLUMNS, moneyCsv, moneyOutcomesCsv, OUTCOME_COLUMNS } from '../../src/results/money-csv.ts'
import { moneyJson } from '../../src/results/money-json.ts'
import { moneyOutOf, tradeOffsOf } from '../../src/results/money-out.ts'
import { tradeOffCsv, tradeOffJson, TRADE_OFF_COLUMNS } from '../../src/results/tradeoff.ts'
import type { ScenarioSummary, StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from './fixture.ts'

const fixture = fixtureResults({ specialties: 2, weeks: 130, replications: 4 })

/** The fixture's accounts, and runs that spend exactly what they say. */
function inStep(results: StudyResults): StudyResults {
  const series = results.catalogue.keys.findIndex(({ specialty, group, measure }) => specialty === 'all' && group === 'all' && measure === 'spend-to-date')
  const width = results.runRows.dateIndices.length
  const spent = new Map(results.scenarios.map(({ id, budgets }) => [id, budgets.reduce((pence, line) => pence + line.spentPence, 0) / 100]))
  const runs = results.runRows.runs.map((run) => ({ ...run, values: run.values.with(series * width + width - 1, spent.get(run.scenario) ?? 0) }))
  return { ...results, runRows: { ...results.runRows, runs } }
}

const results = inStep(fixture)
const rowsOf = (csv: string): Record<string, string>[] => parse<Record<string, string>>(csv, { columns: true })
const penceOf = (text: string): number => Math.round(Number(text) * 100)

describe('money.csv', () => {
  const rows = rowsOf(moneyCsv(results))

  it('has a line for each line of the accounts, which adds up to the penny', () => {
    expect(Object.keys(rows[0])).toEqual([...MONEY_COLUMNS])
    expect(rows).toHaveLength(results.scenarios.flatMap(({ budgets }) => budgets).length)
    for (const { budget, spent, unspent } of rows) expect(penceOf(budget)).toBe(penceOf(spent) + penceOf(unspent))
    for (const { id, budgets } of results.scenarios) {
      const own = rows.filter(({ scenario }) => scenario === id)
      expect(own.reduce((pence, { spent }) => pence + penceOf(spent), 0)).toBe(budgets.reduce((pence, line) => pence + line.spentPence, 0))
    }
  })

  it('keeps names that begin like a formula from being one', () => {
    const hostile = moneyCsv(fixtureResults({ specialties: 1, weeks: 10, replications: 2, hostileText: '=1+1' }))
    expect(hostile).toContain(",'=1+1,")
    expect(hostile).not.toContain(',=1+1')
  })
})

describe('accounts', () => {
  it('are totals of consecutive lines, by programme and by group', () => {
    const rows = sortedMoneyRows(results)
    const totals = accountTotals(rows)
    expect(totals.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, index) => first + index))).toEqual([...rows.keys()])
    for (const { first, end, spentPence, groups, scenario, programme, financialYear } of totals) {
      const own = rows.slice(first, end)
      expect(own.every((row) => row.scenario === scenario && row.programme === programme && row.financialYear === financialYear)).toBe(true)
      expect(groups.reduce((pence, group) => pence + group.spentPence, 0)).toBe(spentPence)
    }
  })

  it('hold where runs spend what the accounts say', () => {
    expect(moneyChecks(results).map(({ differencePence }) => differencePence)).toEqual(results.scenarios.flatMap(() => [0, 0]))
  })

  it('are found out where runs spend otherwise, if only by a penny', () => {
    const [base, invested, ...rest] = results.scenarios
    const [line, ...lines] = invested.budgets
    const off: ScenarioSummary = { ...invested, budgets: [{ ...line, spentPence: line.spentPence - 1, unspentPence: line.unspentPence + 1 }, ...lines] }
    const broken = moneyChecks({ ...results, scenarios: [base, off, ...rest] }).filter(({ differencePence }) => differencePence !== 0)
    expect(broken).toMatchObject([{ scenario: invested.id, check: 'spent in the accounts = spent in the runs', differencePence: -1, isExpected: true }])
  })

  it('are not expected to hold where draws spend differently', () => {
    // The fixture's own runs have noise in every series but money, whose scatter is none.
    const runs = results.runRows.runs.map((run) => ({ ...run, values: run.values.map((value) => value * (1 + run.replication)) }))
    const checks = moneyChecks({ ...results, runRows: { ...results.runRows, runs } }).filter(({ differencePence }) => differencePence !== 0)
    expect(checks.length).toBeGreaterThan(0)
    expect(checks.every(({ isExpected }) => !isExpected)).toBe(true)
  })
})

describe('money-outcomes.csv and money.json', () => {
  const rows = rowsOf(moneyOutcomesCsv(results))
  const json = JSON.parse(moneyJson(results))

  it('has activity, prices and savings, a line a number', () => {
    expect(Object.keys(rows[0])).toEqual([...OUTCOME_COLUMNS])
    const { activity, costs, savings } = moneyOutOf(results)
    expect(rows).toHaveLength(activity.length + costs.length + 3 * savings.length)
    for (const { mean, reason } of rows.filter(({ measure }) => measure.startsWith('cost-per:'))) expect(mean === '').toBe(reason !== '')
  })

  it('has in JSON the same numbers, the checks and the totals by year', () => {
    expect(json.schemaVersion).toBe(1)
    expect(json.checks).toHaveLength(2 * results.scenarios.length)
    const row = json.costs.find(({ price }: { price: { reason: string | null } }) => price.reason === null)
    const line = rows.find((each) => each.scenario === row.scenario && each.to === row.to && each.group === row.group && each.specialty === row.specialty && each.measure === `cost-per:${row.outcome}`)
    expect(Number(line?.mean)).toBe(row.price.value)
    for (const { budget, spent, unspent, spentByGroup } of json.accounts) {
      expect(penceOf(budget)).toBe(penceOf(spent) + penceOf(unspent))
      expect(Object.values<string>(spentByGroup).reduce((pence, each) => pence + penceOf(each), 0)).toBe(penceOf(spent))
    }
  })

  it('is the same text for equal results', () => {
    const again = inStep(fixtureResults({ specialties: 2, weeks: 130, replications: 4 }))
    expect(moneyJson(again)).toBe(moneyJson(results))
    expect(moneyOutcomesCsv(again)).toBe(moneyOutcomesCsv(results))
  })
})

describe('tradeoff.json and tradeoff.csv', () => {
  it('have every pair once', () => {
    const n = results.scenarios.length
    const json = JSON.parse(tradeOffJson(tradeOffsOf(results)))
    expect(json.pairs).toHaveLength((n * (n - 1)) / 2)
    const rows = rowsOf(tradeOffCsv(tradeOffsOf(results)))
    expect(Object.keys(rows[0])).toEqual([...TRADE_OFF_COLUMNS])
    expect(new Set(rows.map(({ scenario, against }) => `${scenario}/${against}`)).size).toBe(json.pairs.length)
  })

  it('are empty, and valid, where there is nothing to compare', () => {
    expect(JSON.parse(tradeOffJson(null))).toEqual({ schemaVersion: 1, pairs: [] })
    expect(tradeOffCsv(null)).toBe(`${TRADE_OFF_COLUMNS.join(',')}\n`)
  })
})

describe('headlines on money', () => {
  it('are the totals by year, activity and prices of the whole projection', () => {
    const headlines = moneyHeadlines(results)
    expect(headlines.map(({ scenario }) => scenario)).toEqual(results.scenarios.map(({ id }) => id))
    const [reference, invested] = headlines
    expect(reference).toMatchObject({ years: [], extra: {}, costPer: {}, tradeOff: null, reconciles: true })
    const lines = results.scenarios[1].budgets.filter(({ financialYear }) => financialYear === 2026)
    expect(invested.years[0]).toMatchObject({ financialYear: '2026/27', spent: lines.reduce((pence, { spentPence }) => pence + spentPence, 0) / 100 })
    const row = moneyOutOf(results).activity.find((each) => each.scenario === invested.scenario && each.activity === 'clock-stops' && each.financialYear === null && each.group === 'all')
    expect(invested.extra['clock-stops']?.mean).toBe(row?.mean)
    expect(invested.tradeOff?.against).toBe(results.study.reference)
  })
})
