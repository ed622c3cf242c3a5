import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PAGE_SCRIPT_HASH } from '../../src/report/page-script.ts'
import { renderReport } from '../../src/report/render-report.ts'
import type { ScenarioSummary, StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from '../results/fixture.ts'

/** The text of a page, without markup and style. */
function textOf(html: string): string {
  return html
    .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

function rewrite(
  results: StudyResults,
  change: (scenario: ScenarioSummary, index: number) => ScenarioSummary,
): StudyResults {
  return { ...results, scenarios: results.scenarios.map(change) }
}

describe('the report', () => {
  const results = fixtureResults({ weeks: 120 })

  it('is one file of 100 KB to 3 MB without a link elsewhere or an element that fetches', async () => {
    const html = await renderReport(results)
    expect(html.length).toBeGreaterThan(100_000)
    expect(html.length).toBeLessThan(3_000_000)
    expect(html).not.toMatch(/<iframe|<object|<embed|javascript:|@import|url\(/i)
    expect(html.match(/(?:src|href)="(?!data:,|#)[^"]*"/g)).toBeNull()
    expect(html).toContain('default-src &#39;none&#39;')
  })

  it('holds one script, its own, and the policy names it by its hash and no other', async () => {
    const html = await renderReport(results)
    const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
    expect(scripts).toHaveLength(1)
    const hash = `sha256-${createHash('sha256').update(scripts[0][1]).digest('base64')}`
    expect(PAGE_SCRIPT_HASH).toBe(hash)
    expect(html).toContain(`script-src &#39;${hash}&#39;;`)
    expect(scripts[0][1]).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(/)
  })

  it('is the same text for equal results', async () => {
    expect(await renderReport(results)).toBe(await renderReport(fixtureResults({ weeks: 120 })))
  })

  it('prints names that look like markup as text, wherever they stand', async () => {
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    const html = await renderReport(fixtureResults({ weeks: 60, hostileText: hostile }))
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('<img')
    expect(html.split('&lt;script&gt;alert(1)').length).toBeGreaterThan(10)
  })

  it('says how large a change is, with its interval', async () => {
    const { scenarios, catalogue } = results
    const at = catalogue.keys.findIndex(
      (key) => key.specialty === 'all' && key.group === 'all' && key.measure === 'waiting' && key.stage === 'all',
    )
    const last = at * catalogue.dates.length + catalogue.dates.length - 1
    const difference = Math.round(-scenarios[1].difference[last]).toLocaleString('en-GB')
    expect(textOf(await renderReport(results))).toContain(`−${difference} (95% interval −`)
  })

  it('calls every change unclear where every interval holds zero', async () => {
    const unsure = rewrite(results, (scenario) => ({
      ...scenario,
      differenceSd: scenario.difference.map((value) => Math.abs(value) * 100 + 1),
    }))
    const text = textOf(await renderReport(unsure))
    expect(text).toContain('No scenario makes the list clearly shorter than that.')
    expect(text.match(/no scenario makes a clear difference to it\./g)).toHaveLength(2)
    expect(text).not.toMatch(/moves it furthest|shortens it most/)
  })

  it('reports one run without inventing intervals', async () => {
    const text = textOf(await renderReport(fixtureResults({ weeks: 60, replications: 1 })))
    expect(text).toContain('no interval from one run')
    expect(text).not.toContain('NaN')
    expect(text).not.toMatch(/shortens it most/)
  })

  it('compares scenarios as the money ends as well, where that is half a year or more before the end', async () => {
    const { keys, dates } = results.catalogue
    const spend = keys.flatMap((key, series) => (key.measure === 'spend' ? [series * dates.length] : []))
    const fundedFor = (weeks: number): StudyResults =>
      rewrite(results, (scenario) => {
        const mean = Float64Array.from(scenario.mean)
        for (const offset of spend) mean.fill(0, offset + weeks + 1, offset + dates.length)
        return { ...scenario, mean }
      })
    const early = await renderReport(fundedFor(90))
    expect(textOf(early)).toContain('Every scenario as the money ends, on 23 October 2027')
    expect(textOf(early)).toContain('Every scenario on 20 May 2028')
    expect(textOf(await renderReport(fundedFor(100)))).not.toContain('as the money ends')
  })

  it('names the scenarios that cannot be told from the best', async () => {
    const same = rewrite(results, (scenario, index) =>
      index === 2 ? { ...results.scenarios[1], id: scenario.id, title: scenario.title } : scenario,
    )
    expect(textOf(await renderReport(same))).toMatch(
      /shortens it most[^.]*“Capacity in proportion to need” lies within that interval/,
    )
  })

  it('describes a study of the reference alone', async () => {
    const alone = { ...results, scenarios: results.scenarios.slice(0, 1) }
    const html = await renderReport(alone)
    expect(textOf(html)).toContain('Under “No new investment” the list grows')
    expect(html).not.toContain('id="efficiency-equity"')
  })

  it('shows both gaps side by side: in the tiles, the scenario table and the plane', async () => {
    const html = await renderReport(results)
    for (const part of [/<dl class="tiles">[\s\S]*?<\/dl>/, /<table class="headline">[\s\S]*?<\/table>/, /id="efficiency-equity"[\s\S]*?<\/table>/, /id="gaps"[\s\S]*?<\/table>/]) {
      const [text] = html.match(part) ?? ['']
      expect(textOf(text)).toMatch(/[Gg]ap at 18 weeks .*([Gg]ap in unmet need|Unmet-need gap)/)
    }
  })

  it('says in a sentence what each scenario does, and that a difference is not clear where its interval holds nought', async () => {
    const unsure = rewrite(results, (scenario, index) =>
      index === 1 ? { ...scenario, differenceSd: scenario.difference.map((value) => Math.abs(value) * 100 + 1) } : scenario,
    )
    const text = textOf(await renderReport(unsure))
    expect(text).toMatch(/Compared with “No new investment”, by 20 May 2028 under “Core20 targeted capacity” the list is shorter by 4\d,\d{3} \(4\d,\d{3} to 4\d,\d{3}\)/)
    expect(text).toMatch(/under “Capacity, equal per head” there is no clear difference in the list \(−[\d,]+ to \+[\d,]+\)/)
  })

  it('says what scenarios gain in health, who gains it, and who would prefer which', async () => {
    const text = textOf(await renderReport(results))
    expect(text).toMatch(/Net health, and who gains it Health gained by waiting less, on the list and off it/)
    expect(text).toMatch(/Without aversion \(ε 0\) that is “[^”]+” most often \(\d+%\); at the aversion found in England, about 11, “/)
    expect(text).toContain('NHS spending that produces one QALY elsewhere £7,000 to £10,000')
  })

  it('leaves health out where fewer than two groups have residents', async () => {
    const html = await renderReport({ ...results, catalogue: { ...results.catalogue, dimensions: [] } })
    expect(html).toContain('id="efficiency-equity"')
    expect(html).not.toContain('id="net-health"')
  })

  it('survives measures that are undefined everywhere', async () => {
    const empty = rewrite(results, (scenario) => ({
      ...scenario,
      mean: scenario.mean.map(() => Number.NaN),
      n: scenario.n.map(() => 0),
    }))
    expect(textOf(await renderReport(empty))).not.toMatch(/NaN|Infinity/)
  })

  it('marks the assumptions that the study file sets and gives the rest their source', async () => {
    const html = await renderReport(results)
    expect(html.match(/Set by the study file/g)).toHaveLength(1)
    expect(html).toContain('Contains public sector information licensed under the Open Government Licence v3.0')
    expect(html).toContain('recovery-2026')
  })
})
