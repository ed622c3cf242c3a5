import { describe, expect, it } from 'vitest'
import { poissonLimits, standardErrorsOf, wilsonLimits } from '../../../src/measures/indices/standard-errors.ts'

const nothing = { limits: null, standardErrors: null, counts: null }

describe('limits of a count', () => {
  // Exact: chi-squared quantiles ÷ 2, as tabulated by Breslow and Day (1987); Byar's agrees to the digits given.
  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [4, 1.09, 10.24],
    [9, 4.115, 17.085],
  ])('%d events: %d to %d, exactly', (count, lower, upper) => {
    expect(poissonLimits(count).lower).toBeCloseTo(lower, 2)
    expect(poissonLimits(count).upper).toBeCloseTo(upper, 2)
  })

  it('pass from exact to approximate without a jump', () => {
    // Exact limits of 10 events are 4.795 and 18.390.
    expect(poissonLimits(10).lower).toBeCloseTo(4.795, 1)
    expect(poissonLimits(10).upper).toBeCloseTo(18.39, 1)
  })

  it('of people among people stay between 0 and 1', () => {
    expect(wilsonLimits(0, 20).lower).toBeCloseTo(0, 12)
    expect(wilsonLimits(0, 20).upper).toBeCloseTo(0.1611, 4)
    expect(wilsonLimits(20, 20).upper).toBeCloseTo(1, 12)
  })
})

describe('standard errors', () => {
  it('come from limits first, then from standard errors, then from counts', () => {
    const all = { limits: { lower: [1, 1], upper: [3, 3] }, standardErrors: [9, 9], counts: [100, 100] }
    const from = (precision: Parameters<typeof standardErrorsOf>[3]) => standardErrorsOf('rate', [10, 10], [2, 2], precision)
    expect(from(all)?.source).toBe('limits')
    expect(from({ ...all, limits: null })).toEqual({ errors: [9, 9], source: 'standard-errors' })
    expect(from({ ...nothing, counts: [100, 100] })?.source).toBe('counts')
    expect(from(nothing)).toBeNull()
  })

  it('of many events are close to 1 ÷ √count on the log scale', () => {
    const found = standardErrorsOf('rate', [1e5, 1e5], [16, 9], { ...nothing, counts: [1600, 900] })
    expect(found?.errors[0]).toBeCloseTo(1 / 40, 3)
    expect(found?.errors[1]).toBeCloseTo(1 / 30, 3)
  })

  it('of many people are close to 1 ÷ √(n·p·(1 − p)) on the logit scale', () => {
    const found = standardErrorsOf('proportion', [1e4, 1e4], [0.2, 0.5], { ...nothing, counts: [2000, 5000] })
    expect(found?.errors[0]).toBeCloseTo(1 / 40, 4)
    expect(found?.errors[1]).toBeCloseTo(1 / 50, 4)
  })

  it('do not exist at the end of a scale, nor from counts of a continuous value', () => {
    const limits = { lower: [0, 1], upper: [1, 3] }
    expect(standardErrorsOf('rate', [1, 1], [0, 2], { ...nothing, limits })).toBeNull()
    expect(standardErrorsOf('proportion', [9, 9], [0.5, 1], { ...nothing, counts: [4, 9] })).toBeNull()
    expect(standardErrorsOf('continuous', [9, 9], [70, 80], { ...nothing, counts: [4, 9] })).toBeNull()
  })
})
