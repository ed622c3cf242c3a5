/** One run of a study with everything at once: systems that share a specialty, a warm-up, priority, ages and a sample. */
import { describe, expect, it, vi } from 'vitest'
import { createRunMemory, createTaskRunner } from '../../src/experiment/run-task.ts'
import { buildCatalogue } from '../../src/measures/catalogue.ts'
import { STANDARD_HEALTH } from '../../src/measures/health/assumptions.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import type { ConcreteStudy, Study } from '../../src/scenario/study.ts'
import { seriesOf } from '../measures/synthetic.ts'
import { AGE, aid, shock, specialty, study, system, TWO_LEVELS, type StudyParts } from '../model/compile/study-builder.ts'

// A concrete study stands for the study that it would be a draw of.
vi.mock('../../src/scenario/concrete.ts', () => ({ concreteStudy: (built: ConcreteStudy) => built }))

const PARTS: StudyParts = {
  baselines: [system('A', [specialty('T_1'), specialty('T_2')]), system('B')],
  assumptions: {
    dnaRate: [0.1, 0.08, 0.06],
    dischargeAfterDna: [0.2, 0.2, 0.2],
    hospitalCancellation: [0.05, 0.05, 0.05],
    referralPropensity: [0.7, 0.8, 0.9],
    unmetNeedInitialWeeks: 10,
    latePresentationPerWeek: [0.01, 0.01, 0.01],
    latePresentationLevel: 1,
    emergencyPerWeek: [0.002, 0.001, 0.001],
    deathPerWeek: [0.0005, 0.0003, 0.0002],
    frailtyVariance: 0.5,
    deteriorationPerWeekFirst: [0.01, 0.01, 0.01],
    diversionShare: [0.1, 0.1, 0.1],
    testShare: [0.3, 0.3, 0.3],
    testWeeks: 3,
    inTurnShareFirst: 0.5,
    inTurnShareAdmission: 0.5,
  },
  dimensions: [AGE],
  priority: TWO_LEVELS,
  time: { weeks: 26, warmUpWeeks: 6, workingDays: true },
  scenarios: [{ mutualAid: [aid({ firstSlotsPerWeek: 8, specialties: ['T_1'] })], shocks: [shock({ weeks: ['2026-05-06'], capacityLoss: 0.5, recovered: 0.5, recoveryWeeks: 4 })] }],
}

function run(parts: StudyParts): { series: (key: Parameters<typeof seriesOf>[2]) => number[]; pathways: number } {
  const built = study(parts)
  const catalogue = buildCatalogue(compileScenario(built, 0))
  const { values, pathways } = createTaskRunner({ ...built, health: STANDARD_HEALTH } as unknown as Study, () => 0)({ scenario: 0, draw: 0, replication: 0 })
  return { series: (key) => seriesOf(catalogue, values, key), pathways }
}

const EXITS = ['clock-stops-admitted', 'clock-stops-non-admitted', 'removed', 'withdrew', 'private', 'emergency', 'died', 'discharged-after-dna']

describe('a run with every mechanism', () => {
  const whole = run(PARTS)

  it('balances in every system, group and specialty, week by week', () => {
    for (const key of [{}, { dimension: 'system', group: 'A' }, { dimension: 'system-deprivation', group: 'B/1' }, { dimension: 'age', group: '65+', specialty: 'T_1' }, { dimension: 'deprivation', group: '2', specialty: 'T_2' }]) {
      const of = (measure: string): number[] => whole.series({ ...key, measure })
      const [waiting, starts] = [of('waiting'), of('clock-starts')]
      const exits = EXITS.map(of)
      expect(waiting).toHaveLength(27)
      for (let row = 1; row < waiting.length; row++) {
        const left = exits.reduce((total, flow) => total + flow[row], 0)
        expect(waiting[row]).toBe(waiting[row - 1] + starts[row] - left)
      }
    }
  })

  it('adds systems, and specialties, up to the whole', () => {
    const total = whole.series({ measure: 'waiting' })
    const parts = (keys: readonly Parameters<typeof seriesOf>[2][]): number[][] => keys.map((key) => whole.series({ ...key, measure: 'waiting' }))
    const add = (rows: number[][]): number[] => total.map((_, row) => rows.reduce((all, each) => all + each[row], 0))
    expect(add(parts([{ dimension: 'system', group: 'A' }, { dimension: 'system', group: 'B' }]))).toEqual(total)
    expect(add(parts([{ specialty: 'T_1' }, { specialty: 'T_2' }]))).toEqual(total)
    expect(add(parts([{ dimension: 'priority', group: 'routine' }, { dimension: 'priority', group: 'urgent' }]))).toEqual(total)
  })

  it('reports no flows in its first row, though the warm-up before it had some', () => {
    expect(whole.series({ measure: 'clock-starts' })[0]).toBe(0)
    expect(whole.series({ measure: 'waiting' })[0]).not.toBe(3 * 460 + 3 * 120)
    expect(whole.pathways).toBeGreaterThan(0)
  })

  it('in a fifth of it simulates a fifth of the pathways, and reports lists of the same size', () => {
    const fifth = run({ ...PARTS, sample: 0.2 })
    expect(fifth.pathways / whole.pathways).toBeCloseTo(0.2, 1)
    const end = (waiting: number[]): number => waiting[waiting.length - 1]
    // Clock starts alone have a standard deviation of about 5 × √(9,600 ÷ 5) = 220 people.
    expect(Math.abs(end(fifth.series({ measure: 'waiting' })) - end(whole.series({ measure: 'waiting' })))).toBeLessThan(4 * 250)
  })
})

describe('the memory of a thread that runs one study after another', () => {
  const tasks = [0, 1].map((scenario) => ({ scenario, draw: 0, replication: 0 }))
  const whole = (parts: StudyParts): Study =>
    ({ ...study({ ...parts, scenarios: [{}, ...(PARTS.scenarios ?? [])] }), health: STANDARD_HEALTH }) as unknown as Study
  const withoutAges = whole({ ...PARTS, baselines: [system('A', [specialty('T_1')]), system('B')], assumptions: { dnaRate: [0.3, 0.1, 0.2] }, dimensions: [] })
  const shorter = whole({ ...PARTS, time: { weeks: 9, warmUpWeeks: 0, workingDays: true } })

  it('is of no consequence to any number', () => {
    const memory = createRunMemory()
    const studies = [whole(PARTS), withoutAges, whole(PARTS), shorter, withoutAges]
    for (const each of studies) {
      const used = createTaskRunner(each, () => 0, memory)
      const own = createTaskRunner(each, () => 0)
      expect(used(tasks[1])).toEqual(own(tasks[1]))
      expect(used.together?.(tasks)).toEqual(own.together?.(tasks))
    }
  })
})
