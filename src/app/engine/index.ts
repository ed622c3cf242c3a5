/** The page's end of the engine: starts the coordinator, the worker that everything else happens in. */
import type { Port } from '../../execution/protocol.ts'
import type { Engine } from '../contract.ts'
import { engineWords } from './messages.ts'
import { absolute, readParts, workerUrl } from './parts.ts'
import { connectEngine } from './wire.ts'

/**
 * Starts the engine of the page. Nothing of it runs in the page's own thread.
 * @throws Error where the page was not made by the app's build
 */
export function createEngine(): Engine {
  const { coordinator, runner, ...parts } = readParts(document, document.baseURI)
  const worker = new Worker(workerUrl(absolute(coordinator, document.baseURI)))
  const port: Port = {
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer),
    on: (_, listener) => worker.addEventListener('message', ({ data }) => listener(data)),
  }
  const client = connectEngine(port, () => worker.terminate())
  worker.addEventListener('error', ({ message }) => client.fail(message ?? engineWords.noReason))
  worker.addEventListener('messageerror', () => client.fail(engineWords.unreadable))
  worker.postMessage({ parts, runner: absolute(runner, document.baseURI) }, [])
  return client
}
