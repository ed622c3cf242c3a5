import { describe, expect, it } from 'vitest'
import { gapTable, indexId, type GapRow } from '../../../src/measures/distribution/gap-rows.ts'
import { QALE_BY_QUINTILE } from '../../../src/measures/distribution/assumptions.ts'
import { GAP_MEASURES, MEASURES } from '../../../src/measures/definitions.ts'
import { createGapCalculator, GAP_INDICES } from '../../../src/measures/gaps.ts'
import { INDEX_KEYS } from '../../../src/measures/indices/types.ts'
import type { DimensionInfo } from '../../../src/measures/types.ts'
import { FIFTHS, losing, runsOf, type ValueOf } from './results.ts'

/** Every measure has these values by group. */
const having =
  (values: readonly number[]): ValueOf =>
  ({ group }) =>
    group === 'all' ? 0 : values[Number(group) - 1]

const EVEN = [0.5, 0.5, 0.5, 0.5, 0.5]
/** Higher among the most deprived. */
const FALLING = [0.7, 0.6, 0.5, 0.4, 0.3]

function rowsOf(values: readonly number[], dimension: DimensionInfo = FIFTHS): readonly GapRow[] {
  return gapTable(runsOf({ before: [having(EVEN), having(EVEN)], after: [having(values), having(values)] }, dimension), MEASURES).rows
}

function row(rows: readonly GapRow[], measure: string, index: string, scenario = 'after'): GapRow {
  const found = rows.find((each) => each.measure === measure && each.index === index && each.scenario === scenario)
  if (found === undefined) throw new Error(`no row ${scenario} ${measure} ${index}`)
  return found
}

/** Two draws far apart, and replications of each close together. */
const DRAWN = [0.2, 0.201, 0.6, 0.601].map((slope) => having([0.5 + slope, 0.5, 0.5, 0.5, 0.5 - slope]))

describe('the interval of an index in a study of draws', () => {
  const tableOf = (runsPerDraw: number) =>
    row(gapTable({ ...runsOf({ before: DRAWN.map(() => having(EVEN)), after: DRAWN }), runsPerDraw }, MEASURES).rows, 'mean-wait', 'mean-difference-from-best')

  it('is over the means of draws, which alone are independent', () => {
    const nested = tableOf(2)
    const alone = row(
      gapTable(
        runsOf({ before: [having(EVEN), having(EVEN)], after: [0.2005, 0.6005].map((slope) => having([0.5 + slope, 0.5, 0.5, 0.5, 0.5 - slope])) }),
        MEASURES,
      ).rows,
      'mean-wait',
      'mean-difference-from-best',
    )
    expect(nested.n).toBe(2)
    for (const key of ['mean', 'lower', 'upper', 'difference', 'differenceLower', 'differenceUpper'] as const) {
      expect(nested[key]).toBeCloseTo(alone[key], 9)
    }
  })

  it('is wider than one that takes every run for itself', () => {
    const [nested, pooled] = [tableOf(2), tableOf(1)]
    expect(pooled.n).toBe(4)
    expect(nested.mean).toBeCloseTo(pooled.mean, 12)
    expect(nested.upper - nested.lower).toBeGreaterThan(2 * (pooled.upper - pooled.lower))
  })
})

