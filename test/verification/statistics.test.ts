import { describe, expect, it } from 'vitest'
import { ALPHA, binomial, chiSquareUpper, goodnessOfFit, mean, poisson, power, tally, variance } from './statistics.ts'

describe('the statistics of verification', () => {
  it('agree with printed tables of χ²', () => {
    expect(chiSquareUpper(3.841, 1)).toBeCloseTo(0.05, 4)
    expect(chiSquareUpper(18.307, 10)).toBeCloseTo(0.05, 4)
    expect(chiSquareUpper(149.449, 100)).toBeCloseTo(0.001, 5)
    expect(chiSquareUpper(61.9179, 100)).toBeCloseTo(0.999, 5)
  })

  it('take a misfit for one, however large', () => {
    for (const chiSquare of [800, 5e4, 1e9]) expect(chiSquareUpper(chiSquare, 300)).toBeLessThan(1e-40)
    expect(goodnessOfFit([90_000, 10_000], [0.5, 0.5]).p).toBeLessThan(1e-100)
  })

  it('give probabilities that sum to one and have the right mean', () => {
    for (const [probabilities, expected] of [[poisson(7, 60), 7], [binomial(30, 0.2), 6]] as const) {
      expect(probabilities.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 10)
      expect(probabilities.reduce((total, value, n) => total + n * value, 0)).toBeCloseTo(expected, 8)
    }
  })

  it('accept counts in proportion, and reject counts that are not', () => {
    expect(goodnessOfFit([500, 300, 200], [0.5, 0.3, 0.2]).p).toBeCloseTo(1, 10)
    expect(goodnessOfFit([400, 400, 200], [0.5, 0.3, 0.2]).p).toBeLessThan(1e-6)
  })

  it('give the power of a test: the rate of false alarms against itself, 1 against what is far off', () => {
    const even = [0.25, 0.25, 0.25, 0.25]
    expect(power(even, [0.25, 0.25, 0.25 + 1e-9, 0.25 - 1e-9], 1000)).toBeCloseTo(ALPHA, 5)
    expect(power(even, [0.4, 0.2, 0.2, 0.2], 1000)).toBeGreaterThan(0.9999)
    // Noncentrality 10 on 3 degrees of freedom; SciPy's ncx2 gives 0.27826.
    expect(power(even, [0.3, 0.2, 0.25, 0.25], 500)).toBeCloseTo(0.27826, 4)
  })

  it('count, average and spread', () => {
    expect(tally([0, 1, 1, 9], 3)).toEqual([1, 2, 0, 1])
    expect(mean([1, 2, 6])).toBe(3)
    expect(variance([1, 2, 6])).toBe(7)
  })
})
