/** The workbook in another program: LibreOffice opens it, calculates its formulas afresh, and comes to the same. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { workbookFile } from '../../src/results/workbook.ts'
import { fixtureResults } from './fixture.ts'

const SECONDS = 240
const isThere = spawnSync('soffice', ['--version'], { timeout: 60_000 }).status === 0
if (!isThere) console.log('skipped: soffice (libreoffice-calc) is not installed')

interface Cell {
  readonly formula: string | null
  readonly value: number
}

/** Cells with numbers by sheet and name. */
function numbersIn(bytes: Uint8Array): Map<string, Cell> {
  const parts = unzipSync(bytes)
  const names = [...strFromU8(parts['xl/workbook.xml']).matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)
  const cells = names.flatMap((name, index) =>
    [...strFromU8(parts[`xl/worksheets/sheet${index + 1}.xml`]).matchAll(/<c r="([A-Z]+\d+)"(?![^>]*t="s")[^>]*>(?:<f[^>]*>(.*?)<\/f>)?<v>([^<]*)<\/v>/g)].map(
      ([, at, formula, value]) => [`${name}!${at}`, { formula: formula ?? null, value: Number(value) }] as const,
    ),
  )
  return new Map(cells)
}

/** The same file without the values that formulas have: whoever shows one must have calculated it. */
function withoutValues(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes)
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([path, part]) => [path, path.includes('worksheets/') ? strToU8(strFromU8(part).replaceAll(/<\/f><v>[^<]*<\/v>/g, '</f>')) : part]),
    ),
  )
}

describe.skipIf(!isThere)('LibreOffice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairwait-office-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'opens the workbook without complaint and calculates every formula to the value that it has',
    { timeout: SECONDS * 1000 },
    async () => {
      const bytes = await workbookFile(fixtureResults({ specialties: 2, weeks: 130, replications: 3, hostileText: '=cmd|\'/C calc\'!A0' }))
      writeFileSync(join(folder, 'book.xlsx'), withoutValues(bytes))
      const out = join(folder, 'out')
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
      const { status, stdout, stderr } = spawnSync('soffice', [profile, '--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', out, join(folder, 'book.xlsx')], {
        timeout: (SECONDS - 20) * 1000,
        encoding: 'utf8',
      })
      expect(status).toBe(0)
      expect(`${stdout}${stderr}`).not.toMatch(/error|repair|corrupt/i)
      const own = numbersIn(bytes)
      const theirs = numbersIn(readFileSync(join(out, 'book.xlsx')))
      const formulas = [...own].filter(([, { formula }]) => formula !== null)
      expect(formulas.length).toBeGreaterThan(100)
      const wrong = formulas.filter(([at, { value }]) => (theirs.get(at)?.formula ?? null) === null || !(Math.abs((theirs.get(at)?.value ?? Number.NaN) - value) < 0.005))
      expect(wrong).toEqual([])
      expect([...theirs.keys()].filter((at) => at.startsWith('Activity!')).length).toBe([...own.keys()].filter((at) => at.startsWith('Activity!')).length)
    },
  )
})
