/**
 * Runs a study's reference scenario on one thread, several times over, and says how long the kernel took.
 * One answer for each repeat; the warm-up's is not given.
 */
import { createHash } from 'node:crypto'
import type * as LoadStudy from '../../src/cli/load-study.ts'
import type * as RunTask from '../../src/experiment/run-task.ts'
import type { Study } from '../../src/scenario/study.ts'
import { processorMilliseconds } from './processor-time.ts'
import { answer, moduleOf, request } from './request.ts'
import { scaledStudy } from './scaled-study.ts'

/** What to run. */
export interface TasksRequest {
  /** Folder of the checkout to measure. */
  readonly root: string
  /** Study file, from there. */
  readonly study: string
  readonly weeks: number
  /** Size of the system relative to the study's, above 0. */
  readonly size: number
  readonly warmUps: number
  readonly repeats: number
}

/** One repeat. */
export interface TaskAnswer {
  readonly pathways: number
  /** Of the processor, in the kernel. */
  readonly nanoseconds: number
  /** Of the processor, for the whole task with compiled tables at hand: kernel and measures. */
  readonly taskNanoseconds: number
  /** Of every value that the run measured: equal where the results are, to the bit. */
  readonly sha256: string
  /** Most memory that the process has had resident, compiling and loading included. */
  readonly peakResidentBytes: number
}

const { root, study: path, weeks, size, warmUps, repeats } = request() as TasksRequest
const { loadStudy } = await moduleOf<typeof LoadStudy>(root, 'src/cli/load-study.ts')
const { createTaskRunner } = await moduleOf<typeof RunTask>(root, 'src/experiment/run-task.ts')
const { study } = await loadStudy(`${root}/${path}`, { weeks })
const runTask = createTaskRunner(scaledStudy(study, size), processorMilliseconds)
const task = { scenario: referenceOf(study), draw: 0, replication: 0 }

for (let repeat = -warmUps; repeat < repeats; repeat++) {
  const begun = processorMilliseconds()
  const { pathways, kernelSeconds, values } = runTask(task)
  const taskNanoseconds = (processorMilliseconds() - begun) * 1e6
  if (repeat < 0) continue
  const result: TaskAnswer = {
    pathways,
    nanoseconds: kernelSeconds * 1e9,
    taskNanoseconds,
    sha256: createHash('sha256').update(Buffer.from(values.buffer, values.byteOffset, values.byteLength)).digest('hex'),
    peakResidentBytes: process.resourceUsage().maxRSS * 1024,
  }
  answer(result)
}

function referenceOf({ scenarios, reference }: Study): number {
  return scenarios.findIndex(({ id }) => id === reference)
}
