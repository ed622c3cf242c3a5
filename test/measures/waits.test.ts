import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countBetween,
  meanWaitWeeks,
  percentileWaitWeeks,
  shareOver,
  shareWithinStandard,
} from '../../src/measures/waits.ts'

const bandsOf = (people: Record<number, number>): Int32Array => {
  const counts = new Int32Array(105)
  for (const [band, count] of Object.entries(people)) counts[Number(band)] = count
  return counts
}

describe('shares and counts by weeks waited', () => {
  it('counts bands 0 to 17 as within 18 weeks, and bands from 52 and 65 as over', () => {
    const counts = bandsOf({ 17: 1, 18: 2, 51: 3, 52: 4, 64: 5, 65: 6, 104: 7 })
    expect(shareWithinStandard(counts, 28)).toBe(1 / 28)
    expect(shareOver(counts, 28, 52)).toBe(22 / 28)
    expect(shareOver(counts, 28, 65)).toBe(13 / 28)
    expect(countBetween(counts, 52, 105)).toBe(22)
  })
})

describe('waits', () => {
  it('interpolates within the weekly band', () => {
    const counts = bandsOf({ 3: 10, 10: 30 })
    expect(percentileWaitWeeks(counts, 40, 0.5)).toBeCloseTo(10 + 10 / 30, 12)
    expect(percentileWaitWeeks(counts, 40, 0.125)).toBe(3.5)
    expect(meanWaitWeeks(counts, 40)).toBe((3.5 * 10 + 10.5 * 30) / 40)
  })

  it('gives the lower end of the open band, as the published "104+"', () => {
    expect(percentileWaitWeeks(bandsOf({ 0: 1, 104: 9 }), 10, 0.92)).toBe(104)
  })

  it('is undefined where nobody waits', () => {
    const nobody = new Int32Array(105)
    expect([
      shareWithinStandard(nobody, 0),
      shareOver(nobody, 0, 52),
      meanWaitWeeks(nobody, 0),
      percentileWaitWeeks(nobody, 0, 0.5),
    ]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
  })

  it('keeps order: shares lie in 0 to 1, a percentile rises with its probability and stays where people are', () => {
    const lists = fc.array(fc.nat(50), { minLength: 105, maxLength: 105 }).filter((list) => list.some((n) => n > 0))
    fc.assert(
      fc.property(lists, fc.double({ min: 0.01, max: 0.98, noNaN: true }), (counts, probability) => {
        const total = countBetween(counts, 0, 105)
        const within = shareWithinStandard(counts, total)
        expect(within).toBeGreaterThanOrEqual(0)
        expect(within + shareOver(counts, total, 18)).toBeCloseTo(1, 12)
        const wait = percentileWaitWeeks(counts, total, probability)
        expect(percentileWaitWeeks(counts, total, probability + 0.01)).toBeGreaterThanOrEqual(wait)
        const reached = countBetween(counts, 0, wait === 104 ? 105 : Math.ceil(wait))
        expect(countBetween(counts, 0, Math.floor(wait))).toBeLessThanOrEqual(probability * total)
        expect(reached).toBeGreaterThanOrEqual(probability * total)
      }),
      { seed: 3 },
    )
  })
})

const dataFile = (name: string): string => fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url))
const bandFile = dataFile('weekband-england-2024-04-to-2026-01.csv')
const seriesFile = dataFile('rtt-england-monthly-2007-04-to-2026-01.csv')
const havePublished = existsSync(bandFile) && existsSync(seriesFile)
const absent = havePublished ? '' : ' (skipped: ../shared/data is not beside the project)'

type Row = Record<string, string>

function readRows(file: string): Row[] {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((field, index) => [names[index], field])))
}

describe.skipIf(!havePublished)(`against the published national series${absent}`, () => {
  const bandRows = havePublished ? readRows(bandFile).filter(({ tfc }) => tfc === 'C_999') : []
  const published = new Map(havePublished ? readRows(seriesFile).map((row) => [row.month, row]) : [])
  const counts = (row: Row): number[] =>
    Array.from({ length: 105 }, (_, band) => Number(row[`w${String(band).padStart(3, '0')}`]))
  const months = (part: string): (readonly [number[], number, Row])[] =>
    bandRows
      .filter((row) => row.part === part)
      .map((row) => {
        const byBand = counts(row)
        return [byBand, countBetween(byBand, 0, 105), published.get(row.month) ?? {}]
      })

  it('gives January 2026: median 13.62 weeks, 92nd percentile 40.35', () => {
    const [byBand, total] = months('2').at(-1) ?? [[], 0]
    expect(total).toBe(7_155_958)
    expect(percentileWaitWeeks(byBand, total, 0.5)).toBeCloseTo(13.6209059591753, 10)
    expect(percentileWaitWeeks(byBand, total, 0.92)).toBeCloseTo(40.347456, 6)
  })

  it('gives the published list in every month from April 2024', () => {
    expect(months('2')).toHaveLength(22)
    for (const [byBand, total, row] of months('2')) {
      expect(percentileWaitWeeks(byBand, total, 0.5)).toBeCloseTo(Number(row.inc_median_wk), 6)
      expect(percentileWaitWeeks(byBand, total, 0.92)).toBeCloseTo(Number(row.inc_p92_wk), 6)
      expect(shareWithinStandard(byBand, total)).toBeCloseTo(Number(row.inc_pct18), 6)
      expect(countBetween(byBand, 52, 105)).toBe(Number(row.inc_gt52))
      expect(countBetween(byBand, 65, 105)).toBe(Number(row.inc_gt65))
    }
  })
})
