/**
 * Work on the page in small turns, so that no turn holds up typing, scrolling or a slider. Jobs have names; a later job
 * of the same name takes the place of one that has not begun.
 */

/** A piece of work; one that waits for something gives the page a turn there. */
export type Job = () => void | Promise<void>

/** Does jobs one at a time, each in a turn of its own. */
export interface TaskQueue {
  add(name: string, job: Job): void
  /** Drops what has not begun. */
  clear(): void
}

/** @param onError told of a job that failed; the rest goes on */
export function createTaskQueue(onError: (error: unknown) => void): TaskQueue {
  const jobs = new Map<string, Job>()
  let isRunning = false
  async function run(): Promise<void> {
    isRunning = true
    for (let [next] = jobs; next !== undefined; [next] = jobs) {
      const [name, job] = next
      jobs.delete(name)
      await turn()
      try {
        await job()
      } catch (error) {
        onError(error)
      }
    }
    isRunning = false
  }
  return {
    add(name, job) {
      jobs.delete(name)
      jobs.set(name, job)
      if (!isRunning) void run()
    },
    clear: () => jobs.clear(),
  }
}

/** Lets the page do what it has to do: input, layout, paint. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}
