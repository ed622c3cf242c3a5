/**
 * Threads for a sweep: they outlive a study, and one that crashes is replaced. Each runs one group of tasks at a time.
 */
import { Worker } from 'node:worker_threads'
import { connectTasks } from '../execution/protocol.ts'
import type { TaskClient } from '../execution/protocol.ts'
import type { Task, TaskOutcome } from '../execution/types.ts'
import type { Study } from '../scenario/study.ts'
import { sweepText } from './sweep-messages.ts'

/** One thread, or its successors. */
export interface SweepThread {
  /**
   * Runs tasks of one draw and replication together; the study is sent when it is another than the last one's.
   * @throws what a run threw, or why the thread stopped
   */
  run(study: Study, tasks: readonly Task[]): Promise<readonly TaskOutcome[]>
  /** Ends the thread and waits until it is gone. */
  dismiss(): Promise<void>
}

interface Started {
  readonly worker: Worker
  readonly client: TaskClient
  study: Study | null
}

/** Threads start from TypeScript in a checkout and from JavaScript in a built package. */
const SOURCE_EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
const THREAD = new URL(`../../workers/node-thread.${SOURCE_EXTENSION}`, import.meta.url)

/** @param entry the thread's entry module */
export function createSweepThread(entry: URL = THREAD): SweepThread {
  let current: Started | null = null
  let dismissed = false

  const start = (): Started => {
    const worker = new Worker(entry)
    const started: Started = { worker, client: connectTasks(worker), study: null }
    const stopped = (reason: string): void => {
      if (current === started) current = null
      started.client.fail(new Error(sweepText.threadStopped(reason)))
    }
    worker.on('error', (error) => stopped(error instanceof Error ? error.message : String(error)))
    worker.on('messageerror', (error) => stopped(error.message))
    worker.on('exit', (code) => stopped(sweepText.endedWithCode(code)))
    return started
  }
  return {
    async run(study, tasks) {
      if (dismissed) throw new Error(sweepText.threadStopped('it was dismissed'))
      current ??= start()
      const thread = current
      if (thread.study !== study) {
        await thread.client.begin(study)
        thread.study = study
      }
      return thread.client.run(tasks)
    },
    async dismiss() {
      dismissed = true
      await current?.worker.terminate()
    },
  }
}
