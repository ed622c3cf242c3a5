import { describe, expect, it } from 'vitest'
import { allocationShares, wholeShares } from '../../../src/investment/allocation/shares.ts'
import type { Unit } from '../../../src/investment/allocation/units.ts'

const unit = (id: string, residents: number, need: number, use: number): Unit => ({ id, residents, need, use, unmetNeed: Math.max(0, need - use) })
const START = { step: 0, yearsIn: 0 }
const peopled = [unit('1', 100, 10, 5), unit('2', 100, 10, 5)]

describe('money that reaches nobody', () => {
  it('has no shares, whichever rule there is', () => {
    const empty = [unit('1', 0, 0, 0), unit('2', 0, 0, 0)]
    for (const rule of [{ rule: 'universal' }, { rule: 'need', need: 'use' }, { rule: 'proportionate', theta: 0, need: 'use' }, { rule: 'proportionate', theta: 1.5, need: 'use' }, { rule: 'level-up', need: 'use' }] as const) {
      expect([rule.rule, allocationShares(rule, empty, START, true)]).toEqual([rule.rule, null])
    }
    expect(wholeShares([])).toBeNull()
  })

  it('has none on a way that starts with nobody, or leads to nobody', () => {
    const pace = { rule: 'pace-of-change', perYear: 0.1, floor: 0, cap: 5 } as const
    expect(allocationShares({ ...pace, from: {}, to: { rule: 'universal' } }, peopled, START, true)).toBeNull()
    expect(allocationShares({ ...pace, from: 'use', to: { rule: 'custom', weights: {} } }, peopled, START, true)).toBeNull()
  })

  it('leaves a group without residents or need out, and gives those beside it all', () => {
    const some = [unit('1', 100, 10, 5), unit('2', 0, 10, 5), unit('3', 100, 0, 0)]
    expect(allocationShares({ rule: 'proportionate', theta: 2, need: 'population' }, some.slice(0, 2), START, true)?.[1]).toBe(0)
    expect(allocationShares({ rule: 'custom', weights: { 1: 3 } }, some, START, true)).toEqual([1, 0, 0])
  })

  it('gives residents without need nothing in proportion to it, whatever θ, and those without residents nothing by need', () => {
    const some = [unit('1', 100, 10, 5), unit('2', 100, 0, 0)]
    for (const theta of [0.5, 1, 2]) expect(allocationShares({ rule: 'proportionate', theta, need: 'use' }, some, START, true)).toEqual([1, 0])
    expect(allocationShares({ rule: 'need', need: 'use' }, some, START, true)).toEqual([1, 0])
    expect(allocationShares({ rule: 'proportionate', theta: 1, need: 'unmet-need' }, [unit('1', 100, 10, 5), unit('2', 0, 8, 2)], START, true)).toEqual([1, 0])
  })

  it('levels up by need where nobody is treated yet, and where all are treated alike', () => {
    const rule = { rule: 'level-up', need: { index: { 1: 3, 2: 1 } } } as const
    const untreated = [unit('1', 100, 10, 0), unit('2', 100, 10, 0)]
    expect(allocationShares(rule, untreated, START, true)).toEqual([0.75, 0.25])
    const alike = [unit('1', 100, 10, 30), unit('2', 100, 10, 10)]
    expect(allocationShares(rule, alike, START, false)).toEqual([0.75, 0.25])
  })

  it('gives those who are not treated at all what the best off have, by their need', () => {
    const some = [unit('1', 100, 10, 0), unit('2', 100, 10, 5), unit('3', 100, 10, 10)]
    // By residents: rates are 0, 0.05 and 0.1, so that 10 and 5 are missing.
    expect(allocationShares({ rule: 'level-up', need: 'population' }, some, START, false)).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(1 / 3, 12), 0])
  })
})
