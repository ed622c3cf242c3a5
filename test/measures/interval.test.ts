import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confidenceInterval, meanInterval, meanOverDraws, studentTQuantile, wilsonInterval } from '../../src/measures/interval.ts'

describe("Student's t quantile", () => {
  // R 4.3: print(qt(p, df), digits = 10).
  it.each([
    [0.975, 1, 12.7062047362],
    [0.975, 2, 4.302652729749],
    [0.975, 3, 3.182446305284],
    [0.975, 4, 2.776445105198],
    [0.975, 9, 2.262157162741],
    [0.975, 10, 2.228138851965],
    [0.975, 19, 2.093024054408],
    [0.975, 30, 2.042272456301],
    [0.975, 120, 1.979930405082],
    [0.95, 5, 2.015048372669],
    [0.995, 10, 3.169272672617],
    [0.9995, 2, 31.59905457644],
  ])('matches published values at probability %d with %d degrees of freedom', (probability, degrees, expected) => {
    expect(Math.abs(studentTQuantile(probability, degrees) / expected - 1)).toBeLessThan(1e-9)
  })

  it('tends to the normal quantile for many runs', () => {
    expect(studentTQuantile(0.975, 100_000)).toBeCloseTo(1.959964, 4)
  })

  it('has closed forms at one and two degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
        const cauchy = Math.tan(Math.PI * (p - 0.5))
        const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p))
        expect(Math.abs(studentTQuantile(p, 1) - cauchy)).toBeLessThan(1e-9 * (1 + Math.abs(cauchy)))
        expect(Math.abs(studentTQuantile(p, 2) - two)).toBeLessThan(1e-9 * (1 + Math.abs(two)))
      }),
      { seed: 1 },
    )
  })

  it('is odd around one half, and narrows as degrees of freedom grow', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.501, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 200 }), (p, degrees) => {
        expect(studentTQuantile(1 - p, degrees)).toBeCloseTo(-studentTQuantile(p, degrees), 8)
        expect(studentTQuantile(p, degrees + 1)).toBeLessThan(studentTQuantile(p, degrees))
      }),
      { seed: 2 },
    )
    expect(studentTQuantile(0.5, 7)).toBe(0)
  })
})

describe('the interval of a mean', () => {
  it('is mean ± t × sd ÷ √n', () => {
    const { lower, upper } = confidenceInterval(100, 10, 20)
    expect(lower).toBeCloseTo(100 - (2.093024054408 * 10) / Math.sqrt(20), 9)
    expect(upper).toBeCloseTo(100 + (2.093024054408 * 10) / Math.sqrt(20), 9)
  })

  it('takes another level', () => {
    expect(confidenceInterval(0, 1, 11, 0.99).upper).toBeCloseTo(3.169272672617 / Math.sqrt(11), 9)
    expect(confidenceInterval(0, 1, 11, 0.95).upper).toBeCloseTo(2.228138851965 / Math.sqrt(11), 9)
  })

  it('has no limits with one run or none', () => {
    expect(confidenceInterval(3, 0, 1)).toEqual({ lower: Number.NaN, upper: Number.NaN })
    expect(confidenceInterval(Number.NaN, Number.NaN, 0)).toEqual({ lower: Number.NaN, upper: Number.NaN })
  })

  it('closes on the mean where all runs agree', () => {
    expect(confidenceInterval(0.1, 0, 20)).toEqual({ lower: 0.1, upper: 0.1 })
  })
})

describe('the interval of a probability', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is as published for %d in %d', (successes, n, lower, upper) => {
    const interval = wilsonInterval(successes, n)
    expect(interval.lower).toBeCloseTo(lower, 4)
    expect(interval.upper).toBeCloseTo(upper, 4)
  })

  it('lies within 0 and 1, holds the share, and mirrors when success and failure change places', () => {
    const counts = fc.integer({ min: 1, max: 10_000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
    fc.assert(
      fc.property(counts, ([successes, n]) => {
        const { lower, upper } = wilsonInterval(successes, n)
        const mirrored = wilsonInterval(n - successes, n)
        expect(0 <= lower && lower <= successes / n && successes / n <= upper && upper <= 1).toBe(true)
        expect(upper - lower).toBeGreaterThan(0)
        expect(mirrored.lower).toBeCloseTo(1 - upper, 12)
      }),
      { seed: 5 },
    )
  })

  it('has no limits without runs', () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: Number.NaN, upper: Number.NaN })
  })
})

describe('the mean over draws', () => {
  it('counts draws, and leaves out a draw without a value', () => {
    const nan = Number.NaN
    expect(meanOverDraws([1, 3, 10, nan, nan, nan], 2)).toEqual(meanInterval([2, 10]))
    expect(meanOverDraws([1, 3, 10], 1)).toEqual(meanInterval([1, 3, 10]))
  })
})
