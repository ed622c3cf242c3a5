/** A browser worker: answers tasks with the model. */
import { portOfScope, type WorkerScope } from '../src/app/engine/scope.ts'
import { serveTasks } from '../src/execution/protocol.ts'
import { createTaskRunner } from '../src/experiment/run-task.ts'

serveTasks(portOfScope(globalThis as unknown as WorkerScope), (study) => createTaskRunner(study, () => performance.now()))
