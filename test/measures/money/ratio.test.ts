import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanInterval } from '../../../src/measures/interval.ts'
import { normalQuantile } from '../../../src/measures/indices/normal-quantile.ts'
import { priceOf } from '../../../src/measures/money/ratio.ts'
import { uniform53 } from '../../../src/model/elementary.ts'
import { threefry } from '../../../src/model/threefry.ts'

/** A stream of standard normal numbers that is the same every time. */
function normals(seed: number): () => number {
  const words = new Int32Array(2)
  let counter = 0
  return () => {
    threefry(seed, 0x70726963, counter, 0, words)
    counter += 1
    return normalQuantile(uniform53(words[0], words[1]))
  }
}

/** Limits as they are, or drawn towards the value by a share: what a wrong interval would look like. */
function coverage(narrowing: number): { readonly share: number; readonly studies: number } {
  const next = normals(20_261_122)
  const truth = 1000 / 10
  let held = 0
  let studies = 0
  for (let study = 0; study < 6000; study += 1) {
    const common = Array.from({ length: 8 }, next)
    const spend = common.map((each) => 1000 + 150 * (0.6 * each + 0.8 * next()))
    const gain = common.map((each) => 10 + 2.5 * (0.5 * each + 0.866 * next()))
    const { value, lower, upper, reason } = priceOf(spend, gain, 1)
    if (reason !== null) continue
    studies += 1
    const [low, high] = [value - (value - lower) * (1 - narrowing), value + (upper - value) * (1 - narrowing)]
    if (low <= truth && truth <= high) held += 1
  }
  return { share: held / studies, studies }
}

describe('the interval of a price', () => {
  // 6,000 studies: standard error 0.28 points, so that ±1 point is 3.5 of them.
  it('holds the true ratio of means in 95 of 100 studies of eight runs', () => {
    const { share, studies } = coverage(0)
    expect(studies).toBeGreaterThan(5990)
    expect(share).toBeGreaterThan(0.94)
    expect(share).toBeLessThan(0.96)
  })

  it('would be found out by the same test, were it a tenth too narrow', () => {
    expect(coverage(0.1).share).toBeLessThan(0.94)
  })

  it('is the limits of the outcome turned over where spend is known exactly', () => {
    const gain = [11, 9, 10, 14, 12]
    const { mean, lower, upper } = meanInterval(gain)
    const price = priceOf(gain.map(() => 500), gain, 1)
    expect(price.value).toBeCloseTo(500 / mean, 10)
    expect(price.lower).toBeCloseTo(500 / upper, 8)
    expect(price.upper).toBeCloseTo(500 / lower, 8)
  })

  it('is over means of draws where runs of a draw share their parameters', () => {
    const gain = [10, 12, 20, 22, 15, 17]
    const spend = gain.map(() => 100)
    expect(priceOf(spend, gain, 2)).toEqual(priceOf([100, 100, 100], [11, 21, 16], 1))
    expect(priceOf(spend, gain, 2).upper).toBeGreaterThan(priceOf(spend, gain, 1).upper)
  })

  it('scales with pounds and with the outcome', () => {
    const runs = fc.array(fc.record({ x: fc.double({ min: 900, max: 1100, noNaN: true }), y: fc.double({ min: 8, max: 12, noNaN: true }) }), { minLength: 4, maxLength: 12 })
    fc.assert(
      fc.property(runs, (pairs) => {
        const [spend, gain] = [pairs.map(({ x }) => x), pairs.map(({ y }) => y)]
        const price = priceOf(spend, gain, 1)
        fc.pre(price.reason === null)
        const scaled = priceOf(spend.map((x) => 3 * x), gain.map((y) => 2 * y), 1)
        expect(scaled.lower / (1.5 * price.lower)).toBeCloseTo(1, 6)
        expect(scaled.upper / (1.5 * price.upper)).toBeCloseTo(1, 6)
        expect(price.lower).toBeLessThanOrEqual(price.value * (1 + 1e-9))
        expect(price.upper).toBeGreaterThanOrEqual(price.value * (1 - 1e-9))
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('a price', () => {
  it('is given exactly where the interval of the outcome lies above nought', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 15, noNaN: true }), { minLength: 2, maxLength: 10 }), (gain) => {
        const { lower } = meanInterval(gain)
        fc.pre(Math.abs(lower) > 1e-9)
        const { reason, value } = priceOf(gain.map(() => 10), gain, 1)
        expect(reason === null).toBe(lower > 0)
        expect(Number.isFinite(value)).toBe(lower > 0)
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  it.each([
    ['one-run', [100], [5]],
    ['one-run', [100, 100], [5, Number.NaN]],
    ['no-change', [100, 100], [0, 0]],
    ['sign-uncertain', [100, 100, 100], [1, -1, 0.5]],
    ['wrong-way', [100, 100, 100], [-5, -5.1, -4.9]],
    ['no-extra-spend', [0, 0, 0], [5, 5, 6]],
    ['spends-less', [-10, -11, -12], [5, 5, 6]],
  ])('is refused with the reason: %s', (reason, spend, gain) => {
    expect(priceOf(spend, gain, 1)).toEqual({ value: Number.NaN, lower: Number.NaN, upper: Number.NaN, reason })
  })
})
