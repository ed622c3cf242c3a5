/**
 * The path from study to results, around a model of our own choosing: compile and draw are stood in for, and a
 * backend makes up values from the task alone, so that every mean and difference is known.
 */
import { describe, expect, it, vi } from 'vitest'
import { resultsOf, SCENARIOS, stubBackend, study } from './stub-study.ts'
import { runStudy, studyTasks } from '../../src/experiment/run-study.ts'

vi.mock('../../src/model/compile/index.ts', async () => {
  const { compiledScenario } = await import('../measures/synthetic.ts')
  return {
    compileScenario: (_: unknown, index: number) => {
      const money = { budgetPence: 1, spentPence: 1, unspentPence: 0 }
      const budget = { programme: `p${index}`, lever: 'capacity', group: 0, financialYear: 2026, ...money }
      return { ...compiledScenario({ steps: 10, population: [10, 20] }), id: SCENARIOS[index], budgets: [budget] }
    },
  }
})
vi.mock('../../src/scenario/resolve.ts', () => ({ concreteStudy: () => ({}) }))
vi.mock('../../src/experiment/run-together.ts', () => ({ shareInCommon: () => 0 }))

describe('the order of runs', () => {
  it('is by draw, then replication, then scenario with the reference first', () => {
    const tasks = studyTasks(study({ draws: 2, replications: 2 }))
    const order = tasks.map((task) => [task.draw, task.replication, task.scenario])
    const scenarios = [1, 0, 2]
    expect(order).toEqual(
      [[0, 0], [0, 1], [1, 0], [1, 1]].flatMap(([draw, replication]) =>
        scenarios.map((scenario) => [draw, replication, scenario]),
      ),
    )
  })

  it('has draw 0 alone in a study without draws', () => {
    const tasks = studyTasks(study({ draws: 0, replications: 3 }))
    expect(tasks.map(({ draw }) => draw)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe('a study run', () => {
  it('gives scenarios in the order of the study, each with its budgets and paired differences', async () => {
    const results = await runStudy(study({ draws: 0, replications: 3 }), stubBackend())
    expect(results.scenarios.map(({ id }) => id)).toEqual(SCENARIOS)
    expect(results.scenarios.map(({ budgets }) => budgets[0].programme)).toEqual(['p0', 'p1', 'p2'])
    const [first, reference, last] = results.scenarios
    // Stub values are 100 × scenario + replication² + draw: differences are exact, with no spread.
    expect([first.mean[0], reference.mean[0], last.mean[0]].map((value) => value - 5 / 3)).toEqual(
      [0, 100, 200].map((value) => expect.closeTo(value, 9)),
    )
    expect([first.difference[0], reference.difference[0], last.difference[0]]).toEqual([-100, 0, 100])
    expect(last.differenceSd[0]).toBe(0)
    expect(last.sd[0]).toBeGreaterThan(1)
    expect(last.n[0]).toBe(3)
  })

  it('keeps single runs at the start, year ends and the end', async () => {
    const { runRows, catalogue } = await runStudy(study({ draws: 0, replications: 2 }), stubBackend())
    expect(runRows.dateIndices).toEqual([0, 9, 10])
    expect(runRows.runs.map(({ scenario }) => scenario)).toEqual(SCENARIOS.flatMap((id) => [id, id]))
    expect(runRows.runs[0].values).toHaveLength(catalogue.keys.length * 3)
  })

  it('adds up pathways and kernel time, and takes wall time from the clock it is given', async () => {
    let milliseconds = 1000
    const now = (): number => (milliseconds += 500)
    const { performance } = await runStudy(study({ draws: 0, replications: 2 }), stubBackend(), { now })
    expect(performance).toEqual({ pathways: 60, kernelSeconds: 1.5, wallSeconds: 0.5, workers: 2 })
  })

  it('reports progress once per run', async () => {
    const progress: number[][] = []
    await runStudy(study({ draws: 0, replications: 2 }), stubBackend(), {
      onProgress: (done, total) => progress.push([done, total]),
    })
    expect(progress).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]))
  })

  it('gives the same results twice', async () => {
    const once = await runStudy(study({ draws: 2, replications: 2 }), stubBackend())
    const twice = await runStudy(study({ draws: 2, replications: 2 }), stubBackend())
    expect(resultsOf(twice)).toEqual(resultsOf(once))
  })

  it('stops with the reason of its signal', async () => {
    const reason = new Error('stopped by the user')
    const early = runStudy(study({ draws: 0, replications: 1 }), stubBackend(), { signal: AbortSignal.abort(reason) })
    await expect(early).rejects.toBe(reason)
    const controller = new AbortController()
    const midway = runStudy(study({ draws: 0, replications: 5 }), stubBackend(), {
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 4) controller.abort(reason)
      },
    })
    await expect(midway).rejects.toBe(reason)
  })

  it('does not accept runs out of order, or fewer than it asked for', async () => {
    const one = study({ draws: 0, replications: 2 })
    await expect(runStudy(one, stubBackend((tasks) => tasks.toReversed()))).rejects.toThrow('in place of run 0')
    await expect(runStudy(one, stubBackend((tasks) => tasks.slice(1)))).rejects.toThrow('in place of run 0')
    await expect(runStudy(one, stubBackend((tasks) => tasks.slice(0, 4)))).rejects.toThrow('4 of 6')
  })
})
