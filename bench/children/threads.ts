/** Runs replications on a backend of one thread, then of two, round by round. */
import { createHash } from 'node:crypto'
import { loadStudy } from '../../src/cli/load-study.ts'
import { createThreadsBackend } from '../../src/execution/threads.ts'
import type { RunValues } from '../../src/measures/types.ts'
import type { Task } from '../../src/execution/types.ts'
import { answer, request } from './request.ts'

/** What to run: the study's reference scenario. */
export interface ThreadsRequest {
  readonly study: string
  readonly replications: number
  readonly rounds: number
}

/** One pass over all replications, threads started and ended included. */
export interface ThreadsAnswer {
  readonly workers: number
  readonly seconds: number
  /** User and system time of all threads: what the work cost, whoever else was on the machine. */
  readonly processorSeconds: number
  readonly sha256: string
}

const { study: path, replications, rounds } = request() as ThreadsRequest
const { study } = await loadStudy(path)
const scenario = study.scenarios.findIndex(({ id }) => id === study.reference)
const tasks = Array.from({ length: replications }, (_, replication): Task => ({ scenario, draw: 0, replication }))

for (let round = 0; round < rounds; round++) {
  for (const workers of [1, 2]) {
    const blocks: RunValues[] = []
    const begun = performance.now()
    const spent = process.cpuUsage()
    await createThreadsBackend({ workers }).run(study, tasks, (_, { values }) => void blocks.push(values))
    const seconds = (performance.now() - begun) / 1000
    const { user, system } = process.cpuUsage(spent)
    // After the clock: it is no work of the threads, and would take a processor from them.
    const hash = createHash('sha256')
    for (const { buffer, byteOffset, byteLength } of blocks) hash.update(Buffer.from(buffer, byteOffset, byteLength))
    const result: ThreadsAnswer = { workers, seconds, processorSeconds: (user + system) / 1e6, sha256: hash.digest('hex') }
    answer(result)
  }
}
