/** A Node worker thread: answers tasks with the model. */
import { parentPort } from 'node:worker_threads'
import { serveTasks } from '../src/execution/protocol.ts'
import { createTaskRunner } from '../src/experiment/run-task.ts'

if (parentPort !== null) serveTasks(parentPort, (study) => createTaskRunner(study, () => performance.now()))
