import { describe, expect, it } from 'vitest'
import { createReader } from '../../src/report/reader.ts'
import { renderReport } from '../../src/report/render-report.ts'
import { targetsSection } from '../../src/report/targets.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from '../results/fixture.ts'
import { withTargets } from '../results/targets-fixture.ts'

const sectionOf = (results: StudyResults): string =>
  targetsSection(createReader(results))
    .map(({ markup }) => markup)
    .join('\n')

/** The cells of the table row that begins with this scenario's title, in the first table that has one. */
function rowOf(section: string, title: string): string[] {
  const [, row] = new RegExp(`<th scope="row">${title}</th>([\\s\\S]*?)</tr>`).exec(section) ?? []
  return [...(row ?? '').matchAll(/<td>([\s\S]*?)<\/td>/g)].map(([, cell]) => cell)
}

describe("the report's section on targets", () => {
  const results = withTargets(fixtureResults({ weeks: 60 }))
  const section = sectionOf(results)
  const titles = results.scenarios.map(({ title }) => title)

  it('is on the page of a study with targets, and on no other', async () => {
    expect(await renderReport(results)).toContain('<h2 id="targets">Targets</h2>')
    expect(await renderReport(fixtureResults({ weeks: 60 }))).not.toContain('id="targets"')
  })

  it('gives the verdict in words, the share of runs, the value and the shortfall, each with its interval', () => {
    expect(rowOf(section, titles[0])).toEqual([
      'Missed in most runs',
      '40% (10% to 70%)',
      '61.0% (60.0% to 62.0%)',
      '2.00 points (1.00 to 3.00)',
      'Not within the projection',
    ])
    expect(rowOf(section, titles[1])[0]).toBe('Met in most runs (required)')
    expect(rowOf(section, titles[3]).slice(0, 4)).toEqual([
      'Met in every run',
      '100% (70% to 100%)',
      '64.0% (63.0% to 65.0%)',
      'Nothing',
    ])
  })

  it('says when half of the runs first meet it, and whether that lasts', () => {
    const met = titles.slice(0, 4).map((title) => rowOf(section, title)[4])
    expect(met).toEqual([
      'Not within the projection',
      '7 March 2026; missed again at the end',
      '7 March 2026; at every count from 28 March 2026',
      '7 March 2026',
    ])
  })

  it('says in a sentence which scenarios meet a target, and which target cannot be judged', () => {
    expect(section).toMatch(/<p>“Capacity, equal per head”, .* meet it in at least half of their runs; no other scenario/)
    expect(section).not.toContain('“No new investment”')
    expect(section).toContain('It cannot be judged: the projection has no value on that date.')
    expect(section).toContain('Cannot be judged (required)')
    expect(section).not.toContain('NaN')
  })

  it('shows beside a target on one gap where the other gap stands, and beside no other target', () => {
    expect(section.match(/<th scope="col">Unmet-need gap per 1,000<\/th>/g)).toHaveLength(1)
    const gapTarget = { ...results.study.targets[1], by: '2026-04-04' }
    const judged = results.targets.map((outcome) => ({ ...outcome, target: gapTarget, date: '2026-04-04', runs: 5 }))
    const study = { ...results.study, targets: [gapTarget] }
    const [cell] = rowOf(sectionOf({ ...results, study, targets: judged }), titles[0]).slice(-1)
    expect(cell).toMatch(/^\+\d+\.\d \(\+\d+\.\d to \+\d+\.\d\)$/)
  })

  it('prints titles that look like markup as text', () => {
    expect(section).toContain('Gap &lt;script&gt; &amp;')
    expect(section).not.toContain('<script')
  })
})
