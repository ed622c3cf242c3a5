/** A Node worker thread of an analysis: answers tasks with the model at the points of a design. */
import { parentPort } from 'node:worker_threads'
import { serveTasks } from '../src/execution/protocol.ts'
import { createRunMemory } from '../src/experiment/run-task.ts'
import { createPointRunner } from '../src/experiment/analysis/points.ts'

if (parentPort !== null) {
  const memory = createRunMemory()
  serveTasks(parentPort, (study) => createPointRunner(study, () => performance.now(), memory))
}
