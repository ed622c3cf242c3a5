/**
 * What passes between a backend and a thread. Both ends are here; neither knows what kind of thread carries
 * the messages, so that a test can wire them together in one process.
 *
 *     begin(study) →            ← done
 *     run(tasks)   →            ← outcome | failure
 *
 * Each request has an id, and each reply carries the id of its request. The study is sent once.
 */
import type { TaskRunner } from '../experiment/run-task.ts'
import type { Study } from '../scenario/study.ts'
import { reviveError, serialiseError, type SerialisedError } from './failure.ts'
import type { Task, TaskOutcome } from './types.ts'

/** From the backend to a thread. */
export type Request =
  | { readonly kind: 'begin'; readonly id: number; readonly study: Study }
  | { readonly kind: 'run'; readonly id: number; readonly tasks: readonly Task[] }

/** From a thread to the backend. */
export type Reply =
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcomes: readonly TaskOutcome[] }
  | { readonly kind: 'failure'; readonly id: number; readonly error: SerialisedError }

/** One end of a message channel: a Node `Worker`, `parentPort` or `MessagePort`. */
export interface Port {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

/** Makes the runner of a study, once per thread. */
export type CreateRunner = (study: Study) => TaskRunner

/** Runs tasks of one draw and replication: together, where the runner can. */
export function runTogether(runner: TaskRunner, tasks: readonly Task[]): TaskOutcome[] {
  return runner.together === undefined || tasks.length === 1 ? tasks.map((task) => runner(task)) : runner.together(tasks)
}

/** The thread's end: answers requests one at a time, in the order they came. */
export function serveTasks(port: Port, createRunner: CreateRunner): void {
  let runner: TaskRunner | null = null

  const answer = (request: Request): Reply => {
    if (request.kind === 'begin') {
      runner = createRunner(request.study)
      return { kind: 'done', id: request.id }
    }
    if (runner === null) throw new Error('a run was asked for before its study was sent')
    return { kind: 'outcome', id: request.id, outcomes: runTogether(runner, request.tasks) }
  }

  port.on('message', (message) => {
    if (!hasId(message)) return
    const request = message as Request
    try {
      const reply = answer(request)
      port.postMessage(reply, buffersToTransfer(reply))
    } catch (error) {
      port.postMessage({ kind: 'failure', id: request.id, error: serialiseError(error) } satisfies Reply)
    }
  })
}

/** Whether a message is of this protocol. What is not has nobody to answer to: a thread's own modules may send such. */
function hasId(message: unknown): message is { readonly id: number } {
  return typeof message === 'object' && message !== null && 'id' in message && typeof message.id === 'number'
}

/** The error of a thread, or that there was one: what cannot be read must not end the process that reads it. */
function revived(serialised: SerialisedError): Error {
  try {
    return reviveError(serialised)
  } catch {
    return new Error('a thread reported a failure in a way that cannot be read')
  }
}

/** Values leave the thread without a copy: a run's block is fresh and its maker keeps no reference to it. */
function buffersToTransfer(reply: Reply): ArrayBuffer[] {
  if (reply.kind !== 'outcome') return []
  return reply.outcomes.flatMap(({ values: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}

/** The backend's end of one thread. */
export interface TaskClient {
  /** Sends the study; must be fulfilled before the first run. */
  begin(study: Study): Promise<void>
  /** Runs tasks together. Rejects with the revived error of a run that failed. */
  run(tasks: readonly Task[]): Promise<readonly TaskOutcome[]>
  /** Rejects everything asked for and not answered, now and later: the thread is gone. */
  fail(error: unknown): void
}

interface Pending {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: unknown) => void
}

/** Connects to a thread that {@link serveTasks serves tasks}. */
export function connectTasks(port: Port): TaskClient {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let gone: { readonly error: unknown } | null = null

  port.on('message', (message) => {
    if (!hasId(message)) return
    const reply = message as Reply
    const waiting = pending.get(reply.id)
    if (waiting === undefined) return
    pending.delete(reply.id)
    if (reply.kind === 'failure') waiting.reject(revived(reply.error))
    else waiting.resolve(reply)
  })

  const ask = (makeRequest: (id: number) => Request): Promise<Reply> =>
    new Promise((resolve, reject) => {
      if (gone !== null) {
        reject(gone.error)
        return
      }
      lastId += 1
      pending.set(lastId, { resolve, reject })
      port.postMessage(makeRequest(lastId))
    })

  return {
    async begin(study) {
      await ask((id) => ({ kind: 'begin', id, study }))
    },
    async run(tasks) {
      const reply = await ask((id) => ({ kind: 'run', id, tasks }))
      if (reply.kind !== 'outcome') throw new Error(`a thread answered a run with "${reply.kind}"`)
      return reply.outcomes
    },
    fail(error) {
      gone = { error }
      for (const { reject } of pending.values()) reject(error)
      pending.clear()
    },
  }
}
