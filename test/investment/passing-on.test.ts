/** What becomes of money that stays unspent in an envelope: rounds of passing on, earmarks, maxima, both kinds of money. */
import { describe, expect, it } from 'vitest'
import { invest, type Investment } from '../../src/investment/invest.ts'
import { CONSTANT_PRICES } from '../../src/investment/prices.ts'
import type { MoneyKind } from '../../src/model/tables.ts'
import type { Envelope, Series } from '../../src/scenario/study.ts'
import { contextOf, draftOf, programme, weeklySteps, type ProgrammeParts } from './programmes.ts'

/** From 1 February 2026: all of 2026/27 and 2027/28, and parts of a year on either side. */
const STEPS = weeklySteps(118)
const CONTEXT = contextOf([30_000, 20_000], [1.5, 1])
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

function enveloped(pounds: { readonly revenue: number; readonly capital?: number }, underspend: Envelope['underspend'], parts: readonly ProgrammeParts[]): Investment {
  const yearly = (perYear: number): Envelope<Series>['revenue'] => ({ perYear, byYear: [] })
  const envelope = { revenue: yearly(pounds.revenue), capital: pounds.capital === undefined ? null : yearly(pounds.capital), underspend }
  const programmes = parts.map((each, index) => programme({ id: `p${index}`, from: '2026-04-01', years: 2, ...each }))
  return invest(programmes, [draftOf('T_1', STEPS.count, 2)], STEPS, () => CONTEXT, { envelope, prices: CONSTANT_PRICES })
}

/** Pounds of a programme in a financial year. */
function poundsOf({ budgets }: Investment, id: string, key: 'budgetPence' | 'unspentPence', year = 2026, kind: MoneyKind | null = null): number {
  return sum(budgets.filter((line) => line.programme === id && line.financialYear === year && (kind === null || line.kind === kind)).map((line) => line[key])) / 100
}

/** Half of its first year's money is never spent. */
const RAMPED: ProgrammeParts = { perYear: 1_000_000, rampWeeks: 52 }
/** Contacts beyond two an appointment are not bought, £15 each: £1,500 a week for either group is all that is of use. */
const SATURATED: ProgrammeParts = { perYear: 120_000, lever: 'attendance-support', parameters: { costPerContact: 15 } }

describe('underspend that is passed on', () => {
  it('goes to others in proportion to what they have', () => {
    const found = enveloped({ revenue: 5_000_000 }, 'pass', [RAMPED, { perYear: 300_000 }, { perYear: 600_000 }])
    const gained = [poundsOf(found, 'p1', 'budgetPence') - 300_000, poundsOf(found, 'p2', 'budgetPence') - 600_000]
    expect(gained[0]).toBeGreaterThan(100_000)
    expect(gained[1] / gained[0]).toBeCloseTo(2, 5)
    expect(poundsOf(found, 'p0', 'unspentPence')).toBe(0)
  })

  it('leaves a programme no less than its earmark, in however many rounds', () => {
    const found = enveloped({ revenue: 5_000_000 }, 'pass', [{ ...RAMPED, budget: { earmark: 800_000 } }, { perYear: 500_000 }, { perYear: 500_000 }])
    expect(poundsOf(found, 'p0', 'budgetPence')).toBe(800_000)
    expect(sum(found.transfers.filter(({ toYear }) => toYear === 2026).map(({ pence }) => pence))).toBe(20_000_000)
  })

  it('goes to nobody beyond their maximum of the year', () => {
    const found = enveloped({ revenue: 5_000_000 }, 'pass', [RAMPED, { perYear: 500_000, budget: { maximum: 510_000 } }])
    expect(poundsOf(found, 'p1', 'budgetPence')).toBe(510_000)
    expect(poundsOf(found, 'p0', 'unspentPence')).toBeGreaterThan(300_000)
  })

  it('goes on from whoever gets more than they can use, of both kinds of money, until next to nothing is left', () => {
    const hub: ProgrammeParts = { lever: 'surgical-hub', perYear: 1_000_000, parameters: { runningCostShare: 0.4 } }
    const found = enveloped({ revenue: 5_000_000, capital: 5_000_000 }, 'pass', [{ ...hub, rampWeeks: 52 }, SATURATED, { perYear: 100_000 }, hub])
    const unspent = sum(['p0', 'p1', 'p2', 'p3'].map((id) => poundsOf(found, id, 'unspentPence')))
    // Half of what is passed back to the first programme is held back by its ramp again: a little is left after as many rounds as programmes.
    expect(unspent).toBeLessThan(500)
    expect(found.transfers.some(({ from, kind }) => from === 'p0' && kind === 'capital')).toBe(true)
    // What the second programme got of the first and could not use went on to the third and fourth.
    expect(found.transfers.some(({ from, to }) => from === 'p0' && to === 'p1')).toBe(true)
    expect(found.transfers.some(({ from }) => from === 'p1')).toBe(true)
    expect(found.transfers.every(({ from, to }) => from !== to)).toBe(true)
  })

  it('never moves money from one year or kind to another', () => {
    const hub: ProgrammeParts = { lever: 'surgical-hub', perYear: 1_000_000, parameters: { runningCostShare: 0.4 }, rampWeeks: 52 }
    const found = enveloped({ revenue: 5_000_000, capital: 5_000_000 }, 'pass', [hub, { perYear: 100_000 }])
    expect(found.transfers.length).toBeGreaterThan(0)
    expect(found.transfers.every(({ kind, fromYear, toYear }) => kind === 'revenue' && fromYear === toYear)).toBe(true)
    // Nobody else takes capital.
    expect(poundsOf(found, 'p0', 'unspentPence', 2026, 'capital')).toBeGreaterThan(200_000)
  })
})

