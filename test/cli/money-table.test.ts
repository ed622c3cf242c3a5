import { describe, expect, it } from 'vitest'
import { moneyLines } from '../../src/cli/money-table.ts'
import { styleFor } from '../../src/cli/terminal.ts'
import { moneyHeadlines } from '../../src/results/money-headlines.ts'
import { fixtureResults } from '../results/fixture.ts'

const plain = styleFor({ write: () => undefined }, {})

describe('the table of money that a run prints', () => {
  const results = fixtureResults({ specialties: 2, weeks: 104, replications: 4 })
  const lines = moneyLines(results, plain)
  const spending = moneyHeadlines(results).filter(({ years }) => years.some(({ spent }) => spent > 0))

  it('has a row for each scenario that spends, with what it spends in each year', () => {
    expect(spending.length).toBeGreaterThan(0)
    for (const [index, { scenario, years }] of spending.entries()) {
      const row = lines[3 + index]
      expect(scenario.startsWith(row.split(/…| /)[0])).toBe(true)
      for (const { spent } of years.slice(0, 2)) expect(row).toContain((spent / 1e6).toFixed(1))
    }
    for (const { years } of spending) for (const { financialYear } of years.slice(0, 2)) expect(lines.join('\n')).toContain(financialYear)
  })

  it('says for whom the money is', () => {
    const [{ years }] = spending
    const [own, all] = [(group: string) => years.reduce((sum, year) => sum + (year.spentByGroup[group] ?? 0), 0), years.reduce((sum, { spent }) => sum + spent, 0)]
    expect(lines[3]).toContain(`${((100 * own('1')) / all).toFixed(0)}%`)
  })

  it('gives no price where one run says nothing of chance, and nothing at all where nothing is spent', () => {
    const single = moneyLines(fixtureResults({ specialties: 1, weeks: 60, replications: 1 }), plain)
    expect(single.filter((line) => line.includes('%')).every((line) => line.endsWith('– – –') || /–\s+–\s+–$/.test(line))).toBe(true)
    const free = { ...results, scenarios: results.scenarios.map((scenario) => ({ ...scenario, budgets: [] })) }
    expect(moneyLines(free, plain)).toEqual([])
  })

  it('fits 80 columns whatever the user calls things', () => {
    const hostile = fixtureResults({ specialties: 1, weeks: 60, hostileText: `${'x'.repeat(300)}\u001B[2J\n<b>` })
    expect(lines.slice(3 + spending.length).some((line) => line.includes('…'))).toBe(false)
    for (const line of [...lines, ...moneyLines(hostile, plain)]) {
      expect(Array.from(line).length).toBeLessThanOrEqual(80)
      expect(line).not.toMatch(/\p{Cc}/u)
    }
  })
})
