import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fittedInterval } from '../../src/baseline/gradients/fitted.ts'
import { PUBLISHED } from '../../src/baseline/gradients/published.ts'
import { ASSUMPTION_KEYS, assumptionEntry, ASSUMPTIONS } from '../../src/scenario/assumptions.ts'
import { allParameterNames } from '../../src/scenario/lever-parameters.ts'
import { LEVERS } from '../../src/scenario/study.ts'

const mortality = new URL('../../../shared/data/mortality-by-imd-decile-sex-age-2014-16.csv', import.meta.url)
const admissions = new URL('../../../shared/data/ortho-ophthalmology-admissions-by-imd-2018-02-to-2022-10.csv', import.meta.url)

function valuesOf(id: string): readonly number[] {
  return [assumptionEntry(id).value].flat()
}

/** Rows of a CSV without quoted commas, as records. */
function rowsOf(url: URL): Record<string, string>[] {
  const [header, ...lines] = readFileSync(url, 'utf8').trim().split(/\r?\n/)
  const names = header.replaceAll('"', '').split(',')
  return lines.map((line) => {
    const cells = line.replaceAll('"', '').split(',')
    return Object.fromEntries(names.map((name, index) => [name, cells[index]]))
  })
}

describe('the registry of assumptions', () => {
  it.each(ASSUMPTIONS)('says what, from where and how sure, and keeps inside its range: $id', (entry) => {
    for (const words of [entry.label, entry.source, entry.note]) expect(words.length).toBeGreaterThan(5)
    expect(entry.unit).not.toBe('')
    expect(['H', 'M', 'D', 'A']).toContain(entry.confidence)
    const [min, max] = entry.range
    expect([entry.value].flat().every((value) => value >= min && value <= max)).toBe(true)
  })

  it('has each id once, and parameters for every lever', () => {
    expect(new Set(ASSUMPTIONS.map(({ id }) => id)).size).toBe(ASSUMPTIONS.length)
    for (const lever of LEVERS) expect(allParameterNames(lever).length).toBeGreaterThan(0)
    expect(ASSUMPTION_KEYS).toHaveLength(59)
  })

  it('calls nothing better than an assumption whose source is one', () => {
    const sourceless = ASSUMPTIONS.filter(({ source }) => source.startsWith('assumption'))
    expect(sourceless.length).toBeGreaterThan(5)
    expect(sourceless.filter(({ confidence }) => confidence !== 'A')).toEqual([])
  })

  it('has the published DNA rate as the mean over quintiles and a ratio of 1.48 at most by rounding', () => {
    const dna = valuesOf('dnaRate')
    expect(dna.reduce((a, b) => a + b, 0) / 5).toBeCloseTo(0.064, 10)
    expect(dna[0] / dna[4]).toBeGreaterThan(1.45)
    expect(dna[0] / dna[4]).toBeLessThan(1.49)
  })

  it('provides two thirds as much for need in the most as in the least deprived quintile', () => {
    const [first, , , , last] = valuesOf('referralPropensity')
    expect(first / last).toBeCloseTo(0.67, 10)
  })

  it('starts unmet need at the level that its own inflow keeps', () => {
    const perWeek = valuesOf('unmetNeedResolutionPerWeek')[0]
    expect(valuesOf('unmetNeedInitialWeeks')[0] * perWeek).toBeCloseTo(1, 10)
  })

  it('derives the odds of admission from use per 1,000', () => {
    const odds = [250.7 / 2007, 224.2 / 1793, 205.1 / 1635, 194.6 / 1536, 184 / 1454].map((share) => share / (1 - share))
    const mean = odds.reduce((a, b) => a + b, 0) / 5
    for (const [quintile, value] of valuesOf('admissionOdds').entries()) expect(odds[quintile] / mean).toBeCloseTo(value, 3)
  })

  it('derives access to the independent sector from shares of orthopaedics, by one fitted multiple of their log odds', () => {
    const odds = [24.3, 28.5, 30.5, 34.3, 36.3].map((percent) => percent / (100 - percent))
    const mean = odds.reduce((a, b) => a + b, 0) / 5
    for (const [quintile, value] of PUBLISHED.independentSectorAccess.entries()) expect(odds[quintile] / mean).toBeCloseTo(value, 3)
    const [least, ...others] = valuesOf('independentSectorAccess')
    const multiple = Math.log(least) / Math.log(PUBLISHED.independentSectorAccess[0])
    // Defaults have three significant digits, so that they and the multiple are known to one in 200.
    for (const [index, value] of others.entries()) expect(Math.abs(value / PUBLISHED.independentSectorAccess[index + 1] ** multiple - 1)).toBeLessThan(0.005)
    const [lower, upper] = fittedInterval('sector-access')
    expect(multiple).toBeGreaterThan(lower)
    expect(multiple).toBeLessThan(upper)
  })
})

const present = existsSync(mortality) && existsSync(admissions)
if (!present) process.stderr.write('skipped: the data behind the registry (../shared/data) is not here\n')

describe.skipIf(!present)('the registry and the data that it was derived from', () => {
  it('agree on death while waiting', () => {
    const listAges = [0.108, 0.561, 0.331]
    const sexes = { f: 0.57, m: 0.43 }
    const bandOf = (age: number): number => (age < 19 ? 0 : age < 65 ? 1 : 2)
    const rows = rowsOf(mortality)
    expect(Math.max(...rows.map((row) => Number(row['age'])))).toBe(74)
    const rate = (quintile: number, sex: string, band: number): number => {
      const cell = rows.filter(
        (row) => Math.ceil(Number(row['imd10']) / 2) === quintile && row['sex'] === sex && bandOf(Number(row['age'])) === band,
      )
      const total = (column: string): number => cell.reduce((sum, row) => sum + Number(row[column]), 0)
      return total('deaths') / total('pop')
    }
    for (const [index, value] of valuesOf('deathPerWeek').entries()) {
      const yearly = Object.entries(sexes).reduce(
        (sum, [sex, share]) => sum + listAges.reduce((s, age, band) => s + share * age * rate(index + 1, sex, band), 0),
        0,
      )
      expect(Math.abs(yearly / 52.18 / value - 1)).toBeLessThan(0.005)
    }
  })
  it('agree on the independent sector in orthopaedics, January to October 2022', () => {
    const rows = rowsOf(admissions).filter((row) => row['specialty'] === 'T&O' && row['month'].startsWith('2022'))
    const count = (quintile: number, sector: string): number =>
      rows
        .filter((row) => Number(row['imd_quintile']) === quintile && row['sector'] === sector)
        .reduce((sum, row) => sum + Number(row['inpatient_admissions']), 0)
    for (const [index, percent] of [24.3, 28.5, 30.5, 34.3, 36.3].entries()) {
      const independent = count(index + 1, 'Independent Sector')
      const share = independent / (independent + count(index + 1, 'NHS'))
      expect(100 * share).toBeCloseTo(percent, 1)
    }
  })
})
