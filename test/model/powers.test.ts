import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arctangent, expm1, exponential, log1p, logarithm, power } from '../../src/model/powers.ts'

const near = (value: number, exact: number, tolerance: number): void => {
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(tolerance * Math.abs(exact))
}

describe('powers from arithmetic alone', () => {
  it('log1p and expm1 keep their digits near 0, where 1 + x rounds them away', () => {
    fc.assert(
      fc.property(fc.double({ min: -18, max: -0.01, noNaN: true }), fc.boolean(), (digits, negative) => {
        const x = (negative ? -1 : 1) * 10 ** digits
        near(log1p(x), Math.log1p(x), 1e-15)
        near(expm1(x), Math.expm1(x), 1e-15)
      }),
      { seed: 21, numRuns: 3000 },
    )
    expect([log1p(0), expm1(0)]).toEqual([0, 0])
    expect([log1p(-1), log1p(-2)]).toEqual([Number.NEGATIVE_INFINITY, Number.NaN])
    expect([expm1(-800), expm1(800), expm1(Number.NaN)]).toEqual([-1, Number.POSITIVE_INFINITY, Number.NaN])
  })

  it('exponential and logarithm are within 3e-16 of the engine’s, and take every number', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => near(exponential(x), Math.exp(x), 3e-16)),
      { seed: 24, numRuns: 3000 },
    )
    expect([0, -800, 800, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN].map(exponential)).toEqual([1, 0, Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, Number.NaN])
    expect([1, 0, -1, Number.POSITIVE_INFINITY, Number.NaN].map(logarithm)).toEqual([0, Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN])
  })

  it('power is within 1e-13 of the engine’s, and exact at 0 and 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), fc.double({ min: -30, max: 30, noNaN: true }), (digits, exponent) => {
        near(power(10 ** digits, exponent), (10 ** digits) ** exponent, 1e-13)
      }),
      { seed: 22, numRuns: 3000 },
    )
    for (const exponent of [-11, -0.5, 0, 0.5, 11]) expect(power(1, exponent)).toBe(1)
    expect([-2, -0.5, 0, 0.5, 2].map((exponent) => power(Number.POSITIVE_INFINITY, exponent))).toEqual([0, 0, 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
    expect([power(0, 2), power(0, 0), power(0, -1), power(-1, 2), power(3, 0)]).toEqual([0, 1, Number.POSITIVE_INFINITY, Number.NaN, 1])
  })

  it('the arctangent is within 1e-15 of the engine’s, either side of 0', () => {
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), fc.boolean(), (digits, negative) => {
        const x = (negative ? -1 : 1) * 10 ** digits
        near(arctangent(x), Math.atan(x), 1e-15)
      }),
      { seed: 23, numRuns: 3000 },
    )
    expect([arctangent(0), arctangent(Number.POSITIVE_INFINITY)]).toEqual([0, Math.PI / 2])
  })
})
