import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invest, type Investment } from '../../src/investment/invest.ts'
import type { Tranche } from '../../src/investment/money.ts'
import { grants, rescaled } from '../../src/investment/portfolio.ts'
import { CONSTANT_PRICES, priceLevel } from '../../src/investment/prices.ts'
import { MONEY_KINDS, type MoneyKind } from '../../src/model/tables.ts'
import { UNDERSPENDS, type Envelope, type Programme, type Series } from '../../src/scenario/study.ts'
import { contextOf, draftOf, programme, weeklySteps, type ProgrammeParts } from './programmes.ts'

const CONTEXT = contextOf([30_000, 20_000, 50_000], [1.5, 1.2, 1])
/** From 1 February 2026 to 3 May 2028: all of 2026/27 and 2027/28, and parts of a year on either side. */
const STEPS = weeklySteps(118)
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)
const perYear = (pounds: Series): Envelope<Series>['revenue'] => ({ perYear: pounds, byYear: [] })

function run(programmes: readonly Programme<Series>[], envelope: Envelope<Series> | null, prices = CONSTANT_PRICES): Investment {
  return invest(programmes, [draftOf('T_1', STEPS.count, 3), draftOf('T_2', STEPS.count, 3)], STEPS, () => CONTEXT, { envelope, prices })
}

const enveloped = (revenue: number, parts: readonly ProgrammeParts[], underspend: Envelope['underspend'] = 'lost'): Investment =>
  run(parts.map((each, index) => programme({ id: `p${index}`, ...each })), { revenue: perYear(revenue), capital: null, underspend })

function budgetOf({ budgets }: Investment, id: string, year: number, key: 'budgetPence' | 'spentPence' | 'unspentPence' = 'budgetPence'): number {
  return sum(budgets.filter((line) => line.programme === id && line.financialYear === year).map((line) => line[key])) / 100
}

