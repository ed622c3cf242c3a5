import { describe, expect, it } from 'vitest'
import { frailtyFactors, gammaDistribution, gammaQuantile, lnGamma } from '../../../src/model/compile/frailty.ts'

describe('the gamma distribution', () => {
  it('has ln Γ of factorials and of halves', () => {
    let factorial = 1
    for (let n = 1; n < 20; n++) {
      expect(lnGamma(n)).toBeCloseTo(Math.log(factorial), 11)
      factorial *= n
    }
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 11)
    expect(lnGamma(100.5)).toBeCloseTo(361.4355404678, 8)
  })

  it('is exponential at shape 1 and Erlang at shape 3, on both sides of its mean', () => {
    for (const x of [1e-6, 0.1, 0.9, 1.1, 2, 5, 12, 30]) {
      expect(gammaDistribution(1, x)).toBeCloseTo(1 - Math.exp(-x), 12)
      expect(gammaDistribution(3, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 12)
    }
  })

  it('has quantiles that invert it, from very skewed to nearly normal', () => {
    for (const shape of [0.1, 0.5, 1, 4, 100, 10_000]) {
      for (const probability of [1 / 256, 0.25, 0.5, 0.9, 255 / 256]) {
        expect(gammaDistribution(shape, gammaQuantile(shape, probability))).toBeCloseTo(probability, 10)
      }
    }
  })
})

describe('frailty', () => {
  it.each([0.01, 0.25, 1, 2, 10])('of variance %d rises over its 256 classes and has mean 1', (variance) => {
    const factors = frailtyFactors(variance)
    expect(factors).toHaveLength(256)
    const values = [...(factors ?? [])]
    expect(values.reduce((total, value) => total + value, 0) / 256).toBeCloseTo(1, 13)
    values.slice(1).forEach((value, index) => expect(value).toBeGreaterThanOrEqual(values[index]))
    // Classes hold the means of their parts: what is lost is the spread within them, all but the last of which are narrow.
    const spread = values.reduce((total, value) => total + (value - 1) ** 2, 0) / 256
    expect(spread).toBeLessThan(variance)
    expect(spread).toBeGreaterThan(0.9 * variance)
  })

  it('at variance 1 is exponential: each class has the closed-form mean of its part', () => {
    const factors = frailtyFactors(1)
    // ∫ x e^−x over (a, b) = (a + 1) e^−a − (b + 1) e^−b, and e^−a is 1 − the probability below a.
    const upTo = (k: number): number => (k === 256 ? 0 : (1 - Math.log(1 - k / 256)) * (1 - k / 256))
    factors?.forEach((factor, byte) => expect(factor).toBeCloseTo(256 * (upTo(byte) - upTo(byte + 1)), 9))
  })

  it('is null where everybody is alike', () => {
    expect(frailtyFactors(0)).toBeNull()
  })
})
