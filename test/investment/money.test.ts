import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invest } from '../../src/investment/invest.ts'
import { accrueMoney, fundingEnd, poundsAYear, type Tranche } from '../../src/investment/money.ts'
import { CONSTANT_PRICES } from '../../src/investment/prices.ts'
import type { BudgetLine, SpendLine } from '../../src/model/tables.ts'
import { LEVERS } from '../../src/scenario/study.ts'
import { contextOf, draftOf, programme, weeklySteps } from './programmes.ts'
import type { ProgrammeParts } from './programmes.ts'

const CONTEXT = contextOf([30_000, 20_000, 50_000], [1.5, 1.2, 1])
const STEPS = weeklySteps(170)
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

function account(parts: ProgrammeParts): { spend: readonly SpendLine[]; budgets: readonly BudgetLine[] } {
  return invest([programme(parts)], [draftOf('T_1', STEPS.count, 3), draftOf('T_2', STEPS.count, 3)], STEPS, () => CONTEXT)
}

function accrued(parts: ProgrammeParts): Tranche[] {
  const { budget } = programme(parts)
  return accrueMoney(budget, poundsAYear(budget, CONSTANT_PRICES), () => 0, STEPS)
}

const anyProgramme: fc.Arbitrary<ProgrammeParts> = fc.record({
  lever: fc.constantFrom(...LEVERS),
  perYear: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 5e7, noNaN: true })),
  from: fc.constantFrom('2026-02-01', '2026-03-30', '2026-04-01', '2027-01-13', '2020-02-29'),
  years: fc.constantFrom(0.1, 1, 1.5, 3, 10),
  rampWeeks: fc.constantFrom(0, 1, 26, 500),
  allocate: fc.constantFrom(
    { rule: 'universal' as const },
    { rule: 'proportionate' as const, theta: 1.5, need: 'use' as const },
    { rule: 'targeted' as const, groups: [1, 3] },
  ),
  specialties: fc.constantFrom([], ['T_2'], ['T_9']),
})

describe('the account of a programme', () => {
  it('is budget = spent + unspent to the penny, in whole pence, by system, specialty, group and financial year', () => {
    fc.assert(
      fc.property(anyProgramme, (parts) => {
        const { spend, budgets } = account(parts)
        for (const line of budgets) {
          expect(line.budgetPence).toBe(line.spentPence + line.unspentPence)
          expect([line.budgetPence, line.spentPence, line.unspentPence].every((pence) => Number.isInteger(pence) && pence >= 0)).toBe(true)
        }
        const keyOf = ({ kind, system, specialty, group }: SpendLine | BudgetLine): string => `${kind}/${system}/${specialty}/${group}`
        const booked = Map.groupBy(budgets, keyOf)
        for (const line of spend) expect(sum(line.pencePerStep)).toBe(sum((booked.get(keyOf(line)) ?? []).map(({ spentPence }) => spentPence)))
        expect(sum(budgets.map(({ budgetPence }) => budgetPence))).toBe(sum(accrued(parts).map(({ pence }) => pence)))
      }),
      { seed: 111, numRuns: 150 },
    )
  })

  it('gives every fully funded financial year the budget per year exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000_000 }), (pencePerYear) => {
        const { budgets } = account({ perYear: pencePerYear / 100 })
        for (const year of [2026, 2027]) {
          const whole = sum(budgets.filter((line) => line.financialYear === year).map((line) => line.budgetPence))
          expect(whole).toBe(pencePerYear)
        }
      }),
      { seed: 112, numRuns: 100 },
    )
  })

  it('gives whole financial years their sum, and parts of years by days', () => {
    const { budgets } = account({ perYear: 12_000_000, from: '2026-04-01', years: 2 })
    const years = new Map<number, number>()
    for (const line of budgets) years.set(line.financialYear, (years.get(line.financialYear) ?? 0) + line.budgetPence)
    expect([...years]).toEqual([[2026, 1_200_000_000], [2027, 1_200_000_000]])
    const broken = account({ perYear: 3_650_000, from: '2026-03-22', years: 1 }).budgets
    // Ten of 365 days in 2025/26, the other 355 in 2026/27.
    expect(sum(broken.filter((line) => line.financialYear === 2025).map((line) => line.budgetPence))).toBe(10_000_000)
    expect(sum(broken.map((line) => line.budgetPence))).toBe(365_000_000)
  })

  it('spends along the ramp, and leaves the shortfall unspent', () => {
    const { spend, budgets } = account({ perYear: 5_218_000, rampWeeks: 26 })
    const byStep = Array.from({ length: STEPS.count }, (_, step) => sum(spend.map((line) => line.pencePerStep[step])))
    const full = byStep[40]
    for (let step = 0; step < 26; step++) expect(byStep[step] / full).toBeCloseTo((step + 0.5) / 26, 3)
    expect(byStep.slice(26, 50).every((pence) => Math.abs(pence - full) <= 6)).toBe(true)
    expect(sum(budgets.map((line) => line.unspentPence)) / full).toBeCloseTo(13, 1)
  })

  it('leaves everything unspent where no specialty of the study is meant', () => {
    const { spend, budgets } = account({ specialties: ['T_9'] })
    expect(spend).toEqual([])
    expect(new Set(budgets.map((line) => line.specialty))).toEqual(new Set(['all']))
    expect(sum(budgets.map((line) => line.spentPence))).toBe(0)
    expect(sum(budgets.map((line) => line.unspentPence))).toBeGreaterThan(0)
  })

  it('spends on the named specialties and groups only', () => {
    const { spend, budgets } = account({ specialties: ['T_2'], allocate: { rule: 'targeted', groups: [2] } })
    expect(new Set(spend.map((line) => line.specialty))).toEqual(new Set(['T_2']))
    expect(new Set(budgets.map((line) => line.specialty))).toEqual(new Set(['T_2']))
    expect(sum(budgets.filter((line) => line.group !== 1).map((line) => line.budgetPence))).toBe(0)
    expect(sum(budgets.filter((line) => line.group === 1).map((line) => line.spentPence))).toBeGreaterThan(0)
  })
})

describe('money through time', () => {
  it('falls between its first and its last day only, in whole pence', () => {
    fc.assert(
      fc.property(anyProgramme, (parts) => {
        const own = programme(parts)
        const end = fundingEnd(own.budget.from, own.budget.years)
        for (const { step, pence } of accrued(parts)) {
          expect(Number.isInteger(pence) && pence >= 0).toBe(true)
          expect(STEPS.firstDays[step + 1] > own.budget.from && STEPS.firstDays[step] < end).toBe(true)
        }
      }),
      { seed: 113, numRuns: 100 },
    )
  })

  it('ends on the same day of a later year, a leap day on 1 March', () => {
    expect(fundingEnd('2026-04-01', 3)).toBe('2029-04-01')
    expect(fundingEnd('2028-02-29', 4)).toBe('2032-02-29')
    expect(fundingEnd('2028-02-29', 1)).toBe('2029-03-01')
    expect(fundingEnd('2026-04-01', 0.5)).toBe('2026-10-01')
  })
})
