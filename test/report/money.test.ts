import { describe, expect, it } from 'vitest'
import { moneySection } from '../../src/report/money-section.ts'
import { moneyChecks } from '../../src/results/money-accounts.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from '../results/fixture.ts'

const textOf = (results: StudyResults): string => moneySection(results).markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const results = fixtureResults({ specialties: 1, weeks: 130, replications: 4 })

describe('the report’s section on money', () => {
  it('has what is spent by year, what it buys, what one costs, and every pair of scenarios', () => {
    const text = textOf(results)
    for (const heading of ['Budget, spent and unspent', 'What the money buys', 'What one of it costs', 'Health forgone elsewhere, by group', 'Efficiency against equality, pair by pair']) {
      expect(text).toContain(heading)
    }
    const spent = results.scenarios[1].budgets.filter(({ financialYear }) => financialYear === 2026).reduce((pence, { spentPence }) => pence + spentPence, 0)
    expect(text).toContain(`£${new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2 }).format(spent / 100)}`)
  })

  it('says that the accounts do not reconcile where runs spend otherwise, as the fixture’s do', () => {
    expect(moneyChecks(results).some(({ differencePence }) => differencePence !== 0)).toBe(true)
    expect(textOf(results)).toContain('The accounts do not reconcile')
    expect(textOf(results)).not.toContain('To the penny')
  })

  it('gives no price for an outcome whose sign is uncertain, and says so', () => {
    expect(textOf(results)).toContain('not meaningful: ')
  })

  it('says nothing where there is nothing to say, and that nothing is spent where nothing is', () => {
    const without = results.scenarios.map((scenario) => ({ ...scenario, budgets: [] }))
    expect(textOf({ ...results, scenarios: without })).toContain('No scenario spends money.')
    expect(moneySection({ ...results, scenarios: without.slice(0, 1) }).markup).toBe('')
  })

  it('escapes what a study calls its scenarios and programmes', () => {
    const hostile = fixtureResults({ specialties: 1, weeks: 10, replications: 2, hostileText: '<img src=x onerror=alert(1)>' })
    expect(moneySection(hostile).markup).not.toContain('<img')
    expect(moneySection(hostile).markup).toContain('&lt;img')
  })
})
