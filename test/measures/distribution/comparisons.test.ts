import { describe, expect, it } from 'vitest'
import { comparisonTable, CORE20_INDICES, WITHIN_INDICES } from '../../../src/measures/distribution/comparisons.ts'
import { GAP_MEASURES, MEASURES } from '../../../src/measures/definitions.ts'
import type { DimensionInfo } from '../../../src/measures/types.ts'
import { FIFTHS, runsOf, type ValueOf } from './results.ts'

/** Group 1 has 300 waiting, the others 100 each, and these shares within 18 weeks. */
const SHARES = [0.5, 0.6, 0.7, 0.8, 0.9]
const valueOf: ValueOf = ({ group, measure }) => {
  const index = Number(group) - 1
  if (measure === 'waiting') return index === 1 ? 300 : 100
  if (measure === 'treated-per-1000') return 100
  if (measure === 'treated-per-need') return index === 1 ? 0.25 : 0.5
  return SHARES[index] ?? 0
}

describe('the most deprived fifth against the rest', () => {
  const { rows, refused } = comparisonTable(runsOf({ before: [valueOf], after: [valueOf] }), MEASURES)
  const mean = (measure: string, index: string): number =>
    rows.find((row) => row.measure === measure && row.index === index && row.scenario === 'before')?.mean ?? Number.NaN

  it('weights the rest by who waits, not by residents, where the measure is a share of those waiting', () => {
    // 300 of 600 at 0.6, and 100 each at 0.7, 0.8, 0.9.
    expect(mean('within-18-weeks', 'core20-difference')).toBeCloseTo(0.5 - (180 + 70 + 80 + 90) / 600, 12)
    expect(mean('within-18-weeks', 'core20-ratio')).toBeCloseTo(0.5 / 0.7, 12)
  })

  it('weights by residents where it is a rate of residents, and by need where it is of need', () => {
    expect(mean('unmet-need-per-1000', 'core20-difference')).toBeCloseTo(0.5 - 0.75, 12)
    // Treated are alike, so that need is 400 in group 2 and 200 in each other: 400 treated ÷ 1,000 in need.
    expect(mean('treated-per-need', 'core20-difference')).toBeCloseTo(0.5 - 0.4, 12)
  })

  it('is of deprivation groups in all specialties, at every date, and there is none without such groups', () => {
    expect(new Set(rows.map(({ specialty, dimension, within }) => `${specialty}/${dimension}/${within}`))).toEqual(new Set(['all/deprivation/']))
    expect(new Set(rows.map(({ date }) => date)).size).toBe(3)
    const { catalogue, ...rest } = runsOf({ before: [valueOf] })
    expect(comparisonTable({ ...rest, catalogue: { ...catalogue, dimensions: [{ ...FIFTHS, id: 'sex' }] } }, MEASURES)).toEqual({ rows: [], refused: [] })
  })

  it('has no value where no run has one, and says so', () => {
    const none: ValueOf = (place) => (place.measure === 'mean-wait' ? Number.NaN : valueOf(place))
    const found = comparisonTable(runsOf({ before: [none] }), MEASURES).rows
    expect(new Set(found.filter(({ measure }) => measure === 'mean-wait').map((row) => `${row.reason} ${row.mean}`))).toEqual(new Set(['no-value NaN']))
    expect(new Set(found.filter(({ measure }) => measure !== 'mean-wait').map(({ reason }) => reason))).toEqual(new Set([null]))
  })

  it('says of every measure a value or why there is none', () => {
    for (const measure of GAP_MEASURES) {
      const given = rows.some((row) => row.measure === measure)
      expect(given).not.toBe(refused.some((each) => each.measure === measure))
    }
    expect(refused.find(({ measure }) => measure === 'median-wait')?.reason).toBe('not-poolable')
  })

  it('takes two tenths of ten, and has no rows where no groups are a fifth', () => {
    const groups = (count: number): DimensionInfo => ({
      ...FIFTHS,
      groups: Array.from({ length: count }, (_, index) => ({ id: String(index + 1), label: '', population: 100 })),
    })
    const byTenth: ValueOf = ({ group, measure }) => (measure === 'waiting' ? 100 : Number(group) <= 2 ? 0.4 : 0.6)
    const tenths = comparisonTable(runsOf({ before: [byTenth] }, groups(10)), MEASURES)
    expect(tenths.rows.find(({ measure }) => measure === 'over-52-weeks')?.mean).toBeCloseTo(-0.2, 12)
    const thirds = comparisonTable(runsOf({ before: [byTenth] }, groups(3)), MEASURES)
    expect(thirds.rows).toEqual([])
    expect(new Set(thirds.refused.map(({ reason }) => reason))).toEqual(new Set(['no-fifth']))
    expect(thirds.refused).toHaveLength(GAP_MEASURES.length * CORE20_INDICES.length)
  })
})

describe('the gap within each system and group', () => {
  // Two systems; A is equal within, B is not; every group of B is better off than A.
  const crossed = ['A', 'B'].flatMap((system) => FIFTHS.groups.map(({ id }) => ({ id: `${system}/${id}`, label: '', population: 100 })))
  const dimensions: DimensionInfo[] = [
    FIFTHS,
    { id: 'system', ordered: false, ofResidents: true, groups: ['A', 'B'].map((id) => ({ id, label: id, population: 500 })) },
    { id: 'system-deprivation', ordered: false, ofResidents: true, groups: crossed },
  ]
  const shareOf: ValueOf = ({ group, measure }) => {
    const [system, fifth] = group.split('/')
    return measure === 'waiting' ? 10 : system === 'A' ? 0.3 : 0.4 + Number(fifth) / 10
  }
  const input = runsOf({ before: [shareOf] }, { ...dimensions[2] })
  const { rows } = comparisonTable({ ...input, catalogue: { ...input.catalogue, dimensions } }, MEASURES)
  const mean = (within: string, index: string): number =>
    rows.find((row) => row.within === within && row.index === index && row.measure === 'within-18-weeks')?.mean ?? Number.NaN

  it('is nought where all are alike, and what it is where they are not', () => {
    expect(mean('system/A', 'slope-index')).toBe(0)
    expect(mean('system/A', 'relative-gap')).toBe(1)
    expect(mean('system/A', 'levelling-up')).toBeCloseTo(0, 12)
    expect(mean('system/B', 'absolute-gap')).toBeCloseTo(-0.4, 12)
    expect(mean('system/B', 'slope-index')).toBeCloseTo(-0.5, 12)
    // The mean is 0.7, the least deprived 0.9.
    expect(mean('system/B', 'levelling-up')).toBeCloseTo(0.2, 12)
  })

  it('has every index for every system, and says where a cell is hidden', () => {
    const ofB = rows.filter(({ within, measure, date }) => within === 'system/B' && measure === 'mean-wait' && date === '2026-01-31')
    expect(ofB.map(({ index }) => index)).toEqual([...WITHIN_INDICES])
    const hidden: ValueOf = (place) => (place.group === 'B/3' ? Number.NaN : shareOf(place))
    const small = runsOf({ before: [hidden] }, dimensions[2])
    const table = comparisonTable({ ...small, catalogue: { ...small.catalogue, dimensions } }, MEASURES)
    const reasons = (within: string) => new Set(table.rows.filter((row) => row.within === within).map(({ reason }) => reason))
    expect(reasons('system/A')).toEqual(new Set([null]))
    expect(reasons('system/B').has('small-numbers')).toBe(true)
  })
})
