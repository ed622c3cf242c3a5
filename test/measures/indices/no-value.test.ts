import { describe, expect, it } from 'vitest'
import { undefinedReason } from '../../../src/measures/indices/undefined-reasons.ts'
import { tableOf } from './tables.ts'

const share = { valueType: 'proportion' } as const

describe('the reason for an index without a value', () => {
  it('asks for proportions where the values are none, whatever else is wrong', () => {
    for (const key of ['logisticSlopeIndex', 'logisticRelativeIndex', 'wagstaff', 'erreygers'] as const) {
      expect([key, undefinedReason(key, tableOf([1, 1], [2, 3]))]).toEqual([key, 'not-a-proportion'])
    }
  })

  it('of proportions names the fit, or the mean at a bound', () => {
    expect(undefinedReason('logisticRelativeIndex', tableOf([1, 1], [1, 1], share))).toBe('no-fit')
    expect(undefinedReason('wagstaff', tableOf([1, 1], [0, 0], share))).toBe('mean-at-bound')
  })

  it('tells a mean that is not above 0 from a value below 0', () => {
    expect(undefinedReason('theil', tableOf([1, 1], [0, 0]))).toBe('mean-not-positive')
    expect(undefinedReason('atkinson', tableOf([1, 1], [0, 0]))).toBe('mean-not-positive')
    expect(undefinedReason('populationAttributableFraction', tableOf([1, 1], [0, 0]))).toBe('mean-not-positive')
  })

  it('names the missing order first, of indices by rank alone', () => {
    expect(undefinedReason('slopeIndex', tableOf([1, 1], [1, 2], { ordered: false }))).toBe('no-order')
    expect(undefinedReason('difference', tableOf([1, 1], [1, 2], { ordered: false }))).toBe('not-finite')
  })

  it('is that the value is not finite where nothing else is wrong: numbers too large to reckon with', () => {
    expect(undefinedReason('slopeIndex', tableOf([1, 1], [-1e308, 1e308]))).toBe('not-finite')
    expect(undefinedReason('kolm', tableOf([1, 1], [-1e308, 1e308]))).toBe('not-finite')
  })
})
