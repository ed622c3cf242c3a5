import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitToAnchors } from '../../../src/baseline/gradients/fit.ts'

/** A gentle curve, as gaps are in gradients. */
const curved = ([a, b]: readonly number[]): number[] => [a + 0.1 * a * b, 2 * b - 0.2 * a]

describe('fitting a few unknowns to a few anchors', () => {
  it('recovers what made the anchors, where they are exact and tell the unknowns apart', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), (a, b) => {
        const anchors = curved([a, b]).map((mean) => ({ mean, sd: 1e-5 }))
        const fit = fitToAnchors({ priors: [{ mean: 0, sd: 2 }, { mean: 0, sd: 2 }], anchors, predict: curved })
        expect(fit.values[0]).toBeCloseTo(a, 2)
        expect(fit.values[1]).toBeCloseTo(b, 2)
        for (const left of fit.spreadLeft) expect(left).toBeLessThan(0.01)
      }),
    )
  })

  it('agrees with the closed form for one number seen once: precisions add, means are weighted by them', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 5, noNaN: true }), fc.double({ min: 0.1, max: 5, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (priorSd, anchorSd, seen) => {
        const fit = fitToAnchors({ priors: [{ mean: 1, sd: priorSd }], anchors: [{ mean: seen, sd: anchorSd }], predict: ([value]) => [value] })
        const precision = 1 / priorSd ** 2 + 1 / anchorSd ** 2
        expect(fit.covariance[0][0]).toBeCloseTo(1 / precision, 8)
        expect(fit.values[0]).toBeCloseTo((1 / priorSd ** 2 + seen / anchorSd ** 2) / precision, 8)
      }),
    )
  })

  it('says that an unknown which the anchors do not depend on keeps its prior, whole', () => {
    const fit = fitToAnchors({ priors: [{ mean: 0, sd: 1 }, { mean: 3, sd: 0.7 }], anchors: [{ mean: 1, sd: 0.1 }], predict: ([a]) => [a] })
    expect(fit.values[1]).toBe(3)
    expect(fit.spreadLeft[1]).toBeCloseTo(1, 10)
    expect(fit.spreadLeft[0]).toBeLessThan(0.11)
  })

  it('ties two unknowns of which only the sum is seen, and narrows neither by itself', () => {
    const fit = fitToAnchors({ priors: [{ mean: 0, sd: 1 }, { mean: 0, sd: 1 }], anchors: [{ mean: 1, sd: 0.01 }], predict: ([a, b]) => [a + b] })
    expect(fit.values).toEqual([expect.closeTo(0.5, 3), expect.closeTo(0.5, 3)])
    expect(fit.covariance[0][1] / fit.covariance[0][0]).toBeLessThan(-0.99)
    for (const left of fit.spreadLeft) expect(left).toBeCloseTo(Math.SQRT1_2, 3)
  })

  it('comes within a hundredth of the prior\'s spread where the model bends', () => {
    const fit = fitToAnchors({ priors: [{ mean: 0, sd: 3 }], anchors: [{ mean: 2, sd: 0.01 }], predict: ([x]) => [Math.exp(x)] })
    expect(Math.abs(fit.values[0] - Math.LN2)).toBeLessThan(0.03)
  })
})
