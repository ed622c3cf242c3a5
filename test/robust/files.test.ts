/** Files that are not what they should be, told in words; files that only look unusual, read like any other. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import { csv, HEADER, monthRows } from '../baseline/rtt-csv.ts'
import { startFairwait, type Finished } from '../cli/fairwait-process.ts'
import { SMALL_GROUP_STUDY } from './small-study.ts'

/** A command that waits for ever is ended after this, seconds; a busy machine takes a few to start one. */
const LIMIT_SECONDS = 60
const GROUPS = 'group,population,value\n1,1000,0.5\n2,1000,0.6\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-files-'))
  writeFileSync(join(folder, 'study.yaml'), SMALL_GROUP_STUDY)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Ends with code null where the command had to be ended. */
async function within(args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
  const { child, finished } = startFairwait(args, folder, env)
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_SECONDS * 1000)
  try {
    return await finished
  } finally {
    clearTimeout(timer)
  }
}

const commandsOn = (file: string): string[][] => [
  ['validate', file],
  ['indices', file],
  ['import', 'rtt', file, '--england', '--out', 'packs'],
  ['sweep', file, '--dry-run'],
  ['calibrate', file, '--out', 'fit.json'],
]

describe('a file that would never end, or never answer,', () => {
  it.each(['pipe', '/dev/zero'])('is refused by every command that reads one: %s', async (file) => {
    if (file === 'pipe') spawnSync('mkfifo', [join(folder, 'pipe')])
    for (const args of commandsOn(file)) {
      const { code, stderr } = await within(args)
      expect({ args, code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('not a regular file') as string })
    }
  }, 400_000)
})

describe('UTF-16 text', () => {
  const encoded = (text: string, bom: boolean): Buffer => Buffer.from((bom ? '\uFEFF' : '') + text, 'utf16le')

  it.each([true, false])('is refused, with what to save it as (with its mark: %s)', async (bom) => {
    writeFileSync(join(folder, 'utf16.yaml'), encoded(SMALL_GROUP_STUDY, bom))
    for (const args of [['validate', 'utf16.yaml'], ['sweep', 'utf16.yaml', '--dry-run']]) {
      const { code, stderr } = await within(args)
      expect({ code, stderr }).toEqual({ code: 3, stderr: 'utf16.yaml: is not UTF-8 text; save it as UTF-8\n' })
    }
  }, 120_000)

  it('is no table of groups', async () => {
    writeFileSync(join(folder, 'utf16.csv'), encoded(GROUPS, true))
    expect(await within(['indices', 'utf16.csv'])).toMatchObject({ code: 3, stderr: expect.stringContaining('save it as CSV UTF-8') as string })
  }, 120_000)
})

describe('text that editors leave', () => {
  it.each([
    ['a byte-order mark', `\uFEFF${SMALL_GROUP_STUDY}`],
    ['Windows line ends', SMALL_GROUP_STUDY.replaceAll('\n', '\r\n')],
    ['both, and no last line end', `\uFEFF${SMALL_GROUP_STUDY.trimEnd().replaceAll('\n', '\r\n')}`],
  ])('is the same study: %s', async (_what, text) => {
    writeFileSync(join(folder, 'edited.yaml'), text)
    expect((await loadStudy(join(folder, 'edited.yaml'))).study).toEqual((await loadStudy(join(folder, 'study.yaml'))).study)
  })
})

