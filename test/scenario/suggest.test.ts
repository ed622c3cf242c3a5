import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from '../../src/scenario/suggest.ts'

describe('edit distance', () => {
  it('counts letters added, lost, replaced and swapped', () => {
    expect(editDistance('capcity', 'capacity')).toBe(1)
    expect(editDistance('capacityy', 'capacity')).toBe(1)
    expect(editDistance('kapacity', 'capacity')).toBe(1)
    expect(editDistance('cpaacity', 'capacity')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
  })

  it('is nought for the same word only, and the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
      { seed: 1 },
    )
  })
})

describe('the nearest name', () => {
  it('is null where nothing is near', () => {
    expect(nearest('zebra', ['capacity', 'outreach'])).toBeNull()
    expect(nearest('x', [])).toBeNull()
  })

  it('does not mind capitals', () => {
    expect(nearest('c_110', ['C_100', 'C_110'])).toBe('C_110')
  })
})
