/** What the kernel allocates after warm-up: a run of many pathways against one of few. */
import { benchMessages, say } from '../messages.ts'
import { child, runLines } from '../process.ts'
import type { AllocationAnswer, AllocationRequest } from '../children/allocation.ts'
import type { AllocationRecord } from '../record.ts'

/** No collection comes in the middle of a run, so that what was allocated is still there to be counted. */
const FLAGS = ['--expose-gc', '--max-semi-space-size=512', '--min-semi-space-size=512']

/** Measures both sizes. */
export async function benchAllocation(): Promise<AllocationRecord> {
  say(benchMessages.running('allocation'))
  const [small, large] = await Promise.all([0.5, 2].map(measure))
  return { small, large, bytesPerPathway: (large.bytes - small.bytes) / (large.pathways - small.pathways) }
}

async function measure(size: number): Promise<AllocationAnswer> {
  const request: AllocationRequest = { size, warmUps: 6 }
  const [answer] = await runLines<AllocationAnswer>(child('allocation', request, FLAGS))
  return answer
}
