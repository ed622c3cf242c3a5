import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../src/report/reader.ts'
import { gapMove, verdictOf } from '../../../src/app/screen/sentences.ts'

const estimate = (difference: number, lower: number, upper: number): Estimate => ({
  mean: 1,
  lower: 0.9,
  upper: 1.1,
  difference,
  differenceLower: lower,
  differenceUpper: upper,
})

describe('what is said of a difference', () => {
  it('is never more than "no clear difference" where the interval holds nought', () => {
    const size = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(size, size, fc.double({ min: -1, max: 1, noNaN: true }), (below, above, at) => {
        const difference = at < 0 ? below * at : above * at
        expect(['no clear difference', 'no difference']).toContain(verdictOf(estimate(difference, -below, above), false))
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('is its direction where the interval leaves nought out', () => {
    expect(verdictOf(estimate(2, 1, 3), false)).toBe('higher')
    expect(verdictOf(estimate(-2, -3, -1), false)).toBe('lower')
  })

  it('says nothing of chance after one run', () => {
    expect(verdictOf(estimate(2, Number.NaN, Number.NaN), false)).toBe('no interval')
  })

  it('is that there is none, where every run agrees', () => {
    expect(verdictOf(estimate(0, 0, 0), false)).toBe('no difference')
  })
})

describe('a gap', () => {
  it('narrows towards nought from either side, widens away from it, and turns round beyond it', () => {
    expect([gapMove(-1, -2), gapMove(1, 2), gapMove(-3, -2), gapMove(3, 2), gapMove(1, -2)]).toEqual([
      'narrows',
      'narrows',
      'widens',
      'widens',
      'reverses',
    ])
  })
})
