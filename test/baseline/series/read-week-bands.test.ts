import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readSeries } from '../../../src/baseline/series/read-series.ts'
import { readWeekBands, together } from '../../../src/baseline/series/read-week-bands.ts'
import { KnownSeries, listOf, totalOf, unreportedRemovals } from '../../../src/baseline/series/types.ts'
import { InputError } from '../../../src/errors.ts'
import { scratchFolder } from '../rtt-csv.ts'
import { bandRow, flatSeries, HEADER, monthRows, tableOf } from './week-bands.ts'

const folder = scratchFolder()
afterAll(() => folder.remove())

const MONTHS = ['2024-11', '2024-12', '2025-01', '2025-02']

const write = (name: string, rows: readonly string[]): string => folder.write(name, tableOf(rows))

/** What a file is refused with. */
async function refusal(rows: readonly string[]): Promise<string> {
  const file = write('refused.csv', rows)
  const error = await readWeekBands(file, null).then(() => null, (thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(InputError)
  return (error as InputError).message
}

describe('a week-band table', () => {
  it('is read by area, month and treatment function, plain or compressed', async () => {
    const rows = MONTHS.flatMap((month) => [...monthRows(month, 'QYG', 'C_110'), ...monthRows(month, 'QYG', 'C_330'), ...monthRows(month, 'QE1', 'C_110')])
    const plain = await readWeekBands(write('plain.csv', rows), null)
    const packed = await readWeekBands(folder.write('packed.csv.gz', gzipSync(tableOf(rows))), null)
    expect(packed).toEqual(plain)
    expect(plain.map(({ area }) => area)).toEqual(['QE1', 'QYG'])
    const all = together(plain[1].specialties)
    expect(all.months.map(({ clockStarts }) => clockStarts)).toEqual([40, 40, 40, 40])
  })

  it('spreads pathways of unknown start as the known are, and balances list and flows', async () => {
    const [area] = await readWeekBands(write('one.csv', MONTHS.flatMap((month) => monthRows(month, 'ENGLAND', 'C_110'))), null)
    const { months } = area.specialties[0]
    expect(totalOf(listOf(months[0]))).toBeCloseTo(28, 9)
    expect(totalOf(months[0].waitingAdmission)).toBe(6)
    // 28 + 20 starts − 6 − 4 stops − 28
    expect(unreportedRemovals(months[0], months[1])).toBeCloseTo(10, 9)
  })

  it('is refused where a row, a total or a month is wrong, with the place', async () => {
    expect(await refusal([bandRow('2025-01', 'QYG', '1A', 'C_110', { 3: 3 }, 0, 9)])).toContain('refused.csv:2: bands and unknown clock starts sum to 3 but "total" is 9')
    expect(await refusal([bandRow('2025-01', 'QYG', '4', 'C_110', {})])).toContain('part is "4"; it is one of 1A, 1B, 2, 2A, 3')
    expect(await refusal([...monthRows('2025-01', 'QYG', 'C_110'), ...monthRows('2025-03', 'QYG', 'C_110')])).toContain('2025-03 follows 2025-01')
    expect(await refusal([...monthRows('2025-01', 'QYG', 'C_110'), bandRow('2025-01', 'QYG', '3', 'C_999', {}, 0, 99)])).toContain('total row (C_999) is 99')
    expect(await refusal([...monthRows('2025-01', 'QYG', 'C_110'), ...monthRows('2025-01', 'QYG', 'C_110')])).toContain('is there twice')
  })

  it('is refused without a column, naming the nearest found', async () => {
    const file = folder.write('renamed.csv', `${HEADER.replace('tfc', 'tfcs')}\n`)
    await expect(readWeekBands(file, null)).rejects.toThrow(/column "tfc" is missing; did you mean "tfcs"\?/)
  })

  it('needs an area named where it holds several, and four months', async () => {
    const several = write('several.csv', MONTHS.flatMap((month) => [...monthRows(month, 'QYG', 'C_110'), ...monthRows(month, 'QE1', 'C_110')]))
    await expect(readSeries([several], null)).rejects.toThrow(/name one of QE1, QYG/)
    await expect(readSeries([several], 'QYH')).rejects.toThrow(/no rows for "QYH"; did you mean "QYG"\?/)
    const short = write('short.csv', MONTHS.slice(0, 3).flatMap((month) => monthRows(month, 'QYG', 'C_110')))
    await expect(readSeries([short], null)).rejects.toThrow(/has 3 months; at least 4/)
  })
})

describe('what was known at a month', () => {
  it('holds no later month', () => {
    const known = new KnownSeries(flatSeries(MONTHS), '2024-12')
    expect(known.months.map(({ month }) => month)).toEqual(['2024-11', '2024-12'])
    expect(JSON.stringify(known)).not.toContain('2025-01')
  })

  it('is refused at a month that the series does not have', () => {
    expect(() => new KnownSeries(flatSeries(MONTHS), '2025-03')).toThrow(/has no month 2025-03; it has 2024-11 to 2025-02/)
  })
})
