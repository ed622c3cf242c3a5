import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallLists, type Protection } from '../../src/measures/small-lists.ts'
import type { SeriesCatalogue, SeriesKey } from '../../src/measures/types.ts'

const key = (dimension: string, group: string, measure: string, specialty = 'all', stage = 'all'): SeriesKey => ({
  specialty,
  stage,
  dimension,
  group,
  measure,
})

const KEYS: readonly SeriesKey[] = [
  key('all', 'all', 'waiting'),
  key('deprivation', '1', 'waiting'),
  key('system', 'A', 'waiting'),
  key('ethnicity', 'asian', 'waiting'),
  key('ethnicity', 'asian', 'waiting', 'all', 'admission'),
  key('ethnicity', 'asian', 'mean-wait'),
  key('ethnicity', 'white', 'waiting'),
  key('ethnicity', 'gap', 'slope-index:mean-wait'),
  key('ethnicity', 'asian', 'waiting', 'C_110'),
  key('ethnicity', 'gap', 'slope-index:mean-wait', 'C_110'),
  key('deprivation-ethnicity', '1/asian', 'waiting'),
  key('deprivation-ethnicity', '1/asian', 'mean-wait'),
]
const CATALOGUE: SeriesCatalogue = { keys: KEYS, dimensions: [], dates: ['2026-02-01', '2026-02-08'] }
const ETHNICITY = { id: 'ethnicity', title: 'Ethnicity', ordered: false, groups: [], residents: [], clockStarts: [], list: [] }
const STUDY: Protection = { dimensions: [ETHNICITY], smallNumbers: 10 }

/** 500 everywhere but in one series at the second date, where there is one too few. */
function fewIn(series: SeriesKey, people = 9): Float64Array {
  const values = new Float64Array(KEYS.length * 2).fill(500)
  values[KEYS.indexOf(series) * 2 + 1] = people
  return values
}

/** Series that tell of a small list, by date. */
function told(values: Float64Array, study = STUDY): SeriesKey[][] {
  const small = smallLists(CATALOGUE, study)
  return [0, 1].map((date) => KEYS.filter((_, series) => small.isSmall(series, date, values)))
}

describe('lists too small to be told', () => {
  it('are told of by every series of their group and by gaps across it, in their specialty, at their date', () => {
    expect(told(fewIn(KEYS[3]))).toEqual([[], [KEYS[3], KEYS[4], KEYS[5], KEYS[7]]])
    expect(told(fewIn(KEYS[8]))).toEqual([[], [KEYS[8], KEYS[9]]])
  })

  it('are those over all stages: few at one stage, and few of something else, are not a small list', () => {
    for (const other of [KEYS[4], KEYS[5], KEYS[11]]) {
      expect(told(fewIn(other))).toEqual([[], []])
      expect(smallLists(CATALOGUE, STUDY).areIn(fewIn(other))).toBe(false)
    }
  })

  it('count in the crossing with deprivation by themselves', () => {
    expect(told(fewIn(KEYS[10]))).toEqual([[], [KEYS[10], KEYS[11]]])
  })

  it('are of further dimensions alone: everybody, deprivation and systems are told whatever their size', () => {
    const small = smallLists(CATALOGUE, STUDY)
    expect(KEYS.map((_, series) => small.protects(series))).toEqual(KEYS.map(({ dimension }) => dimension.endsWith('ethnicity')))
    for (const everybody of KEYS.slice(0, 3)) {
      expect(told(fewIn(everybody))).toEqual([[], []])
      expect(small.areIn(fewIn(everybody))).toBe(false)
    }
  })

  it('have fewer people than the limit, not just as many', () => {
    expect(told(fewIn(KEYS[3], 10))).toEqual([[], []])
    expect(smallLists(CATALOGUE, STUDY).areIn(fewIn(KEYS[3], 10))).toBe(false)
  })

  it('are nobody where a study has no limit or no further dimension', () => {
    for (const study of [{ ...STUDY, smallNumbers: 0 }, { ...STUDY, dimensions: [] }]) {
      expect(told(fewIn(KEYS[3]), study)).toEqual([[], []])
      expect(KEYS.some((_, series) => smallLists(CATALOGUE, study).protects(series))).toBe(false)
      expect(smallLists(CATALOGUE, study).areIn(fewIn(KEYS[3]))).toBe(false)
    }
  })

  it('are in a run just where some series tells of one', () => {
    const small = smallLists(CATALOGUE, STUDY)
    const runs = fc.array(fc.integer({ min: 7, max: 40 }), { minLength: KEYS.length * 2, maxLength: KEYS.length * 2 })
    fc.assert(
      fc.property(runs, (run) => {
        const values = Float64Array.from(run)
        expect(small.areIn(values)).toBe(told(values).flat().length > 0)
      }),
    )
  })
})
