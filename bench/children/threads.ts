/** Runs replications on a backend of one thread, then of two, round by round. */
import { createHash } from 'node:crypto'
import { loadStudy } from '../../src/cli/load-study.ts'
import { createThreadsBackend } from '../../src/execution/threads.ts'
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
  readonly sha256: string
}

const { study: path, replications, rounds } = request() as ThreadsRequest
const { study } = await loadStudy(path)
const scenario = study.scenarios.findIndex(({ id }) => id === study.reference)
const tasks = Array.from({ length: replications }, (_, replication): Task => ({ scenario, draw: 0, replication }))

for (let round = 0; round < rounds; round++) {
  for (const workers of [1, 2]) {
    const hash = createHash('sha256')
    const begun = performance.now()
    await createThreadsBackend({ workers }).run(study, tasks, (_, { values }) => {
      hash.update(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    })
    const result: ThreadsAnswer = { workers, seconds: (performance.now() - begun) / 1000, sha256: hash.digest('hex') }
    answer(result)
  }
}
