/** Which rows tables hold, by how many systems a study has. */
import { describe, expect, it } from 'vitest'
import type { SeriesKey } from '../../src/measures/types.ts'
import { differenceRows, seriesRows, summaryDates } from '../../src/results/row-plan.ts'
import type { StudyResults } from '../../src/results/types.ts'

const WEEKS = 120
const dates = Array.from({ length: WEEKS + 1 }, (_, week) => new Date(Date.UTC(2026, 0, 31 + 7 * week)).toISOString().slice(0, 10))
/** The start, the first week's ends on or after 31 March of three years, and the end. */
const REPORTING = 5

const key = (parts: Partial<SeriesKey>): SeriesKey => ({ specialty: 'all', stage: 'all', dimension: 'all', group: 'all', measure: 'waiting', ...parts })
const KEYS = [
  key({}),
  key({ dimension: 'deprivation', group: '1' }),
  key({ dimension: 'system', group: 'S1' }),
  key({ dimension: 'system-deprivation', group: 'S1/1' }),
  key({ specialty: 'T_1' }),
  key({ specialty: 'T_1', measure: 'mean-wait' }),
]

/** What the plan reads of results. */
function resultsOf(systems: number): StudyResults {
  const each = (index: number) => ({ kind: 'inline', baseline: { system: { code: `S${index}`, name: `System ${index}` } } })
  return {
    study: { reference: 'none', baseline: { kind: 'systems', systems: Array.from({ length: systems }, (_, index) => each(index)) } },
    catalogue: { keys: KEYS, dates },
    scenarios: [{ id: 'none' }, { id: 'more' }],
  } as unknown as StudyResults
}

const counts = (rows: Iterable<{ readonly scenario: { readonly id: string }; readonly dateIndices: readonly number[] }>): number[] =>
  [...rows].filter(({ scenario }) => scenario.id === 'more').map(({ dateIndices }) => dateIndices.length)

describe('rows of a study of a few systems', () => {
  it('are week by week but for what of a single specialty is neither list nor flow', () => {
    expect(counts(seriesRows(resultsOf(8)))).toEqual([121, 121, 121, 121, 121, REPORTING])
    expect(counts(differenceRows(resultsOf(8)))).toEqual([121, 121, 121, 121, REPORTING, REPORTING])
  })
})

describe('rows of a study of many systems', () => {
  it('are week by week for all of them together, at reporting dates by system, at the end for parts of systems and specialties', () => {
    expect(counts(seriesRows(resultsOf(9)))).toEqual([121, 121, REPORTING, 1, 1, 1])
    expect(counts(differenceRows(resultsOf(9)))).toEqual([121, 121, REPORTING, 1, 1, 1])
  })

  it('hold every series at the end, so that a folder can be read back', () => {
    for (const { dateIndices } of seriesRows(resultsOf(42))) expect(dateIndices.at(-1)).toBe(WEEKS)
  })

  it('are as few in the summary', () => {
    const datesOf = summaryDates(resultsOf(42))
    expect(KEYS.map((each) => datesOf(each).length)).toEqual([REPORTING, REPORTING, REPORTING, 1, 1, 1])
    const few = summaryDates(resultsOf(1))
    expect(KEYS.map((each) => few(each).length)).toEqual([REPORTING, REPORTING, REPORTING, REPORTING, 1, 1])
  })
})
