/** The same replications on one thread and on two, in turns. */
import { benchMessages, say } from '../messages.ts'
import { child, runLines } from '../process.ts'
import type { ThreadsAnswer, ThreadsRequest } from '../children/threads.ts'
import type { ThreadsRecord, ThreadsSize } from '../record.ts'
import { timingOf } from '../statistics.ts'
import { ICB } from './sizes.ts'

/**
 * Replications, and rounds of one thread and two. A thread starts and is warm after somewhat more than the processor
 * time of half a replication, so that eight, four each, say what a study of one scenario gains, and 32 what work gains.
 */
const SIZES = [
  { replications: 8, rounds: 3 },
  { replications: 32, rounds: 2 },
] as const

/** @throws Error where a thread more changes a result */
export async function benchThreads(root: string): Promise<ThreadsRecord> {
  say(benchMessages.running('one and two threads'))
  const sizes: ThreadsSize[] = []
  for (const size of SIZES) sizes.push(await benchSize({ study: `${root}/${ICB.study}`, ...size }))
  return { sizes }
}

async function benchSize(request: ThreadsRequest): Promise<ThreadsSize> {
  const answers = await runLines<ThreadsAnswer>(child('threads', request))
  if (new Set(answers.map(({ sha256 }) => sha256)).size > 1) throw new Error(benchMessages.repeatsDiffer('threads'))
  const of = (workers: number) => answers.filter((answer) => answer.workers === workers)
  const seconds = (workers: number) => timingOf(of(workers).map((answer) => answer.seconds))
  const processor = (workers: number) => timingOf(of(workers).map((answer) => answer.processorSeconds))
  return { replications: request.replications, one: seconds(1), two: seconds(2), processorOne: processor(1), processorTwo: processor(2) }
}
