/**
 * How a failure crosses a thread and what it looks like on the other side. A user's error keeps its kind,
 * message and exit code; a defect gains the identity of the run in which it happened.
 */
import { InputError, UserError, type Problem } from '../errors.ts'
import type { Study } from '../scenario/study.ts'
import type { Task } from './types.ts'

/** An error as plain data, since structured cloning drops an error's class and own fields. */
export type SerialisedError =
  | { readonly kind: 'input'; readonly problems: readonly Problem[] }
  | { readonly kind: 'user'; readonly message: string; readonly exitCode: number }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string }

/** A defect of Fairwait inside one run. `cause` is what was thrown there. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure'
  readonly task: Task
  constructor(study: Study, task: Task, cause: unknown) {
    super(`${describeTask(study, task)}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.task = task
  }
}

/** A run in words, replications counted from 1: `scenario "strikes", replication 3`, with the draw where the study takes draws. */
export function describeTask(study: Study, task: Task): string {
  const scenario = study.scenarios[task.scenario]?.id ?? `number ${task.scenario}`
  const draw = study.draws > 0 ? `, draw ${task.draw + 1}` : ''
  return `scenario "${scenario}"${draw}, replication ${task.replication + 1}`
}

/** What a backend throws for an error raised inside a run: the user's errors as they are, a defect with its run. */
export function taskError(study: Study, task: Task, error: unknown): Error {
  return error instanceof UserError ? error : new TaskFailure(study, task, error)
}

/** Any thrown value as plain data. */
export function serialiseError(error: unknown): SerialisedError {
  if (error instanceof InputError) return { kind: 'input', problems: error.problems }
  if (error instanceof UserError) return { kind: 'user', message: error.message, exitCode: error.exitCode }
  if (error instanceof Error) return { kind: 'defect', message: error.message, stack: error.stack ?? error.message }
  return { kind: 'defect', message: String(error), stack: String(error) }
}

/** The error again, of its own class; a defect carries the stack of the thread that raised it. */
export function reviveError(serialised: SerialisedError): Error {
  if (serialised.kind === 'input') return new InputError(serialised.problems)
  if (serialised.kind === 'user') return new UserError(serialised.message, serialised.exitCode)
  const error = new Error(serialised.message)
  error.stack = serialised.stack
  return error
}
