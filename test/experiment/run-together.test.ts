/** Scenarios that are run together give, to the bit, what each gives alone. */
import { describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { shareInCommon } from '../../src/experiment/run-together.ts'
import { runStudy, studyUnits } from '../../src/experiment/run-study.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import type { Study } from '../../src/scenario/study.ts'
import { resolved } from '../scenario/helpers.ts'

/** Two specialties; scenarios that never differ, that differ late, in one specialty, and from the start. */
const YAML = `
schemaVersion: 1
name: together
time: { start: 2026-04-06, weeks: 60 }
seed: together
replications: 2
baseline:
  groups: [400, 300, 300]
  specialties:
    - { code: A, clockStartsPerWeek: 40, waiting: { firstAppointment: [30, 30, 30, 30, 20, 20], admission: [5, 5, 5] }, firstAppointmentsPerWeek: 39, admissionsPerWeek: 9, admittedShare: 0.25, exits: { removedPerWeek: 0.005 } }
    - { code: B, clockStartsPerWeek: 25, waiting: [10, 10, 10], firstAppointmentsPerWeek: 24 }
assumptions: { dnaRate: 0.08, inTurnShareFirst: 0.4, inTurnShareAdmission: 0.4 }
scenarios:
  reference: {}
  same: { title: Nothing else }
  late: { shocks: [{ kind: industrial-action, weeks: [2027-02-01], capacityLoss: 0.6 }] }
  one-specialty: { invest: [{ lever: capacity, specialties: [B], budget: { perYear: 100000, from: 2026-06-01 } }] }
  from-the-start: { policy: { headStartWeeks: { deprivation: { 1: 8 } } } }
  exits: { adjust: [{ assumption: deathPerWeek, set: 0.01 }] }
`

const outcomes = (study: Study): { together: Float64Array[]; alone: Float64Array[] } => {
  const tasks = study.scenarios.map((_, scenario) => ({ scenario, draw: 0, replication: 1 }))
  const runner = createTaskRunner(study, () => 0)
  const together = runner.together?.(tasks).map(({ values }) => values) ?? []
  return { together, alone: tasks.map((task) => runner(task).values) }
}

describe('scenarios run together', () => {
  it('give what each gives alone, to the bit', async () => {
    const { together, alone } = outcomes(await resolved(YAML))
    together.forEach((values, scenario) => expect(values).toEqual(alone[scenario]))
    expect(together[1]).toEqual(together[0])
    expect(together[2]).not.toEqual(together[0])
  })

  it('count as many pathways as each would alone', async () => {
    const study = await resolved(YAML)
    const tasks = study.scenarios.map((_, scenario) => ({ scenario, draw: 0, replication: 0 }))
    const runner = createTaskRunner(study, () => 0)
    expect(runner.together?.(tasks).map(({ pathways }) => pathways)).toEqual(tasks.map((task) => runner(task).pathways))
  })

  it('are those that have enough in common with the reference', async () => {
    const concrete = concreteStudy(await resolved(YAML), 0)
    const [reference, ...others] = concrete.scenarios.map((_, index) => compileScenario(concrete, index))
    const shares = others.map(({ services }) => shareInCommon(reference.services, services))
    expect(shares[0]).toBe(1)
    expect(shares[1]).toBeCloseTo(43 / 60, 6)
    expect(shares[2]).toBeGreaterThan(0.5)
    expect(shares[2]).toBeLessThan(1)
    expect(shares.slice(3)).toEqual([0, 0])
  })

  it('change nothing in the results of a study', async () => {
    const study = await resolved(YAML)
    const backend = createInlineBackend()
    const shared = await runStudy(study, backend)
    const apart = await runStudy(study, { workers: 1, run: (of, tasks, onOutcome, signal) => backend.run(of, tasks, onOutcome, signal) })
    expect(shared.scenarios.map(({ mean, sd, difference }) => ({ mean, sd, difference }))).toEqual(apart.scenarios.map(({ mean, sd, difference }) => ({ mean, sd, difference })))
  })
})

describe('units of tasks', () => {
  const tasks = [0, 1].flatMap((replication) => [1, 0, 2].map((scenario) => ({ scenario, draw: 0, replication })))

  it('hold the scenarios in common of each replication, and the others one by one', () => {
    expect(studyUnits(tasks, new Set([1, 2]), 2)).toEqual([[0, 2], [1], [3, 5], [4]])
  })

  it('are single tasks where there are fewer replications than workers', () => {
    expect(studyUnits(tasks, new Set([1, 2]), 3)).toEqual(tasks.map((_, index) => [index]))
  })
})
