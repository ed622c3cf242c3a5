import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VALIDATION_FROM_WEEK, diminishing, LEVER, saturating } from '../../src/investment/levers.ts'
import type { DraftService } from '../../src/investment/draft.ts'
import { LEVERS } from '../../src/scenario/study.ts'
import type { LeverId } from '../../src/scenario/study.ts'
import { draftOf, programme } from './programmes.ts'

const GROUPS = 3
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** Lets a lever act on a fresh draft for one step with the same pence for each group named. */
function act(lever: LeverId, pence: readonly number[], parameters: Readonly<Record<string, number>> = {}): { draft: DraftService; spent: readonly number[] } {
  const draft = draftOf('T_1', 1, GROUPS)
  const total = sum(pence)
  const tilt = pence.map((part) => (total > 0 ? (part / total) * GROUPS : 1))
  return { draft, spent: LEVER[lever].act(draft, { programme: programme({ lever, parameters }), step: 0, pence, stepsPerWeek: 1, tilt }) }
}

/** What a lever achieves: slots, appointments kept, people found, removals. */
function achieved(lever: LeverId, draft: DraftService): number {
  switch (lever) {
    case 'capacity':
      return sum(draft.firstReserved) + sum(draft.admissionReserved)
    case 'independent-sector':
      return sum(draft.firstIndependent) + sum(draft.admissionIndependent)
    case 'attendance-support':
      return sum(draft.dnaFactor.map((factor) => 1 - factor))
    case 'outreach':
      return sum(draft.additionalStarts)
    case 'validation':
      return sum(draft.furtherRemovals)
  }
}

describe.each(LEVERS)('%s', (lever) => {
  it('achieves nothing for nothing, and more for more money, but less than twice for twice', () => {
    const results = [0, 10_000, 20_000, 40_000].map((pence) => achieved(lever, act(lever, [pence, pence, pence]).draft))
    expect(results[0]).toBe(0)
    expect(results[1]).toBeGreaterThan(0)
    for (let doubling = 2; doubling < results.length; doubling++) {
      expect(results[doubling]).toBeGreaterThan(results[doubling - 1])
      expect(results[doubling]).toBeLessThan(2 * results[doubling - 1])
    }
  })

  it('spends at most its money, in whole pence, and never below nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: GROUPS, maxLength: GROUPS }), (pence) => {
        act(lever, pence).spent.forEach((part, group) => {
          expect(Number.isInteger(part) && part >= 0 && part <= pence[group]).toBe(true)
        })
      }),
      { seed: 121 },
    )
  })
})

describe.each(['capacity', 'attendance-support', 'outreach', 'validation'] as const)('%s for one group', (lever) => {
  it('leaves the others as they were', () => {
    const untouched = draftOf('T_1', 1, GROUPS)
    const { draft, spent } = act(lever, [0, 300_000, 0])
    for (const key of ['firstReserved', 'admissionReserved', 'dnaFactor', 'additionalStarts', 'furtherRemovals'] as const) {
      expect([draft[key][0], draft[key][2]]).toEqual([untouched[key][0], untouched[key][2]])
    }
    expect(achieved(lever, draft)).toBeGreaterThan(0)
    expect([spent[0], spent[2]]).toEqual([0, 0])
  })
})

describe('capacity', () => {
  it('at the margin buys a slot for its unit cost, in the mixture of the two stages that the specialty has', () => {
    const { draft } = act('capacity', [100, 100, 100], { costPerFirstAppointment: 200, costPerAdmission: 1000 })
    const [first, admission] = [sum(draft.firstReserved), sum(draft.admissionReserved)]
    expect(first * 200 + admission * 1000).toBeCloseTo(3, 3)
    expect(first / admission).toBeCloseTo(100 / 20, 3)
  })

  it('shares slots among groups as the money was shared', () => {
    const { draft } = act('capacity', [100_000, 200_000, 700_000])
    const all = sum(draft.firstReserved)
    expect([...draft.firstReserved].map((slots) => slots / all)).toEqual([0.1, 0.2, 0.7].map((share) => expect.closeTo(share, 12) as number))
  })
})

describe('independent-sector', () => {
  it('aims access at the groups that the money was for', () => {
    const { draft } = act('independent-sector', [300_000, 0, 0])
    expect(draft.independentTilt[0]).toBeGreaterThan(draft.independentTilt[1])
    expect(draft.independentTilt[1]).toBe(draft.independentTilt[2])
    expect(sum(draft.firstReserved)).toBe(0)
  })
})

describe('attendance-support', () => {
  it('never takes the DNA rate below nothing, nor above what it was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e11 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (pence, maxReach, dnaReduction) => {
          const { draft } = act('attendance-support', [pence, pence, pence], { maxReach, dnaReduction })
          expect(draft.dnaFactor.every((factor) => factor >= 0 && factor <= 1)).toBe(true)
        },
      ),
      { seed: 122 },
    )
  })

  it('leaves money unspent once twice as many contacts are paid for as there are appointments', () => {
    const { spent } = act('attendance-support', [10_000_000, 0, 0], { costPerContact: 15 })
    // 33⅓ appointments × 2 contacts × £15.
    expect(spent[0]).toBe(Math.round((100 / 3) * 2 * 1500))
  })
})

describe('outreach', () => {
  it('finds one person for the unit cost at the margin, and never more a week than its cap', () => {
    expect(act('outreach', [15, 0, 0], { costPerPersonFound: 150 }).draft.additionalStarts[0]).toBeCloseTo(0.001, 6)
    expect(act('outreach', [1e12, 0, 0], { maxShareOfUnmetPerWeek: 0.02 }).draft.additionalStarts[0]).toBeCloseTo(10, 9)
  })
})

describe('validation', () => {
  it('removes at most its share of those waiting twelve weeks or more', () => {
    const longWaiters = 20 * (40 - VALIDATION_FROM_WEEK)
    expect(act('validation', [1e12, 0, 0], { maxShareOfListPerWeek: 0.01 }).draft.furtherRemovals[0]).toBeCloseTo(0.01 * longWaiters, 9)
  })
})

describe('the curves of return', () => {
  const amount = fc.double({ min: 0, max: 1e6, noNaN: true })
  const scale = fc.double({ min: 0.01, max: 1e4, noNaN: true })

  it('diminishing returns start at one for one and are at half at half saturation', () => {
    const slope = (x: number): number => (diminishing(x + 1e-6, 2) - diminishing(x, 2)) / 1e-6
    expect(slope(0)).toBeCloseTo(1, 5)
    expect(slope(2)).toBeCloseTo(0.5, 5)
    fc.assert(
      fc.property(amount, scale, (x, half) => {
        expect(diminishing(x, half)).toBeLessThanOrEqual(x * (1 + 1e-12) + 1e-12)
        expect(diminishing(2 * x, half)).toBeLessThanOrEqual(2 * diminishing(x, half) * (1 + 1e-12) + 1e-12)
      }),
      { seed: 123 },
    )
  })

  it('saturating returns never pass their cap, nor the amount', () => {
    fc.assert(
      fc.property(amount, scale, (x, cap) => {
        expect(saturating(x, cap)).toBeLessThanOrEqual(Math.min(x, cap) * (1 + 1e-9) + 1e-12)
      }),
      { seed: 124 },
    )
    expect(saturating(5, 0)).toBe(0)
  })
})
