import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { groupsText } from '../../../src/baseline/extract/groups-text.ts'
import { leanOf, makeExtractPack } from '../../../src/baseline/extract/make-extract-pack.ts'
import { checkExtractMap, type ExtractMap } from '../../../src/baseline/extract/map.ts'
import { readExtract } from '../../../src/baseline/extract/read-extract.ts'
import { roundCounts, roundTable } from '../../../src/baseline/extract/round-counts.ts'
import { createTallier, type ExtractRow, type ExtractTally } from '../../../src/baseline/extract/tally.ts'
import { waitingByQuintile } from '../../../src/baseline/tilt.ts'
import { deriveBaseline, packStart } from '../../../src/baseline/derive.ts'
import type { BaselinePack } from '../../../src/baseline/types.ts'
import { validatePack } from '../../../src/baseline/validate-pack.ts'
import { InputError } from '../../../src/errors.ts'
import { NO_POSITIONS } from '../../../src/scenario/positions.ts'
import { defaultAssumptions, shippedPack } from '../packs.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairwait-extract-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const AS_AT = '2026-01-31'
const published = shippedPack('QYG')
const codes = published.specialties.map(({ code }) => code)
const COLUMNS = { clockStart: 'start', specialty: 'tfc', decisionToAdmit: 'dta', deprivation: 'imd', priority: 'prio', age: 'age', sex: 'sex', ethnicity: 'eth' }
const MAP = {
  system: 'QYG', columns: COLUMNS, sex: { F: 'female', M: 'male' }, ethnicity: { A: 'white', Z: 'not-recorded' }, priority: { 2: 'P2', 4: 'P4' },
}
const mapOf = (changes: object = {}): ExtractMap => checkExtractMap({ ...MAP, ...changes }, NO_POSITIONS)
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const ROW: ExtractRow = { clockStart: '2026-01-01', specialty: '110', decisionToAdmit: '', deprivation: '1', priority: '4', age: '70', sex: 'F', ethnicity: 'A' }
function tallied(rows: readonly ExtractRow[], map = mapOf()): ExtractTally {
  const tallier = createTallier(map, AS_AT, codes)
  for (const row of rows) tallier.add(row)
  return tallier.tally
}
const source = (map = mapOf(), threshold = 5) => ({ map, asAt: AS_AT, threshold, file: 'list.csv', sha256: 'a'.repeat(64), published })

describe('rounding of counts', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 105 })
  const thresholds = fc.integer({ min: 2, max: 20 })

  it('writes no number from 1 to the threshold less one, and keeps every running total within half of it', () => {
    fc.assert(fc.property(counts, thresholds, (given, threshold) => {
      let [truth, written] = [0, 0]
      for (const [index, rounded] of roundCounts(given, threshold).entries()) {
        expect(rounded % threshold).toBe(0)
        expect(rounded).toBeGreaterThanOrEqual(0)
        truth += given[index]
        written += rounded
        expect(Math.abs(written - truth)).toBeLessThanOrEqual(threshold / 2)
      }
    }), { seed: 3 })
  })

  it('lets no total be taken off another to find a small cell: rows sum to multiples too', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 6 }), (rows) => {
      const rounded = roundTable(rows, 5)
      for (const row of rounded) expect(sum(row) % 5).toBe(0)
      expect(sum(rounded.flat()) % 5).toBe(0)
      expect(rounded.map((row) => row.length)).toEqual(rows.map((row) => row.length))
    }), { seed: 4 })
  })

  it('cannot tell one person here from one person next door', () => {
    expect(roundCounts([20, 1, 0, 20], 5)).toEqual(roundCounts([20, 0, 1, 20], 5))
    expect(roundCounts([20, 1, 0, 20], 5)).toEqual(roundCounts([20, 0, 0, 20], 5))
  })
})

