/** What a run of the kernel allocates on the heap, by function, once compilers and memory have warmed up. */
import { Session, type HeapProfiler } from 'node:inspector/promises'
import { clearCensus, createCensus } from '../../src/model/census.ts'
import { serviceKey } from '../../src/model/identity.ts'
import { createKernelMemory, simulateService } from '../../src/model/simulate.ts'
import { peerModel } from '../peers/model.ts'
import { peerKeys, peerTables } from '../peers/tables.ts'
import { answer, request } from './request.ts'

/** What to run: the peers' model, by chance, which takes every part of the kernel. */
export interface AllocationRequest {
  readonly size: number
  readonly warmUps: number
}

/** One run after the warm-up. */
export interface AllocationAnswer {
  readonly pathways: number
  /** By function of the kernel, most first; what was collected meanwhile is counted too. */
  readonly functions: readonly { readonly name: string; readonly bytes: number }[]
}

/** One sample for so many bytes on average; the profiler scales what it finds. */
const SAMPLING_BYTES = 1024

const { size, warmUps } = request() as AllocationRequest
const tables = peerTables(peerModel('by-chance', size))
const memory = createKernelMemory(tables.steps, tables.strata, tables.stepsPerWeek)
const census = createCensus(tables.steps, tables.strata)
const keys = peerKeys(serviceKey([3, 4], 0, 'bench', 'allocation'))

for (let run = 0; run < warmUps; run++) simulate()
const session = new Session()
session.connect()
await session.post('HeapProfiler.startSampling', {
  samplingInterval: SAMPLING_BYTES,
  includeObjectsCollectedByMajorGC: true,
  includeObjectsCollectedByMinorGC: true,
} as HeapProfiler.StartSamplingParameterType)
const pathways = simulate()
const { profile } = await session.post('HeapProfiler.stopSampling')
answer({ pathways, functions: byFunction(profile.head) } satisfies AllocationAnswer)

function simulate(): number {
  clearCensus(census)
  return simulateService(tables, keys, memory, census)
}

function byFunction(head: HeapProfiler.SamplingHeapProfileNode): AllocationAnswer['functions'] {
  const found = new Map<string, number>()
  const visit = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode): void => {
    if (callFrame.url.includes('/src/model/')) found.set(callFrame.functionName, (found.get(callFrame.functionName) ?? 0) + selfSize)
    children.forEach(visit)
  }
  visit(head)
  return [...found].map(([name, bytes]) => ({ name, bytes })).toSorted((a, b) => b.bytes - a.bytes)
}
