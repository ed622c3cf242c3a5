import { describe, expect, it } from 'vitest'
import { reportingDateIndices } from '../../src/measures/reporting-dates.ts'
import { weeklyDates } from './synthetic.ts'

describe('reporting dates', () => {
  it('are the start, each 31 March or the first row after it, and the end', () => {
    const dates = weeklyDates(261)
    const picked = reportingDateIndices(dates).map((index) => dates[index])
    expect(picked).toEqual([
      '2026-01-31',
      '2026-04-04',
      '2027-04-03',
      '2028-04-01',
      '2029-03-31',
      '2030-04-06',
      '2031-01-25',
    ])
  })

  it('are not repeated where the start or the end is itself a year end', () => {
    expect(reportingDateIndices(['2026-03-31', '2026-04-07'])).toEqual([0, 1])
    expect(reportingDateIndices(['2026-03-24', '2026-03-31'])).toEqual([0, 1])
    expect(reportingDateIndices(['2026-03-24'])).toEqual([0])
  })

  it('leave out a year end that the horizon does not reach', () => {
    expect(reportingDateIndices(['2026-04-04', '2026-04-11', '2026-04-18'])).toEqual([0, 2])
  })
})
