/** Runs every task on the calling thread: for tests, small studies, and places without threads. */
import { createTaskRunner } from '../experiment/run-task.ts'
import { taskError } from './failure.ts'
import type { CreateRunner } from './protocol.ts'
import type { Backend } from './types.ts'

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
    async run(study, tasks, onOutcome, signal) {
      signal?.throwIfAborted()
      const runTask = createRunner(study)
      for (const [index, task] of tasks.entries()) {
        await turnOfEventLoop()
        signal?.throwIfAborted()
        onOutcome(index, attempt(() => runTask(task), (error) => taskError(study, task, error)))
      }
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
