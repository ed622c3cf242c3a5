import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVERS, type LeverId } from '../../../src/scenario/study.ts'
import { acting, effects, freshDraft, GROUPS, spend, sum, totals, type Spending } from './acting.ts'

const money = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: GROUPS, maxLength: GROUPS })
const lever = fc.constantFrom(...LEVERS)

/** Money that is the same for every group. */
const even = (id: LeverId, pence: number): Spending => ({ lever: id, pence: [pence, pence, pence], parameters: acting(id) })

/** Pence at which a lever neither does next to nothing nor has done all that it can. */
const DOSE: Readonly<Record<LeverId, number>> = {
  capacity: 100_000,
  'independent-sector': 100_000,
  'surgical-hub': 10_000_000,
  'diagnostic-centre': 50_000_000,
  validation: 10_000,
  'advice-and-guidance': 10_000,
  reminders: 200,
  'attendance-support': 20_000,
  'digital-first': 1_000_000,
  outreach: 50_000,
  prevention: 50_000_000,
  'waiting-well': 10_000_000,
  workforce: 50_000_000,
  custom: 500,
}

describe.each(LEVERS)('%s', (id) => {
  it('changes nothing, to the bit, where no money is spent', () => {
    const untouched = freshDraft(3)
    const { draft, spent } = spend(freshDraft(3), even(id, 0))
    expect({ ...draft, doses: [] }).toEqual(untouched)
    expect(sum(spent[0])).toBe(0)
  })

  it('does something for some money, more for more, and less than twice as much for twice as much', () => {
    const results = [1, 2, 4].map((times) => totals(spend(freshDraft(), even(id, DOSE[id] * times)).draft))
    const changed = Object.keys(results[0]).filter((name) => results[0][name] > 0)
    expect(changed.length).toBeGreaterThan(0)
    for (const name of changed) {
      expect(results[1][name]).toBeGreaterThan(results[0][name])
      expect(results[2][name]).toBeGreaterThan(results[1][name])
      expect(results[1][name]).toBeLessThan(2 * results[0][name])
      expect(results[2][name]).toBeLessThan(2 * results[1][name])
    }
  })

  it('spends at most its money, in whole pence, and never below nothing', () => {
    fc.assert(
      fc.property(money, (pence) => {
        const { spent } = spend(freshDraft(), { lever: id, pence, parameters: acting(id) })
        spent[0].forEach((part, group) => expect(Number.isInteger(part) && part >= 0 && part <= pence[group]).toBe(true))
      }),
      { seed: 201, numRuns: 60 },
    )
  })

  it('buys the same as one programme or as several with the same money', () => {
    fc.assert(
      fc.property(money, fc.integer({ min: 1, max: 99 }), (pence, percent) => {
        const part = pence.map((all) => Math.floor((all * percent) / 100))
        const rest = pence.map((all, group) => all - part[group])
        const parameters = acting(id)
        const whole = effects(spend(freshDraft(), { lever: id, pence, parameters }).draft)
        const split = effects(spend(freshDraft(), { lever: id, pence: part, parameters }, { lever: id, pence: rest, parameters }).draft)
        // Contacts beyond two an appointment are not paid for, programme by programme: beyond them two can reach more.
        const more = id === 'reminders' || id === 'attendance-support' ? 1 : 1e-7
        for (const [name, cells] of Object.entries(whole)) {
          cells.forEach((value, cell) => {
            expect(split[name][cell]).toBeGreaterThanOrEqual(value - 1e-7)
            expect(split[name][cell]).toBeLessThanOrEqual(value + more)
          })
        }
      }),
      { seed: 202, numRuns: 60 },
    )
  })
})

describe('several levers together', () => {
  const programmes = fc.array(
    fc.record({ lever, pence: fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: GROUPS, maxLength: GROUPS }) }),
    { minLength: 1, maxLength: 6 },
  )
  const withParameters = (some: readonly { lever: LeverId; pence: number[] }[]): Spending[] => some.map((each) => ({ ...each, parameters: acting(each.lever) }))

  it('never take a probability below nothing, nor more people than there are, whatever they cost', () => {
    fc.assert(
      fc.property(programmes, (some) => {
        const { draft } = spend(freshDraft(2), ...withParameters(some))
        for (const factor of [draft.dnaFactor, draft.hospitalCancellationFactor, draft.emergencyFactor, draft.deteriorationFactor, draft.testFactor, draft.needFactor]) {
          expect(factor.every((value) => value >= 0 && value <= 1)).toBe(true)
        }
        expect(draft.divertedShare.every((value) => value >= 0 && value <= 1)).toBe(true)
        expect(draft.additionalStarts.every((people, cell) => people >= 0 && people <= draft.unmetNeed[cell % GROUPS])).toBe(true)
        expect(draft.furtherRemovals.every((people) => people >= 0)).toBe(true)
      }),
      { seed: 203, numRuns: 150 },
    )
  })

  it('do the same in any order', () => {
    fc.assert(
      fc.property(programmes, (some) => {
        const one = effects(spend(freshDraft(2), ...withParameters(some)).draft)
        const other = effects(spend(freshDraft(2), ...withParameters(some).toReversed()).draft)
        for (const [name, cells] of Object.entries(one)) {
          cells.forEach((value, cell) => expect(Math.abs(other[name][cell] - value)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value))))
        }
      }),
      { seed: 204, numRuns: 100 },
    )
  })

  it('never do less with more money for one of them', () => {
    fc.assert(
      fc.property(programmes, fc.nat(), (some, any) => {
        const at = any % some.length
        const more = some.map((each, index) => (index === at ? { ...each, pence: each.pence.map((pence) => pence * 2 + 100) } : each))
        const before = totals(spend(freshDraft(), ...withParameters(some)).draft)
        const after = totals(spend(freshDraft(), ...withParameters(more)).draft)
        const slots = (all: Readonly<Record<string, number>>, names: readonly string[]): number => sum(names.map((name) => all[name]))
        const first = ['firstReserved', 'firstIndependent']
        const admission = ['admissionReserved', 'admissionIndependent', 'admissionHub']
        for (const names of [first, admission, ...Object.keys(before).filter((name) => !first.includes(name) && !admission.includes(name)).map((name) => [name])]) {
          expect(slots(after, names)).toBeGreaterThanOrEqual(slots(before, names) * (1 - 1e-9) - 1e-9)
        }
      }),
      { seed: 205, numRuns: 100 },
    )
  })

  it('share one curve of slots: capacity and the independent sector together gain what the same money gains in one of them', () => {
    const both = totals(spend(freshDraft(), even('capacity', 300_000), even('independent-sector', 300_000)).draft)
    const one = totals(spend(freshDraft(), even('capacity', 600_000)).draft)
    expect(both['firstReserved'] + both['firstIndependent']).toBeCloseTo(one['firstReserved'], 9)
    expect(both['admissionReserved'] + both['admissionIndependent']).toBeCloseTo(one['admissionReserved'], 9)
  })

  it('multiply what each leaves of DNAs: two levers take off less than the sum of both', () => {
    const [reminders, support] = (['reminders', 'attendance-support'] as const).map((id) => spend(freshDraft(), even(id, 100_000)).draft.dnaFactor[0])
    const both = spend(freshDraft(), even('reminders', 100_000), even('attendance-support', 100_000)).draft.dnaFactor[0]
    expect(both).toBeCloseTo(reminders * support, 12)
  })
})
