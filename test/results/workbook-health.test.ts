import { describe, expect, it } from 'vitest'
import { equityOf } from '../../src/results/equity-json.ts'
import { healthSheet } from '../../src/results/workbook-health.ts'
import type { Cell } from '../../src/results/xlsx.ts'
import { fixtureResults } from './fixture.ts'

const results = fixtureResults({ specialties: 2, weeks: 60, replications: 4 })
const equity = equityOf(results)
const sheet = healthSheet(results)
const valueOf = (cell: Cell): unknown => (cell !== null && typeof cell === 'object' && 'value' in cell ? cell.value : cell)
const headOf = (row: readonly Cell[]): string[] => row.map((cell) => (cell !== null && typeof cell === 'object' && 'text' in cell ? cell.text : ''))

describe('the sheet on health and equity', () => {
  if (sheet === null || equity === null) throw new Error('nothing to compare')
  const [head, ...rows] = sheet.rows
  const column = (title: string): number => headOf(head).indexOf(title)

  it('has the numbers of equity.json as numbers, a row a scenario', () => {
    equity.scenarios.forEach((scenario, index) => {
      const row = rows[index]
      expect(valueOf(row[column('QALYs gained')])).toBe(scenario.healthGain.mean)
      expect(valueOf(row[column('Net QALYs, low')])).toBe(scenario.totalNetHealth.rangeLower)
      expect(valueOf(row[column('More health, fairer')])).toBe(scenario.quadrants.moreHealthFairer)
      expect(row[column('Aversion (Atkinson)')]).toBe(scenario.breakEvenAtkinson.verdict.replaceAll('-', ' '))
      expect(row).toHaveLength(head.length)
    })
    expect(rows[1][column('Spend, discounted')]).toMatchObject({ style: 'pounds' })
    expect(rows[1][column('More health, fairer')]).toMatchObject({ style: 'share' })
  })

  it('leaves a price of a QALY empty where there is none, as for the reference', () => {
    expect(rows[0][column('Pounds per QALY')]).toBeNull()
  })

  it('has both gaps side by side, with the change from the reference', () => {
    const { keys, dates } = results.catalogue
    for (const [title, measure] of [['Gap within 18 weeks', 'slope-index:within-18-weeks'], ['Gap in unmet need per 1,000', 'slope-index:unmet-need-per-1000']]) {
      const series = keys.findIndex((key) => key.specialty === 'all' && key.measure === measure)
      const at = series * dates.length + dates.length - 1
      expect(valueOf(rows[3][column(title)])).toBe(results.scenarios[3].mean[at])
      expect(valueOf(rows[3][column(`${title}, change`)])).toBe(results.scenarios[3].difference[at])
    }
  })

  it('has what each group gains, and groups sum to the scenario', () => {
    const ofScenario = sheet.rows.slice(results.scenarios.length + 3).filter(([title]) => title === results.scenarios[2].title)
    expect(ofScenario).toHaveLength(5)
    const total = ofScenario.reduce((sum, row) => sum + Number(valueOf(row[6])), 0)
    expect(total).toBeCloseTo(equity.scenarios[2].totalNetHealth.mean, 6)
  })
})
