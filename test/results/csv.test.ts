import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvBytes } from '../../src/results/csv-bytes.ts'
import { csvText, inertText } from '../../src/results/csv-text.ts'

function written(write: (csv: CsvBytes) => void): string {
  const csv = new CsvBytes(4)
  write(csv)
  return new TextDecoder().decode(csv.view())
}

const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
  fc.integer({ min: -20_000_000, max: 20_000_000 }).map((value) => value / 20),
)

describe('numbers in CSV', () => {
  it('read back to the same double where they are exact', () => {
    fc.assert(
      fc.property(anyNumber, (value) => {
        expect(Number(written((csv) => csv.exact(value))) === value).toBe(true)
      }),
      { seed: 1, numRuns: 5000 },
    )
  })

  it('keep six significant digits where they are rounded', () => {
    fc.assert(
      fc.property(anyNumber, (value) => {
        const read = Number(written((csv) => csv.rounded(value)))
        // Half a unit in the sixth digit, and a hair for doubles that lie between two roundings.
        expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 5.0001e-6)
        expect(Number(read.toPrecision(6)) === read).toBe(true)
      }),
      { seed: 2, numRuns: 5000 },
    )
  })

  it.each([
    [0, '0'],
    [-0, '0'],
    [0.5, '0.5'],
    [-2.25, '-2.25'],
    [346_862, '346862'],
    [0.012_345_678, '0.0123457'],
    [999_999.7, '1000000'],
    [7_187_677, '7187680'],
    [9.999_999_9, '10'],
    [1e-9, '1e-9'],
  ])('writes %d rounded as %s', (value, text) => {
    expect(written((csv) => csv.rounded(value))).toBe(text)
  })

  it('leaves an undefined number out', () => {
    expect(
      written((csv) => {
        csv.exact(Number.NaN)
        csv.comma()
        csv.rounded(Number.NaN)
      }),
    ).toBe(',')
  })
})

describe('text in CSV', () => {
  it('comes back from a reader as it went in, but for the apostrophe before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 5 }), (texts) => {
        const [row] = parse(`${texts.map(csvText).join(',')}\n`, { relax_column_count: true, record_delimiter: '\n' })
        expect(row).toEqual(texts.map(inertText))
      }),
      { seed: 3 },
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('does not let %j be a formula', (text) => {
    expect(inertText(text)).toBe(`'${text}`)
  })
})
