/** What the kernel allocates after warm-up: a run of many pathways against one of few. */
import { benchMessages, say } from '../messages.ts'
import { child, runLines } from '../process.ts'
import type { AllocationAnswer, AllocationRequest } from '../children/allocation.ts'
import type { AllocationRecord } from '../record.ts'

const WARM_UPS = 6

/** Measures both sizes. */
export async function benchAllocation(): Promise<AllocationRecord> {
  say(benchMessages.running('allocation'))
  const small = await measure(0.5)
  const large = await measure(2)
  const bytesPerPathway = (bytesOf(large) - bytesOf(small)) / (large.pathways - small.pathways)
  const runs = [small, large].map((run) => ({ pathways: run.pathways, bytes: bytesOf(run) }))
  return { runs, bytesPerPathway, functions: large.functions.slice(0, 5) }
}

async function measure(size: number): Promise<AllocationAnswer> {
  const request: AllocationRequest = { size, warmUps: WARM_UPS }
  const [answer] = await runLines<AllocationAnswer>(child('allocation', request))
  return answer
}

function bytesOf({ functions }: AllocationAnswer): number {
  return functions.reduce((sum, { bytes }) => sum + bytes, 0)
}
