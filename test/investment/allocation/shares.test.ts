import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocationShares, splitPence } from '../../src/investment/allocate.ts'
import type { Allocation, Series } from '../../src/scenario/study.ts'
import { contextOf } from './programmes.ts'

const groups = fc
  .array(fc.record({ population: fc.integer({ min: 0, max: 1e6 }), need: fc.double({ min: 1e-4, max: 10, noNaN: true }) }), { minLength: 1, maxLength: 10 })
  .filter((some) => some.some(({ population }) => population > 0))
  .map((some) => contextOf(some.map(({ population }) => population), some.map(({ need }) => need)))

const theta = fc.double({ min: -3, max: 5, noNaN: true })
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

describe('allocation shares', () => {
  it('sum to 1 and are never negative, by any rule', () => {
    fc.assert(
      fc.property(groups, theta, fc.nat(), (context, power, any) => {
        const residents = context.groups.flatMap(({ population }, index) => (population > 0 ? [index + 1] : []))
        const rules: Allocation<Series>[] = [
          { rule: 'universal' },
          { rule: 'proportionate', theta: power },
          { rule: 'targeted', groups: [residents[any % residents.length]] },
        ]
        for (const rule of rules) {
          const shares = allocationShares(rule, context, 0)
          expect(total(shares)).toBeCloseTo(1, 12)
          expect(shares.every((share) => share >= 0)).toBe(true)
        }
      }),
      { seed: 101, numRuns: 300 },
    )
  })

  it('with theta 0 are exactly the universal ones', () => {
    fc.assert(
      fc.property(groups, (context) => {
        expect(allocationShares({ rule: 'proportionate', theta: 0 }, context, 0)).toEqual(allocationShares({ rule: 'universal' }, context, 0))
      }),
      { seed: 102 },
    )
  })

  it('are population × need^theta: 1 is in proportion to need, more gives more to those with more', () => {
    const context = contextOf([100, 100, 200], [4, 2, 1])
    expect(allocationShares({ rule: 'proportionate', theta: 1 }, context, 0)).toEqual([0.5, 0.25, 0.25].map((share) => expect.closeTo(share, 12) as number))
    expect(allocationShares({ rule: 'proportionate', theta: 2 }, context, 0)).toEqual([16 / 22, 4 / 22, 2 / 22].map((share) => expect.closeTo(share, 12) as number))
    expect(allocationShares({ rule: 'universal' }, context, 0)).toEqual([0.25, 0.25, 0.5])
  })

  it('never give a group with more need a smaller share for a larger theta', () => {
    fc.assert(
      fc.property(groups, theta, fc.double({ min: 0, max: 2, noNaN: true }), (context, power, more) => {
        const neediest = context.needPerHead.indexOf(Math.max(...context.needPerHead))
        const before = allocationShares({ rule: 'proportionate', theta: power }, context, 0)[neediest]
        expect(allocationShares({ rule: 'proportionate', theta: power + more }, context, 0)[neediest]).toBeGreaterThanOrEqual(before - 1e-12)
      }),
      { seed: 103, numRuns: 200 },
    )
  })

  it('targeted, reach the named groups only, by their residents', () => {
    expect(allocationShares({ rule: 'targeted', groups: [1, 3] }, contextOf([300, 500, 100]), 0)).toEqual([0.75, 0, 0.25])
  })

  it('follow a theta that changes through time', () => {
    const context = contextOf([100, 100], [3, 1])
    const rule: Allocation<Series> = { rule: 'proportionate', theta: [0, 1] }
    expect(allocationShares(rule, context, 0)).toEqual([0.5, 0.5])
    expect(allocationShares(rule, context, 1)[0]).toBeCloseTo(0.75, 12)
  })

  it('refuse to reach nobody', () => {
    expect(() => allocationShares({ rule: 'targeted', groups: [1] }, contextOf([0, 10]), 0)).toThrow(RangeError)
  })
})

describe('splitting pence', () => {
  it('loses and makes none: whole parts, none negative, summing to the whole, each within a penny of its share', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }).filter((some) => total(some) > 1e-9)
    fc.assert(
      fc.property(fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 9e15 })), weights, (pence, some) => {
        const shares = some.map((weight) => weight / total(some))
        const parts = splitPence(pence, shares)
        expect(total(parts)).toBe(pence)
        expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true)
        parts.forEach((part, index) => expect(Math.abs(part - pence * shares[index])).toBeLessThanOrEqual(1 + pence * 1e-14))
      }),
      { seed: 104, numRuns: 1000 },
    )
  })
})
