/** The part of worker-threads-pool 2.0.0 that Fairwait uses; the package ships no types. */
declare module 'worker-threads-pool' {
  import type { Worker, WorkerOptions } from 'node:worker_threads'

  export default class Pool {
    /** @param options `max` must be a positive whole number: the pool compares its size with it by `===` */
    constructor(options: { max: number })
    /** Starts a thread and hands it over on the next tick; throws where the thread cannot be started. */
    acquire(
      filename: string | URL,
      options: WorkerOptions,
      callback: (error: Error | null, worker: Worker) => void,
    ): void
  }
}