describe('rows of an extract', () => {
  it('are counted by whole weeks waited on the day of the list, and by stage', () => {
    const tally = tallied([
      { ...ROW, clockStart: '2026-01-31' },
      { ...ROW, clockStart: '2026-01-25' },
      { ...ROW, clockStart: '2026-01-24 09:30' },
      { ...ROW, clockStart: '2020-01-01', decisionToAdmit: '2021-01-01' },
    ])
    const lists = tally.specialties.get('C_110')
    expect(lists?.without.slice(0, 3)).toEqual([2, 1, 0])
    expect(lists?.decided[104]).toBe(1)
    expect(tally.used).toBe(4)
  })

  it.each([
    ['clockStart', { clockStart: '' }], ['clockStart', { clockStart: '2026-02-30' }], ['clockStart', { clockStart: '31/01/2026' }],
    ['future', { clockStart: '2026-02-01' }], ['old', { clockStart: '1999-01-01' }],
    ['decision', { decisionToAdmit: 'soon' }], ['decision', { decisionToAdmit: '2025-12-31' }], ['decision', { decisionToAdmit: '2026-02-01' }],
    ['specialty', { specialty: '' }], ['specialty', { specialty: '999' }],
    ['deprivation', { deprivation: '6' }], ['deprivation', { deprivation: '0' }], ['deprivation', { deprivation: '=1+1' }],
    ['age', { age: '131' }], ['age', { age: '-1' }], ['age', { age: '4.5' }],
  ] as const)('that cannot be used are counted as %s: %j', (reason, change) => {
    const tally = tallied([{ ...ROW, ...change }])
    expect([...tally.invalid]).toEqual([[reason, 1]])
    expect(tally.used).toBe(0)
  })

  it('whose groups are not recorded stay, as a group of their own', () => {
    const tally = tallied([{ ...ROW, deprivation: 'Not known', age: '', sex: 'NULL', ethnicity: 'Z' }, { ...ROW, sex: 'robot' }])
    expect(tally.used).toBe(2)
    expect(tally.deprivationMissing).toBe(1)
    const { groups, counts, unmapped } = tally.groupings.get('sex') ?? { groups: [], counts: [], unmapped: 0 }
    expect(groups).toEqual(['female', 'male', 'not-recorded'])
    expect(counts[5]).toEqual([0, 0, 1])
    expect(counts[0]).toEqual([0, 0, 1])
    expect(unmapped).toBe(1)
  })

  it('may have days first, tenths, mapped specialties and one code for all others', () => {
    const map = mapOf({ dates: 'day-first', deprivationGroups: 'tenths', residents: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], specialties: { Bones: 'C_110' }, otherSpecialty: 'X05' })
    const tally = tallied([{ ...ROW, clockStart: '1/1/2026', deprivation: '10', specialty: 'Bones' }, { ...ROW, clockStart: '31-12-2025 00:00', specialty: '104' }], map)
    expect(tally.used).toBe(2)
    expect([...tally.specialties.keys()]).toEqual(['C_110', 'X05'])
    expect(tally.deprivation?.[0][9]).toBe(1)
  })
})

/** The published list of QYG as rows: quintiles as the pack splits them. */
function rowsOfPack(pack: BaselinePack): ExtractRow[] {
  const start = (weeks: number): string => new Date(Date.UTC(2026, 0, 31) - weeks * 7 * 86_400_000).toISOString().slice(0, 10)
  return waitingByQuintile(pack).flatMap(({ code, waitingFirst, waitingAdmission }) =>
    [waitingFirst, waitingAdmission].flatMap((lists, stage) =>
      lists.flatMap((weeks, group) =>
        weeks.flatMap((people, week) => {
          const row: ExtractRow = { clockStart: start(week), specialty: code, decisionToAdmit: stage === 1 ? AS_AT : '', deprivation: String(group + 1) }
          return Array.from({ length: people }, () => row)
        }),
      ),
    ),
  )
}

