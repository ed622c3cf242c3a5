/** A Node worker thread of an analysis: answers tasks with the model at the points of a design. */
import { parentPort } from 'node:worker_threads'
import { serveTasks } from '../src/execution/protocol.ts'
import { createPointRunner } from '../src/experiment/analysis/points.ts'

if (parentPort !== null) serveTasks(parentPort, (study) => createPointRunner(study, () => performance.now()))
