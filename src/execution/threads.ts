/**
 * Runs tasks on Node worker threads. Threads live for one run of a study: each receives the study once, then
 * one task at a time until none is left. Decision record 0003 says what is guarded against.
 */
import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import Pool from 'worker-threads-pool'
import { UserError } from '../errors.ts'
import type { Study } from '../scenario/study.ts'
import { dispatchTasks, type Lane } from './dispatch.ts'
import { describeTask, taskError } from './failure.ts'
import { connectTasks } from './protocol.ts'
import { singly, type Backend, type Task, type TaskOutcome, type Unit } from './types.ts'

/** How a {@link createThreadsBackend} differs from the default. */
export interface ThreadsOptions {
  /** Most threads at once, a whole number from 1; as many as the machine runs in parallel by default. */
  readonly workers?: number
  /** The thread's entry module, `workers/node-thread` by default. */
  readonly threadUrl?: URL
}

/**
 * Outcomes finished or under way per thread, counted from the oldest unfinished task. A run's block of values
 * is some ten megabytes, so this bounds memory; below 2 a slow task would leave other threads idle.
 */
export const TASKS_AHEAD_PER_THREAD = 3

/** Threads start from TypeScript in a checkout and from JavaScript in a built package. */
const SOURCE_EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

/** The entry module of a thread that answers tasks with the model. */
export const THREAD_URL = new URL(`../../workers/node-thread.${SOURCE_EXTENSION}`, import.meta.url)

/** A backend on worker threads. Its outcomes do not depend on `workers`. */
export function createThreadsBackend(options: ThreadsOptions = {}): Backend {
  const workers = options.workers ?? availableParallelism()
  if (!Number.isInteger(workers) || workers < 1) {
    throw new UserError(`workers must be a whole number of at least 1, not ${workers}`, 2)
  }
  const threadUrl = options.threadUrl ?? THREAD_URL
  return {
    workers,
    run: (study, tasks, onOutcome, signal, units = singly(tasks)) => runOnThreads({ study, tasks, units, onOutcome, signal, workers, threadUrl }),
  }
}

interface ThreadedRun {
  readonly study: Study
  readonly tasks: readonly Task[]
  readonly units: readonly Unit[]
  readonly onOutcome: (index: number, outcome: TaskOutcome) => void
  readonly signal: AbortSignal | undefined
  readonly workers: number
  readonly threadUrl: URL
}

async function runOnThreads(run: ThreadedRun): Promise<void> {
  const { study, tasks, units, onOutcome, signal } = run
  signal?.throwIfAborted()
  const threads = Math.min(run.workers, units.length)
  if (threads === 0) return

  const team = createTeam(study, threads, run.threadUrl)
  const onAbort = (): void => team.fail(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  try {
    const lanes = await Promise.race([team.failure, team.start()])
    const dispatch = dispatchTasks(lanes, tasks, units, onOutcome, threads * TASKS_AHEAD_PER_THREAD)
    try {
      await Promise.race([team.failure, dispatch.finished])
    } finally {
      dispatch.close()
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    await team.dismiss()
  }
}

/** The threads of one run. */
interface Team {
  /** Starts every thread and sends it the study. */
  start(): Promise<Lane[]>
  /** Never fulfilled; rejects when a thread stops by itself or when the team is told to fail. */
  readonly failure: Promise<never>
  fail(error: unknown): void
  /** Ends every thread and waits until it is gone. */
  dismiss(): Promise<void>
}

function createTeam(study: Study, size: number, threadUrl: URL): Team {
  const pool = new Pool({ max: size })
  const hired: Promise<Hired>[] = []
  const { promise: failure, reject: fail } = Promise.withResolvers<never>()
  // The failure may come while nobody is racing against it, for instance while threads are being dismissed.
  failure.catch(() => undefined)

  const hire = async (): Promise<Lane> => {
    const thread = acquire(pool, threadUrl, (worker) => attend(worker, study, fail))
    hired.push(thread)
    return (await thread).lane
  }

  return {
    failure,
    fail,
    start: () => Promise.all(Array.from({ length: size }, hire)),
    async dismiss() {
      // A thread that was asked for is handed over on a later tick: waiting for it keeps it from being left behind.
      const threads = await Promise.allSettled(hired)
      const started = threads.filter((thread) => thread.status === 'fulfilled')
      await Promise.all(started.map((thread) => thread.value.worker.terminate()))
    },
  }
}

/** A thread, and the lane it becomes once it has the study. */
interface Hired {
  readonly worker: Worker
  readonly lane: Promise<Lane>
}

/** A thread from the pool, attended to in the pool's own callback, so that no event can come before. */
function acquire(pool: Pool, threadUrl: URL, attendTo: (worker: Worker) => Promise<Lane>): Promise<Hired> {
  return new Promise((resolve, reject) => {
    pool.acquire(threadUrl, {}, (error, worker) => {
      if (error === null) resolve({ worker, lane: attendTo(worker) })
      else reject(error)
    })
  })
}

/** Listens to a thread from its first moment, and makes it a lane; `fail` is called if it stops by itself. */
async function attend(worker: Worker, study: Study, fail: (error: unknown) => void): Promise<Lane> {
  const client = connectTasks(worker)
  let current: Task | null = null

  const stopped = (reason: string): void => {
    const where = current === null ? 'while it was starting' : `in ${describeTask(study, current)}`
    const error = new UserError(`a worker thread stopped ${where}: ${reason}`)
    client.fail(error)
    fail(error)
  }
  worker.on('error', (error) => stopped(crashReason(error)))
  worker.on('messageerror', (error) => stopped(`its message could not be read (${error.message})`))
  worker.on('exit', (code) => stopped(`it ended with code ${code}`))

  await client.begin(study)
  return async (tasks) => {
    current = tasks[0]
    try {
      return await client.run(tasks)
    } catch (error) {
      throw taskError(study, tasks[0], error)
    }
  }
}

/** Why a thread crashed, in words. */
export function crashReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return outOfMemory ? 'it ran out of memory; try fewer workers or a smaller study' : error.message
}
