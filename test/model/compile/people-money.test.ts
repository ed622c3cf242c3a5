/** Accounts of programmes for people of further groups, by those groups. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BudgetLine, CompiledScenario } from '../../../src/model/tables.ts'
import { programme } from '../../investment/programmes.ts'
import { AGE, compiled } from './study-builder.ts'

type Parts = Parameters<typeof programme>[0]
const from = { from: '2026-01-01' } as const
const run = (...parts: readonly Parts[]): CompiledScenario =>
  compiled({
    dimensions: [AGE],
    assumptions: { dnaRate: [0.1, 0.1, 0.1], referralPropensity: [0.6, 0.7, 0.8], unmetNeedInitialWeeks: 20 },
    scenarios: [{ invest: parts.map((each, index) => programme({ ...from, id: `p${index}`, ...each })) }],
  })[0]

const AGES = AGE.groups.map(({ id }) => id)
const EVERY_AGE = [{ dimension: 'age', groups: AGES }]
const OLD = [{ dimension: 'age', groups: ['65+'] }]
const spentOn = (lines: readonly BudgetLine[], group: string): number =>
  lines.reduce((sum, { people = [] }) => sum + people.reduce((own, part) => own + (part.group === group ? part.spentPence : 0), 0), 0)

describe('the account of a programme for people of further groups', () => {
  it('is known by each group that it names, to the penny, whatever the lever and the amount', () => {
    const lever = fc.constantFrom('capacity', 'attendance-support', 'outreach', 'validation', 'waiting-well', 'surgical-hub' as const)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), lever, fc.boolean(), (perYear, name, isForAll) => {
        const { budgets } = run({ lever: name, perYear, people: isForAll ? EVERY_AGE : OLD })
        for (const { people = [], budgetPence, spentPence, unspentPence } of budgets) {
          expect(people.map(({ group }) => group)).toEqual(isForAll ? AGES : ['65+'])
          expect(people.reduce((sum, part) => sum + part.budgetPence, 0)).toBe(budgetPence)
          expect(people.reduce((sum, part) => sum + part.spentPence, 0)).toBe(spentPence)
          expect(people.reduce((sum, part) => sum + part.unspentPence, 0)).toBe(unspentPence)
          for (const part of people) expect(part.budgetPence).toBe(part.spentPence + part.unspentPence)
        }
      }),
      { seed: 19, numRuns: 15 },
    )
  })

  it('parts money by what the lever can reach: of each age its part of its fifth\'s list', () => {
    const { budgets } = run({ lever: 'capacity', perYear: 1_000_000, people: EVERY_AGE })
    for (const group of [0, 1, 2]) {
      const own = budgets.filter((line) => line.group === group)
      const total = own.reduce((sum, { spentPence }) => sum + spentPence, 0)
      const { list } = AGE
      expect(spentOn(own, '65+') / total).toBeCloseTo(list[group][1], 4)
    }
  })

  it('says nothing of programmes for everybody, and leaves them and the tables as they are', () => {
    const [alone, beside] = [run({ perYear: 400_000, people: OLD }), run({ perYear: 400_000, people: OLD }, { lever: 'outreach', perYear: 0 })]
    expect(beside.budgets.filter(({ programme: id }) => id === 'p1').every(({ people }) => people === undefined)).toBe(true)
    expect(beside.budgets.filter(({ programme: id }) => id === 'p0')).toEqual(alone.budgets)
    expect(run({ perYear: 400_000 }).budgets.every(({ people }) => people === undefined)).toBe(true)
  })
})
