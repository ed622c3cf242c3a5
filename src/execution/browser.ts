/**
 * Runs tasks on browser workers. Workers stand from one run to the next, since a fresh one is slow until its code has
 * warmed up:
 *
 *     run(study A) ── starts workers, sends A ──▶ tasks      run(study B) ── sends B ──▶ tasks      close()
 *
 * Workers answer by the protocol of threads (`protocol.ts`), so that a run's numbers are the same here as there.
 */
import { UserError } from '../errors.ts'
import type { Study } from '../scenario/study.ts'
import { dispatchTasks, type Lane } from './dispatch.ts'
import { describeTask, taskError } from './failure.ts'
import { connectTasks, type Port, type TaskClient } from './protocol.ts'
import { singly, type Backend, type Task } from './types.ts'

/** What is used of a browser's `Worker`. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(event: 'error' | 'messageerror', listener: (event: { readonly message?: string }) => void): void
  terminate(): void
}

/** How browser workers are started and stopped. */
export interface BrowserOptions {
  /** Most workers at once, from 1. */
  readonly workers: number
  /** Starts a worker that serves tasks. */
  readonly start: () => WorkerLike
  /**
   * What an abort does to workers in the middle of a task: ends them, for tasks of seconds; or lets them finish what
   * nobody will read, for tasks so short that starting again would take longer.
   */
  readonly onAbort: 'terminate' | 'finish'
}

/** A backend whose workers stand until it is closed. Runs one study at a time. */
export interface BrowserBackend extends Backend {
  /** Ends every worker; a run under way fails. A run that is asked for afterwards starts others. */
  close(): void
}

/** Outcomes finished or under way per worker, counted from the oldest unfinished task: bounds what is held back. */
const TASKS_AHEAD_PER_WORKER = 3

/** A worker that has started. */
interface Member {
  readonly worker: WorkerLike
  readonly client: TaskClient
  /** What it is doing, while it is. */
  current: Task | null
  /** Told why it stopped by itself. */
  onStopped: (reason: string) => void
}

/** A backend on browser workers. Its outcomes do not depend on `workers`. */
export function createBrowserBackend({ workers, start, onAbort }: BrowserOptions): BrowserBackend {
  let team: Member[] = []
  let failRun: ((error: unknown) => void) | null = null
  const dismiss = (member: Member, reason: unknown): void => {
    team = team.filter((other) => other !== member)
    member.worker.terminate()
    member.client.fail(reason)
  }
  const run: Backend['run'] = async (study, tasks, onOutcome, signal, units = singly(tasks)) => {
    signal?.throwIfAborted()
    if (units.length === 0) return
    const { promise: failure, reject: fail } = Promise.withResolvers<never>()
    // It may come while nobody is racing against it.
    failure.catch(() => undefined)
    failRun = fail
    const stop = (): void => fail(signal?.reason)
    signal?.addEventListener('abort', stop)
    while (team.length < Math.min(workers, units.length)) team.push(hire(start()))
    const lanes = team.map((member) => laneOf(member, study, (error) => {
      dismiss(member, error)
      fail(error)
    }))
    const dispatch = dispatchTasks(lanes, tasks, units, onOutcome, lanes.length * TASKS_AHEAD_PER_WORKER)
    try {
      await Promise.race([failure, dispatch.finished])
    } catch (error) {
      const isKept = onAbort === 'finish' && signal?.aborted === true
      if (!isKept) for (const member of team.filter(({ current }) => current !== null)) dismiss(member, error)
      throw error
    } finally {
      dispatch.close()
      signal?.removeEventListener('abort', stop)
    }
  }
  const close = (): void => {
    const closed = new Error('the workers were ended')
    for (const member of team) dismiss(member, closed)
    failRun?.(closed)
  }
  return { workers, run, close }
}

function hire(worker: WorkerLike): Member {
  const member: Member = { worker, client: connectTasks(portOf(worker)), current: null, onStopped: () => undefined }
  worker.addEventListener('error', ({ message }) => member.onStopped(message ?? 'it did not say why'))
  worker.addEventListener('messageerror', () => member.onStopped('its message could not be read'))
  return member
}

function portOf(worker: WorkerLike): Port {
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer),
    on: (_, listener) => worker.addEventListener('message', ({ data }) => listener(data)),
  }
}

/** The lane that a worker becomes for one study, which it is sent before its first task. */
function laneOf(member: Member, study: Study, onStopped: (error: unknown) => void): Lane {
  member.onStopped = (reason) => {
    const where = member.current === null ? 'while it was starting' : `in ${describeTask(study, member.current)}`
    onStopped(new UserError(`a worker stopped ${where}: ${reason}`))
  }
  const begun = member.client.begin(study)
  // Whoever runs a task meets its failure.
  begun.catch(() => undefined)
  return async (tasks) => {
    member.current = tasks[0]
    try {
      // Sent at once: a worker answers in order, and the caller may be busy when the first answer comes.
      const [, outcomes] = await Promise.all([begun, member.client.run(tasks)])
      return outcomes
    } catch (error) {
      throw taskError(study, tasks[0], error)
    } finally {
      if (member.current === tasks[0]) member.current = null
    }
  }
}