describe('an envelope', () => {
  it('gives what is asked for where it holds it, and says what nobody asked for', () => {
    const found = enveloped(5_000_000, [{ perYear: 2_000_000 }, { perYear: 1_000_000, lever: 'outreach' }])
    expect([budgetOf(found, 'p0', 2026), budgetOf(found, 'p1', 2026)]).toEqual([2_000_000, 1_000_000])
    expect(found.envelopes.find((line) => line.financialYear === 2026)).toMatchObject({ kind: 'revenue', envelopePence: 500_000_000, unallocatedPence: 200_000_000 })
  })

  it('cuts all in proportion where it does not, and keeps earmarks and minimums whole', () => {
    const parts: ProgrammeParts[] = [{ perYear: 4_000_000 }, { perYear: 2_000_000, budget: { earmark: 1_500_000 } }, { perYear: 2_000_000, budget: { minimum: 2_000_000 } }]
    const found = enveloped(5_000_000, parts)
    // £1.5m left over earmark and minimum, wanted as £4m and £0.5m.
    expect(['p0', 'p1', 'p2'].map((id) => Math.round(budgetOf(found, id, 2026)))).toEqual([1_333_333, 1_666_667, 2_000_000])
  })

  it('can be shared by parts of itself, and by what is granted in one year only', () => {
    const envelope: Envelope<Series> = { revenue: { perYear: 0, byYear: [{ financialYear: 2027, pounds: 8_000_000 }] }, capital: null, underspend: 'lost' }
    const found = run([programme({ id: 'p0', perYear: 0, budget: { share: 0.75 } }), programme({ id: 'p1', perYear: 0, budget: { share: 0.25 } })], envelope)
    expect([2026, 2027].map((year) => [budgetOf(found, 'p0', year), budgetOf(found, 'p1', year)])).toEqual([[0, 0], [6_000_000, 2_000_000]])
  })

  it('holds no programme above its maximum', () => {
    const found = enveloped(9_000_000, [{ perYear: 4_000_000, budget: { maximum: 1_000_000 } }])
    expect(budgetOf(found, 'p0', 2026)).toBe(1_000_000)
  })

  it('shares any pence exactly: never more than it holds, nobody below what is bound where that fits', () => {
    const pence = fc.oneof(fc.constant(0), fc.nat(1_000_000))
    const bound = fc.tuple(pence, pence).map(([a, b]) => ({ wanted: Math.max(a, b), least: Math.min(a, b) }))
    fc.assert(
      fc.property(fc.array(bound, { minLength: 1, maxLength: 8 }), fc.oneof(fc.constant(0), fc.nat(4_000_000)), (bounds, envelope) => {
        const given = grants(bounds, envelope)
        expect(sum(given)).toBe(Math.min(envelope, sum(bounds.map(({ wanted }) => wanted))))
        given.forEach((part, index) => expect(part).toBeLessThanOrEqual(bounds[index].wanted))
        const isHeld = sum(bounds.map(({ least }) => least)) <= envelope
        given.forEach((part, index) => expect(part).toBeGreaterThanOrEqual(isHeld ? bounds[index].least : 0))
      }),
      { seed: 131, numRuns: 500 },
    )
  })

  it('scales money of a year and kind to a total, each part in proportion, and leaves all else as it is', () => {
    const tranche = (kind: MoneyKind, financialYear: number, amount: number): Tranche => ({ step: 0, kind, financialYear, pence: amount })
    const some = [tranche('revenue', 2026, 30), tranche('capital', 2026, 30), tranche('revenue', 2026, 70), tranche('revenue', 2027, 30)]
    expect(rescaled(some, 'revenue', 2026, 1000).map((each) => each.pence)).toEqual([300, 30, 700, 30])
    expect(rescaled(some, 'revenue', 2026, 33).map((each) => each.pence)).toEqual([10, 30, 23, 30])
    expect(rescaled(some, 'revenue', 2026, 0).map((each) => each.pence)).toEqual([0, 30, 0, 30])
    // Nothing has no proportions.
    expect(rescaled([tranche('revenue', 2026, 0)], 'revenue', 2026, 100).map((each) => each.pence)).toEqual([0])
  })

  const anyProgramme: fc.Arbitrary<ProgrammeParts> = fc.record({
    lever: fc.constantFrom('capacity' as const, 'surgical-hub' as const, 'attendance-support' as const, 'outreach' as const),
    perYear: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2e7, noNaN: true })),
    from: fc.constantFrom('2026-02-01', '2026-04-01', '2027-01-13'),
    years: fc.constantFrom(0.5, 1, 3),
    rampWeeks: fc.constantFrom(0, 26),
    specialties: fc.constantFrom([], ['T_2'], ['T_9']),
    budget: fc.constantFrom({}, { earmark: 100_000 }, { minimum: 50_000, maximum: 3_000_000 }, { late: { share: 0.5, weeks: 52 } }),
  })

  it('is never exceeded in any financial year and kind, and reconciles to the penny, whatever the programmes and the rule for underspend', () => {
    fc.assert(
      fc.property(fc.array(anyProgramme, { minLength: 1, maxLength: 3 }), fc.constantFrom(...UNDERSPENDS), fc.oneof(fc.constant(0), fc.nat(9_000_000)), (parts, underspend, pounds) => {
        const envelope: Envelope<Series> = { revenue: perYear(pounds), capital: perYear(pounds / 3), underspend }
        const { budgets, envelopes, spend } = run(parts.map((each, index) => programme({ id: `p${index}`, ...each })), envelope)
        for (const line of envelopes) {
          const own = budgets.filter(({ kind, financialYear }) => kind === line.kind && financialYear === line.financialYear)
          expect(sum(own.map(({ budgetPence }) => budgetPence))).toBe(line.budgetPence)
          expect(line.envelopePence + line.carriedInPence - line.carriedOutPence).toBe(line.budgetPence + line.unallocatedPence)
          expect(line.unallocatedPence).toBeGreaterThanOrEqual(0)
        }
        for (const line of budgets) {
          expect(line.budgetPence).toBe(line.spentPence + line.unspentPence)
          expect(Math.min(line.budgetPence, line.spentPence, line.unspentPence)).toBeGreaterThanOrEqual(0)
        }
        expect(sum(spend.map(({ pencePerStep }) => sum(pencePerStep)))).toBe(sum(budgets.map(({ spentPence }) => spentPence)))
      }),
      { seed: 132, numRuns: 60 },
    )
  })
})

