import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { resolved, SMALL_STUDY } from './helpers.ts'

const withTop = (line: string): string => `${SMALL_STUDY}${line}\n`
const uncertain = withTop(`draws: 20
parameters: { cost: { dist: gamma, mean: 200, sd: 40 } }
assumptions:
  dnaRate: { dist: beta, mean: 0.07, sd: 0.02 }
  dischargeAfterDna: { deprivation: { 1: { dist: uniform, min: 0.1, max: 0.3 }, 2: { dist: uniform, min: 0.1, max: 0.3 } } }
  backfillShare: { dist: normal, mean: 0.5, sd: 2 }`)

describe('a resolved study', () => {
  it('has every default filled in', async () => {
    const study = await resolved(SMALL_STUDY)
    expect(study).toMatchObject({
      title: 'small',
      seed: 'small',
      replications: 10,
      draws: 0,
      sample: 1,
      reference: 'base',
      time: { start: '2026-04-06', weeks: 20, stepDays: 7, workingDays: false },
      assumptionsSet: [],
    })
  })

  it('switches off every mechanism that an inline baseline leaves out', async () => {
    const { assumptions } = await resolved(SMALL_STUDY)
    const wholes = Object.entries(assumptions).filter(([, value]) => [value].flat().every((each) => each === 1))
    const noughts = Object.entries(assumptions).filter(([, value]) => [value].flat().every((each) => each === 0))
    // A factor of 1 changes nothing; the first DNA counts; and everybody is referred, suitable, and served in turn.
    expect(wholes.map(([key]) => key).toSorted()).toEqual([
      'admissionOdds',
      'capacityFactor',
      'dischargeFromMiss',
      'hubAccess',
      'hubSuitable',
      'inTurnShareAdmission',
      'inTurnShareFirst',
      'independentSectorAccess',
      'independentSectorSuitable',
      'needFactor',
      'referralPropensity',
      'remoteDnaRatio',
      'removedFactor',
      'withdrewFactor',
    ])
    expect(wholes.length + noughts.length).toBe(Object.keys(assumptions).length)
  })

  it('shares an inline list out in whole people and keeps every week', async () => {
    const study = await resolved(SMALL_STUDY)
    if (study.baseline.kind !== 'inline') throw new Error('inline')
    const [specialty] = study.baseline.baseline.specialties
    const perWeek = [0, 1, 2].map((week) => specialty.waitingFirst.reduce((sum, list) => sum + list[week], 0))
    expect(perWeek).toEqual([7, 5, 3])
    expect(specialty.clockStartsPerWeek).toEqual([2, 4, 6])
    expect(specialty.waitingFirst.flat().every(Number.isInteger)).toBe(true)
  })

  it('numbers programmes of the same lever', async () => {
    const study = await resolved(
      SMALL_STUDY.replace('base: {}', 'base: { invest: [{ lever: capacity, budget: { perYear: 1 } }, { lever: capacity, budget: { perYear: 2 } }] }'),
    )
    expect(study.scenarios[0].invest.map(({ id }) => id)).toEqual(['capacity', 'capacity-2'])
  })

  it('pays to the end of the study where the years are not said', async () => {
    const study = await resolved(SMALL_STUDY.replace('base: {}', 'base: { invest: [{ lever: capacity, budget: { perYear: 1 } }] }'))
    const { budget } = study.scenarios[0].invest[0]
    expect(budget.from).toBe('2026-04-06')
    expect(budget.years * 365.25).toBeGreaterThanOrEqual(140)
  })

  it('keeps the default of groups that are left out', async () => {
    const study = await resolved(withTop('assumptions: { dnaRate: { deprivation: { 2: 0.2 } } }'))
    expect(study.assumptions.dnaRate).toEqual([0, 0.2, 0])
    expect(study.assumptionsSet).toEqual(['dnaRate'])
  })

  it('is plain data', async () => {
    const study = await resolved(uncertain)
    expect(JSON.parse(JSON.stringify(study))).toEqual(study)
  })
})

describe('a concrete study', () => {
  it('takes every distribution at its mean where there are no draws', async () => {
    const study = { ...(await resolved(uncertain)), draws: 0 }
    const { assumptions } = concreteStudy(study, 0)
    expect(assumptions.dnaRate).toEqual([0.07, 0.07, 0.07])
    expect(assumptions.dischargeAfterDna).toEqual([0.2, 0.2, 0])
  })

  it('gives the same draw whenever and in whatever order it is asked for', async () => {
    const study = await resolved(uncertain)
    const forwards = Array.from({ length: 20 }, (_, draw) => concreteStudy(study, draw).assumptions)
    const backwards = Array.from({ length: 20 }, (_, draw) => concreteStudy(study, 19 - draw).assumptions).toReversed()
    expect(backwards).toEqual(forwards)
    expect(new Set(forwards.map(({ dnaRate }) => dnaRate[0])).size).toBe(20)
  })

  it('does not change a draw when the study gains another uncertain number', async () => {
    const before = concreteStudy(await resolved(uncertain), 3)
    const after = concreteStudy(await resolved(`${uncertain}  privatePerWeek: { dist: uniform, min: 0, max: 0.1 }\n`), 3)
    expect(after.assumptions.dnaRate).toEqual(before.assumptions.dnaRate)
  })

  it('changes every draw with the seed', async () => {
    const study = await resolved(uncertain)
    expect(concreteStudy({ ...study, seed: 'other' }, 3).assumptions.dnaRate).not.toEqual(concreteStudy(study, 3).assumptions.dnaRate)
  })

  it('draws once for a number written once, and apart for numbers written by group', async () => {
    const { dnaRate, dischargeAfterDna } = concreteStudy(await resolved(uncertain), 0).assumptions
    expect(new Set(dnaRate).size).toBe(1)
    expect(dischargeAfterDna[0]).not.toBe(dischargeAfterDna[1])
  })

  it('cuts draws at the range of the parameter', async () => {
    const study = await resolved(uncertain)
    const shares = Array.from({ length: 20 }, (_, draw) => concreteStudy(study, draw).assumptions.backfillShare as number)
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
    expect(shares).toContain(0)
    expect(shares).toContain(1)
  })

  it('evaluates a formula at every step, with the drawn parameters', async () => {
    const study = await resolved(
      withTop('draws: 2\nparameters: { cost: { dist: gamma, mean: 200, sd: 40 } }').replace(
        'base: {}',
        'base: { invest: [{ lever: capacity, budget: { perYear: "1000 * 1.02^year" }, parameters: { costPerFirstAppointment: cost } }] }',
      ),
    )
    const [programme] = concreteStudy(study, 1).scenarios[0].invest
    const perYear = programme.budget.perYear as readonly number[]
    expect(perYear).toHaveLength(20)
    expect(perYear[0]).toBe(1000)
    expect(perYear[19]).toBeCloseTo(1000 * 1.02 ** (19 / 52.18), 9)
    const costs = [0, 1].map((draw) => concreteStudy(study, draw).scenarios[0].invest[0].parameters['costPerFirstAppointment'])
    expect(costs[0]).not.toBe(costs[1])
    expect(programme.parameters['costPerAdmission']).toBe(1872)
  })

  it('refuses a formula that has no value in one of its draws', async () => {
    const study = await resolved(
      withTop('draws: 5\nparameters: { x: { dist: normal, mean: 1, sd: 10 } }\nassumptions: { dnaRate: "0.1 * sqrt(x)" }'),
    )
    expect(() => Array.from({ length: 5 }, (_, draw) => concreteStudy(study, draw))).toThrow(InputError)
  })
})
