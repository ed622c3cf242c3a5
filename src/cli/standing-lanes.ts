/** Threads that stay, for work that runs many small studies one after the other, and a run store in front of them. */
import { createStandingThread } from '../execution/standing-thread.ts'
import type { Backend } from '../execution/types.ts'
import type { Study } from '../scenario/study.ts'
import type { AskedOf, RunsCount } from './stored-lanes.ts'

/** Where studies are run. */
export interface Lanes {
  /** Each runs one study at a time. */
  readonly workers: number
  /** Entry module of the threads, that of whole runs by default. */
  readonly threadUrl?: URL
  /** Folder of a run store that is asked first, and keeps what is run; undefined for none. */
  readonly store: string | undefined
  /** What is asked of the runs of a study: what the store looks for, and keeps. */
  readonly asked: (study: Study) => AskedOf
}

/**
 * Does work on threads that start with the first study they run and end with the work.
 * @throws InputError where the store is another engine's, or another process is writing it
 */
export async function onStandingLanes<T>(
  { workers, threadUrl, store, asked }: Lanes,
  work: (lanes: readonly Backend[], count: Readonly<RunsCount> | null) => Promise<T>,
): Promise<T> {
  const lanes = Array.from({ length: workers }, () => createStandingThread(threadUrl))
  try {
    if (store === undefined) return await work(lanes, null)
    const { storedLanes } = await import('./stored-lanes.ts')
    const stored = await storedLanes(lanes, store, asked)
    try {
      return await work(stored.lanes, stored.count)
    } finally {
      stored.close()
    }
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()))
  }
}