describe('underspend', () => {
  const ramped: ProgrammeParts = { perYear: 1_000_000, from: '2026-04-01', rampWeeks: 52 }

  it('is lost unless it is said otherwise', () => {
    const found = enveloped(5_000_000, [ramped])
    expect(budgetOf(found, 'p0', 2026, 'unspentPence')).toBeGreaterThan(400_000)
    expect(budgetOf(found, 'p0', 2027)).toBe(1_000_000)
    expect(found.transfers).toEqual([])
  })

  it('carried, becomes the next year’s budget of the same programme, and leaves the year that it is from', () => {
    const lost = enveloped(5_000_000, [ramped])
    const found = enveloped(5_000_000, [ramped], 'carry')
    const left = budgetOf(lost, 'p0', 2026, 'unspentPence')
    expect(budgetOf(found, 'p0', 2026, 'unspentPence')).toBe(0)
    expect(budgetOf(found, 'p0', 2026, 'spentPence')).toBe(budgetOf(lost, 'p0', 2026, 'spentPence'))
    expect(budgetOf(found, 'p0', 2027)).toBeCloseTo(1_000_000 + left, 6)
    expect(found.transfers[0]).toEqual({ kind: 'revenue', from: 'p0', to: 'p0', fromYear: 2026, toYear: 2027, pence: Math.round(left * 100) })
  })

  it('is not carried past the end of the money', () => {
    const found = enveloped(5_000_000, [{ ...ramped, years: 1 }], 'carry')
    expect(budgetOf(found, 'p0', 2026, 'unspentPence')).toBeGreaterThan(400_000)
    expect(budgetOf(found, 'p0', 2027)).toBe(0)
  })

  it('passed on, goes to programmes that spend all they have, in the same year; earmarks stay', () => {
    const found = enveloped(5_000_000, [ramped, { perYear: 1_000_000, from: '2026-04-01' }], 'pass')
    expect(budgetOf(found, 'p0', 2026, 'unspentPence')).toBe(0)
    expect(budgetOf(found, 'p0', 2026) + budgetOf(found, 'p1', 2026)).toBeCloseTo(2_000_000, 6)
    expect(budgetOf(found, 'p1', 2026, 'spentPence')).toBeGreaterThan(1_400_000)
    const kept = enveloped(5_000_000, [{ ...ramped, budget: { earmark: 1_000_000 } }, { perYear: 1_000_000, from: '2026-04-01' }], 'pass')
    expect(kept.transfers).toEqual([])
  })
})

describe('money by the year', () => {
  const yearly = (budget: ProgrammeParts['budget']): Investment => run([programme({ id: 'p0', perYear: 0, from: '2026-04-01', years: 2, budget: budget ?? {} })], null)
  const byYear = [{ financialYear: 2026, pounds: 6_000_000 }, { financialYear: 2027, pounds: 2_000_000 }]

  it('is what the year has, to the penny', () => {
    const found = yearly({ byYear })
    expect([2026, 2027].map((year) => budgetOf(found, 'p0', year))).toEqual([6_000_000, 2_000_000])
  })

  it('half of it a year late, moves half a year’s money into the next', () => {
    // 52 weeks are a day less than a year (2027/28 has 366 days): as many days' late money stays in the year that it is of.
    const found = yearly({ byYear, late: { share: 0.5, weeks: 52 } })
    expect(budgetOf(found, 'p0', 2026)).toBeCloseTo(3_000_000 + 3_000_000 / 365, 0)
    expect(budgetOf(found, 'p0', 2027)).toBeCloseTo(1_000_000 + (3_000_000 * 364) / 365 + 1_000_000 * (2 / 366), 0)
  })
})