describe('names in any script', () => {
  const TITLE = 'Hôpital 🏥 \u202Egnol \u2067תור\u2069 名'

  it('stand in results as they are, and never steer a terminal', async () => {
    writeFileSync(join(folder, 'names.yaml'), `${SMALL_GROUP_STUDY}title: ${JSON.stringify(TITLE)}\n`)
    const { code, stdout, stderr } = await within(['run', 'names.yaml', '--out', 'résultats 🏥', '--workers', '1', '--replications', '1'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u)
    expect(stdout).toContain('🏥')
    const manifest = JSON.parse(readFileSync(join(folder, 'résultats 🏥', 'manifest.json'), 'utf8')) as { study: { title: string } }
    expect(manifest.study.title).toBe(TITLE)
  }, 120_000)
})

describe('control characters in titles', () => {
  it('are in no report, table or workbook as such', async () => {
    writeFileSync(join(folder, 'control.yaml'), SMALL_GROUP_STUDY.replace('title: Ethnicity', String.raw`title: "Ethni\0c\x01\x1b[2Jity"`))
    expect((await within(['run', 'control.yaml', '--out', 'control', '--workers', '1', '--replications', '1', '--quiet'])).code).toBe(0)
    const text = (name: string): string => readFileSync(join(folder, 'control', name), 'utf8')
    const workbook = Object.values(unzipSync(readFileSync(join(folder, 'control', 'workbook.xlsx')))).map((bytes) => Buffer.from(bytes).toString('utf8'))
    for (const each of [text('report.html'), text('series.csv'), text('summary.json'), ...workbook]) expect(each).not.toMatch(/(?![\t\n\r])\p{Cc}/u)
    expect(text('report.html')).toContain('thni\uFFFDc')
  }, 120_000)
})

describe('where the machine knows no language, or another one,', () => {
  const hashes = (out: string): Record<string, string> =>
    Object.fromEntries(readdirSync(join(folder, out)).filter((name) => !['manifest.json', 'datapackage.json'].includes(name)).map((name) => [name, createHash('sha256').update(readFileSync(join(folder, out, name))).digest('hex')]))

  it('results are the same bytes', async () => {
    const run = (out: string, env: Record<string, string>): Promise<Finished> => within(['run', 'study.yaml', '--out', out, '--workers', '1', '--quiet'], env)
    expect((await run('locale-en', { LC_ALL: 'en_GB.UTF-8', LANG: 'en_GB.UTF-8', TZ: 'Europe/London' })).code).toBe(0)
    expect((await run('locale-c', { LC_ALL: 'C', LANG: '', TZ: 'Pacific/Kiritimati' })).code).toBe(0)
    expect((await run('locale-tr', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'America/St_Johns' })).code).toBe(0)
    expect(Object.keys(hashes('locale-en')).length).toBeGreaterThan(10)
    expect(hashes('locale-c')).toEqual(hashes('locale-en'))
    expect(hashes('locale-tr')).toEqual(hashes('locale-en'))
  }, 180_000)
})

describe('a ZIP file', () => {
  const month = new TextEncoder().encode(csv([HEADER, ...monthRows()]))

  it('whose table is named like a path out of the folder writes nothing there', async () => {
    writeFileSync(join(folder, 'path.zip'), zipSync({ '../../escaped.csv': month }))
    const { code } = await within(['import', 'rtt', 'path.zip', '--england', '--out', 'packs'])
    expect(code).toBe(0)
    expect(readdirSync(join(folder, 'packs'))).toEqual(['ENG-2026-01.json'])
    expect([join(folder, '..', '..', 'escaped.csv'), join(folder, '..', 'escaped.csv'), join(folder, 'escaped.csv')].filter((path) => existsSync(path))).toEqual([])
  }, 120_000)

  it.each([
    ['that holds another ZIP file', zipSync({ 'inner.zip': zipSync({ 'month.csv': month }) })],
    ['whose table is another ZIP file', zipSync({ 'month.csv': zipSync({ 'month.csv': month }) })],
    ['with the same table twice', zipSync({ 'a.csv': month, 'b.csv': month })],
  ])('%s is refused in words, and leaves no pack', async (_what, bytes) => {
    writeFileSync(join(folder, 'bad.zip'), bytes)
    const { code, stderr } = await within(['import', 'rtt', 'bad.zip', '--england', '--out', 'none'])
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('bad.zip') as string })
    expect(stderr).not.toContain('    at ')
    expect(existsSync(join(folder, 'none'))).toBe(false)
  }, 120_000)
})
