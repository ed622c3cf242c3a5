/** A Node worker thread: answers tasks with the model. */
import { parentPort } from 'node:worker_threads'
import { serveTasks } from '../src/execution/protocol.ts'
import { createRunMemory, createTaskRunner } from '../src/experiment/run-task.ts'

if (parentPort !== null) {
  const memory = createRunMemory()
  serveTasks(parentPort, (study) => createTaskRunner(study, () => performance.now(), memory))
}
