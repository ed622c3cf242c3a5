/** A study with scenarios but no model, and outcomes that name their task: what the execution specs run. */
import type { Task, TaskOutcome } from '../../src/execution/types.ts'
import type { Study } from '../../src/scenario/study.ts'

const SCENARIOS = ['calm', 'strikes', 'recovery']

/** Only what backends read: the rest of a study is the model's business. */
export function fixtureStudy(description = ''): Study {
  return { draws: 0, description, scenarios: SCENARIOS.map((id) => ({ id })) } as unknown as Study
}

/** Tasks in canonical order: replication by replication, each scenario in turn. */
export function fixtureTasks(replications: number): Task[] {
  return Array.from({ length: replications * SCENARIOS.length }, (_, index) => ({
    scenario: index % SCENARIOS.length,
    draw: 0,
    replication: Math.floor(index / SCENARIOS.length),
  }))
}

/** An outcome whose numbers say which task it is of. */
export function outcomeOf(task: Task): TaskOutcome {
  const values = Float64Array.of(task.scenario, task.draw, task.replication)
  return { values, pathways: 1 + task.scenario + 10 * task.replication, kernelSeconds: 0 }
}
