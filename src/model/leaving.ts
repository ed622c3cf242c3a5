/** Who leaves for a cause other than treatment, and who moves up a priority level. */
import { takeDue } from './calendar.ts'
import { FLOWS, type ServiceCensus } from './census.ts'
import { DETERIORATES, findExit, REVIEW, REVIEW_STEPS, setExitClock } from './exits.ts'
import { EXIT_FLOW, FLOW } from './flow-index.ts'
import { PURPOSE } from './identity.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { moveUp, scheduleReviewed } from './levels.ts'
import { eventCause, eventStep, leave, scheduleExit, stratumNow, type PathwayQueue } from './pathway-queue.ts'
import { CAUSE_SHIFT, COHORT, EVENT, FLAGS, ORDINAL, ORIGIN, WORDS } from './person.ts'
import type { ServiceTables } from './tables.ts'
import { threefry } from './threefry.ts'

const FLOW_COUNT = FLOWS.length

/** 2 · Those whose event has come, at one stage; those due for review are looked at again, up to the horizon. */
export function takeExits(tables: ServiceTables, stage: 0 | 1, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  // Before the calendar, since a review may enter a move up a level for this step.
  if (step >= REVIEW_STEPS) reviewRosters(tables, stage, memory, census, step)
  const { calendar, people } = queue
  // Again and again, since something may be entered for this step meanwhile.
  for (let due = takeDue(calendar, step, people); due > 0; due = takeDue(calendar, step, people)) {
    for (let entry = 0; entry < due; entry++) {
      const slot = calendar.entries[entry]
      if (eventStep(queue, slot) === step) takeEvent(tables, stage, memory, census, step, slot)
    }
  }
}

function takeEvent(tables: ServiceTables, stage: 0 | 1, memory: KernelMemory, census: ServiceCensus, step: number, slot: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  const stratum = stratumNow(queue, slot)
  const cause = eventCause(queue, slot)
  if (cause === REVIEW) {
    review(tables, stage, memory, census, step, slot)
  } else if (cause === DETERIORATES) {
    census.flows[((step + 1) * census.strata + stratum) * FLOW_COUNT + FLOW.deteriorated]++
    moveUp(tables, memory, stage, slot, stratum, step)
  } else {
    takeExit(queue, census, step, slot, stratum, cause)
  }
}

function takeExit(queue: PathwayQueue, census: ServiceCensus, step: number, slot: number, stratum: number, cause: number): void {
  census.flows[((step + 1) * census.strata + stratum) * FLOW_COUNT + EXIT_FLOW[cause]]++
  leave(queue, slot, stratum)
}

/** Those of the cohorts that are due for review whom their rosters stand for; the calendar has the others. */
function reviewRosters(tables: ServiceTables, stage: 0 | 1, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  const { strata } = tables
  const { roster, people } = queue
  const due = (REVIEW << CAUSE_SHIFT) | step
  for (let stratum = 0; stratum < strata; stratum++) {
    const cohort = (memory.moment.nowStart - REVIEW_STEPS) * strata + stratum
    for (let slot = roster.from[cohort]; slot < roster.to[cohort]; slot++) {
      const at = slot * WORDS
      if (people[at + COHORT] === cohort && (people[at + EVENT] & ~FLAGS) === due) review(tables, stage, memory, census, step, slot)
    }
  }
}

/** Looks again for the exit of a pathway that still waits, from its start to the horizon; its hazards never changed. */
function review(tables: ServiceTables, stage: 0 | 1, memory: KernelMemory, census: ServiceCensus, step: number, slot: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  const { words } = memory
  const origin = queue.people[slot * WORDS + ORIGIN]
  // Where exits differ between levels nobody under review has changed its own; where they do not, any level's will do.
  const stratum = memory.stratumOf[origin]
  const clock = memory.reviewClocks[stratum]
  if (memory.reviewStep[stratum] !== step) {
    const from = step - REVIEW_STEPS
    setExitClock(clock, tables.exits, stratum, from, tables.steps - from, tables.steps, 0, memory.moment.bandOfAge)
    memory.reviewStep[stratum] = step
  }
  const ordinal = queue.people[slot * WORDS + ORDINAL]
  threefry(memory.key0[origin], memory.key1[origin], ordinal, PURPOSE.start, words)
  findExit(clock, memory.key0[origin], memory.key1[origin], ordinal, words[1])
  if (clock.exitStep === step) {
    takeExit(queue, census, step, slot, stratumNow(queue, slot), clock.exitCause)
  } else if ((stage === 0 ? tables.first : tables.admission).deterioration === null) {
    scheduleExit(queue, slot, clock.exitStep, clock.exitCause)
  } else {
    scheduleReviewed(queue, slot, clock.exitStep, clock.exitCause)
  }
}
