import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { compactJson } from '../../src/baseline/compact-json.ts'
import { useShare } from '../../src/baseline/quintile-share.ts'
import { buildReference } from '../../src/baseline/reference/build.ts'
import { AGE_BANDS } from '../../src/baseline/reference/combine.ts'
import { REFERENCE, referenceArea } from '../../src/baseline/reference/reference.ts'
import { sharedData, sum } from './rtt-csv.ts'

const AGE_MIX = sharedData('icb22-population-by-imd2019-quintile-age.csv')
const present = existsSync(AGE_MIX)
if (!present) process.stderr.write('skipped: published source files are not beside the project\n')

const percent = (shares: readonly number[]): number[] => shares.map((share) => Number((share * 100).toFixed(1)))

describe('the reference table', () => {
  it('holds 42 boards, five quintiles and six age bands, and nobody twice', () => {
    expect(Object.keys(REFERENCE.areas)).toHaveLength(42)
    for (const area of Object.values(REFERENCE.areas)) {
      expect(area.populationByAge.map((row) => row.length)).toEqual([6, 6, 6, 6, 6])
    }
    const england = referenceArea('ENG')?.populationByAge.flat() ?? []
    expect(sum(england)).toBe(56_490_108)
  })

  it('carries its licence and the checksum of each source', () => {
    expect(REFERENCE.licence).toContain('Open Government Licence v3.0')
    for (const source of REFERENCE.sources) expect(source.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('knows no board of another code', () => expect(referenceArea('Q99')).toBeUndefined())

  it.runIf(present)('is exactly what its sources make', () => {
    const made = compactJson(buildReference(dirname(AGE_MIX)))
    expect(made).toBe(readFileSync(new URL('../../src/baseline/reference/reference.json', import.meta.url), 'utf8'))
  })

  it.runIf(present)('gives the age-banded split of England on the older index that evidence states', () => {
    const england = Array.from({ length: 5 }, () => AGE_BANDS.map(() => 0))
    const rows: Record<string, string>[] = parse(readFileSync(AGE_MIX), { columns: true })
    for (const row of rows) {
      england[Number(row['imd2019_quintile']) - 1][(AGE_BANDS as readonly string[]).indexOf(row['age_band'])] += Number(row['pop'])
    }
    expect(percent(useShare(england, REFERENCE.outpatientRate))).toEqual([22, 21.1, 20.1, 19, 17.9])
  })

  it('gives the most deprived less than the crude split, which forgets that they are younger', () => {
    const england = referenceArea('ENG')?.populationByAge ?? []
    // Age-sex standardised outpatient use per 1,000, most deprived first, as published.
    const standardised = [2007, 1793, 1635, 1536, 1454]
    const use = england.map((row, quintile) => sum(row) * standardised[quintile])
    const crude = percent(use.map((count) => count / sum(use)))
    expect(crude).toEqual([24, 21.7, 19.4, 18.1, 16.8])
    expect(percent(useShare(england, REFERENCE.outpatientRate))).toEqual([22.2, 20.9, 19.8, 19.1, 18])
  })
})
