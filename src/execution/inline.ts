/** Runs every task on the calling thread: for tests, small studies, and places without threads. */
import { createTaskRunner } from '../experiment/run-task.ts'
import { dispatchTasks, type Lane } from './dispatch.ts'
import { taskError } from './failure.ts'
import { runTogether, type CreateRunner } from './protocol.ts'
import { singly, type Backend } from './types.ts'

/**
 * A backend without threads. Between tasks it gives the caller's event loop a turn, so that an abort is seen;
 * a task under way cannot be interrupted.
 *
 * @param createRunner what runs a task; the model, unless a test says otherwise
 */
export function createInlineBackend(
  createRunner: CreateRunner = (study) => createTaskRunner(study, () => performance.now()),
): Backend {
  return {
    workers: 1,
    async run(study, tasks, onOutcome, signal, units = singly(tasks)) {
      signal?.throwIfAborted()
      const runner = createRunner(study)
      const lane: Lane = async (together) => {
        await turnOfEventLoop()
        signal?.throwIfAborted()
        return attempt(() => runTogether(runner, together), (error) => taskError(study, together[0], error))
      }
      await dispatchTasks([lane], tasks, units, onOutcome, units.length).finished
    },
  }
}

function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}

function attempt<T>(act: () => T, explain: (error: unknown) => Error): T {
  try {
    return act()
  } catch (error) {
    throw explain(error)
  }
}