describe('the table of indices', () => {
  const rows = rowsOf(FALLING)

  it('has the absolute and the relative of each kind, at every date, for every scenario', () => {
    const ofMeasure = rows.filter(({ measure, date, scenario }) => measure === 'mean-wait' && date === '2027-01-31' && scenario === 'after')
    expect(new Set(ofMeasure.map(({ index }) => index))).toEqual(
      new Set([
        'absolute-concentration-index', 'relative-concentration-index', 'between-group-variance',
        'between-group-standard-deviation', 'coefficient-of-variation', 'theil', 'mean-log-deviation',
        'index-of-disparity', 'index-of-disparity-weighted', 'mean-difference-from-best',
        'mean-difference-from-best-weighted', 'mean-difference-from-mean', 'mean-difference-from-mean-weighted',
        'mean-difference-from-reference', 'mean-difference-from-reference-weighted', 'population-attributable-risk',
        'population-attributable-fraction',
      ]),
    )
    expect(new Set(rows.map(({ date }) => date)).size).toBe(3)
    expect(rows.map(({ scenario }) => scenario).lastIndexOf('before')).toBeLessThan(rows.findIndex(({ scenario }) => scenario === 'after'))
  })

  it('reads most deprived against least deprived, like the slope index beside it, whichever way is better', () => {
    for (const measure of ['within-18-weeks', 'over-52-weeks', 'mean-wait']) {
      const found = row(rows, measure, 'absolute-concentration-index')
      expect(found.mean).toBeGreaterThan(0)
      const slope = new Float64Array(GAP_INDICES.length)
      createGapCalculator([1, 1, 1, 1, 1])(Float64Array.from(FALLING), slope)
      expect(Math.sign(slope[GAP_INDICES.indexOf('slope-index')])).toBe(Math.sign(found.mean))
    }
  })

  it('says what the mean could gain: above nought where the least deprived are better off, whichever way is better', () => {
    expect(row(rows, 'over-52-weeks', 'population-attributable-risk').mean).toBeCloseTo(0.2, 12)
    expect(row(rows, 'within-18-weeks', 'population-attributable-risk').mean).toBeCloseTo(-0.2, 12)
    expect(row(rows, 'over-52-weeks', 'mean-difference-from-best').mean).toBeCloseTo(0.2, 12)
  })

  it('gives the paired difference from the reference, nought for the reference itself', () => {
    const found = row(rows, 'mean-wait', 'between-group-variance')
    expect(found.mean).toBeCloseTo(0.02, 12)
    expect(found.difference).toBeCloseTo(0.02, 12)
    expect(row(rows, 'mean-wait', 'between-group-variance', 'before').difference).toBe(0)
  })

  it('has a value or a reason in every row', () => {
    const undefinedRows = gapTable(runsOf({ before: [having([0, 0, 0, 0, 0])] }), MEASURES).rows
    for (const each of [...rows, ...undefinedRows]) expect(Number.isNaN(each.mean)).toBe(each.reason !== null)
    expect(row(undefinedRows, 'mean-wait', 'theil', 'before').reason).toBe('mean-not-positive')
    const oneMissing = having([0.1, 0.2, Number.NaN, 0.1, 0.1])
    const missing = gapTable(runsOf({ before: [(place) => (place.measure === 'waiting' ? 50 : oneMissing(place))] }), MEASURES).rows
    expect(row(missing, 'mean-wait', 'theil', 'before').reason).toBe('no-value')
  })

  it('says that a group is hidden where even its list is', () => {
    const hidden = gapTable(runsOf({ before: [having([0.1, 0.2, Number.NaN, 0.1, 0.1])] }), MEASURES).rows
    expect(row(hidden, 'mean-wait', 'theil', 'before').reason).toBe('small-numbers')
  })

  it('names indices as the table of indices does, in kebab case', () => {
    expect(INDEX_KEYS.map(indexId)).toContain('mean-difference-from-best-weighted')
    expect(indexId('theil')).toBe('theil')
  })
})

describe('refusals', () => {
  const { refused, rows } = gapTable(runsOf({ before: [having(FALLING)] }), MEASURES)
  const reason = (measure: string, index: string) =>
    refused.find((each) => each.measure === measure && each.index === index)?.reason

  it('say why an index has no meaning for a measure', () => {
    expect(reason('mean-wait', 'erreygers')).toBe('not-a-proportion')
    expect(reason('within-18-weeks', 'erreygers')).toBeUndefined()
    expect(reason('mean-wait', 'atkinson')).toBe('not-a-good')
    expect(reason('within-18-weeks', 'atkinson')).toBeUndefined()
    expect(reason('within-18-weeks', 'kolm')).toBe('not-years')
  })

  it('leave every index either given or refused, once', () => {
    for (const measure of GAP_MEASURES) {
      const given = rows.filter((each) => each.measure === measure && each.date === '2026-01-31').map(({ index }) => index)
      const not = refused.filter((each) => each.measure === measure).map(({ index }) => index)
      expect(new Set([...given, ...not]).size).toBe(given.length + not.length)
      expect(given.length + not.length).toBe(INDEX_KEYS.length - 7)
    }
  })
})

