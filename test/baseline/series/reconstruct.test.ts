import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandsThrough } from '../../../src/baseline/series/reconstruct.ts'
import { totalOf } from '../../../src/baseline/series/types.ts'

describe('bands through points of a distribution', () => {
  it('hold everybody, nobody negative, and agree with every point that the others do not contradict', () => {
    const point = fc.record({ weeks: fc.integer({ min: 1, max: 103 }), beyond: fc.double({ min: 0.001, max: 0.99, noNaN: true }) })
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 8_000_000 }), fc.array(point, { minLength: 1, maxLength: 6 }), (people, points) => {
        const bands = bandsThrough(people, points)
        expect(totalOf(bands) / people).toBeCloseTo(1, 9)
        expect(Math.min(...bands)).toBeGreaterThanOrEqual(0)
        const [first] = points.toSorted((a, b) => a.weeks - b.weeks)
        expect(totalOf(bands.subarray(first.weeks)) / people).toBeCloseTo(Math.max(first.beyond, 0.5 / people), 9)
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('agree with all points of England in January 2026: within 18 weeks, over 52, the median', () => {
    const bands = bandsThrough(7_155_958, [{ weeks: 18, beyond: 0.3857 }, { weeks: 52, beyond: 0.0187 }, { weeks: 13.62, beyond: 0.5 }, { weeks: 40.35, beyond: 0.08 }])
    expect(totalOf(bands.subarray(0, 18)) / 7_155_958).toBeCloseTo(0.6143, 6)
    expect(totalOf(bands.subarray(52)) / 7_155_958).toBeCloseTo(0.0187, 6)
    expect(totalOf(bands.subarray(0, 13)) / 7_155_958).toBeLessThan(0.5)
    expect(totalOf(bands.subarray(0, 14)) / 7_155_958).toBeGreaterThan(0.5)
  })

  it('are empty where nobody waits', () => {
    expect(totalOf(bandsThrough(0, [{ weeks: 18, beyond: 0.4 }]))).toBe(0)
  })
})
