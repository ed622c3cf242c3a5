/** Envelopes from the study file to money.json, the workbook and the report. */
import { describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { moneySection } from '../../src/report/money-section.ts'
import { envelopesOf } from '../../src/results/envelopes.ts'
import { moneyJson } from '../../src/results/money-json.ts'
import { moneyPages } from '../../src/results/workbook-money.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { resolved } from '../scenario/helpers.ts'

const study = (envelope: string): string => `
schemaVersion: 1
name: shared
title: Money that is shared
baseline: { name: Northshire, groups: [30000, 40000], specialties: [{ code: T_1, clockStartsPerWeek: 60, waiting: [50, 50, 40, 40], firstAppointmentsPerWeek: 58, admissionsPerWeek: 10, admittedShare: 0.2 }] }
time: { start: 2026-04-01, weeks: 105 }
replications: 2
scenarios:
  nothing: {}
  something:
    ${envelope}
    invest:
      - { lever: capacity, budget: { perYear: 300000, rampWeeks: 26 } }
      - { lever: validation, budget: { perYear: 100000 } }
`

async function resultsOf(envelope: string): Promise<StudyResults> {
  return runStudy(await resolved(study(envelope)), createInlineBackend((own) => createTaskRunner(own, () => 0)))
}

describe('an envelope in the results', () => {
  const shared = resultsOf('envelope: { revenue: 500000, underspend: pass }')

  it('is what its programmes have, what is carried out and what nobody asked for, in every year', async () => {
    const { envelopes } = envelopesOf(await shared)
    expect(envelopes.map(({ scenario, financialYear, kind }) => [scenario, financialYear, kind])).toEqual([
      ['something', '2026/27', 'revenue'],
      ['something', '2027/28', 'revenue'],
      ['something', '2028/29', 'revenue'],
    ])
    expect(envelopes[0]).toMatchObject({ envelopePence: 50_000_000, budgetPence: 40_000_000, unallocatedPence: 10_000_000, carriedInPence: 0, carriedOutPence: 0 })
    const budgets = (await shared).scenarios[1].budgets.filter(({ financialYear }) => financialYear === 2026)
    expect(budgets.reduce((pence, line) => pence + line.budgetPence, 0)).toBe(envelopes[0].budgetPence)
  })

  it('says what moved, and to whom', async () => {
    const { transfers } = envelopesOf(await shared)
    expect(transfers.length).toBeGreaterThan(0)
    for (const { scenario, pence } of transfers) {
      expect(scenario).toBe('something')
      expect(pence).toBeGreaterThan(0)
    }
  })

  it('stands in money.json, in pounds', async () => {
    const found = JSON.parse(moneyJson(await shared)) as { envelopes: object[]; transfers: object[] }
    expect(found.envelopes[0]).toEqual({ scenario: 'something', financialYear: '2026/27', kind: 'revenue', envelope: 500_000, carriedIn: 0, budgets: 400_000, carriedOut: 0, unallocated: 100_000 })
    expect(found.transfers).toHaveLength(envelopesOf(await shared).transfers.length)
  })

  it('stands in the workbook, with a check for each line, and in the report', async () => {
    const pages = moneyPages(await shared, ['1', '2'])
    const page = pages.find(({ sheet }) => sheet.name === 'Envelopes')
    expect(page?.sheet.rows).toHaveLength(4)
    expect(page?.sheet.rows[1].at(-1)).toMatchObject({ formula: 'ROUND(D2+E2-F2-G2-H2,2)', value: 0 })
    expect(pages.some(({ sheet }) => sheet.name === 'Moved money')).toBe(true)
    expect(moneySection(await shared).markup).toContain('£500,000.00')
  })

  it('is nowhere where a study has none', async () => {
    const results = await resultsOf('title: Something')
    expect(envelopesOf(results)).toEqual({ envelopes: [], transfers: [] })
    expect(moneyPages(results, ['1', '2']).map(({ sheet }) => sheet.name)).not.toContain('Envelopes')
    expect(moneySection(results).markup).not.toContain('Not allocated')
  })
})
