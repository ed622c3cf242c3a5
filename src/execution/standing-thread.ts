/**
 * A worker thread that outlives a run: for many short runs of different studies, which would otherwise spend much of
 * their time on starting threads.
 *
 *     run(study A) ── starts the thread, sends A ──▶ tasks      run(study B) ── sends B ──▶ tasks      close()
 */
import { Worker } from 'node:worker_threads'
import { UserError } from '../errors.ts'
import { dispatchTasks } from './dispatch.ts'
import { describeTask, taskError } from './failure.ts'
import { connectTasks, type TaskClient } from './protocol.ts'
import { crashReason, TASKS_AHEAD_PER_THREAD, THREAD_URL } from './threads.ts'
import { singly, type Backend, type Task } from './types.ts'

/** A backend on one thread that is kept until it is closed. Runs one study at a time. */
export interface StandingThread extends Backend {
  /** Ends the thread and waits until it is gone. A run that is asked for afterwards starts another. */
  close(): Promise<void>
}

/** A thread that has started. */
interface Standing {
  readonly worker: Worker
  readonly client: TaskClient
  /** Told why the thread stopped by itself; of the run at hand. */
  onStopped: (reason: string) => void
}

/**
 * A backend that starts its thread with the first run, and again after one that failed or was aborted.
 * @param threadUrl the thread's entry module, `workers/node-thread` by default
 */
export function createStandingThread(threadUrl: URL = THREAD_URL): StandingThread {
  let standing: Standing | null = null
  const close = async (): Promise<void> => {
    const thread = standing
    standing = null
    if (thread === null) return
    thread.onStopped = () => undefined
    await thread.worker.terminate()
  }
  const run: Backend['run'] = async (study, tasks, onOutcome, signal, units = singly(tasks)) => {
    signal?.throwIfAborted()
    if (units.length === 0) return
    const { promise: failure, reject: fail } = Promise.withResolvers<never>()
    // It may come while nobody is racing against it.
    failure.catch(() => undefined)
    const onAbort = (): void => fail(signal?.reason)
    signal?.addEventListener('abort', onAbort)
    try {
      const thread = (standing ??= start(threadUrl))
      let current: Task | null = null
      thread.onStopped = (reason) => {
        const where = current === null ? 'while it was starting' : `in ${describeTask(study, current)}`
        fail(new UserError(`a worker thread stopped ${where}: ${reason}`))
      }
      await Promise.race([failure, thread.client.begin(study)])
      const lane = async (each: readonly Task[]) => {
        current = each[0]
        try {
          return await thread.client.run(each)
        } catch (error) {
          throw taskError(study, each[0], error)
        }
      }
      const dispatch = dispatchTasks([lane], tasks, units, onOutcome, TASKS_AHEAD_PER_THREAD)
      try {
        await Promise.race([failure, dispatch.finished])
      } finally {
        dispatch.close()
      }
    } catch (error) {
      // What it was doing is not known to have ended.
      await close()
      throw error
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }
  return { workers: 1, run, close }
}

function start(threadUrl: URL): Standing {
  const worker = new Worker(threadUrl)
  const standing: Standing = { worker, client: connectTasks(worker), onStopped: () => undefined }
  worker.on('error', (error) => standing.onStopped(crashReason(error)))
  worker.on('messageerror', (error) => standing.onStopped(`its message could not be read (${error.message})`))
  worker.on('exit', (code) => standing.onStopped(`it ended with code ${code}`))
  return standing
}
