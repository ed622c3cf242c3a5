import { describe, expect, it } from 'vitest'
import { median, standardErrorsApart, timingOf } from '../../bench/statistics.ts'

describe('the statistics of benchmarks', () => {
  it('take the middle repeat, or the mean of the two in the middle', () => {
    expect(median([5, 1, 9])).toBe(5)
    expect(median([4, 1, 9, 6])).toBe(5)
    expect(timingOf([3, 1, 2])).toEqual({ median: 2, least: 1, greatest: 3, repeats: 3 })
  })

  it('say how many standard errors apart two samples are', () => {
    // Means 2 and 5, variances 1 and 1, three of each: 3 ÷ √(2/3).
    expect(standardErrorsApart([4, 5, 6], [1, 2, 3])).toBeCloseTo(3 / Math.sqrt(2 / 3), 12)
  })

  it('call samples without spread equal where they are, and infinitely far apart where they are not', () => {
    expect(standardErrorsApart([7, 7], [7, 7])).toBe(0)
    expect(standardErrorsApart([8, 8], [7, 7])).toBe(Infinity)
  })
})
