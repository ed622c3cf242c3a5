/**
 * One interface to "run these tasks", whatever does the running: in line, threads, and later browser and
 * cluster. Backends differ in speed only; a task's outcome depends on the study and the task alone.
 */
import type { RunValues } from '../measures/types.ts'
import type { Study } from '../scenario/study.ts'

/** One run: a scenario, a draw of the uncertain parameters, a replication. */
export interface Task {
  readonly scenario: number
  readonly draw: number
  readonly replication: number
}

/** What one run gives back. `values` is transferred, not copied. */
export interface TaskOutcome {
  readonly values: RunValues
  readonly pathways: number
  readonly kernelSeconds: number
}

/** Runs tasks and hands outcomes over in the order of `tasks`, whichever finished first. */
export interface Backend {
  readonly workers: number
  /**
   * @param onOutcome called once per task, in task order
   * @param signal aborting it rejects with the signal's reason, promptly, and frees every thread
   * @param units tasks that one runner takes together, as indices in rising order, each task in one unit, units in the
   *   order of their first tasks; every task by itself by default. For speed only.
   */
  run(
    study: Study,
    tasks: readonly Task[],
    onOutcome: (index: number, outcome: TaskOutcome) => void,
    signal?: AbortSignal,
    units?: readonly Unit[],
  ): Promise<void>
}

/** Indices of tasks that are run together: of one draw and replication, so that what they have in common runs once. */
export type Unit = readonly number[]

/** Every task by itself. */
export function singly(tasks: readonly Task[]): Unit[] {
  return tasks.map((_, index) => [index])
}