describe('a pack from an extract', () => {
  const map = mapOf({ columns: { clockStart: 'start', specialty: 'tfc', decisionToAdmit: 'dta', deprivation: 'imd' }, sex: undefined, ethnicity: undefined, priority: undefined })
  const tally = tallied(rowsOfPack(published), map)
  const pack = makeExtractPack(tally, source(map))

  it('of the published list is the published list, to the rounding', () => {
    expect(tally.used).toBe(tally.rows)
    const listOf = ({ specialties }: BaselinePack): number => sum(specialties.flatMap((each) => [...each.waitingWithDecision, ...each.waitingWithoutDecision]))
    expect(Math.abs(listOf(pack) - listOf(published))).toBeLessThanOrEqual(2.5 * 2 * published.specialties.length)
    expect(pack.specialties.map(({ clockStarts }) => clockStarts)).toEqual(pack.specialties.map(({ code }) => published.specialties.find((each) => each.code === code)?.clockStarts))
  })

  it('finds the shares and the lean by deprivation that the list was made with', () => {
    for (const [group, share] of pack.deprivation.listShare.entries()) expect(share).toBeCloseTo(published.deprivation.listShare[group], 2)
    expect(sum(pack.deprivation.listShare)).toBeCloseTo(1, 6)
    expect(pack.deprivation.tilt18to51).toBeCloseTo(published.deprivation.tilt18to51, 1)
    expect(pack.deprivation.tilt52plus).toBeCloseTo(published.deprivation.tilt52plus, 1)
  })

  it('is a pack that can be read and derived, and starts the day after the list', () => {
    expect(validatePack(JSON.parse(JSON.stringify(pack)), 'pack.json')).toEqual(pack)
    expect(packStart(pack)).toBe('2026-02-01')
    expect(packStart({ ...pack, listAsAt: '2026-01-15' })).toBe('2026-01-16')
    expect(deriveBaseline(pack, defaultAssumptions()).groups.map(({ label }) => label)).toEqual(['1 most deprived', '2', '3', '4', '5 least deprived'])
  })

  it('says where everything is from, and that nothing small is told', () => {
    const notes = pack.provenance.modelled.join('\n')
    expect(notes).toMatch(/an extract of the system's own at 2026-01-31\. Its counts are rounded to multiples of 5/)
    expect(notes).toMatch(/Capacity and clock starts, which an extract does not hold, are those of the published pack of Cheshire and Merseyside \(2026-01\)\./)
    expect(pack.provenance.sources[0]).toMatchObject({ file: 'list.csv', publisher: 'Own data, not published' })
  })

  it('of a part of the list needs to be told so, and scales its flows then', () => {
    const part = tallied(rowsOfPack(published).filter((_, index) => index % 4 === 0), map)
    expect(() => makeExtractPack(part, source(map))).toThrow(/flows: the extract has about .* published list of Cheshire and Merseyside 346,862.*flows: in-proportion/)
    const scaled = makeExtractPack(part, source({ ...map, flows: 'in-proportion' }))
    const starts = (of: BaselinePack): number => sum(of.specialties.map(({ clockStarts }) => clockStarts))
    expect(starts(scaled) / starts(published)).toBeCloseTo(0.25, 1)
    expect(scaled.provenance.modelled.join()).toMatch(/scaled in each specialty/)
  })

  it('leaves specialties of a few people out, and refuses a list of nothing else', () => {
    const few = [...Array.from({ length: 300_000 }, () => ROW), { ...ROW, specialty: '101' }]
    const made = makeExtractPack(tallied(few), source({ ...mapOf(), flows: 'as-published' }))
    expect(made.specialties.map(({ code }) => code)).toEqual(['C_110'])
    expect(made.provenance.modelled.join()).toMatch(/fewer than 5 people waiting.*left out/)
    expect(() => makeExtractPack(tallied([ROW]), source())).toThrow(/fewer than 5 people waiting in every specialty/)
  })

  it('tells no count below the threshold, whatever the rows', () => {
    const row = fc.record({ clockStart: fc.integer({ min: 0, max: 800 }).map((days) => new Date(Date.UTC(2026, 0, 31) - days * 86_400_000).toISOString().slice(0, 10)), specialty: fc.constantFrom('110', '101', '130'), decisionToAdmit: fc.constantFrom('', AS_AT), deprivation: fc.constantFrom('1', '2', '3', '4', '5', '') })
    fc.assert(fc.property(fc.array(row, { minLength: 40, maxLength: 120 }), fc.integer({ min: 2, max: 10 }), (rows, threshold) => {
      const made = makeExtractPack(tallied(rows, map), source({ ...map, flows: 'as-published' }, threshold))
      const told = made.specialties.flatMap(({ waitingWithDecision, waitingWithoutDecision }) => [...waitingWithDecision, ...waitingWithoutDecision])
      expect(told.filter((count) => count % threshold !== 0)).toEqual([])
    }), { numRuns: 40, seed: 5 })
  })

  it('may be by tenths, with residents from the map', () => {
    const tenths = mapOf({ deprivationGroups: 'tenths', residents: Array.from({ length: 10 }, (_, tenth) => 1000 + tenth), flows: 'as-published' })
    const rows = Array.from({ length: 2000 }, (_, index): ExtractRow => ({ ...ROW, deprivation: String((index % 10) + 1) }))
    const made = validatePack(JSON.parse(JSON.stringify(makeExtractPack(tallied(rows, tenths), source(tenths)))), 'tenths.json')
    expect(made.deprivation.population).toHaveLength(10)
    expect(deriveBaseline(made, { ...defaultAssumptions(), ...tenAssumptions() }).groups.at(-1)?.label).toBe('10 least deprived')
  })
})

/** The registry's numbers for five groups, each twice. */
function tenAssumptions(): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(defaultAssumptions()).flatMap(([key, value]): [string, readonly number[]][] => (Array.isArray(value) ? [[key, value.flatMap((each: number) => [each, each])]] : [])),
  )
}

describe('the lean', () => {
  it('is nought where every range has the same shares', () => {
    expect(leanOf([[40, 30, 30], [80, 60, 60], [4, 3, 3]], [8, 30, 60])).toMatchObject({ tilt18to51: 0, tilt52plus: 0, listShare: [0.4, 0.3, 0.3] })
  })

  it('is below nought where the deprived wait longer, and nought where nobody waits so long', () => {
    const { tilt18to51, tilt52plus } = leanOf([[100, 100], [120, 80], [0, 0]], [8, 30, 52])
    expect(tilt18to51).toBeCloseTo(Math.log(80 / 120) / 0.5, 3)
    expect(tilt52plus).toBe(0)
  })
})

