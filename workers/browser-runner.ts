/** A browser worker: answers tasks with the model, and takes first looks for the app. */
import { serveLooks } from '../src/app/engine/looks/serve-looks.ts'
import { portOfScope, type WorkerScope } from '../src/app/engine/scope.ts'
import { serveTasks } from '../src/execution/protocol.ts'
import { createTaskRunner } from '../src/experiment/run-task.ts'

const port = portOfScope(globalThis as unknown as WorkerScope)
serveLooks(port)
serveTasks(port, (study) => createTaskRunner(study, () => performance.now()))
