import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diminishing, saturating, saturatingTogether, shareReached } from '../../../src/investment/levers/curves.ts'

const amount = fc.double({ min: 0, max: 1e6, noNaN: true })
const scale = fc.double({ min: 0.01, max: 1e4, noNaN: true })

describe('the curves of return', () => {
  it('diminishing returns start at one for one and are at half at half saturation', () => {
    const slope = (x: number): number => (diminishing(x + 1e-6, 2) - diminishing(x, 2)) / 1e-6
    expect(slope(0)).toBeCloseTo(1, 5)
    expect(slope(2)).toBeCloseTo(0.5, 5)
    fc.assert(
      fc.property(amount, scale, (x, half) => {
        expect(diminishing(x, half)).toBeLessThanOrEqual(x * (1 + 1e-12) + 1e-12)
        expect(diminishing(2 * x, half)).toBeLessThanOrEqual(2 * diminishing(x, half) * (1 + 1e-12) + 1e-12)
      }),
      { seed: 123 },
    )
  })

  it('saturating returns never pass their cap, nor the amount', () => {
    fc.assert(
      fc.property(amount, scale, (x, cap) => {
        expect(saturating(x, cap)).toBeLessThanOrEqual(Math.min(x, cap) * (1 + 1e-9) + 1e-12)
      }),
      { seed: 124 },
    )
    expect(saturating(5, 0)).toBe(0)
  })

  it('parts with one cap reach what one part with all the units reaches', () => {
    fc.assert(
      fc.property(amount, amount, scale, (x, y, cap) => {
        expect(saturatingTogether([{ units: x, cap }, { units: y, cap }])).toBeCloseTo(saturating(x + y, cap), 6)
      }),
      { seed: 125 },
    )
  })

  it('parts with caps of their own reach no more than the highest, never less for more of one, and the same in any order', () => {
    fc.assert(
      fc.property(amount, amount, scale, scale, amount, (x, y, capX, capY, more) => {
        const of = (units: number): number => saturatingTogether([{ units, cap: capX }, { units: y, cap: capY }])
        expect(of(x)).toBeLessThanOrEqual(Math.max(capX, capY) * (1 + 1e-9))
        expect(of(x + more)).toBeGreaterThanOrEqual(of(x) * (1 - 1e-9))
        expect(saturatingTogether([{ units: y, cap: capY }, { units: x, cap: capX }])).toBe(of(x))
      }),
      { seed: 126, numRuns: 300 },
    )
  })

  it('contacts made at random reach 1 − 1/e of people with one each, and never more than all', () => {
    expect(shareReached(40, 40)).toBeCloseTo(1 - Math.exp(-1), 12)
    expect(shareReached(1e9, 1)).toBe(1)
    expect(shareReached(5, 0)).toBe(0)
  })
})
