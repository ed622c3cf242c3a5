import { describe, expect, it } from 'vitest'
import type { Until } from '../../../src/experiment/sweep/design.ts'
import { checkCounts, createStoppingRule } from '../../../src/experiment/sweep/stopping.ts'

const until = (parts: Partial<Until>): Until =>
  ({ halfWidth: 1, maxReplications: 12, batch: 5, ...parts }) as Until

describe('a stopping rule', () => {
  it('looks after every batch, and at the cap', () => {
    expect(checkCounts(until({}))).toEqual([5, 10, 12])
    expect(checkCounts(until({ maxReplications: 10 }))).toEqual([5, 10])
  })

  it('stops at the first check at which the interval is narrow enough, and not between checks', () => {
    const rule = createStoppingRule(until({ halfWidth: 0.5 }))
    const verdicts = [0, 10, 0, 10, 5].map((value) => {
      rule.add(value)
      return rule.verdict()
    })
    expect(verdicts).toEqual([null, null, null, null, null])
    const precise = createStoppingRule(until({ halfWidth: 0.5 }))
    const found = [5, 5.1, 4.9, 5, 5].map((value) => {
      precise.add(value)
      return precise.verdict()
    })
    expect(found).toEqual([null, null, null, null, 'precise'])
  })

  it('gives up at the cap, and says so', () => {
    const rule = createStoppingRule(until({ halfWidth: 1e-9 }))
    for (let k = 0; k < 12; k += 1) rule.add(k)
    expect(rule.verdict()).toBe('cap')
  })

  it('has the half-width of Student: five values of sd √2.5', () => {
    const rule = createStoppingRule(until({}))
    for (const value of [1, 2, 3, 4, 5]) rule.add(value)
    // t(0.975, 4) = 2.776445; times √(2.5 ÷ 5).
    expect(rule.halfWidth()).toBeCloseTo(2.776445 * Math.sqrt(0.5), 5)
  })
})
