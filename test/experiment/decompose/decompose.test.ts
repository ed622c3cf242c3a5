import { describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../../src/execution/inline.ts'
import { decomposeGap, studyCatalogue } from '../../../src/experiment/decompose/decompose.ts'
import type { Decomposition, Explanation } from '../../../src/experiment/decompose/types.ts'
import type { Study } from '../../../src/scenario/study.ts'
import { laboratory } from './laboratory.ts'

interface Asked {
  readonly scenario?: string
  readonly measure?: string
  readonly dateIndex?: number
  readonly maxRuns?: number
  readonly lanes?: number
}

function decompose(study: Study, asked: Asked = {}): Promise<Decomposition> {
  const lanes = Array.from({ length: asked.lanes ?? 1 }, () => createInlineBackend())
  const question = {
    scenario: asked.scenario ?? 'reference',
    measure: asked.measure ?? 'absolute-gap:mean-wait',
    dateIndex: asked.dateIndex ?? studyCatalogue(study).dates.length - 1,
    maxRuns: asked.maxRuns ?? null,
  }
  return decomposeGap(study, question, lanes)
}

const contributions = ({ mechanisms }: Explanation): Record<string, number> =>
  Object.fromEntries(mechanisms.map(({ id, contribution }) => [id, contribution.mean]))

/** At random rather than in turn, so that a missed appointment costs its whole wait again. */
const AT_RANDOM = { inTurnShareFirst: 0 }
const DNA = { dnaRate: { deprivation: { 1: 0.4, 2: 0.05 } } }

describe('a decomposition', () => {
  it('gives all of the gap to attendance where attendance alone differs', async () => {
    const study = await laboratory({
      clockStartsPerWeek: [600, 600],
      list: Array.from({ length: 10 }, () => 1200),
      firstAppointmentsPerWeek: 1150,
      assumptions: { ...AT_RANDOM, ...DNA },
    })
    const { explanations, withoutGradient } = await decompose(study)
    const [{ whole, explained, rest, mechanisms }] = explanations
    expect(mechanisms.map(({ id }) => id)).toEqual(['attendance'])
    expect(withoutGradient).toHaveLength(10)
    expect(mechanisms[0].contribution.mean).toBeGreaterThan(1)
    expect(mechanisms[0].contribution.mean).toBe(explained.mean)
    // What is left is chance: an interval around nothing, and a small part of the whole.
    expect(rest.lower).toBeLessThan(0)
    expect(rest.upper).toBeGreaterThan(0)
    expect(Math.abs(rest.mean)).toBeLessThan(0.05 * whole.mean)
  })

  it('gives two mechanisms the shares that algebra gives them', async () => {
    // Unmet need at the start is clock starts × (1 − p) ÷ p × weeks: known without a run.
    const starts: [number, number] = [60, 40]
    const propensity = [0.5, 0.8]
    const weeks = 100
    const study = await laboratory({
      clockStartsPerWeek: starts,
      assumptions: {
        referralPropensity: { deprivation: { 1: propensity[0], 2: propensity[1] } },
        unmetNeedInitialWeeks: weeks,
      },
      list: [],
      weeks: 2,
      replications: 2,
    })
    const { explanations } = await decompose(study, { measure: 'absolute-gap:unmet-need-per-1000', dateIndex: 0 })
    const need = [starts[0] / propensity[0], starts[1] / propensity[1]]
    const mean = (starts[0] + starts[1]) / (need[0] + need[1])
    const gap = (needs: number[], shares: number[]): number => {
      const referred = needs.map((people, group) => people * shares[group])
      const scale = 100 / (referred[0] + referred[1])
      const unmet = referred.map((people, group) => (scale * people * (1 - shares[group]) * weeks) / shares[group])
      return (unmet[0] - unmet[1]) / 50
    }
    const both = gap(need, propensity)
    const needOnly = gap(need, [mean, mean])
    const referralOnly = gap([1, 1], propensity)
    const parts = contributions(explanations[0])
    // Unmet need is in whole people: half a person in each group is 0.02 per 1,000 residents.
    expect(Math.abs(explanations[0].whole.mean - both)).toBeLessThan(0.021)
    expect(Math.abs(parts['need'] - (needOnly + both - referralOnly) / 2)).toBeLessThan(0.021)
    expect(Math.abs(parts['referral'] - (referralOnly + both - needOnly) / 2)).toBeLessThan(0.021)
    expect(parts['need'] + parts['referral']).toBeCloseTo(both, 1)
    expect(explanations[0].rest.mean).toBe(0)
  })

  it('finds nothing where nothing differs', async () => {
    const study = await laboratory({ assumptions: { ...AT_RANDOM, dnaRate: 0.1 }, replications: 8 })
    const { explanations, coalitions, runs } = await decompose(study)
    const [{ whole, explained, rest, mechanisms }] = explanations
    expect({ coalitions, runs, mechanisms }).toEqual({ coalitions: 1, runs: 8, mechanisms: [] })
    expect(explained).toEqual({ mean: 0, lower: 0, upper: 0 })
    expect(rest).toEqual(whole)
    expect(rest.lower).toBeLessThan(0)
    expect(rest.upper).toBeGreaterThan(0)
  })

  it('gives the same to two mechanisms that do the same', async () => {
    // A slot that the patient cancels is lost as one that the patient misses is, and the patient is rebooked alike.
    const half = { deprivation: { 1: 0.25, 2: 0.05 } }
    const study = await laboratory({ assumptions: { ...AT_RANDOM, dnaRate: half, patientCancellation: half } })
    const [{ mechanisms, explained }] = (await decompose(study)).explanations
    const [attendance, cancellation] = mechanisms
    expect(mechanisms.map(({ id }) => id)).toEqual(['attendance', 'cancellation'])
    expect(attendance.contribution).toEqual(cancellation.contribution)
    expect(attendance.contribution.mean).toBeCloseTo(explained.mean / 2, 12)
    expect(attendance.contribution.lower).toBeGreaterThan(1)
  })

  it('sees through an adjustment to the gradient that it makes', async () => {
    const plain = await laboratory({ assumptions: { ...AT_RANDOM, ...DNA } })
    const adjusted = await laboratory({
      assumptions: { ...AT_RANDOM, dnaRate: 0.05 },
      adjust: [{ assumption: 'dnaRate', multiply: 8, deprivation: [1] }],
    })
    const [one, other] = [(await decompose(plain)).explanations[0], (await decompose(adjusted)).explanations[0]]
    expect(other.mechanisms.map(({ id }) => id)).toEqual(['attendance'])
    expect(other.explained.mean).toBeCloseTo(one.explained.mean, 0)
    expect(other.rest.lower).toBeLessThan(0)
    expect(other.rest.upper).toBeGreaterThan(0)
  })

  it('leaves to no mechanism what comes of where people live', async () => {
    const system = (code: string, residents: [number, number], slots: number): object => ({
      code,
      name: code,
      groups: residents.map((population, group) => ({ label: `Group ${group + 1}`, population })),
      specialties: [
        { code: 'T_001', name: 'Test', clockStartsPerWeek: 100, waiting: Array.from({ length: 10 }, () => 100), firstAppointmentsPerWeek: slots },
      ],
    })
    const systems = [system('SLOW', [80_000, 20_000], 80), system('FAST', [20_000, 80_000], 120)]
    const { explanations } = await decompose(await laboratory({ systems, assumptions: { dnaRate: { deprivation: { 1: 0.06, 2: 0.05 } } } }))
    const [{ whole, rest, mechanisms }] = explanations
    expect(mechanisms.map(({ id }) => id)).toEqual(['attendance'])
    expect(rest.mean).toBeGreaterThan(1)
    expect(rest.mean).toBeGreaterThan(0.9 * whole.mean)
  })

  it('says which mechanism made the gap change, with nothing left over', async () => {
    const study = await laboratory({
      assumptions: { ...AT_RANDOM, inTurnShareFirst: 1, ...DNA },
      scenarios: { 'head-start': { policy: { headStartWeeks: { deprivation: { 1: 6 } } } } },
      list: Array.from({ length: 10 }, () => 200),
    })
    const { explanations } = await decompose(study, { scenario: 'head-start' })
    expect(explanations.map(({ question }) => question)).toEqual(['gap', 'change'])
    const [, change] = explanations
    const parts = contributions(change)
    expect(parts['order-policy']).toBeLessThan(-1)
    expect(Math.abs(parts['order-policy'])).toBeGreaterThan(5 * Math.abs(parts['attendance']))
    // With no gradient and the mean head start for everybody, the scenario is the reference, person by person.
    expect(change.rest).toEqual({ mean: 0, lower: 0, upper: 0 })
    expect(parts['order-policy'] + parts['attendance']).toBeCloseTo(change.whole.mean, 9)
  })

  it('sees a list that favours one group at the start, and that its effect passes', async () => {
    const long = Array.from({ length: 30 }, (_, week) => (week < 15 ? 20 : 60))
    const short = long.toReversed()
    const study = await laboratory({ list: [long, short], firstAppointmentsPerWeek: 130, weeks: 40 })
    const start = await decompose(study, { dateIndex: 0 })
    expect(contributions(start.explanations[0])['starting-list']).toBeCloseTo(start.explanations[0].whole.mean, 1)
    expect(start.explanations[0].whole.mean).toBeGreaterThan(5)
    const end = await decompose(study)
    expect(Math.abs(contributions(end.explanations[0])['starting-list'])).toBeLessThan(1)
  })

  it('is the same however many lanes work on it', async () => {
    const study = await laboratory({ assumptions: { ...AT_RANDOM, ...DNA }, clockStartsPerWeek: [70, 50], weeks: 20 })
    expect(await decompose(study, { lanes: 3 })).toEqual(await decompose(study, { lanes: 1 }))
  })

  it('samples orders where all coalitions would take too many runs, and shows the error', async () => {
    const study = await fiveMechanisms()
    const { method, orders, coalitions, runs, explanations } = await decompose(study, { maxRuns: 56 })
    expect(method).toBe('sampled')
    expect(coalitions).toBeLessThanOrEqual(28)
    expect(runs).toBe(coalitions * 2)
    expect(orders).toBeGreaterThanOrEqual(4)
    const [{ explained, mechanisms }] = explanations
    expect(mechanisms.every(({ samplingError }) => samplingError >= 0)).toBe(true)
    expect(mechanisms.some(({ samplingError }) => samplingError > 0)).toBe(true)
    const total = mechanisms.reduce((sum, { contribution }) => sum + contribution.mean, 0)
    expect(total).toBeCloseTo(explained.mean, 9)
  })

  it('refuses fewer runs than a sample with an error takes, and says how many it takes', async () => {
    const study = await fiveMechanisms()
    await expect(decompose(study, { maxRuns: 10 })).rejects.toThrow(/10 runs are too few.*at least \d+/)
  })

  it('says so where the gap has no value', async () => {
    const study = await laboratory({ list: [], weeks: 2, replications: 1 })
    await expect(decompose(study, { dateIndex: 0 })).rejects.toThrow(/undefined on 2026-04-05 in every run/)
  })

  it('rests on draws and replications together where the study takes draws', async () => {
    const dnaRate = { deprivation: { 1: { dist: 'beta', mean: 0.4, sd: 0.05 }, 2: 0.05 } }
    const study = await laboratory({ assumptions: { ...AT_RANDOM, dnaRate }, draws: 3, replications: 2, weeks: 10 })
    const { replications, runs, explanations } = await decompose(study)
    expect({ replications, runs }).toEqual({ replications: 6, runs: 12 })
    expect(explanations[0].mechanisms.map(({ id }) => id)).toEqual(['attendance'])
  })

  it('stops at once when it is aborted', async () => {
    const study = await laboratory({ assumptions: DNA })
    const controller = new AbortController()
    controller.abort(new Error('stopped'))
    const question = { scenario: 'reference', measure: 'absolute-gap:mean-wait', dateIndex: 5, maxRuns: null }
    await expect(decomposeGap(study, question, [createInlineBackend()], { signal: controller.signal })).rejects.toThrow('stopped')
  })
})

function fiveMechanisms(): Promise<Study> {
  return laboratory({
    clockStartsPerWeek: [70, 50],
    assumptions: {
      ...AT_RANDOM,
      ...DNA,
      privatePerWeek: { deprivation: { 1: 0, 2: 0.01 } },
      deathPerWeek: { deprivation: { 1: 0.002, 2: 0.0005 } },
      referralPropensity: { deprivation: { 1: 0.6, 2: 0.9 } },
    },
    weeks: 6,
    replications: 2,
  })
}
