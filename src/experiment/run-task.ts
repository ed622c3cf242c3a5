/**
 * One run: study and task in, measured values out. Pure: the clock comes from the caller. Every backend calls
 * this and nothing else of the model.
 */
import type { Task, TaskOutcome } from '../execution/types.ts'
import type { Study } from '../scenario/study.ts'

/** Runs tasks of one study; keeps compiled tables and kernel memory between tasks. */
export type TaskRunner = (task: Task) => TaskOutcome

/**
 * @param study the resolved study
 * @param now milliseconds of a monotonic clock, for `kernelSeconds` only
 */
export function createTaskRunner(study: Study, now: () => number): TaskRunner {
  throw new Error(`not yet: ${study.name} ${now()}`)
}
