/** Heap and buffers before and after a run of the kernel, once compilers and memory have warmed up. */
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
  /** On the heap and in typed arrays. */
  readonly bytes: number
}

const { size, warmUps } = request() as AllocationRequest
const { gc } = globalThis
if (gc === undefined) throw new Error('needs --expose-gc')
const tables = peerTables(peerModel('by-chance', size))
const memory = createKernelMemory(tables.steps, tables.strata, tables.stepsPerWeek)
const census = createCensus(tables.steps, tables.strata)
const keys = peerKeys(serviceKey([3, 4], 0, 'bench', 'allocation'))

for (let run = 0; run < warmUps; run++) simulate()
gc()
const before = used()
const pathways = simulate()
const result: AllocationAnswer = { pathways, bytes: used() - before }
answer(result)

function simulate(): number {
  clearCensus(census)
  return simulateService(tables, keys, memory, census)
}

function used(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
