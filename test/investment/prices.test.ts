import { describe, expect, it } from 'vitest'
import { accountLines, openLedger } from '../../src/investment/account.ts'
import { allocationShares } from '../../src/investment/allocation/shares.ts'
import { invest } from '../../src/investment/invest.ts'
import { envelopeLines } from '../../src/investment/portfolio.ts'
import { atCurrentCosts, CONSTANT_PRICES, priceLevel } from '../../src/investment/prices.ts'
import { contextOf, draftOf, programme, weeklySteps } from './programmes.ts'

/** From February 2026: the first steps are of the base year, those from April on of the year after. */
const STEPS = weeklySteps(20)
const PRICES = { baseYear: 2025, budgets: 'real', inflation: 0.02, costInflation: 0.05 } as const

describe('what things cost', () => {
  const before = programme({ lever: 'attendance-support' })
  const costs = Object.keys(before.parameters).filter((name) => /cost|pounds/i.test(name))

  it('rises with the inflation of costs from one financial year to the next, and nothing else of a lever does', () => {
    const after = atCurrentCosts(before, STEPS, priceLevel(PRICES))
    expect(costs.length).toBeGreaterThan(0)
    const others = Object.keys(before.parameters).filter((name) => !costs.includes(name))
    for (const name of others) expect([name, after.parameters[name]]).toEqual([name, before.parameters[name]])
    for (const name of costs) {
      const byStep = after.parameters[name] as number[]
      expect([name, byStep[0], byStep[STEPS.count - 1]]).toEqual([name, before.parameters[name], expect.closeTo(Number(before.parameters[name]) * 1.05, 9)])
    }
  })

  it('is what is written where costs do not rise', () => {
    expect(atCurrentCosts(before, STEPS, CONSTANT_PRICES)).toBe(before)
  })

  it('is less before the base year, by the same factor', () => {
    const { money, costs: of } = priceLevel(PRICES)
    expect([money(2023), money(2025), money(2027)]).toEqual([1 / (1.02 * 1.02), 1, 1.02 * 1.02])
    expect(of(2024)).toBe(1 / 1.05)
  })
})

describe('an envelope’s account', () => {
  const limits = new Map([['revenue', new Map([[2026, 1000], [2027, 1000]])]] as const)
  const move = (fromYear: number, toYear: number, pence: number) => ({ kind: 'revenue', from: 'a', to: 'b', fromYear, toYear, pence }) as const

  it('takes what is carried from the year that it is from, and adds it to the next', () => {
    expect(envelopeLines(limits, [], [move(2026, 2027, 300)])).toMatchObject([
      { financialYear: 2026, carriedInPence: 0, carriedOutPence: 300, unallocatedPence: 700 },
      { financialYear: 2027, carriedInPence: 300, carriedOutPence: 0, unallocatedPence: 1300 },
    ])
  })

  it('does not tell of what programmes pass on within a year', () => {
    expect(envelopeLines(limits, [], [move(2026, 2026, 300)])[0]).toMatchObject({ carriedInPence: 0, carriedOutPence: 0, unallocatedPence: 1000 })
  })
})

describe('programmes without an envelope', () => {
  it('have no lines of one, and move no money', () => {
    const found = invest([programme()], [draftOf('T_1', STEPS.count, 2)], STEPS, () => contextOf([100, 200]))
    expect(found).toMatchObject({ envelopes: [], transfers: [] })
  })
})

describe('a programme without any money', () => {
  it('has a line of revenue for each year and group, so that it is not lost', () => {
    const lines = accountLines(openLedger([2026, 2027], [draftOf('T_1', STEPS.count, 2)], 2), programme({ perYear: 0 }))
    expect(lines.map(({ kind, group, financialYear, specialty }) => [kind, group, financialYear, specialty])).toEqual([
      ['revenue', 0, 2026, 'all'], ['revenue', 1, 2026, 'all'], ['revenue', 0, 2027, 'all'], ['revenue', 1, 2027, 'all'],
    ])
  })
})

describe('an allocation with θ = 0', () => {
  it('is by residents, those without any need among them', () => {
    const units = [{ id: '1', residents: 300, need: 0, use: 0, unmetNeed: 0 }, { id: '2', residents: 100, need: 50, use: 5, unmetNeed: 45 }]
    expect(allocationShares({ rule: 'proportionate', theta: 0, need: 'use' }, units, { step: 0, yearsIn: 0 }, true)).toEqual([0.75, 0.25])
  })
})
