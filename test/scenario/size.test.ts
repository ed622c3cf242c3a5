import { describe, expect, it } from 'vitest'
import { checkSize } from '../../src/cli/check-size.ts'
import { InputError } from '../../src/errors.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { studySize } from '../../src/scenario/size.ts'
import { complaints, FULL_STUDY, resolved, SMALL_STUDY } from './helpers.ts'

const LAPTOP = { workers: 4, availableBytes: 8e9 }

describe('the size of a study', () => {
  it('counts the list, the clock starts of all weeks, and every run', async () => {
    const size = studySize(await resolved(`${SMALL_STUDY}replications: 3\ndraws: 2\n`))
    expect(size).toMatchObject({ strata: 3, steps: 20, runs: 6, pathwaysPerRun: 15 + 12 * 20, pathways: 6 * 255 })
  })

  it('has strata of every system, group, level and case mix, the warm-up, and the sample', async () => {
    const study = await resolved(FULL_STUDY)
    const size = studySize(study)
    expect(size.strata).toBe(2 * 3 * 2 * 2)
    expect(size.steps).toBe(64 * 7)
    expect(size.pathwaysPerRun).toBe((15 + (12 + 4 + 9) * 64) * 0.5)
    const limited = await resolved(`${SMALL_STUDY}assumptions: { hubSuitable: 0.5 }\n`)
    expect(studySize(limited).strata).toBe(6)
  })

  it('is said before a long run, and not of a short one', async () => {
    expect(checkSize(await resolved(SMALL_STUDY), 'study.yaml', LAPTOP)).toBeNull()
    const long = await resolved(SMALL_STUDY.replace('clockStartsPerWeek: 12', 'clockStartsPerWeek: 1000000').replace('PerWeek: 10,', 'PerWeek: 1000000,').concat('replications: 500\n'))
    // 10,000 million pathways at 300 ns on four threads.
    expect(checkSize(long, 'study.yaml', LAPTOP)).toBe(
      '10,000 million pathways in 500 runs: at least 12 min 30 s on 4 threads (--sample 0.1 gives a quick look)',
    )
  })

  it('that memory does not hold is refused with what it needs and what to do; a fraction of it is not', async () => {
    const fiftyMillion = SMALL_STUDY.replace('[7, 5, 3]', '[50000000]')
    const refuse = async (source: string): Promise<string | null> => checkSize(await resolved(source), 'study.yaml', { workers: 1, availableBytes: 2e9 })
    await expect(refuse(fiftyMillion)).rejects.toThrow(InputError)
    await expect(refuse(fiftyMillion)).rejects.toThrow(
      /^study\.yaml: the study would need about 5 GB of memory on one thread, and 2 GB are free \(50 million pathways in a run, 3 strata, 20 steps\); simulate a fraction \(sample: 0\.1, or --sample 0\.1\), or use fewer weeks, weekly steps, or fewer and larger groups$/,
    )
    await expect(refuse(`${fiftyMillion}sample: 0.1\n`)).resolves.not.toThrow()
  })
})

describe('what the engine cannot count or simulate is refused with its place', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['a list of more than 2,147,483,647', SMALL_STUDY.replace('[7, 5, 3]', `[${Array.from({ length: 30 }, () => 100_000_000).join(', ')}]`), /^study\.yaml:6:5 baseline\.specialties: the list would come to 3\.00e\+9; the engine counts to 2147483647/],
    ['slots beyond it', SMALL_STUDY.replace('firstAppointmentsPerWeek: 10', 'firstAppointmentsPerWeek: 9000000').replace('weeks: 20', 'weeks: 1000'), /specialties\[0\]\.firstAppointmentsPerWeek: first appointments over the study would come to 9\.00e\+9/],
    ['clock starts beyond it', SMALL_STUDY.replace('clockStartsPerWeek: 12', 'clockStartsPerWeek: 9000000').replace('weeks: 20', 'weeks: 1000'), /specialties\[0\]\.clockStartsPerWeek: clock starts over the study would come to 9\.00e\+9/],
    ['a hazard above 1 a step', `${SMALL_STUDY.replace('admissionsPerWeek: 2', 'admissionsPerWeek: 2, exits: { removedPerWeek: [0, 0.5] }')}assumptions: { removedFactor: 3 }\n`, /specialties\[0\]\.exits\.removedPerWeek: removal would come to a hazard of 1\.50 a step; it can be at most 1$/],
    ['a shock that makes it so', `${SMALL_STUDY.replace('base: {}', 'base: { shocks: [{ kind: winter, weeks: [2026-05-01], emergencyFactor: 20 }] }')}assumptions: { emergencyPerWeek: 0.1 }\n`, /shocks\[0\]\.emergencyFactor: emergencies would come to a hazard of 2\.00 a step/],
  ]
  it.each(cases)('%s', async (_what, source, message) => {
    const lines = await complaints(source)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(message)
  })

  it('a hazard that a day can hold is none of them', async () => {
    const source = `${SMALL_STUDY.replace('admissionsPerWeek: 2', 'admissionsPerWeek: 2, exits: { removedPerWeek: 0.5 }')}assumptions: { removedFactor: 3 }\n`
    expect(await complaints(source)).toHaveLength(1)
    expect(await complaints(source.replace('weeks: 20', 'weeks: 20, stepDays: 1'))).toEqual([])
  })
})

describe('time', () => {
  it('in steps of a day has seven to a week, and weeks of formulas in sevenths', async () => {
    const study = await resolved(`${SMALL_STUDY.replace('weeks: 20', 'weeks: 20, stepDays: 1')}assumptions: { needFactor: 1 + week / 10 }\n`)
    const concrete = concreteStudy(study, 0)
    expect(concrete.steps).toBe(140)
    const series = concrete.assumptions.needFactor[0] as readonly number[]
    expect(series.slice(0, 8).map((value) => Math.round((value - 1) * 70))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('tells the week of a formula without a value to a hundredth', async () => {
    const source = `${SMALL_STUDY.replace('weeks: 20', 'weeks: 20, stepDays: 1')}assumptions: { needFactor: 1 / abs(week - 1 / 7) }\n`
    expect((await complaints(source))[0]).toMatch(/the formula has no finite value in week 0\.14$/)
  })

  it('has seasons with a mean of 1', async () => {
    const { time } = await resolved(FULL_STUDY)
    expect(time.seasonality.clockStarts).toEqual(Array.from({ length: 12 }, () => 1))
    expect(time.seasonality.capacity?.reduce((a, b) => a + b, 0)).toBeCloseTo(12, 12)
    expect(time.seasonality.capacity?.[11]).toBe(0)
  })

  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['eleven months', 'seasonality: { capacity: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }', /seasonality\.capacity: must have at least 12 entries/],
    ['no month', 'seasonality: { capacity: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }', /seasonality\.capacity: must be above 0 for at least one month$/],
    ['a sample of nothing', 'sample: 0', /^study\.yaml:10:9 sample: must be above 0; found 0$/],
    ['a sample of more than all', 'sample: 2', /sample: must be at most 1; found 2$/],
  ]
  it.each(cases)('with %s is refused', async (_what, line, message) => {
    const lines = await complaints(`${SMALL_STUDY}${line}\n`)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(message)
  })
})
