import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import { fairwait } from './fairwait-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairwait-import-extract-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}
const MAP = write('map.yaml', [
  'system: QYG',
  'columns: { clockStart: start, specialty: tfc, decisionToAdmit: dta, deprivation: imd, priority: prio, age: age, sex: sex, ethnicity: eth }',
  'priority: { "2": P2, "4": P4 }',
  'sex: { F: female, M: male }',
  'ethnicity: { A: white, H: asian }',
  'flows: as-published',
].join('\n'))
const rows = Array.from({ length: 2000 }, (_, index) => {
  const start = new Date(Date.UTC(2026, 0, 14) - ((index * 37) % 400) * 86_400_000).toISOString().slice(0, 10)
  return [start, index % 3 === 0 ? '110' : '130', index % 7 === 0 ? '2026-01-14' : '', (index % 5) + 1, index % 9 === 0 ? 2 : 4, (index * 13) % 95, index % 2 === 0 ? 'F' : 'M', index % 11 === 0 ? '' : 'A'].join(',')
})
const LIST = write('list.csv', ['start,tfc,dta,imd,prio,age,sex,eth', ...rows, 'never,110,,1,4,5,F,A'].join('\r\n'))
const base = (out: string): string[] => ['import', 'extract', LIST, '--map', MAP, '--as-at', '2026-01-14', '--out', out]

describe('fairwait import extract', () => {
  it('writes a pack and its groups, which a study runs with, from the day after the list', async () => {
    const { code, stdout, stderr } = await fairwait(base('packs'), folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('2,000 of 2,001 rows used\n  1 not used: clock start missing or no date\n')
    expect(readdirSync(join(folder, 'packs')).toSorted()).toEqual(['QYG-2026-01-14-extract-groups.yaml', 'QYG-2026-01-14-extract.json'])
    const groups = readFileSync(join(folder, 'packs', 'QYG-2026-01-14-extract-groups.yaml'), 'utf8')
    const head = 'schemaVersion: 1\nname: own\nbaseline: QYG-2026-01-14-extract.json\ntime: { weeks: 4 }\nscenarios: { base: {} }\n'
    const { study } = await loadStudy(join(folder, write('packs/own.yaml', head + groups)))
    expect(study.time.start).toBe('2026-01-15')
    expect(study.dimensions.map(({ id }) => id).toSorted()).toEqual(['age', 'ethnicity', 'sex'])
    expect(study.priority.levels.map(({ id }) => id)).toEqual(['P4', 'P2'])
  })

  it('gives its counts as JSON, which tells of rows and not of people', async () => {
    const { stdout } = await fairwait([...base('json'), '--json'], folder)
    expect(JSON.parse(stdout)).toMatchObject({ format: 'fairwait-import-extract', rows: 2001, used: 2000, notUsed: { clockStart: 1 } })
  })

  it('tells no count below a threshold of the user', async () => {
    await fairwait([...base('ten'), '--threshold', '10'], folder)
    const pack = JSON.parse(readFileSync(join(folder, 'ten', 'QYG-2026-01-14-extract.json'), 'utf8')) as { specialties: { waitingWithDecision: number[]; waitingWithoutDecision: number[] }[] }
    const told = pack.specialties.flatMap((each) => [...each.waitingWithDecision, ...each.waitingWithoutDecision])
    expect(told.length).toBeGreaterThan(50)
    expect(told.every((count) => count % 10 === 0)).toBe(true)
  })

  it.each([
    [['--threshold', '1'], 2, /whole number from 2 to 1,000/],
    [['--as-at', '2026-02-30'], 3, /--as-at: "2026-02-30" is no date/],
    [['--as-at', '2020-01-01'], 3, /list.csv: [\d,]+ of 2,001 rows cannot be used/],
    [['--map', write('typo.yaml', readFileSync(join(folder, 'map.yaml'), 'utf8').replace('QYG', 'QYGG'))], 3, /typo.yaml system: "QYGG" is neither .* did you mean "QYG"/],
    [['--map', write('code.yaml', `${readFileSync(join(folder, 'map.yaml'), 'utf8')}\notherSpecialty: X99`)], 3, /code.yaml:\d+:\d+ otherSpecialty: the published pack has no specialty "X99"/],
    [['--map', write('part.yaml', readFileSync(join(folder, 'map.yaml'), 'utf8').replace('flows: as-published', ''))], 3, /in-proportion/],
    [['--map', 'none.yaml'], 3, /none.yaml: there is no such file/],
  ])('with %j exits with %i, says why, and writes nothing', async (change, exitCode, message) => {
    const { code, stdout, stderr } = await fairwait([...base('refused'), ...change], folder)
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
    expect(stderr).toMatch(message)
    expect(existsSync(join(folder, 'refused'))).toBe(false)
  })
})
