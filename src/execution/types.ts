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
   */
  run(
    study: Study,
    tasks: readonly Task[],
    onOutcome: (index: number, outcome: TaskOutcome) => void,
    signal?: AbortSignal,
  ): Promise<void>
}