describe('the groups of an extract', () => {
  it('are written as a study reads them, in shares of rounded counts', () => {
    const rows = [...Array.from({ length: 70 }, () => ROW), ...Array.from({ length: 30 }, (): ExtractRow => ({ ...ROW, sex: 'M', age: '10' })), { ...ROW, sex: '', deprivation: '2' }]
    const text = groupsText(tallied(rows), 5, AS_AT)
    expect(text).toMatch(/groups: \[\{ id: "female" \}, \{ id: "male" \}\]\n {4}residents: \[\[0.7, 0.3\]/)
    expect(text).toContain('{ id: "0-18" }')
    expect(text).toContain('an assumption')
  })

  it('are nothing where the extract has none', () => {
    const map = mapOf({ columns: { clockStart: 'start', specialty: 'tfc' }, sex: undefined, ethnicity: undefined, priority: undefined })
    expect(groupsText(tallied([ROW], map), 5, AS_AT)).toBe('')
  })
})

describe('an extract file', () => {
  const HEADER = 'start,tfc,dta,imd,prio,age,sex,eth'
  const GOOD = '2026-01-01,110,,1,4,70,F,A'
  const read = (content: string | Uint8Array, changes: object = {}): Promise<{ tally: ExtractTally }> => {
    const path = join(folder, 'list.csv')
    writeFileSync(path, content)
    return readExtract(path, mapOf(changes), AS_AT, codes)
  }

  it('may have a byte-order mark, Windows line ends, quoted commas and line breaks, rows of commas, and formulas as text', async () => {
    const { tally } = await read(`\uFEFF${HEADER},note\r\n${GOOD},"a, ""b""\r\nc"\r\n,,,,,,,,\r\n\r\n${GOOD},=HYPERLINK(1)\r\n`)
    expect([tally.rows, tally.used]).toEqual([2, 2])
  })

  it('is read in pieces: a character and a row may be cut anywhere', async () => {
    const rows = Array.from({ length: 3000 }, () => `${GOOD},"é€😀 x"`)
    const { tally } = await read([`${HEADER},note`, ...rows].join('\n'))
    expect(tally.used).toBe(3000)
  })

  it('may hold a few rows that cannot be used, which are counted', async () => {
    const rows = [...Array.from({ length: 99 }, () => GOOD), '2026-01-01,110']
    const { tally } = await read([HEADER, ...rows].join('\n'))
    expect([tally.rows, tally.used, tally.invalid.get('cells')]).toEqual([100, 99, 1])
  })

  it.each<readonly [string, string | Uint8Array, RegExp]>([
    ['nothing', '', /is empty/],
    ['no rows', HEADER, /a header and no rows/],
    ['semicolons', HEADER.replaceAll(',', ';'), /separated by semicolons/],
    ['another column', `${HEADER.replace('imd', 'imd_q')}\n${GOOD}`, /list.csv:1: column "imd", mapped to deprivation, is missing/],
    ['a column twice', `${HEADER},imd\n${GOOD},1`, /column "imd" is there twice/],
    ['too many bad rows', `${HEADER}\n${GOOD}\nx,110,,1,4,70,F,A`, /1 of 2 rows cannot be used, more than the share allowed, 0.05.*: 1 clock start missing or no date/],
    ['a quote that is not closed', `${HEADER}\n"${`${GOOD}\n`.repeat(5000)}`, /list.csv:\d+: (a row is longer than 100,000|is not readable as CSV)/],
    ['another encoding', Uint8Array.from([0xff, 0xfe, 0x73, 0]), /is not UTF-8/],
    ['Latin-1', Uint8Array.from([...Buffer.from(`${HEADER}\n`), 0xe9, 0x0a]), /is not UTF-8/],
  ])('with %s is refused', async (_, content, message) => {
    const error = await read(content).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InputError)
    expect(String(error)).toMatch(message)
  })
})

describe('the map of an extract', () => {
  it.each<readonly [object, RegExp]>([
    [{ colums: {} }, /unknown key "colums"; did you mean "columns"/],
    [{ columns: { clockStart: 'start' } }, /columns.specialty: is missing/],
    [{ columns: { clockStart: 'start', specialty: 'tfc' } }, /priority: has no effect without a column; map columns.priority/],
    [{ deprivationGroups: 'tenths' }, /deprivationGroups: tenths need "residents"/],
    [{ residents: [1, 2] }, /residents: must have one number per deprivation group, 5; it has 2/],
    [{ ageBands: [0, 65, 19] }, /ageBands: must rise/],
    [{ maxInvalidShare: 2 }, /maxInvalidShare/],
  ])('%j is refused', (change, message) => {
    expect(() => mapOf(change)).toThrow(message)
  })
})
