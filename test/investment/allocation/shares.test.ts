import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocationShares } from '../../../src/investment/allocation/shares.ts'
import { splitPence } from '../../../src/investment/allocation/split-pence.ts'
import type { Unit } from '../../../src/investment/allocation/units.ts'
import type { Allocation, Destination, NeedBasis, Series } from '../../../src/scenario/study.ts'

const START = { step: 0, yearsIn: 0 }
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const unit = (id: string, residents: number, need: number, use: number): Unit => ({ id, residents, need, use, unmetNeed: Math.max(0, need - use) })
const shares = (rule: Allocation<Series>, units: readonly Unit[], moment = START): number[] => allocationShares(rule, units, moment, true) ?? []

const units = fc
  .array(
    fc.record({
      residents: fc.integer({ min: 0, max: 1e6 }),
      needPerHead: fc.double({ min: 1e-4, max: 10, noNaN: true }),
      seen: fc.double({ min: 0.01, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .filter((some) => some.some(({ residents }) => residents > 0))
  .map((some) => some.map(({ residents, needPerHead, seen }, index) => unit(String(index + 1), residents, residents * needPerHead, residents * needPerHead * seen)))

const theta = fc.double({ min: 0, max: 5, noNaN: true })
const index = { 1: 3, 2: 2, 3: 1, 4: 5, 5: 1, 6: 1, 7: 2, 8: 4, 9: 1, 10: 1 }
const basis: fc.Arbitrary<NeedBasis> = fc.constantFrom<NeedBasis>('use', 'population', { index })

/** Every rule but a move, for units of which at least one has residents. */
const destination = (some: readonly Unit[]): fc.Arbitrary<Destination<Series>> => {
  const peopled = some.flatMap(({ residents }, at) => (residents > 0 ? [at + 1] : []))
  return fc.oneof(
    fc.constant({ rule: 'universal' as const }),
    basis.map((need) => ({ rule: 'need' as const, need })),
    fc.record({ rule: fc.constant('proportionate' as const), theta, need: basis }),
    fc.constantFrom(...peopled).map((group) => ({ rule: 'targeted' as const, groups: [group] })),
    basis.map((need) => ({ rule: 'level-up' as const, need })),
    fc.constant({ rule: 'custom' as const, weights: index }),
  )
}

const anyRule = units.chain((some) =>
  fc.tuple(
    fc.constant(some),
    fc.oneof(
      destination(some),
      fc.record({
        rule: fc.constant('pace-of-change' as const),
        from: fc.constantFrom<'use' | Record<string, number>>('use', index),
        to: destination(some),
        perYear: fc.double({ min: 0, max: 1, noNaN: true }),
        floor: fc.double({ min: 0, max: 1, noNaN: true }),
        cap: fc.double({ min: 1, max: 5, noNaN: true }),
      }),
    ),
    fc.integer({ min: 0, max: 20 }),
  ),
)

describe('allocation shares', () => {
  it('sum to 1 and are never negative, by any rule in any year', () => {
    fc.assert(
      fc.property(anyRule, ([some, rule, yearsIn]) => {
        const found = shares(rule, some, { step: 0, yearsIn })
        expect(total(found)).toBeCloseTo(1, 9)
        expect(found.every((share) => share >= 0)).toBe(true)
      }),
      { seed: 101, numRuns: 2000 },
    )
  })

  it('with theta 0 are exactly the universal ones, whatever need is counted by', () => {
    fc.assert(
      fc.property(units, basis, (some, need) => {
        expect(shares({ rule: 'proportionate', theta: 0, need }, some)).toEqual(shares({ rule: 'universal' }, some))
      }),
      { seed: 102 },
    )
  })

  it('are population × need^theta: 1 is in proportion to need, more gives more to those with more', () => {
    const some = [unit('1', 100, 400, 100), unit('2', 100, 200, 100), unit('3', 200, 200, 100)]
    const close = (values: readonly number[]): number[] => values.map((share) => expect.closeTo(share, 12) as number)
    expect(shares({ rule: 'proportionate', theta: 1, need: 'use' }, some)).toEqual(close([0.5, 0.25, 0.25]))
    expect(shares({ rule: 'proportionate', theta: 2, need: 'use' }, some)).toEqual(close([16 / 22, 4 / 22, 2 / 22]))
    expect(shares({ rule: 'need', need: 'use' }, some)).toEqual([0.5, 0.25, 0.25])
    expect(shares({ rule: 'universal' }, some)).toEqual([0.25, 0.25, 0.5])
  })

  it('count need by use, by residents, by what is not referred, or by an index', () => {
    const some = [unit('1', 100, 400, 100), unit('2', 300, 200, 100)]
    const by = (need: NeedBasis): number[] => shares({ rule: 'need', need }, some)
    expect(by('use')).toEqual([2 / 3, 1 / 3])
    expect(by('population')).toEqual([0.25, 0.75])
    expect(by('unmet-need')).toEqual([0.75, 0.25])
    expect(by({ index: { 1: 6, 2: 1 } })).toEqual([2 / 3, 1 / 3])
  })

  it('never give a group with more need a smaller share for a larger theta', () => {
    fc.assert(
      fc.property(units, theta, fc.double({ min: 0, max: 2, noNaN: true }), (some, power, more) => {
        const perHead = some.map(({ need, residents }) => (residents > 0 ? need / residents : 0))
        const neediest = perHead.indexOf(Math.max(...perHead))
        const by = (exponent: number): number => shares({ rule: 'proportionate', theta: exponent, need: 'use' }, some)[neediest]
        expect(by(power + more)).toBeGreaterThanOrEqual(by(power) - 1e-12)
      }),
      { seed: 103, numRuns: 200 },
    )
  })

  it('targeted, reach the named groups only, by their residents', () => {
    const some = [300, 500, 100].map((residents, at) => unit(String(at + 1), residents, residents, residents))
    expect(shares({ rule: 'targeted', groups: [1, 3] }, some)).toEqual([0.75, 0, 0.25])
  })

  it('levelling up, are the activity that each is short of at the best-off rate, and leave the best off out', () => {
    // Rates ½, ¾ and 1 lie on a line; the best off are seen in full: short are 50 and 25.
    const some = [unit('1', 100, 100, 50), unit('2', 100, 100, 75), unit('3', 100, 100, 100)]
    const found = shares({ rule: 'level-up', need: 'use' }, some)
    expect(found.map((share) => Math.round(share * 1e9) / 1e9)).toEqual([0.666666667, 0.333333333, 0])
  })

  it('levelling up what is level already, are by need', () => {
    const some = [unit('1', 100, 100, 50), unit('2', 100, 300, 150)]
    expect(shares({ rule: 'level-up', need: 'use' }, some)).toEqual([0.25, 0.75])
  })

  it('are the weights given, brought to a sum of 1', () => {
    const some = [unit('A', 1, 1, 1), unit('B', 1, 1, 1), unit('C', 1, 1, 1)]
    expect(shares({ rule: 'custom', weights: { A: 3, C: 1 } }, some)).toEqual([0.75, 0, 0.25])
  })

  it('follow a theta that changes through time', () => {
    const some = [unit('1', 100, 300, 1), unit('2', 100, 100, 1)]
    const rule: Allocation<Series> = { rule: 'proportionate', theta: [0, 1], need: 'use' }
    expect(shares(rule, some)).toEqual([0.5, 0.5])
    expect(shares(rule, some, { step: 1, yearsIn: 0 })[0]).toBeCloseTo(0.75, 12)
  })

  it('are none where nobody is reached', () => {
    expect(allocationShares({ rule: 'targeted', groups: [1] }, [unit('1', 0, 0, 0), unit('2', 10, 1, 1)], START, true)).toBeNull()
    expect(allocationShares({ rule: 'custom', weights: { X: 1 } }, [unit('A', 1, 1, 1)], START, false)).toBeNull()
  })
})

describe('a pace of change', () => {
  const some = [unit('1', 100, 300, 40), unit('2', 100, 100, 60)]
  const pace = (parts: Partial<Extract<Allocation<Series>, { rule: 'pace-of-change' }>>): Allocation<Series> => ({
    rule: 'pace-of-change', from: 'use', to: { rule: 'need', need: 'use' }, perYear: 0.1, floor: 0, cap: 1000, ...parts,
  })
  const first = (rule: Allocation<Series>, yearsIn: number): number => shares(rule, some, { step: 0, yearsIn })[0]

  it('starts at today’s use, moves by no more than its pace each year, and stops where it should be', () => {
    const years = [0, 1, 2, 3, 4, 5, 9].map((yearsIn) => first(pace({}), yearsIn))
    expect(years).toEqual([0.4, 0.5, 0.6, 0.7, 0.75, 0.75, 0.75].map((share) => expect.closeTo(share, 12) as number))
  })

  it('never takes a share below its floor or above its cap, relative to its start', () => {
    expect(first(pace({ floor: 0.8 }), 20)).toBeCloseTo(0.52, 9)
    expect(first(pace({ cap: 1.25 }), 20)).toBeCloseTo(0.5, 9)
    expect(first(pace({ from: { 1: 0.2, 2: 0.8 }, cap: 1.1 }), 20)).toBeCloseTo(0.22, 9)
  })

  it('moves no share by more than its pace in any year, whatever the groups', () => {
    fc.assert(
      fc.property(units, fc.double({ min: 0.001, max: 0.2, noNaN: true }), fc.integer({ min: 0, max: 10 }), (others, perYear, yearsIn) => {
        const rule = pace({ perYear, floor: 0.9, cap: 1.5 })
        const before = shares(rule, others, { step: 0, yearsIn })
        const after = shares(rule, others, { step: 0, yearsIn: yearsIn + 1 })
        after.forEach((share, at) => expect(Math.abs(share - before[at])).toBeLessThanOrEqual(perYear + 1e-9))
      }),
      { seed: 105, numRuns: 300 },
    )
  })
})

describe('splitting pence', () => {
  it('loses and makes none: whole parts, none negative, summing to the whole, each within a penny of its share', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }).filter((some) => total(some) > 1e-9)
    fc.assert(
      fc.property(fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 9e15 })), weights, (pence, some) => {
        const wanted = some.map((weight) => weight / total(some))
        const parts = splitPence(pence, wanted)
        expect(total(parts)).toBe(pence)
        expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true)
        parts.forEach((part, at) => expect(Math.abs(part - pence * wanted[at])).toBeLessThanOrEqual(1 + pence * 1e-14))
      }),
      { seed: 104, numRuns: 1000 },
    )
  })
})
