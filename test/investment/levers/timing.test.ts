import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitsInEffect, uptakeOf } from '../../../src/investment/levers/timing.ts'
import { programme } from '../programmes.ts'
import { freshDraft, spend, sum } from './acting.ts'

describe('units in effect', () => {
  it('are used up in their own step where the half-life is 0', () => {
    expect([...unitsInEffect(Float64Array.of(3, 0, 0, 5), 2, 0, 1)]).toEqual([3, 0, 0, 5])
  })

  it('stand on and are halved every half-life, group by group', () => {
    const inEffect = unitsInEffect(Float64Array.from({ length: 40 }, (_, cell) => (cell === 0 ? 8 : cell === 1 ? 4 : 0)), 2, 5, 1)
    expect([inEffect[0], inEffect[10], inEffect[20]]).toEqual([8, 4, 2].map((units) => expect.closeTo(units, 12) as number))
    expect([inEffect[1], inEffect[11], inEffect[21]]).toEqual([4, 2, 1].map((units) => expect.closeTo(units, 12) as number))
  })

  it('serve a week with the same units by daily as by weekly steps', () => {
    const daily = unitsInEffect(Float64Array.from({ length: 700 }, (_, day) => (day === 0 ? 1 : 0)), 1, 5000, 7)
    expect(sum(daily.subarray(0, 7))).toBeCloseTo(1, 2)
    expect(sum(daily)).toBeCloseTo(sum(unitsInEffect(Float64Array.from({ length: 100 }, (_, week) => (week === 0 ? 1 : 0)), 1, 5000, 1)), 1)
  })

  it('are linear in the money: two purchases stand as their sum', () => {
    const some = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(some, some, fc.double({ min: 0.1, max: 100, noNaN: true }), (a, b, halfLife) => {
        const of = (units: readonly number[]): Float64Array => unitsInEffect(Float64Array.from(units), 2, halfLife, 1)
        const [one, other, both] = [of(a), of(b), of(a.map((units, index) => units + b[index]))]
        both.forEach((units, index) => expect(units).toBeCloseTo(one[index] + other[index], 8))
      }),
      { seed: 211 },
    )
  })
})

describe('lag and decay of a lever', () => {
  it('nothing happens before the lag is over, and what lasts goes on when the money has stopped', () => {
    const { draft } = spend(freshDraft(40), { lever: 'workforce', pence: [1e8, 1e8, 1e8], step: 0, parameters: { lagWeeks: 10, decayHalfLifeWeeks: 20 } })
    const slots = (week: number): number => draft.firstReserved[week * 3]
    expect(slots(9)).toBe(0)
    expect(slots(10)).toBeGreaterThan(0)
    expect(slots(30)).toBeGreaterThan(0.4 * slots(10))
    expect(slots(30)).toBeLessThan(0.6 * slots(10))
  })

  it('an effect due after the end of the run is paid for and not seen', () => {
    const { draft, spent } = spend(freshDraft(10), { lever: 'prevention', pence: [1e8, 0, 0] })
    expect(sum(spent[0])).toBe(1e9)
    expect(draft.needFactor.every((factor) => factor === 1)).toBe(true)
  })

  it('a capital lever builds with what its running costs leave', () => {
    const built = (runningCostShare: number): number =>
      sum(spend(freshDraft(), { lever: 'surgical-hub', pence: [1000, 1000, 1000], parameters: { lagWeeks: 0, runningCostShare } }).draft.admissionHub)
    expect(built(0.75) / built(0)).toBeCloseTo(0.25, 5)
  })

  it('a capital lever whose money is all running costs spends it, and builds nothing', () => {
    for (const lever of ['surgical-hub', 'diagnostic-centre'] as const) {
      const { draft, spent } = spend(freshDraft(), { lever, pence: [1000, 1000, 1000], parameters: { lagWeeks: 0, runningCostShare: 1 } })
      expect(sum(spent[0])).toBe(3000)
      expect(sum(draft.admissionHub) + sum(draft.firstReserved)).toBe(0)
    }
  })
})

describe('uptake', () => {
  const digital = programme({ lever: 'digital-first', parameters: { uptakeMostDeprived: 0.5, uptakeLeastDeprived: 0.9 } })

  it('is a straight line over the groups', () => {
    expect([0, 1, 2, 3, 4].map((group) => uptakeOf(digital, group, 5, 0))).toEqual([0.5, 0.6, 0.7, 0.8, 0.9].map((share) => expect.closeTo(share, 12) as number))
    expect(uptakeOf(digital, 0, 1, 0)).toBeCloseTo(0.7, 12)
    expect(uptakeOf(programme({ lever: 'capacity' }), 0, 5, 0)).toBe(1)
  })
})
