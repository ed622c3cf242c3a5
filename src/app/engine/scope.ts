/** What is used of the global scope of a browser worker, and the port that it is. */
import type { Port } from '../../execution/protocol.ts'

/** The part of a dedicated worker's global scope that sends and receives. */
export interface WorkerScope {
  postMessage(message: unknown, transfer: Transferable[]): void
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  removeEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** The scope as one end of a message channel. */
export function portOfScope(scope: WorkerScope): Port {
  return {
    postMessage: (message, transfer = []) => scope.postMessage(message, transfer),
    on: (_, listener) => scope.addEventListener('message', ({ data }) => listener(data)),
  }
}
