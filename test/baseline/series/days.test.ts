import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byDayWaited, BAND_OF_DAY_AGE, DAY_AGES, DAY_GRID, dayWeight, monthWeights, START_DAY_WEIGHTS } from '../../../src/baseline/series/days.ts'
import { byBand } from '../../../src/baseline/calibrate/expected-list.ts'
import { BANDS } from '../../../src/baseline/types.ts'

describe('days waited', () => {
  it('counts 18 weeks, 126 days, as within 18 weeks, and the day after as not', () => {
    expect([0, 7, 8, 126, 127, DAY_AGES - 1].map((age) => BAND_OF_DAY_AGE[age])).toEqual([0, 0, 1, 17, 18, 104])
  })

  it("keeps every band's people when it spreads them over days", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: BANDS, maxLength: BANDS }), fc.constantFrom('2024-12', '2025-02', '2025-08'), (counts, month) => {
        const back = byBand(byDayWaited(counts, month, START_DAY_WEIGHTS), DAY_GRID)
        back.forEach((people, band) => expect(people).toBeCloseTo(counts[band], 6))
      }),
      { seed: 1, numRuns: 30 },
    )
  })

  it('starts few clocks on weekends and bank holidays, and fewer than usual between Christmas and New Year', () => {
    const weights = ['2025-01-06', '2025-01-05', '2025-08-25', '2024-12-30'].map((day) => dayWeight(day, START_DAY_WEIGHTS))
    expect(weights[0]).toBe(1)
    expect(Math.max(weights[1], weights[2])).toBeLessThan(0.2)
    expect(weights[3]).toBeGreaterThan(weights[2])
    expect(weights[3]).toBeLessThan(1)
  })

  it('lays a month out by its days', () => {
    expect(monthWeights('2025-02', START_DAY_WEIGHTS)).toHaveLength(28)
  })
})