describe('prices of the day', () => {
  const rise = (budgets: 'real' | 'cash', costInflation = 0.05): Investment => {
    const prices = priceLevel({ baseYear: 2026, budgets, inflation: 0.05, costInflation })
    return run([programme({ id: 'p0', perYear: 1_000_000, from: '2026-04-01', lever: 'outreach' })], null, prices)
  }

  it('raise real money with inflation each first of April, and leave cash as it is', () => {
    expect([2026, 2027].map((year) => budgetOf(rise('real'), 'p0', year))).toEqual([1_000_000, 1_050_000])
    expect([2026, 2027].map((year) => budgetOf(rise('cash'), 'p0', year))).toEqual([1_000_000, 1_000_000])
  })

  it('buy as much with real money when costs rise as it does, and less with cash', () => {
    const unitsIn = (budgets: 'real' | 'cash', year: number): number => {
      const drafts = [draftOf('T_1', STEPS.count, 3)]
      const prices = priceLevel({ baseYear: 2026, budgets, inflation: 0.05, costInflation: 0.05 })
      invest([programme({ perYear: 1_000_000, from: '2026-04-01', lever: 'outreach', parameters: { lagWeeks: 0 } })], drafts, STEPS, () => CONTEXT, { envelope: null, prices })
      const step = STEPS.financialYears.indexOf(year) + 10
      return sum(drafts[0].doses.map(({ arriving }) => sum(arriving.subarray(step * 3, step * 3 + 3))))
    }
    expect(unitsIn('real', 2027) / unitsIn('real', 2026)).toBeCloseTo(365 / 366, 3)
    expect(unitsIn('cash', 2027) / unitsIn('cash', 2026)).toBeCloseTo(365 / 366 / 1.05, 3)
  })
})

describe('money among systems and specialties', () => {
  const systems = { systems: [...contextOf([10, 10, 10], [1, 1, 1], 'A').systems, ...contextOf([30, 30, 30], [2, 1, 1], 'B').systems] }
  const drafts = () => [draftOf('T_1', STEPS.count, 3, 'A'), draftOf('T_1', STEPS.count, 3, 'B'), draftOf('T_2', STEPS.count, 3, 'B')]
  const sharesBy = (parts: ProgrammeParts, key: 'system' | 'specialty'): Record<string, number> => {
    const { budgets } = invest([programme({ perYear: 1_000_000, from: '2026-04-01', ...parts })], drafts(), STEPS, () => systems)
    const all = sum(budgets.map(({ budgetPence }) => budgetPence))
    return Object.fromEntries([...Map.groupBy(budgets, (line) => line[key])].map(([id, lines]) => [id, Number((sum(lines.map(({ budgetPence }) => budgetPence)) / all).toFixed(3))]))
  }

  it('is shared by the rule for systems, each sharing its own among its groups', () => {
    expect(sharesBy({ across: { systems: { rule: 'universal' } } }, 'system')).toEqual({ A: 0.25, B: 0.75 })
    expect(sharesBy({ across: { systems: { rule: 'need', need: 'use' } } }, 'system')).toEqual({ A: 0.2, B: 0.8 })
    expect(sharesBy({ across: { systems: { rule: 'custom', weights: { A: 1, B: 1 } } } }, 'system')).toEqual({ A: 0.5, B: 0.5 })
  })

  it('is shared by the rule for specialties, over the services that can use it', () => {
    expect(sharesBy({ across: { specialties: { rule: 'custom', weights: { T_1: 0.9, T_2: 0.1 } } } }, 'specialty')).toEqual({ T_1: 0.9, T_2: 0.1 })
  })

  it('targeted, leaves out a system in which nobody is meant', () => {
    const empty = { systems: [{ ...systems.systems[0], groups: systems.systems[0].groups.map((group, index) => ({ ...group, population: index === 0 ? 0 : 10 })) }, systems.systems[1]] }
    const own = programme({ perYear: 1_000_000, allocate: { rule: 'targeted', groups: [1] }, across: { systems: { rule: 'universal' } } })
    const { budgets } = invest([own], drafts(), STEPS, () => empty)
    expect(new Set(budgets.map(({ system }) => system))).toEqual(new Set(['B']))
  })

  it('that reaches nobody is refused, with the programme’s name', () => {
    const empty = { systems: [{ ...systems.systems[0], groups: systems.systems[0].groups.map((group) => ({ ...group, population: 0 })) }] }
    expect(() => invest([programme({ id: 'p0' })], drafts().slice(0, 1), STEPS, () => empty)).toThrow(/p0 reaches nobody/)
  })
})

it('knows both kinds of money', () => {
  const kinds: readonly MoneyKind[] = MONEY_KINDS
  const { budgets } = run([programme({ lever: 'surgical-hub', perYear: 1_000_000 })], null)
  expect(new Set(budgets.map(({ kind }) => kind))).toEqual(new Set(kinds))
})
