/** A step in which one programme buys: what it spends of which year and kind, and how steps shorter than a week do it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeEffect } from '../../src/investment/levers/index.ts'
import type { Tranche } from '../../src/investment/money.ts'
import { runProgramme, type Spending } from '../../src/investment/run-programme.ts'
import type { MoneyKind } from '../../src/model/tables.ts'
import { layOutSteps } from '../../src/model/steps.ts'
import { contextOf, draftOf, programme, weeklySteps, type ProgrammeParts } from './programmes.ts'

const STEPS = weeklySteps(20)
const CONTEXT = contextOf([300, 500, 200])
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** Lets a programme spend these pence in one step, ninth of a ramp of some weeks. */
function inOneStep(parts: ProgrammeParts, money: readonly (readonly [number, MoneyKind, number])[]): Spending {
  const tranches = money.map(([financialYear, kind, pence]): Tranche => ({ step: 8, financialYear, kind, pence }))
  return runProgramme(programme(parts), tranches, [draftOf('T_1', 20, 3), draftOf('T_2', 20, 3)], STEPS, CONTEXT)
}

const spentOf = ({ budgets }: Spending, year: number, kind: MoneyKind): number =>
  sum(budgets.filter((line) => line.financialYear === year && line.kind === kind).map(({ spentPence }) => spentPence))

const pence = fc.oneof(fc.nat(200), fc.nat(10_000_000))
const rampWeeks = fc.constantFrom(0, 13, 26, 52)

describe('a step that lies in two financial years', () => {
  it('spends of the first year’s money what it would by itself, however much the second has', () => {
    fc.assert(
      fc.property(pence, pence, rampWeeks, fc.constantFrom('capacity' as const, 'outreach' as const), (first, second, ramp, lever) => {
        const alone = inOneStep({ lever, rampWeeks: ramp }, [[2025, 'revenue', first]])
        const both = inOneStep({ lever, rampWeeks: ramp }, [[2025, 'revenue', first], [2026, 'revenue', second]])
        expect(spentOf(both, 2025, 'revenue')).toBe(spentOf(alone, 2025, 'revenue'))
      }),
      { seed: 141, numRuns: 150 },
    )
  })

  it('never spends more of a year and kind than it has, and all of it at full strength', () => {
    const kinds = fc.tuple(pence, pence, pence, pence)
    fc.assert(
      fc.property(kinds, rampWeeks, fc.constantFrom('surgical-hub' as const, 'attendance-support' as const), (four, ramp, lever) => {
        const [a, b, c, d] = four
        const found = inOneStep({ lever, rampWeeks: ramp }, [[2025, 'revenue', a], [2025, 'capital', b], [2026, 'revenue', c], [2026, 'capital', d]])
        for (const line of found.budgets) {
          expect(line.spentPence).toBeGreaterThanOrEqual(0)
          expect(line.spentPence).toBeLessThanOrEqual(line.budgetPence)
        }
        const unspent = sum(found.budgets.map(({ unspentPence }) => unspentPence))
        expect(unspent === 0 || ramp > 0 || lever === 'attendance-support').toBe(true)
        expect(sum(found.budgets.map(({ budgetPence }) => budgetPence))).toBe(a + b + c + d)
        expect(sum(found.spend.map(({ pencePerStep }) => pencePerStep[8]))).toBe(sum(found.budgets.map(({ spentPence }) => spentPence)))
        for (const { pencePerStep } of found.spend) expect(sum(pencePerStep)).toBe(pencePerStep[8])
      }),
      { seed: 142, numRuns: 150 },
    )
  })

  it('spends of each kind in proportion where the ramp holds money back', () => {
    // Eight and a half of seventeen weeks.
    const found = inOneStep({ lever: 'surgical-hub', rampWeeks: 17 }, [[2025, 'revenue', 1_000_000], [2025, 'capital', 3_000_000]])
    expect(spentOf(found, 2025, 'revenue')).toBeCloseTo(500_000, -1)
    expect(spentOf(found, 2025, 'capital')).toBeCloseTo(1_500_000, -1)
  })

  it('and where nobody can use more', () => {
    // 100 appointments × two contacts × £15, in each of two specialties, of £100,000.
    const found = inOneStep({ lever: 'attendance-support', parameters: { costPerContact: 15 } }, [[2025, 'revenue', 2_500_000], [2026, 'revenue', 7_500_000]])
    expect(spentOf(found, 2025, 'revenue')).toBeCloseTo(0.25 * 600_000, -1)
    expect(spentOf(found, 2026, 'revenue')).toBeCloseTo(0.75 * 600_000, -1)
  })
})

