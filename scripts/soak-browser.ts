/**
 * The soak's work in the browser, in a process of its own: Playwright keeps a record of each request that a browser ever
 * made (ten thousand before it forgets any), and what a test's tool keeps would be counted as Fairwait's.
 *
 *     'round' →    ← levels of the page | what failed
 *     'end'   →    ← (the process ends)
 */
import { fork } from 'node:child_process'

/** What is watched of the page that stays open, after a collection of garbage. */
export interface PageLevels {
  /** JavaScript's heap of the app's page, MB. */
  readonly pageHeapMegabytes: number
  /** Elements and texts that the page holds, in its document or out of it. */
  readonly pageNodes: number
  readonly pageListeners: number
  readonly pageWorkers: number
  /** Memory of all processes of the browser, MB, what they share counted once. Told, not judged. */
  readonly browserMegabytes: number
  /** Heap of the process that drives the browser, MB. Told, not judged. */
  readonly driverHeapMegabytes: number
}

/** The browser's part of a soak. */
export interface BrowserWork {
  /** One round of the app. @throws Error with what went wrong in it */
  round(): Promise<PageLevels>
  /** Ends the browser and waits until its process is gone. */
  end(): Promise<void>
}

/** What the process answers. */
export type Reply = { readonly levels: PageLevels } | { readonly failure: string }

/** Starts the process, the browser, and the page that stays open, as the first round is asked for. */
export function startBrowserWork(): BrowserWork {
  const child = fork(new URL('soak-app.ts', import.meta.url))
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve))
  const answered = async (): Promise<Reply> =>
    Promise.race([
      new Promise<Reply>((resolve) => void child.once('message', (reply) => resolve(reply as Reply))),
      ended.then((code) => ({ failure: `the browser's process ended with code ${code}` })),
    ])
  return {
    async round() {
      child.send('round')
      const reply = await answered()
      child.removeAllListeners('message')
      if ('failure' in reply) throw new Error(reply.failure)
      return reply.levels
    },
    async end() {
      if (child.connected) child.send('end')
      await ended
    },
  }
}
