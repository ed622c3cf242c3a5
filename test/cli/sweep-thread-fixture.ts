/**
 * A thread that fails as told by FAIRWAIT_TEST_FAILS: `throw:N` throws at its Nth group, `exit:N` ends itself there,
 * `always:R` throws in every run of replication R.
 */
import { parentPort } from 'node:worker_threads'
import { serveTasks } from '../../src/execution/protocol.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'

const [kind, number] = (process.env['FAIRWAIT_TEST_FAILS'] ?? 'none:0').split(':')
let groups = 0

if (parentPort !== null) {
  serveTasks(parentPort, (study) => {
    const run = createTaskRunner(study, () => performance.now())
    return (task) => {
      groups += 1
      if (kind === 'throw' && groups === Number(number)) throw new Error('thrown on purpose')
      if (kind === 'exit' && groups === Number(number)) process.exit(7)
      if (kind === 'always' && task.replication === Number(number)) throw new Error('thrown on purpose')
      return run(task)
    }
  })
}
