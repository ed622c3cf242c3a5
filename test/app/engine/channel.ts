/** A browser's channels and workers, in one thread. */
import type { WorkerLike } from '../../../src/execution/browser.ts'
import type { Port } from '../../../src/execution/protocol.ts'

/** Two ports that carry messages as a browser does: copied, later. */
export function channel(): [Port, Port] {
  const listeners: ((message: unknown) => void)[][] = [[], []]
  const end = (own: number): Port => ({
    postMessage: (message) => queueMicrotask(() => {
      for (const listener of listeners[1 - own]) listener(structuredClone(message))
    }),
    on: (_, listener) => listeners[own].push(listener),
  })
  return [end(0), end(1)]
}

/** The page's end of a worker that is there. */
export function workerOn(own: Port, terminate: () => void): WorkerLike {
  return {
    postMessage: (message) => own.postMessage(message, []),
    addEventListener: (event: string, listener: (event: { readonly data: unknown; readonly message?: string }) => void) => {
      if (event === 'message') own.on('message', (data) => listener({ data }))
    },
    terminate,
  }
}
