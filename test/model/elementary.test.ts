import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, ln, poissonQuantile, uniform, uniform53, unitExponential } from '../../src/model/elementary.ts'

const relativeError = (value: number, exact: number): number => Math.abs(value - exact) / Math.abs(exact)
const unit = fc.double({ min: 2 ** -53, max: 1 - 2 ** -53, noNaN: true })

/** P(N ≤ k) of a Poisson count, summed from the top down in logarithms: another way than the kernel's. */
function poissonCumulative(k: number, mean: number): number {
  let total = 0
  for (let n = k; n >= 0; n--) {
    let logarithm = -mean + n * Math.log(mean)
    for (let factor = 2; factor <= n; factor++) logarithm -= Math.log(factor)
    total += Math.exp(logarithm)
  }
  return total
}

describe('logarithm and exponential', () => {
  it('ln is within 3e-16 of Math.log, relative to the larger of it and 1e-3', () => {
    fc.assert(
      fc.property(fc.double({ min: -44, max: 43, noNaN: true }), (power) => {
        const x = Math.exp(power)
        expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(3e-16 * Math.max(Math.abs(Math.log(x)), 1e-3))
      }),
      { seed: 12, numRuns: 3000 },
    )
    expect(ln(1)).toBe(0)
  })

  it('exp is within 1e-13 of Math.exp to ±700, and within 1e-15 to ±1', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(relativeError(exp(x), Math.exp(x))).toBeLessThan(1e-13)
        expect(relativeError(exp(x / 700), Math.exp(x / 700))).toBeLessThan(1e-15)
      }),
      { seed: 13, numRuns: 3000 },
    )
    expect(exp(0)).toBe(1)
    expect(exp(-701)).toBe(0)
  })
})

describe('numbers from random words', () => {
  const word = fc.integer({ min: -0x80000000, max: 0x7fffffff })

  it('a unit-exponential threshold is −ln of the uniform number of the same word', () => {
    const atMost = 4e-15
    fc.assert(
      fc.property(word, (bits) => {
        expect(Math.abs(unitExponential(bits) + Math.log(uniform(bits)))).toBeLessThan(atMost)
      }),
      { seed: 14, numRuns: 3000 },
    )
    for (const bits of [0, 1, -1, 0x7fffffff, -0x80000000]) {
      expect(Math.abs(unitExponential(bits) + Math.log(uniform(bits)))).toBeLessThan(atMost)
      expect(unitExponential(bits)).toBeGreaterThan(0)
    }
  })

  it('uniform numbers lie strictly between 0 and 1 and rise with their word', () => {
    for (const value of [uniform(0), uniform(-1), uniform53(0, 0), uniform53(-1, -0x1000)]) {
      expect(value).toBeGreaterThan(0)
      expect(value).toBeLessThan(1)
    }
    fc.assert(
      fc.property(word, word, word, (a, b, low) => {
        if (a >>> 0 >= b >>> 0) return
        expect(uniform(a)).toBeLessThan(uniform(b))
        expect(uniform53(a, low)).toBeLessThan(uniform53(b, low))
      }),
      { seed: 15 },
    )
  })
})

describe('the Poisson quantile', () => {
  it('is the least count whose summed probability reaches u', () => {
    fc.assert(
      fc.property(unit, fc.double({ min: 0.001, max: 60, noNaN: true }), (u, mean) => {
        const count = poissonQuantile(u, mean)
        // The two sums agree to 1e-12; a u closer than that to a step of the distribution may fall either side.
        expect(poissonCumulative(count, mean)).toBeGreaterThan(u - 1e-12)
        expect(poissonCumulative(count - 1, mean)).toBeLessThan(u + 1e-12)
      }),
      { seed: 16, numRuns: 400 },
    )
  })

  it('never falls as u or the mean rises', () => {
    const mean = fc.double({ min: 0, max: 50_000, noNaN: true })
    fc.assert(
      fc.property(unit, unit, mean, mean, (u, v, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(poissonQuantile(Math.min(u, v), one)).toBeLessThanOrEqual(poissonQuantile(Math.max(u, v), one))
        expect(poissonQuantile(u, low)).toBeLessThanOrEqual(poissonQuantile(u, high))
      }),
      { seed: 17, numRuns: 400 },
    )
  })

  it('has the mean and variance of a Poisson count over an even grid of u, for small and large means', () => {
    const points = 20_000
    for (const mean of [0.2, 3, 140, 9_000]) {
      let total = 0
      let squares = 0
      for (let point = 0; point < points; point++) {
        const excess = poissonQuantile((point + 0.5) / points, mean) - mean
        total += excess
        squares += excess * excess
      }
      expect(Math.abs(total / points)).toBeLessThan(0.002 * Math.sqrt(mean))
      expect(relativeError(squares / points, mean)).toBeLessThan(0.005)
    }
  })

  it('gives nobody where nobody is expected', () => {
    expect(poissonQuantile(0.999999, 0)).toBe(0)
  })
})
