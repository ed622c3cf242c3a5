import { describe, expect, it } from 'vitest'
import { headlines, startingPoint } from '../../src/cli/headlines.ts'
import { runSummary } from '../../src/cli/run-summary.ts'
import { summaryLines } from '../../src/cli/summary-table.ts'
import { styleFor, textWidth } from '../../src/cli/terminal.ts'
import { fixtureResults } from '../results/fixture.ts'

const plain = styleFor({ write: () => undefined }, {})

describe('the table that ends a run', () => {
  const results = fixtureResults({ specialties: 2, weeks: 104, replications: 4 })
  const lines = summaryLines(results, plain)

  it('fits 80 columns', () => {
    expect(Math.max(...lines.map((line) => Array.from(line).length))).toBeLessThanOrEqual(80)
  })

  it('fits 80 columns whatever the user calls things', () => {
    const hostile = fixtureResults({ specialties: 1, weeks: 60, hostileText: `${'x'.repeat(300)}\u001B[2J\n<b>` })
    for (const line of summaryLines(hostile, plain)) {
      expect(Array.from(line).length).toBeLessThanOrEqual(80)
      expect(line).not.toMatch(/\p{Cc}/u)
    }
  })

  it('fits 80 columns with East Asian and combining characters in titles, coloured or not', () => {
    const wide = fixtureResults({ specialties: 1, weeks: 60, hostileText: `${'待機リスト'.repeat(20)}e\u0301\u0323👩‍⚕️` })
    for (const line of summaryLines(wide, plain)) expect(textWidth(line)).toBeLessThanOrEqual(80)
    const coloured = summaryLines(wide, styleFor({ write: () => undefined }, { FORCE_COLOR: '1' })).join('\n')
    expect(coloured).toContain('\u001B[36m')
    expect(coloured.replaceAll(/\p{Cc}\[\d+m/gu, '').split('\n').map((line) => line.trimEnd())).toEqual(summaryLines(wide, plain))
  })

  it('has a course of list and of gap for each scenario', () => {
    const from = lines.findIndex((line) => line.startsWith('Over time'))
    const courses = lines.slice(from + 1).filter((line) => /[▁▂▃▄▅▆▇█]/u.test(line))
    expect(courses.map((line) => line.split(/\s+/)[0])).toEqual(results.scenarios.map(({ id }) => id))
    for (const line of courses) expect(line.match(/[▁▂▃▄▅▆▇█]{20,}/gu)).toHaveLength(2)
  })

  it('has a row for the start and one for each scenario, with the numbers of the results', () => {
    const start = startingPoint(results)
    expect(lines.find((line) => line.startsWith('(at the start)'))).toContain(
      Math.round(start.waiting.mean).toLocaleString('en-GB'),
    )
    for (const scenario of headlines(results)) {
      const row = lines.find((line) => line.startsWith(scenario.id)) ?? ''
      expect(row).toContain(Math.round(scenario.waiting.mean).toLocaleString('en-GB'))
      expect(row).toContain(`${(scenario.within18Weeks.mean * 100).toFixed(1)}%`)
      expect(row).toContain(`±${((scenario.gapWithin18Weeks.upper - scenario.gapWithin18Weeks.mean) * 100).toFixed(2)}`)
      expect(row).toContain((scenario.spendToDate.mean / 1e6).toFixed(1))
    }
  })

  it('claims no interval from a single run', () => {
    const single = summaryLines(fixtureResults({ specialties: 1, weeks: 60, replications: 1 }), plain).join('\n')
    expect(single).not.toContain('±')
    expect(single).not.toContain('NaN')
    expect(single).toContain('one run has no interval')
  })
})

describe('the headline numbers', () => {
  it('are the catalogue series at the last date', () => {
    const results = fixtureResults({ specialties: 1, weeks: 60, replications: 3 })
    const { keys, dates } = results.catalogue
    const series = keys.findIndex(
      (key) => key.specialty === 'all' && key.group === 'gap' && key.measure === 'slope-index:unmet-need-per-1000',
    )
    const [, second] = headlines(results)
    expect(second.gapUnmetNeed.mean).toBe(results.scenarios[1].mean[series * dates.length + dates.length - 1])
    expect(second.gapUnmetNeed.lower).toBeLessThan(second.gapUnmetNeed.mean)
  })

  it('become JSON with null for what one run cannot tell', () => {
    const results = fixtureResults({ specialties: 1, weeks: 60, replications: 1 })
    const summary = JSON.parse(JSON.stringify(runSummary(results, 'out', ['summary.json']))) as {
      scenarios: { waiting: { mean: number; lower: number | null } }[]
    }
    expect(summary).toMatchObject({ format: 'fairwait-run', version: 1, out: 'out', files: ['summary.json'] })
    expect(summary.scenarios).toHaveLength(results.scenarios.length)
    expect(summary.scenarios[0].waiting.mean).toBeGreaterThan(0)
    expect(summary.scenarios[0].waiting.lower).toBeNull()
  })
})
