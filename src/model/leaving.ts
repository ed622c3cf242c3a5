/** Who leaves for a cause other than treatment. */
import { BANDS } from '../baseline/types.ts'
import { FLOWS, type ServiceCensus } from './census.ts'
import { findExit, REVIEW, REVIEW_STEPS, setExitClock } from './exits.ts'
import { EXIT_FLOW } from './flow-index.ts'
import { PURPOSE } from './identity.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { leave, scheduleExit, type PathwayQueue } from './pathway-queue.ts'
import type { ServiceTables } from './tables.ts'
import { threefry } from './threefry.ts'

const FLOW_COUNT = FLOWS.length

/** 2 · Those whose exit has come; those due for review are looked at again, up to the horizon. */
export function takeExits(tables: ServiceTables, queue: PathwayQueue, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { stratumOf } = memory
  let event = queue.eventHead[step]
  queue.eventHead[step] = -1
  while (event >= 0) {
    const slot = queue.eventSlot[event]
    const next = queue.eventNext[event]
    queue.eventNext[event] = queue.eventFree
    queue.eventFree = event
    event = next
    if (queue.exitStep[slot] !== step) continue
    const stratum = stratumOf[queue.cohort[slot]]
    if (queue.exitCause[slot] === REVIEW) review(tables, queue, memory, census, step, slot, stratum)
    else takeExit(queue, census, step, slot, stratum)
  }
  if (step >= REVIEW_STEPS) reviewRosters(tables, queue, memory, census, step)
}

function takeExit(queue: PathwayQueue, census: ServiceCensus, step: number, slot: number, stratum: number): void {
  census.flows[((step + 1) * census.strata + stratum) * FLOW_COUNT + EXIT_FLOW[queue.exitCause[slot]]]++
  leave(queue, slot, stratum)
}

/** Those of the cohorts that are due for review whom their rosters stand for; the calendar has the others. */
function reviewRosters(tables: ServiceTables, queue: PathwayQueue, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { strata } = tables
  const { roster } = queue
  for (let stratum = 0; stratum < strata; stratum++) {
    const cohort = (memory.moment.nowStart - REVIEW_STEPS) * strata + stratum
    for (let entry = roster.from[cohort]; entry < roster.to[cohort]; entry++) {
      const slot = roster.slot[entry]
      if (queue.cohort[slot] !== cohort || queue.exitStep[slot] !== step || queue.exitCause[slot] !== REVIEW) continue
      review(tables, queue, memory, census, step, slot, stratum)
    }
  }
}

/** Looks again for the exit of a pathway that still waits, from its start to the horizon. */
function review(tables: ServiceTables, queue: PathwayQueue, memory: KernelMemory, census: ServiceCensus, step: number, slot: number, stratum: number): void {
  const { words } = memory
  const clock = memory.reviewClocks[stratum]
  if (memory.reviewStep[stratum] !== step) {
    const from = step - REVIEW_STEPS
    setExitClock(clock, tables.exits, stratum, from, tables.steps - from, tables.steps, 0, BANDS, memory.moment.bandOfAge)
    memory.reviewStep[stratum] = step
  }
  const cohort = queue.cohort[slot]
  const ordinal = queue.ordinal[slot]
  threefry(memory.key0[cohort], memory.key1[cohort], ordinal, PURPOSE.start, words)
  findExit(clock, memory.key0[cohort], memory.key1[cohort], ordinal, words[1])
  scheduleExit(queue, slot, clock.exitStep, clock.exitCause)
  if (clock.exitStep === step) takeExit(queue, census, step, slot, stratum)
}
