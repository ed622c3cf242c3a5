import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flattenAdjustments, type AdjustmentGround } from '../../../src/experiment/decompose/flatten-adjustments.ts'
import { flattenStudy, mechanismsWithGradient, studyOfDraw } from '../../../src/experiment/decompose/flatten.ts'
import { MECHANISMS, type MechanismId } from '../../../src/experiment/decompose/mechanisms.ts'
import { affine, flattened } from '../../../src/experiment/decompose/number-mean.ts'
import { runProgram } from '../../../src/scenario/formula-program.ts'
import type { Baseline } from '../../../src/baseline/types.ts'
import type { Adjustment, NumberSpec, Series, Study } from '../../../src/scenario/study.ts'
import { laboratory } from './laboratory.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function baselineOf({ baseline }: Study): Baseline {
  if (baseline.kind !== 'inline') throw new Error('one system was expected')
  return baseline.baseline
}

function flat(study: Study, ...mechanisms: readonly MechanismId[]): Study {
  return flattenStudy(studyOfDraw(study, 0), new Set(mechanisms))
}

const varied = (): Promise<Study> =>
  laboratory({
    clockStartsPerWeek: [70, 50],
    list: [[30, 20, 11, 7, 3], [10, 10, 10, 11, 12, 13]],
    assumptions: {
      dnaRate: { deprivation: { 1: 0.2, 2: 0.05 } },
      referralPropensity: { deprivation: { 1: 0.6, 2: 0.9 } },
      privatePerWeek: { deprivation: { 1: 0, 2: 0.01 } },
      deathPerWeek: { deprivation: { 1: 0.002, 2: 0.0005 } },
    },
    scenarios: {
      policy: { policy: { headStartWeeks: { deprivation: { 1: 6 } } } },
      money: {
        invest: [{ lever: 'capacity', budget: { perYear: 1e6, years: 1 }, allocate: { rule: 'targeted', groups: [1] } }],
      },
    },
    weeks: 60,
  })

describe('taking gradients out', () => {
  it('changes nothing where no mechanism is named', async () => {
    const study = await varied()
    expect(flat(study)).toEqual(studyOfDraw(study, 0).study)
  })

  it('names the mechanisms that differ by group, those of the scenarios asked for only', async () => {
    const of = studyOfDraw(await varied(), 0)
    const own: MechanismId[] = ['need', 'referral', 'attendance', 'private', 'exits', 'starting-list']
    expect(mechanismsWithGradient(of, [0])).toEqual(own)
    expect(mechanismsWithGradient(of, [0, 1])).toEqual(MECHANISMS.filter((each) => own.includes(each) || each === 'order-policy'))
    expect(mechanismsWithGradient(of, [2])).toContain('order-policy')
  })

  it('leaves no gradient when all are taken out', async () => {
    const none = flat(await varied(), ...MECHANISMS)
    expect(mechanismsWithGradient(studyOfDraw(none, 0), [0, 1, 2])).toEqual([])
  })

  it('keeps each specialty’s clock starts, and every coalition of need and referral with them', async () => {
    const study = await varied()
    for (const mechanisms of [['need'], ['referral'], ['need', 'referral']] as const) {
      const [{ clockStartsPerWeek }] = baselineOf(flat(study, ...mechanisms)).specialties
      expect(sum(clockStartsPerWeek)).toBeCloseTo(120, 9)
    }
    expect(baselineOf(flat(study, 'need', 'referral')).specialties[0].clockStartsPerWeek).toEqual([60, 60])
  })

  it('keeps total need when referral alone is evened out', async () => {
    const study = flat(await varied(), 'referral')
    const [{ clockStartsPerWeek }] = baselineOf(study).specialties
    const need = clockStartsPerWeek.map((people, group) => people / Number(study.assumptions.referralPropensity[group]))
    expect(need[0]).toBeCloseTo(70 / 0.6, 9)
    expect(need[1]).toBeCloseTo(50 / 0.9, 9)
  })

  it('keeps the list of every week waited, in whole people, and gives each group its share of clock starts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 30 }),
        fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 })),
        async (most, least, clockStartsPerWeek) => {
          const [{ waitingFirst }] = baselineOf(
            flat(await laboratory({ list: [most, least], clockStartsPerWeek, weeks: 1 }), 'starting-list'),
          ).specialties
          const weeks = Math.max(most.length, least.length)
          for (let week = 0; week < weeks; week += 1) {
            const people = waitingFirst.map((bands) => bands[week] ?? 0)
            expect(people.every((each) => Number.isInteger(each) && each >= 0)).toBe(true)
            expect(sum(people)).toBe((most[week] ?? 0) + (least[week] ?? 0))
          }
          const total = sum(waitingFirst.map(sum))
          const share = clockStartsPerWeek[0] / sum(clockStartsPerWeek)
          expect(Math.abs(sum(waitingFirst[0]) - total * share)).toBeLessThanOrEqual(Math.max(1, total / 100))
        },
      ),
      { seed: 6, numRuns: 30 },
    )
  })

  it('moves the list with the clock starts behind it, so that no group drifts from the first week', async () => {
    const list = [
      [70, 140, 70],
      [50, 100, 50],
    ]
    const even = baselineOf(flat(await laboratory({ clockStartsPerWeek: [70, 50], list, weeks: 1 }), 'need'))
    expect(even.specialties[0].waitingFirst).toEqual([
      [60, 120, 60],
      [60, 120, 60],
    ])
    const study = await laboratory({ clockStartsPerWeek: [70, 50], list: [list[0], [50, 100, 110]], weeks: 1 })
    const [{ waitingFirst }] = baselineOf(flat(study, 'need')).specialties
    // Per clock start the second group had 2.2 times the first's long waits; of 180 people it still has.
    expect(waitingFirst[1][2] / waitingFirst[0][2]).toBeCloseTo(2.2, 1)
    expect(waitingFirst[0][2] + waitingFirst[1][2]).toBe(180)
  })

  it('replaces a probability by its mean over clock starts', async () => {
    const { dnaRate } = flat(await varied(), 'attendance').assumptions
    expect(dnaRate[0]).toBeCloseTo((70 * 0.2 + 50 * 0.05) / 120, 12)
    expect(dnaRate[1]).toBe(dnaRate[0])
  })

  it('makes money universal, head starts equal, and reserved slots open', async () => {
    const { scenarios } = flat(await varied(), 'order-policy')
    expect(scenarios[2].invest[0].allocate).toEqual({ rule: 'universal' })
    const [{ headStartWeeks, reservedShare }] = scenarios[1].policies
    expect(headStartWeeks[0]).toBe(headStartWeeks[1])
    expect(headStartWeeks[0]).toBeGreaterThan(0)
    expect(sum(reservedShare.map(Number))).toBe(0)
  })
})