describe('underspend that is carried', () => {
  it('adds up over years of one programme, and is no other’s', () => {
    const slow: ProgrammeParts = { perYear: 1_000_000, rampWeeks: 208 }
    const lost = enveloped({ revenue: 5_000_000 }, 'lost', [slow, { perYear: 400_000 }])
    const found = enveloped({ revenue: 5_000_000 }, 'carry', [slow, { perYear: 400_000 }])
    const left = poundsOf(lost, 'p0', 'unspentPence')
    expect(left).toBeGreaterThan(800_000)
    expect(poundsOf(found, 'p0', 'unspentPence')).toBe(0)
    expect(poundsOf(found, 'p0', 'budgetPence', 2027)).toBeCloseTo(1_000_000 + left, 6)
    expect([2026, 2027].map((year) => poundsOf(found, 'p1', 'budgetPence', year))).toEqual([400_000, 400_000])
  })

  it('is carried year after year, whichever programme has money first', () => {
    const later: ProgrammeParts = { perYear: 100_000, from: '2027-04-01' }
    const found = enveloped({ revenue: 5_000_000 }, 'carry', [later, { perYear: 1_000_000, years: 3, rampWeeks: 208 }])
    expect(found.transfers.filter(({ from }) => from === 'p1').map(({ fromYear, toYear }) => [fromYear, toYear])).toEqual([[2026, 2027], [2027, 2028]])
    for (const year of [2026, 2027]) expect([year, poundsOf(found, 'p1', 'unspentPence', year)]).toEqual([year, 0])
  })

  it('goes no further than the next year’s maximum; the rest stays unspent where it is', () => {
    const found = enveloped({ revenue: 5_000_000 }, 'carry', [{ ...RAMPED, budget: { maximum: 1_100_000 } }])
    expect(poundsOf(found, 'p0', 'budgetPence', 2027)).toBe(1_100_000)
    expect(found.transfers[0]).toMatchObject({ fromYear: 2026, toYear: 2027, pence: 10_000_000 })
    expect(poundsOf(found, 'p0', 'unspentPence')).toBeGreaterThan(300_000)
  })

  it('is carried within its kind of money', () => {
    const found = enveloped({ revenue: 5_000_000, capital: 5_000_000 }, 'carry', [{ ...RAMPED, lever: 'surgical-hub', parameters: { runningCostShare: 0.4 } }])
    const carried = (kind: MoneyKind): number => sum(found.transfers.filter((move) => move.kind === kind && move.fromYear === 2026).map(({ pence }) => pence)) / 100
    expect(poundsOf(found, 'p0', 'budgetPence', 2027, 'revenue')).toBeCloseTo(400_000 + carried('revenue'), 6)
    expect(poundsOf(found, 'p0', 'budgetPence', 2027, 'capital')).toBeCloseTo(600_000 + carried('capital'), 6)
    expect(carried('capital') / carried('revenue')).toBeCloseTo(1.5, 3)
  })
})

describe('bounds of a programme that takes both kinds of money', () => {
  const hub = (budget: ProgrammeParts['budget']): ProgrammeParts => ({ lever: 'surgical-hub', perYear: 1_000_000, parameters: { runningCostShare: 0.25 }, budget: budget ?? {} })
  const kinds = (found: Investment, id = 'p0'): number[] => (['revenue', 'capital'] as const).map((kind) => Math.round(poundsOf(found, id, 'budgetPence', 2026, kind)))

  it('are of both together: its maximum is cut from each by its part of what is asked for', () => {
    expect(kinds(enveloped({ revenue: 5_000_000, capital: 5_000_000 }, 'lost', [hub({ maximum: 600_000 })]))).toEqual([150_000, 450_000])
  })

  it('raise each by its part up to the minimum', () => {
    expect(kinds(enveloped({ revenue: 5_000_000, capital: 5_000_000 }, 'lost', [hub({ minimum: 2_000_000 })]))).toEqual([500_000, 1_500_000])
  })

  it('keep both at the smaller share of what is asked for: nothing is built that cannot be run, nor run unbuilt', () => {
    // £100,000 of £250,000 to run what would be built, and of £750,000 to build it.
    expect(kinds(enveloped({ revenue: 100_000, capital: 5_000_000 }, 'lost', [hub({})]))).toEqual([100_000, 300_000])
    expect(kinds(enveloped({ revenue: 5_000_000, capital: 300_000 }, 'lost', [hub({})]))).toEqual([100_000, 300_000])
  })

  it('hold what is earmarked of both against others who ask for more', () => {
    const found = enveloped({ revenue: 500_000, capital: 5_000_000 }, 'lost', [hub({ earmark: 1_000_000 }), { perYear: 2_000_000 }])
    expect(kinds(found)).toEqual([250_000, 750_000])
    expect(Math.round(poundsOf(found, 'p1', 'budgetPence'))).toBe(250_000)
  })
})
