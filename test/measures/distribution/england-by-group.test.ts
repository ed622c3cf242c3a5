/** England's values by quintile, read for the groups that a study has. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byGroup, OPPORTUNITY_COST_BY_QUINTILE, opportunityCostShares, QALE_BY_QUINTILE } from '../../../src/measures/distribution/assumptions.ts'

const closeTo = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 12) as number)

describe('values of quintiles', () => {
  it('are themselves, to the bit, where a study has five groups', () => {
    expect(byGroup(QALE_BY_QUINTILE, 5)).toEqual(QALE_BY_QUINTILE)
    expect(byGroup(OPPORTUNITY_COST_BY_QUINTILE, 5)).toEqual(OPPORTUNITY_COST_BY_QUINTILE)
    // Differences of these do not come out even: a line through them would miss the last by a hair.
    const uneven = [0.1, 0.3, 0.7, 0.2, 0.9]
    expect(byGroup(uneven, 5)).toEqual(uneven)
  })

  it('are read from straight lines through their midpoints, and beyond the outer two along the same lines', () => {
    expect(byGroup([10, 20, 40, 50, 80], 10)).toEqual(closeTo([7.5, 12.5, 17.5, 25, 35, 42.5, 47.5, 57.5, 72.5, 87.5]))
    expect(byGroup([10, 20, 40, 50, 80], 2)).toEqual(closeTo([17.5, 57.5]))
    expect(byGroup([10, 20, 40, 50, 80], 1)).toEqual([40])
  })

  it('on one line stay on it, for any number of groups', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.double({ min: -5, max: 5, noNaN: true }), (groups, slope) => {
        const line = [0, 1, 2, 3, 4].map((quintile) => 70 + slope * quintile)
        byGroup(line, groups).forEach((value, group) => expect(value).toBeCloseTo(70 + slope * (((group + 0.5) / groups) * 5 - 0.5), 9))
      }),
      { seed: 51 },
    )
  })
})

describe('shares of what is lost elsewhere', () => {
  it('sum to 1, and are England’s where groups have as many residents each', () => {
    expect(opportunityCostShares([7, 7, 7, 7, 7])).toEqual(closeTo(OPPORTUNITY_COST_BY_QUINTILE))
    expect(opportunityCostShares([100, 0, 0, 0, 100])).toEqual(closeTo([0.23 / 0.4, 0, 0, 0, 0.17 / 0.4]))
    expect(opportunityCostShares([3, 1, 4, 1, 5]).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })
})