describe('a mean of formulas', () => {
  it('is the mean in every step', () => {
    const rising = { formula: '0.1 + week / 100', program: [0.1, '$week', 100, 'divide', 'add'] }
    const numbers = [
      { spec: rising, value: [0.1, 0.11, 0.12] },
      { spec: 0.3, value: 0.3 },
    ]
    const [mean, same] = flattened(numbers, [0.25, 0.75])
    expect(same).toBe(mean)
    if (typeof mean === 'number' || !('program' in mean)) throw new Error('a formula was expected')
    for (const week of [0, 1, 2]) {
      expect(runProgram(mean.program, () => week)).toBeCloseTo(0.25 * (0.1 + week / 100) + 0.75 * 0.3, 12)
    }
  })

  it('leaves numbers alone that are equal in every step', () => {
    const spec = { formula: 'week', program: ['$week'] }
    const numbers = [0, 1].map(() => ({ spec, value: [0, 1, 2] }))
    expect(flattened(numbers, [0.5, 0.5])).toEqual([spec, spec])
  })

  it('takes a distribution at its value in the draw', () => {
    const spec: NumberSpec = { dist: 'uniform', min: 0, max: 1 }
    const mean = flattened([{ spec, value: 0.4 }, { spec: 0.2, value: 0.2 }], [0.5, 0.5])
    expect(mean[0]).toBeCloseTo(0.3, 12)
    expect(affine({ spec, value: 0.4 }, 2, 1)).toBeCloseTo(1.8, 12)
  })
})

describe('an adjustment for some groups', () => {
  const own = [0.2, 0.1]
  const weights = [0.25, 0.75]
  const ground: AdjustmentGround = {
    flat: new Set(['attendance']),
    groupIds: ['1', '2'],
    weights: { 'clock-starts': weights, need: weights, 'unmet-need': weights, waiting: weights },
    valuesOf: () => own,
  }
  const where = { specialties: ['C_110'], systems: [], deprivation: ['1'], priority: [], dimensions: [], from: null, to: null }
  const mean = sum(own.map((value, group) => value * weights[group]))

  function turned(change: Adjustment['change'], value: number): Adjustment {
    const adjustment: Adjustment = { assumption: 'dnaRate', change, value, where }
    return flattenAdjustments([adjustment], [adjustment as Adjustment<Series>], ground)[0]
  }

  /** What the adjustment makes of a value. */
  function apply({ change, value }: Adjustment, to: number): number {
    const by = Number(value)
    if (change === 'odds') return ((to / (1 - to)) * by) / (1 + (to / (1 - to)) * by)
    return { set: by, add: to + by, multiply: to * by }[change]
  }

  it.each([
    ['multiply', 1.5],
    ['add', 0.05],
    ['set', 0.3],
    ['odds', 2],
  ] as const)('keeps the total when it %ss for all', (change, value) => {
    const adjusted = turned(change, value)
    const before = 0.25 * apply({ assumption: 'dnaRate', change, value, where }, 0.2) + 0.75 * 0.1
    expect(apply(adjusted, mean)).toBeCloseTo(before, 12)
    expect(adjusted.where).toEqual({ ...where, deprivation: [] })
  })

  it('is left alone where its mechanism keeps its gradient', () => {
    const adjustment: Adjustment = { assumption: 'privatePerWeek', change: 'multiply', value: 2, where }
    expect(flattenAdjustments([adjustment], [adjustment as Adjustment<Series>], ground)[0]).toBe(adjustment)
  })
})
