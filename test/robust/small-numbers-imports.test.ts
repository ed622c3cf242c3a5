/**
 * Small numbers in what `import extract`, `calibrate` and `backtest` write and print. An extract has people in it: nothing
 * of a row may come out, nor a count below the threshold. The other two read counts by area and treatment function, refuse
 * anything more, and tell of lists as a whole; those totals they do not withhold (docs/security.md).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bandRow, HEADER } from '../baseline/series/week-bands.ts'
import { command } from '../captured-command.ts'

/** What no output may hold: nothing else has these texts. */
const PLANTED = { name: 'zquincunx', mapped: 'zsextant', unmapped: 'zoctant', remark: 'zquadrant', system: 'zastrolabe' }

const folder = mkdtempSync(join(tmpdir(), 'fairwait-small-imports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every file below a folder, with the bytes as text. */
function textsIn(of: string): [string, string][] {
  const paths = readdirSync(of, { recursive: true }).map((name) => join(of, String(name))).filter((path) => statSync(path).isFile())
  return paths.map((path) => [path, readFileSync(path, 'latin1')])
}

/** Which of these texts stand in what was printed, or in which file below a folder. */
function found(planted: readonly string[], printed: string, out: string): string[] {
  const texts: [string, string][] = [['printed', printed], ...textsIn(out)]
  return texts.flatMap(([where, content]) => planted.filter((text) => content.includes(text)).map((text) => `${text} in ${where}`))
}

describe('import extract', () => {
  const THRESHOLD = 7
  const AS_AT = '2026-01-14'
  const daysBefore = (days: number): string => new Date(Date.UTC(2026, 0, 14) - days * 86_400_000).toISOString().slice(0, 10)
  /** Ordinary people, then three of a small specialty, a group of the map and a group that it does not have. */
  const rows = [
    ...Array.from({ length: 900 }, (_, index) => [daysBefore((index * 37) % 400), index % 3 === 0 ? '110' : '130', index % 7 === 0 ? AS_AT : '', (index % 5) + 1, index % 11 === 0 ? 'B' : 'A', `id${index}`, ''].join(',')),
    ...Array.from({ length: 3 }, (_, index) => [daysBefore(9), '101', '', 5, PLANTED.mapped, `${PLANTED.name}${index}`, PLANTED.remark].join(',')),
    [daysBefore(11), '110', '', 5, PLANTED.unmapped, PLANTED.name, PLANTED.remark].join(','),
  ]
  const map = [
    'system: QYG',
    'columns: { clockStart: start, specialty: tfc, decisionToAdmit: dta, deprivation: imd, ethnicity: eth }',
    `ethnicity: { A: white, B: asian, ${PLANTED.mapped}: few }`,
    'flows: as-published',
  ]
  const out = join(folder, 'packs')
  let printed = ''
  const codes: number[] = []
  beforeAll(async () => {
    const [list, mapFile] = [join(folder, 'list.csv'), join(folder, 'map.yaml')]
    writeFileSync(list, ['start,tfc,dta,imd,eth,nhs,remark', ...rows].join('\n'))
    writeFileSync(mapFile, map.join('\n'))
    for (const more of [[], ['--json']]) {
      const { code, text } = await command(['import', 'extract', list, '--map', mapFile, '--as-at', AS_AT, '--out', out, '--threshold', String(THRESHOLD), ...more])
      codes.push(code)
      printed += text
    }
  })

  it('writes and prints nothing of a row: no name, no remark, no value of a column', () => {
    expect({ codes, printed }).toMatchObject({ codes: [0, 0] })
    expect(readdirSync(out)).toHaveLength(2)
    expect(found(Object.values(PLANTED), printed, out)).toEqual([])
  })

  it('leaves a specialty of three people out, and shares of a group in steps of the threshold', () => {
    const texts = Object.fromEntries(textsIn(out).map(([path, text]) => [path.endsWith('.json') ? 'pack' : 'groups', text]))
    const { specialties } = JSON.parse(texts['pack']) as { specialties: { code: string; waitingWithDecision: number[]; waitingWithoutDecision: number[] }[] }
    expect(specialties.map(({ code }) => code)).toEqual(['C_110', 'C_130'])
    const counts = specialties.flatMap((each) => [...each.waitingWithDecision, ...each.waitingWithoutDecision])
    expect(counts.filter((count) => count % THRESHOLD !== 0)).toEqual([])
    const residents = /residents: (\[\[.*\]\])/.exec(texts['groups'])?.[1] ?? '[]'
    const shares = (JSON.parse(residents) as number[][]).flat()
    expect(shares.length).toBeGreaterThanOrEqual(10)
    // About 181 people in each fifth: a share is a multiple of the threshold out of such a multiple.
    const inSteps = (share: number): boolean => [175, 182, 189].some((people) => Math.abs(((share * people) / THRESHOLD) - Math.round((share * people) / THRESHOLD)) < 1e-3)
    expect(shares.filter((share) => !inSteps(share))).toEqual([])
  })
})

describe('a table of month-ends', () => {
  const MONTHS = ['2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06']
  /** People in one week band in one month: a number that nothing else comes to. */
  const IN_ONE_BAND = 70_139
  const parts = (month: string): string[] => [
    bandRow(month, 'QYG', '1A', 'C_110', { 3: 3000, 60: 1000 }),
    bandRow(month, 'QYG', '1B', 'C_110', { 0: 4000, 20: 2000 }),
    bandRow(month, 'QYG', '2', 'C_110', { 0: 10_000, 17: 8000, 18: month === '2025-04' ? IN_ONE_BAND : 70_000, 104: 1000 }, 2),
    bandRow(month, 'QYG', '2A', 'C_110', { 0: 2000, 17: 4000 }),
    bandRow(month, 'QYG', '3', 'C_110', {}, 0, 20_000),
  ]
  const table = (header: string, more: string): string => `${[HEADER + header, ...MONTHS.flatMap(parts).map((row) => row + more)].join('\n')}\n`
  const [series, wider] = [join(folder, 'series.csv'), join(folder, 'wider.csv')]
  const COMMANDS: readonly (readonly [string, string, readonly string[]])[] = [
    ['calibrate', 'fit', ['--out', join(folder, 'fit', 'fit.json')]],
    ['backtest', 'scores', ['--from', '2025-05', '--specialties', '--out', join(folder, 'scores')]],
  ]
  beforeAll(() => {
    writeFileSync(series, table('', ''))
    writeFileSync(wider, table(`,${PLANTED.name}`, `,${PLANTED.mapped}`))
  })

  it.each(COMMANDS)('with a column of another group is refused by %s, which writes nothing and does not repeat it', async (name, out, options) => {
    const { code, text } = await command([name, wider, '--quiet', ...options])
    expect(code).toBe(3)
    expect(readdirSync(folder)).not.toContain(out)
    expect([PLANTED.name, PLANTED.mapped].filter((planted) => text.includes(planted))).toEqual([])
  })

  it.each(COMMANDS)('leaves in what %s writes and prints no count of a week band', async (name, out, options) => {
    for (const more of [[], ['--json']]) {
      const { code, text } = await command([name, series, '--quiet', ...options, ...more])
      expect({ code, text }).toMatchObject({ code: 0 })
      expect(textsIn(join(folder, out)).length).toBeGreaterThan(0)
      expect(found([String(IN_ONE_BAND), IN_ONE_BAND.toLocaleString('en-GB')], text, join(folder, out))).toEqual([])
    }
  }, 300_000)
})
