/** The same replications on one thread and on two, in turns. */
import { benchMessages, say } from '../messages.ts'
import { child, runLines } from '../process.ts'
import type { ThreadsAnswer, ThreadsRequest } from '../children/threads.ts'
import type { ThreadsRecord } from '../record.ts'
import { timingOf } from '../statistics.ts'
import { ICB } from './sizes.ts'

const ROUNDS = 3

/** @throws Error where a thread more changes a result */
export async function benchThreads(root: string): Promise<ThreadsRecord> {
  say(benchMessages.running('one and two threads'))
  const request: ThreadsRequest = { study: `${root}/${ICB.study}`, rounds: ROUNDS }
  const answers = await runLines<ThreadsAnswer>(child('threads', request))
  if (new Set(answers.map(({ sha256 }) => sha256)).size > 1) throw new Error(benchMessages.repeatsDiffer('threads'))
  const of = (workers: number) => answers.filter((answer) => answer.workers === workers)
  const seconds = (workers: number) => timingOf(of(workers).map((answer) => answer.seconds))
  const processor = (workers: number) => timingOf(of(workers).map((answer) => answer.processorSeconds))
  return { replications: answers[0].replications, one: seconds(1), two: seconds(2), processorOne: processor(1), processorTwo: processor(2) }
}
