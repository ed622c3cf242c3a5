/** Money for people of further groups: who is reached, what it costs, and what it leaves alone. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CompiledScenario } from '../../../src/model/tables.ts'
import type { Programme, Series } from '../../../src/scenario/study.ts'
import { programme } from '../../investment/programmes.ts'
import { AGE, compiled, TWO_LEVELS } from './study-builder.ts'

const OLD = [{ dimension: 'age', groups: ['65+'] }]
/** Own strata with one priority level: group × age, 65+ the second of each. */
const isOld = (stratum: number): boolean => stratum % 2 === 1

type Parts = Parameters<typeof programme>[0]
const from = { from: '2026-01-01' } as const
const runs = (...scenarios: readonly (readonly Parts[])[]): CompiledScenario[] =>
  compiled({
    dimensions: [AGE],
    assumptions: { dnaRate: [0.1, 0.1, 0.1], referralPropensity: [0.6, 0.7, 0.8], unmetNeedInitialWeeks: 20 },
    scenarios: scenarios.map((parts) => ({ invest: parts.map((each, index) => programme({ ...from, id: `p${index}`, ...each })) })),
  })
const rates = ({ services: [{ first }] }: CompiledScenario, step = 30): number[] =>
  [...(first.attendance.dnaRate ?? new Float64Array(360)).subarray(step * 6, (step + 1) * 6)]

describe('a programme for people of further groups', () => {
  it('acts on them and on nobody else', () => {
    const [without, aimed] = runs([], [{ lever: 'attendance-support', perYear: 30_000, people: OLD }])
    const before = rates(without)
    const kept = rates(aimed).map((rate, stratum) => rate / before[stratum])
    expect(kept.filter((_, stratum) => !isOld(stratum))).toEqual([1, 1, 1])
    for (const part of kept.filter((_, stratum) => isOld(stratum))) expect(part).toBeLessThan(0.95)
  })

  it('keeps slots for them alone, given first, and lets others have what they cannot use', () => {
    const [aimed] = runs([{ lever: 'capacity', perYear: 500_000, people: OLD }])
    const { pools } = aimed.services[0].first
    expect(pools).toHaveLength(4)
    pools.slice(0, 3).forEach(({ access, releaseTo, slots }, group) => {
      expect([...(access?.subarray(0, 6) ?? [])]).toEqual([0, 1, 2, 3, 4, 5].map((stratum) => (stratum === group * 2 + 1 ? 1 : 0)))
      expect(releaseTo).toBe(3)
      expect(slots.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(10)
    })
  })

  it('finds them by outreach, and steers the independent sector to them', () => {
    const [found, steered] = runs([{ lever: 'outreach', perYear: 100_000, people: OLD }], [{ lever: 'independent-sector', perYear: 500_000, people: OLD }])
    const starts = found.services[0].unmetNeed.found?.subarray(180, 186)
    expect([...(starts ?? [])].map((people) => people > 0)).toEqual([false, true, false, true, false, true])
    const access = steered.services[0].first.pools[0].access?.subarray(180, 186)
    expect(Math.min(...[1, 3, 5].map((stratum) => access?.[stratum] ?? 0))).toBeGreaterThan(100 * (access?.[0] ?? 1))
  })

  it('is shared by rules that look at them alone: per head of theirs', () => {
    const [aimed] = runs([{ lever: 'capacity', perYear: 1_000_000, people: OLD, allocate: { rule: 'universal' } }])
    const byGroup = [0, 1, 2].map((group) => aimed.budgets.filter((line) => line.group === group).reduce((sum, { budgetPence }) => sum + budgetPence, 0))
    const old = [30_000 * 0.1, 40_000 * 0.2, 50_000 * 0.25]
    const [money, people] = [byGroup, old].map((numbers) => numbers.reduce((sum, each) => sum + each, 0))
    byGroup.forEach((pence, group) => expect(pence / money).toBeCloseTo(old[group] / people, 6))
  })

  it('spends to the penny, in whole pence, at most its budget', () => {
    const rule = fc.constantFrom<Programme<Series>['allocate']>({ rule: 'universal' }, { rule: 'targeted', groups: [1] }, { rule: 'custom', weights: { 1: 3, 2: 0, 3: 1 } }, { rule: 'need', need: 'use' })
    const lever = fc.constantFrom('capacity', 'attendance-support', 'outreach', 'validation', 'waiting-well', 'surgical-hub' as const)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), rule, lever, (perYear, allocate, name) => {
        const [with65, everybody] = runs([{ lever: name, perYear, allocate, people: OLD }], [{ lever: name, perYear, allocate }])
        const total = ({ budgets }: CompiledScenario): number => budgets.reduce((sum, { budgetPence }) => sum + budgetPence, 0)
        expect(total(with65)).toBe(total(everybody))
        for (const { budgetPence, spentPence, unspentPence } of with65.budgets) {
          expect(Number.isInteger(budgetPence) && Number.isInteger(spentPence)).toBe(true)
          expect(spentPence).toBeLessThanOrEqual(budgetPence)
          expect(spentPence + unspentPence).toBe(budgetPence)
        }
      }),
      { seed: 11, numRuns: 25 },
    )
  })

  it('without money leaves the tables as they are, to the bit', () => {
    const [without, nothing] = runs([], [{ lever: 'capacity', perYear: 0, people: OLD }, { lever: 'outreach', perYear: 0, people: OLD }])
    expect(nothing.services).toEqual(without.services)
  })

  it('leaves what money for everybody does as it is, but for pennies that do not divide', () => {
    const others: readonly Parts[] = [{ lever: 'capacity', perYear: 500_000 }, { lever: 'attendance-support', perYear: 30_000 }, { lever: 'outreach', perYear: 50_000 }, { lever: 'validation', perYear: 20_000 }]
    const [alone, beside] = runs(others, [...others, { lever: 'reminders', perYear: 0, people: OLD }])
    expect(beside.services[0].first.pools).toEqual(alone.services[0].first.pools)
    rates(beside).forEach((rate, stratum) => expect(rate).toBeCloseTo(rates(alone)[stratum], 6))
    const found = ({ services: [{ unmetNeed }] }: CompiledScenario): number[] => [...(unmetNeed.found?.subarray(180, 186) ?? [])]
    found(beside).forEach((people, stratum) => expect(people).toBeCloseTo(found(alone)[stratum], 4))
    expect(beside.budgets.filter(({ budgetPence }) => budgetPence > 0)).toEqual(alone.budgets)
  })

  it('for people of every group of a dimension is for everybody, but for slots kept one by one', () => {
    const all = [{ dimension: 'age', groups: ['under-65', '65+'] }]
    const [aimed, open] = runs([{ lever: 'attendance-support', perYear: 30_000, people: all }], [{ lever: 'attendance-support', perYear: 30_000 }])
    rates(aimed).forEach((rate, stratum) => expect(rate).toBeCloseTo(rates(open)[stratum], 6))
  })

  it('works beside levels of priority, which money does not tell apart', () => {
    const [aimed] = compiled({ dimensions: [AGE], priority: TWO_LEVELS, assumptions: { dnaRate: [0.1, 0.1, 0.1] }, scenarios: [{ invest: [programme({ ...from, lever: 'attendance-support', perYear: 30_000, people: OLD })] }] })
    const step = Array.from(aimed.services[0].first.attendance.dnaRate?.slice(30 * 12, 31 * 12) ?? [])
    expect(step.map((rate) => rate < 0.1)).toEqual([0, 1, 2].flatMap(() => [false, false, true, true]))
  })
})
