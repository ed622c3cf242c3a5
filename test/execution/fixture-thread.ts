/**
 * A worker thread with a runner that misbehaves on command: the study's description says how, and scenario 1
 * of replication 2 is where. Elsewhere it returns outcomes that name their task, the later the sooner.
 */
import { parentPort } from 'node:worker_threads'
import { InputError, UserError } from '../../src/errors.ts'
import { serveTasks } from '../../src/execution/protocol.ts'
import { outcomeOf } from './fixture.ts'

const MISBEHAVIOURS: Readonly<Record<string, () => void>> = {
  'throw': () => {
    throw new RangeError('slots ran backwards')
  },
  'throw-user-error': () => {
    throw new UserError('a check was not met', 4)
  },
  'throw-input-error': () => {
    throw new InputError({ file: 'study.yaml', line: 3, column: 7, path: 'time.weeks', message: 'too long' })
  },
  'exit': () => process.exit(7),
  // What Node raises when a thread reaches its heap limit; reaching it for real takes half a minute and gigabytes.
  // The thread says nothing more before it: an answer on its way could end the run before the thread does.
  'run-out-of-memory': () => {
    if (parentPort !== null) parentPort.postMessage = () => undefined
    setImmediate(() => {
      throw Object.assign(new Error('heap limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
    })
  },
  'never-end': () => {
    for (;;) Math.hypot(1, 2)
  },
  '': () => undefined,
}

if (parentPort !== null) {
  serveTasks(parentPort, (study) => {
    if (study.description === 'refuse-study') throw new InputError({ message: 'no such study' })
    const misbehave = MISBEHAVIOURS[study.description]
    return (task) => {
      if (task.scenario === 1 && task.replication === 2) misbehave()
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, 12 - 3 * task.replication))
      return outcomeOf(task)
    }
  })
}
