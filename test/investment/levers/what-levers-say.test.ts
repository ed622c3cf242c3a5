/** What levers say of themselves, which tables, help texts and envelopes go by, is what they do. */
import { describe, expect, it } from 'vitest'
import type { Channel, DraftService } from '../../../src/investment/draft.ts'
import { invest } from '../../../src/investment/invest.ts'
import { LEVER } from '../../../src/investment/levers/index.ts'
import { CONSTANT_PRICES } from '../../../src/investment/prices.ts'
import { LEVERS } from '../../../src/scenario/study.ts'
import { contextOf, draftOf, programme, weeklySteps } from '../programmes.ts'
import { acting, freshDraft, spend } from './acting.ts'

/** The table that each channel acts on. */
const TABLE: Readonly<Record<Channel, keyof DraftService>> = {
  'slots-first': 'firstReserved',
  'slots-admission': 'admissionReserved',
  'independent-first': 'firstIndependent',
  'independent-admission': 'admissionIndependent',
  'hub-admission': 'admissionHub',
  dna: 'dnaFactor',
  'hospital-cancellation': 'hospitalCancellationFactor',
  emergency: 'emergencyFactor',
  deterioration: 'deteriorationFactor',
  tests: 'testFactor',
  'unmet-need': 'additionalStarts',
  removals: 'furtherRemovals',
  'clock-starts': 'divertedShare',
  need: 'needFactor',
}

const STEPS = weeklySteps(20)

describe.each(LEVERS)('%s', (lever) => {
  it('acts on what it says, and on nothing else', () => {
    const before = freshDraft()
    const { draft } = spend(freshDraft(), { lever, pence: [400_000, 400_000, 400_000], parameters: acting(lever) })
    const changed = Object.values(TABLE).filter((table) => JSON.stringify(draft[table]) !== JSON.stringify(before[table]))
    expect(changed.toSorted()).toEqual(LEVER[lever].actsOn.map((channel) => TABLE[channel]).toSorted())
  })

  it('takes its money from the envelope of its kind: capital for what is built, revenue for all else', () => {
    const envelope = { revenue: { perYear: 1e6, byYear: [] }, capital: { perYear: 3e6, byYear: [] }, underspend: 'lost' } as const
    const own = programme({ lever, from: '2026-04-01', perYear: 0, budget: { share: 0.5 }, parameters: { runningCostShare: 0 } })
    const { budgets } = invest([own], [draftOf('T_1', STEPS.count, 2)], STEPS, () => contextOf([100, 200]), { envelope, prices: CONSTANT_PRICES })
    const isBuilt = lever === 'surgical-hub' || lever === 'diagnostic-centre'
    expect(new Set(budgets.map(({ kind }) => kind))).toEqual(new Set([isBuilt ? 'capital' : 'revenue']))
    const days = 7 * STEPS.count - 59
    const pence = budgets.reduce((sum, { budgetPence }) => sum + budgetPence, 0)
    expect(pence / 100).toBeCloseTo(((isBuilt ? 1.5e6 : 0.5e6) * days) / 365, 0)
  })
})

it('every lever says in words of its own what it buys', () => {
  const words = LEVERS.map((lever) => LEVER[lever].buys)
  expect(words.filter((each) => each.length < 10)).toEqual([])
  expect(new Set(words).size).toBe(words.length)
})
