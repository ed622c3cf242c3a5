import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { packsFromFiles, packText } from '../../src/baseline/import-rtt.ts'
import { readRttFile } from '../../src/baseline/read-rtt-file.ts'
import { sumAreas } from '../../src/baseline/rtt-tally.ts'
import type { BaselinePack } from '../../src/baseline/types.ts'
import { command } from '../captured-command.ts'
import { importedPack } from './packs.ts'
import { sharedData, sum } from './rtt-csv.ts'

const JANUARY_2026 = sharedData('rtt-2026-01-full-csv.zip')
const present = existsSync(JANUARY_2026)
const whenPresent = present ? describe : describe.skip
if (!present) process.stderr.write('skipped: published RTT files are not beside the project\n')

function headline(pack: BaselinePack): number[] {
  const total = (pick: (entry: BaselinePack['specialties'][number]) => readonly number[]): number =>
    sum(pack.specialties.map((entry) => sum(pick(entry))))
  const decided = total((entry) => entry.waitingWithDecision)
  return [
    decided + total((entry) => entry.waitingWithoutDecision),
    decided,
    total((entry) => entry.admittedStops),
    total((entry) => entry.nonAdmittedStops),
    total((entry) => [entry.clockStarts]),
  ]
}

whenPresent('January 2026 as published', () => {
  let packs: readonly BaselinePack[] = []
  beforeAll(async () => {
    packs = await packsFromFiles([JANUARY_2026], 'everything')
  })
  const of = (code: string): BaselinePack => {
    const pack = packs.find((entry) => entry.system.code === code)
    if (pack === undefined) throw new Error(`no pack of ${code}`)
    return pack
  }

  it("gives England's and the board's published totals", () => {
    expect(headline(of('ENG'))).toEqual([7_187_677, 1_189_547, 302_826, 1_251_335, 1_773_734])
    expect(headline(of('QYG'))).toEqual([346_862, 50_877, 12_091, 61_684, 86_695])
  })

  it("gives England's published ranges of weeks waited", () => {
    const between = (from: number, to: number): number =>
      sum(of('ENG').specialties.map((s) => sum([...s.waitingWithoutDecision.slice(from, to), ...s.waitingWithDecision.slice(from, to)])))
    const ranges = [0, 18, 26, 39, 52, 65, 78, 104, 105]
    expect(ranges.slice(1).map((to, index) => between(ranges[index], to))).toEqual([
      4_412_147, 1_014_063, 1_105_789, 518_358, 127_798, 6_575, 2_371, 576,
    ])
  })

  it('makes again every pack that ships, to the byte but for its fit', () => {
    expect(packs).toHaveLength(43)
    const different = packs.filter((pack) => packText(pack) !== packText(importedPack(pack.system.code)))
    expect(different.map((pack) => pack.system.code)).toEqual([])
  })
})

const PANEL = sharedData('weekband-england-constant-panel-2024-04-to-2026-01.csv')
const BOARDS = sharedData('weekband-icb-2024-04-to-2026-01.csv.gz')
const MONTHLY = sharedData('rtt-england-monthly-2007-04-to-2026-01.csv')
const serial = [PANEL, BOARDS, MONTHLY].every((file) => existsSync(file))
if (!serial) process.stderr.write('skipped: published week bands are not beside the project\n')

describe.skipIf(!serial)('the month-ends as published', () => {
  const made: readonly (readonly [string, readonly string[]])[] = [
    ['ENG', [PANEL]],
    ['QYG', [BOARDS, '--area', 'QYG', '--whole', PANEL]],
  ]
  it.for(made)('make again the fit of %s, to the byte', { timeout: 600_000 }, async ([code, series]) => {
    const folder = mkdtempSync(join(tmpdir(), 'fairwait-refit-'))
    try {
      const path = join(folder, `${code}-2026-01.json`)
      writeFileSync(path, packText(importedPack(code)))
      const { code: exit, text } = await command(['calibrate', ...series, '--monthly', MONTHLY, '--packs', folder, '--out', join(folder, 'fit.json'), '--quiet'])
      expect(text).toContain(path)
      expect(exit).toBe(0)
      expect(readFileSync(path, 'utf8') === readFileSync(fileURLToPath(new URL(`../../scenarios/baselines/${code}-2026-01.json`, import.meta.url)), 'utf8')).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

whenPresent('two consecutive months as published', () => {
  it('show the unreported removals of stock and flow', async () => {
    const files = ['rtt-2025-02-full-csv.zip', 'rtt-2025-01-full-csv.zip'].map(sharedData)
    const [pack] = await packsFromFiles(files, 'england')
    expect(pack.months).toEqual(['2025-01', '2025-02'])
    expect([pack.days, pack.workingDays]).toEqual([59, 42])
    // The national series has 14.96% for February 2025, without non-commissioned activity.
    expect(Math.abs((pack.unreportedRemovalShare ?? 0) - 0.1496)).toBeLessThan(0.002)
  })
})

whenPresent("one trust's rows, November 2024", () => {
  it('are read with their totals, most of them of commissioners beyond the board asked for', async () => {
    const month = await readRttFile(sharedData('rtt-2024-11-trust-RBD.csv'))
    expect(month.month).toBe('2024-11')
    const all = [...sumAreas(month.areas.values()).values()]
    expect(sum(all.map((entry) => sum(Array.from(entry.bands.Part_2))))).toBe(21_445 + 248 + 9)
    expect(sum(all.map((entry) => entry.clockStarts))).toBe(4_969 + 34)
    expect(sum(all.map((entry) => sum(Array.from(entry.bands.Part_2A))))).toBe(5_284 + 38)
  })
})
