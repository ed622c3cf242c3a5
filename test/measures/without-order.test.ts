/** What a table of indices says where a dimension has no order, and a mean where there is one value. */
import { describe, expect, it } from 'vitest'
import { gapTable } from '../../src/measures/distribution/gap-rows.ts'
import { MEASURES } from '../../src/measures/definitions.ts'
import { meanInterval } from '../../src/measures/interval.ts'
import type { DimensionInfo } from '../../src/measures/types.ts'
import { losing, runsOf } from './distribution/results.ts'

describe('a dimension without order', () => {
  const SEX: DimensionInfo = { id: 'sex', ordered: false, ofResidents: true, groups: ['1', '2'].map((id) => ({ id, label: id, population: 1000 })) }

  it('has no reference group and no direction, and says so index by index', () => {
    const { refused } = gapTable(runsOf({ base: [losing([1, 2])], more: [losing([2, 1])] }, SEX), MEASURES)
    const reasons = new Map(refused.filter(({ measure }) => measure === 'mean-wait').map(({ index, reason }) => [index, reason]))
    expect(reasons.get('mean-difference-from-reference')).toBe('no-reference')
    expect(reasons.get('mean-difference-from-reference-weighted')).toBe('no-reference')
    expect(reasons.get('absolute-concentration-index')).toBe('no-order')
  })
})

describe('one value alone', () => {
  it('has a mean, and an interval that knows no width', () => {
    const { mean, lower, upper, n } = meanInterval([4])
    expect({ mean, n, isKnown: [lower, upper].some((end) => !Number.isNaN(end)) }).toEqual({ mean: 4, n: 1, isKnown: false })
  })
})
