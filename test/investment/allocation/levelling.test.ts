import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levellingMultipliers } from '../../../src/investment/allocation/levelling.ts'

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const groups = fc.array(fc.record({ rate: fc.double({ min: 0.01, max: 10, noNaN: true }), need: fc.integer({ min: 1, max: 1e6 }) }), { minLength: 1, maxLength: 10 })
const parts = (some: readonly { rate: number; need: number }[]) => ({ rates: some.map(({ rate }) => rate), need: some.map(({ need }) => need) })

describe('levelling', () => {
  it('up takes the best rate for all, down the worst, of groups without an order', () => {
    const given = { rates: [0.5, 2, 1], need: [100, 100, 100], isOrdered: false }
    expect(levellingMultipliers('level-up', given)).toEqual([4, 1, 2])
    expect(levellingMultipliers('level-down', given)).toEqual([1, 0.25, 0.5])
  })

  it('takes the ends of the straight line of groups in order, whose own group keeps what it has', () => {
    // Mean 2 and slope 0.9 a rank: the line is 1.1, 2, 2.9.
    const given = { rates: [1.2, 1.8, 3], need: [1, 1, 1], isOrdered: true }
    expect(levellingMultipliers('level-up', given)).toEqual([2.9 / 1.2, 2.9 / 1.8, 1].map((value) => expect.closeTo(value, 12) as number))
    expect(levellingMultipliers('level-down', given)).toEqual([1, 1.1 / 1.8, 1.1 / 3].map((value) => expect.closeTo(value, 12) as number))
  })

  it('leaves one group, and groups that are alike, as they are', () => {
    for (const rule of ['level-up', 'level-down', 'zero-sum'] as const) {
      for (const isOrdered of [true, false]) {
        expect(levellingMultipliers(rule, { rates: [0.7], need: [50], isOrdered })).toEqual([1])
        expect(levellingMultipliers(rule, { rates: [2, 2], need: [1, 3], isOrdered })).toEqual([1, 1])
      }
    }
  })

  it('cuts nobody up, raises nobody down, and brings nobody past the rate that all are to have', () => {
    fc.assert(fc.property(groups, fc.boolean(), (some, isOrdered) => {
      const given = { ...parts(some), isOrdered }
      const [up, down] = (['level-up', 'level-down'] as const).map((rule) => levellingMultipliers(rule, given))
      expect(up.every((multiplier) => multiplier >= 1)).toBe(true)
      expect(down.every((multiplier) => multiplier <= 1 && (isOrdered || multiplier > 0))).toBe(true)
      if (isOrdered) return
      const [best, worst] = [Math.max(...given.rates), Math.min(...given.rates)]
      given.rates.forEach((rate, group) => {
        expect(rate * up[group]).toBeCloseTo(best, 9)
        expect(rate * down[group]).toBeCloseTo(worst, 9)
      })
    }), { seed: 31 })
  })

  it('with zero sum treats all at one rate and keeps the activity that there is, by need and not by group', () => {
    fc.assert(fc.property(groups, fc.boolean(), (some, isOrdered) => {
      const given = { ...parts(some), isOrdered }
      const multipliers = levellingMultipliers('zero-sum', given)
      const rates = given.rates.map((rate, group) => rate * multipliers[group])
      rates.forEach((rate) => expect(rate / rates[0]).toBeCloseTo(1, 9))
      const before = total(given.rates.map((rate, group) => rate * given.need[group]))
      expect(total(rates.map((rate, group) => rate * given.need[group])) / before).toBeCloseTo(1, 9)
    }), { seed: 32 })
    expect(levellingMultipliers('zero-sum', { rates: [1, 3], need: [300, 100], isOrdered: true })).toEqual([1.5, 0.5])
  })
})