describe('health', () => {
  const { rows } = gapTable(runsOf({ before: [losing([500, 400, 300, 200, 100])] }), MEASURES)

  it('lost is per 1,000 residents', () => {
    expect(row(rows, 'qalys-lost-per-1000-to-date', 'mean-difference-from-best', 'before').mean).toBe(0)
    const end = rows.find(
      ({ measure, index, date }) => measure === 'qalys-lost-per-1000-to-date' && index === 'between-group-standard-deviation' && date === '2028-01-31',
    )
    expect(end?.mean).toBeCloseTo(2 * Math.SQRT2, 10)
  })

  it('of a life is England’s by quintile, less what each resident has lost on and off the list', () => {
    const lives: ValueOf = ({ group, measure, date }) => {
      if (group === 'all') return 0
      return measure === 'qalys-lost-to-date' ? 1000 * Number(group) * date : measure === 'qalys-lost-off-list-to-date' ? 300_000 * date : 0
    }
    const found = gapTable(runsOf({ before: [lives] }), MEASURES).rows.filter(({ measure, index }) => measure === 'healthy-years' && index === 'mean-difference-from-reference')
    // Differences from the least deprived, a mean over all groups: what is lost off the list is the same for all.
    const years = (date: number): number[] => QALE_BY_QUINTILE.map((life, group) => life - (1000 * (group + 1) * date + 300_000 * date) / 100_000)
    for (const [date, { mean }] of found.entries()) {
      const own = years(date)
      expect(Math.abs(mean)).toBeCloseTo(own.reduce((sum, each) => sum + own[4] - each, 0) / 5, 9)
    }
    expect(found).toHaveLength(3)
  })

  it('of a life, less what is lost, has both equally-distributed equivalents', () => {
    expect(row(rows, 'healthy-years', 'atkinson', 'before').mean).toBeGreaterThan(0)
    expect(row(rows, 'healthy-years', 'kolm', 'before').mean).toBeGreaterThan(0)
  })
})

describe('groups without an order', () => {
  const places: DimensionInfo = { ...FIFTHS, id: 'place', ordered: false }

  it('have the indices that need none, the widest difference among them', () => {
    const rows = rowsOf([0.4, 0.7, 0.5, 0.3, 0.6], places)
    expect(row(rows, 'within-18-weeks', 'difference').mean).toBeCloseTo(0.4, 12)
    expect(row(rows, 'within-18-weeks', 'ratio').mean).toBeCloseTo(0.7 / 0.3, 12)
    expect(row(rows, 'within-18-weeks', 'theil').mean).toBeGreaterThan(0)
    expect(rows.some(({ index }) => index.includes('concentration'))).toBe(false)
    expect(rows.some(({ measure }) => measure === 'healthy-years')).toBe(false)
  })

  it('measure levelling up: the worst place raised to the best narrows what its residents could gain', () => {
    const [uneven, level] = [[0.3, 0.6, 0.6, 0.6, 0.6], [0.6, 0.6, 0.6, 0.6, 0.6]].map((values) =>
      row(rowsOf(values, places), 'within-18-weeks', 'population-attributable-risk').mean,
    )
    expect(uneven).toBeCloseTo(0.06, 12)
    expect(level).toBe(0)
  })

  it('are left out where they have no residents, and have no table where fewer than two do', () => {
    const some = (people: readonly number[]): DimensionInfo => ({
      ...places,
      groups: places.groups.map((group, index) => ({ ...group, population: people[index] })),
    })
    const rows = rowsOf([0.4, 0.7, 0.5, 0.3, 0.9], some([1, 1, 1, 1, 0]))
    expect(row(rows, 'within-18-weeks', 'difference').mean).toBeCloseTo(0.4, 12)
    expect(rowsOf(FALLING, some([1, 0, 0, 0, 0]))).toEqual([])
  })

  it('have no table where groups are not of residents, as priority levels are not', () => {
    expect(rowsOf(FALLING, { ...places, ofResidents: false })).toEqual([])
  })
})
