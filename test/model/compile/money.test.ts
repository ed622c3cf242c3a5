import { describe, expect, it } from 'vitest'
import { programme } from '../../investment/programmes.ts'
import { compiled, specialty, sum, system, type StudyParts } from './study-builder.ts'

const TWO: StudyParts = { baselines: [system('A'), system('B', [specialty('T_1'), specialty('T_2')], [90_000, 10_000, 20_000])] }
const pence = (lines: readonly { readonly pencePerStep: Float64Array }[]): number => lines.reduce((total, { pencePerStep }) => total + sum(pencePerStep), 0)

describe('money in a study of several systems', () => {
  it('is shared by the residents of the systems that a programme names, and buys nothing elsewhere', () => {
    const perYear = 1_000_000
    const [all, one] = compiled({ ...TWO, scenarios: [{ invest: [programme({ perYear, from: '2026-04-06' })] }, { invest: [programme({ perYear, from: '2026-04-06', systems: ['B'] })] }] })
    const shareOfFirst = ({ spend }: typeof all): number => pence(spend.filter(({ group }) => group === 0)) / pence(spend)
    expect(shareOfFirst(all)).toBeCloseTo(120_000 / 240_000, 4)
    expect(shareOfFirst(one)).toBeCloseTo(90_000 / 120_000, 4)
    expect(one.services.map(({ first }) => first.pools.length)).toEqual([1, 4, 4])
    expect(all.services.map(({ first }) => first.pools.length)).toEqual([4, 4, 4])
  })

  it('reconciles to the penny: budget is spent and unspent, and spent is what the lines say', () => {
    const [{ spend, budgets }] = compiled({ ...TWO, scenarios: [{ invest: [programme({ perYear: 333_333.33, lever: 'attendance-support', rampWeeks: 20, from: '2026-04-06' })] }] })
    for (const { budgetPence, spentPence, unspentPence } of budgets) expect(budgetPence).toBe(spentPence + unspentPence)
    expect(budgets.reduce((total, { spentPence }) => total + spentPence, 0)).toBe(pence(spend))
    expect(pence(spend)).toBeGreaterThan(0)
  })
})
