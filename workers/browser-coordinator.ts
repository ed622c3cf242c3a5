/** The app's engine, in a browser worker of its own; runs are shared among further workers. */
import { config } from 'zod'
import { createLocalEngine } from '../src/app/engine/local-engine.ts'
import { createLooks } from '../src/app/engine/looks/looks.ts'
import { workerUrl, type EngineParts, type WorkerCode } from '../src/app/engine/parts.ts'
import { portOfScope, type WorkerScope } from '../src/app/engine/scope.ts'
import { serveEngine } from '../src/app/engine/wire.ts'
import { createBrowserBackend } from '../src/execution/browser.ts'

/** The page's first message. */
interface Start {
  readonly parts: EngineParts
  readonly runner: WorkerCode
}

const scope = globalThis as unknown as WorkerScope
const GIGABYTE = 1e9
/** Compiling a scenario, which every worker of a look does, takes a third of it: more of them gain little. */
const MOST_LOOKERS = 4
/** Where the browser does not say how much the machine has. */
const MEMORY_GIGABYTES = 8
/** Share of the machine's memory that the page may use. */
const MEMORY_SHARE = 0.5

// The page's policy forbids code made of text; the schema library would try it once to see.
config({ jitless: true })

const { deviceMemory = MEMORY_GIGABYTES, hardwareConcurrency } = navigator as Navigator & { readonly deviceMemory?: number }

const begin = (event: { readonly data: unknown }): void => {
  scope.removeEventListener('message', begin)
  const { parts, runner } = event.data as Start
  const runnerUrl = workerUrl(runner)
  const engine = createLocalEngine({
    parts,
    readUrl: async (url) => {
      const answer = await fetch(url)
      if (!answer.ok) throw new Error(`${answer.status}`)
      return answer.text()
    },
    looks: createLooks(Math.min(hardwareConcurrency, MOST_LOOKERS), () => new Worker(runnerUrl)),
    createBackend: (workers) => createBrowserBackend({ workers, onAbort: 'terminate', start: () => new Worker(runnerUrl) }),
    workers: Math.max(1, hardwareConcurrency - 1),
    memoryBytes: deviceMemory * GIGABYTE * MEMORY_SHARE,
    now: () => performance.now(),
  })
  serveEngine(portOfScope(scope), engine)
}
scope.addEventListener('message', begin)
