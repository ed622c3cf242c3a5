import { describe, expect, it } from 'vitest'
import { reportingDateIndices } from '../../src/measures/reporting-dates.ts'
import { meanWaitWeeks, percentileWaitWeeks, shareOver, shareWithinStandard } from '../../src/measures/waits.ts'

describe('waits at a tie', () => {
  it('a percentile that a band holds exactly is that band’s upper end, not the next wait that somebody has', () => {
    expect(percentileWaitWeeks([1, 0, 0, 1, 0], 2, 0.5)).toBe(1)
    expect(percentileWaitWeeks([2, 1, 1, 0], 4, 0.5)).toBe(1)
    expect(percentileWaitWeeks([0, 4, 0, 0, 4, 0], 8, 0.5)).toBe(2)
  })

  it('nobody has no wait, whatever the bands of an empty list hold', () => {
    const leftover = [0, 0, 5]
    expect([shareWithinStandard(leftover, 0), shareOver(leftover, 0, 1), meanWaitWeeks(leftover, 0), percentileWaitWeeks(leftover, 0, 0.5)]).toEqual([NaN, NaN, NaN, NaN])
  })
})

describe('reporting dates at a year’s end', () => {
  it('include the 31 March of the last year, and of a year of which no other day is in it', () => {
    expect(reportingDateIndices(['2026-12-26', '2027-01-02', '2027-04-03', '2027-04-10'])).toEqual([0, 2, 3])
    expect(reportingDateIndices(['2026-03-30', '2026-03-31', '2026-04-07'])).toEqual([0, 1, 2])
    expect(reportingDateIndices(['2026-03-24', '2026-03-31', '2026-04-07', '2027-03-30', '2027-03-31'])).toEqual([0, 1, 4])
  })

  it('leave out a year’s end before the start: the first row after it is no year’s end', () => {
    expect(reportingDateIndices(['2026-04-01', '2026-04-08', '2026-04-15'])).toEqual([0, 2])
  })
})