describe('a programme', () => {
  it('spends for the specialties and systems that it names, under their names', () => {
    const services = [draftOf('T_1', 20, 2, 'A'), draftOf('T_2', 20, 2, 'A'), draftOf('T_1', 20, 2, 'B'), draftOf('T_2', 20, 2, 'B')]
    const systems = { systems: [...contextOf([10, 20], [1, 1], 'A').systems, ...contextOf([30, 40], [1, 1], 'B').systems] }
    const named = (parts: ProgrammeParts): string[] => {
      const { spend } = runProgramme(programme(parts), [{ step: 3, financialYear: 2025, kind: 'revenue', pence: 100_000 }], services, STEPS, systems)
      return [...new Set(spend.map(({ system, specialty }) => `${system} ${specialty}`))].toSorted()
    }
    expect(named({})).toEqual(['A T_1', 'A T_2', 'B T_1', 'B T_2'])
    expect(named({ specialties: ['T_2'] })).toEqual(['A T_2', 'B T_2'])
    expect(named({ systems: ['B'] })).toEqual(['B T_1', 'B T_2'])
    expect(named({ systems: ['A'], specialties: ['T_1'] })).toEqual(['A T_1'])
  })

  it('has its spend in the steps of its money, by group', () => {
    const tranche = (step: number, amount: number): Tranche => ({ step, financialYear: 2025, kind: 'revenue', pence: amount })
    const { spend } = runProgramme(programme(), [tranche(2, 1000), tranche(5, 4000)], [draftOf('T_1', 20, 3)], STEPS, CONTEXT)
    const byGroup = (step: number): number[] => [0, 1, 2].map((group) => sum(spend.filter((line) => line.group === group).map(({ pencePerStep }) => pencePerStep[step])))
    expect([byGroup(2), byGroup(3), byGroup(5)]).toEqual([[300, 500, 200], [0, 0, 0], [1200, 2000, 800]])
    expect(spend.every(({ pencePerStep }) => pencePerStep.length === 20)).toBe(true)
  })

  it('books what is spent for classes of people under their deprivation groups', () => {
    const draft = { ...draftOf('T_1', 20, 6), classes: 2, unmetNeed: [100, 300, 200, 200, 500, 0] }
    const tranches: Tranche[] = [{ step: 3, financialYear: 2025, kind: 'revenue', pence: 100_000 }]
    const { spend, budgets } = runProgramme(programme({ lever: 'outreach' }), tranches, [draft], STEPS, CONTEXT)
    expect(spend.map(({ group, pencePerStep }) => [group, pencePerStep[3]])).toEqual([[0, 30_000], [1, 50_000], [2, 20_000]])
    expect(budgets.map(({ group, budgetPence, spentPence }) => [group, budgetPence, spentPence])).toEqual([[0, 30_000, 30_000], [1, 50_000, 50_000], [2, 20_000, 20_000]])
  })

  it('by days buys what it buys by weeks, and its lag is as long', () => {
    const starts = (stepDays: 1 | 7): number[] => {
      const steps = layOutSteps({ start: '2026-02-01', weeks: 10, stepDays, workingDays: false, warmUpWeeks: 0, seasonality: { clockStarts: null, capacity: null } })
      const aWeek = 7 / stepDays
      const draft = { ...draftOf('T_1', steps.count, 3), stepsPerWeek: aWeek }
      const tranches = Array.from({ length: aWeek * 2 }, (_, step): Tranche => ({ step, financialYear: 2025, kind: 'revenue', pence: 70_000 / aWeek }))
      runProgramme(programme({ lever: 'outreach', parameters: { lagWeeks: 4, decayHalfLifeWeeks: 0 } }), tranches, [draft], steps, CONTEXT)
      takeEffect(draft)
      return Array.from({ length: 10 }, (_, week) => sum(draft.additionalStarts.subarray(week * aWeek * 3, (week + 1) * aWeek * 3)))
    }
    const byDays = starts(1)
    expect(byDays.map((people) => people > 0)).toEqual([false, false, false, false, true, true, false, false, false, false])
    starts(7).forEach((people, week) => expect(byDays[week]).toBeCloseTo(people, 6))
  })
})
