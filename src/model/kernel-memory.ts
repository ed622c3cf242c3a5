/** The kernel's memory: allocated once, kept between specialties and runs, grown when a longer list needs it. */
import { BANDS } from '../baseline/types.ts'
import { createExitClock, resetExitClock, type ExitClock } from './exits.ts'
import type { Key } from './identity.ts'
import { createSelectionMemory, resetSelection, type Moment, type SelectionMemory } from './next-in-line.ts'
import { createQueue, resetQueue, type PathwayQueue } from './pathway-queue.ts'
import type { ServiceTables } from './tables.ts'
import { threefry } from './threefry.ts'

/** See the fields. */
export interface KernelMemory {
  first: PathwayQueue
  admission: PathwayQueue
  selection: SelectionMemory
  /** Clock of the cohorts of the initial list. */
  initialClock: ExitClock
  /** By stratum: clocks of new cohorts, and of those under review. */
  startClocks: ExitClock[]
  reviewClocks: ExitClock[]
  /** By stratum: step that the clock of those under review is set for. */
  reviewStep: Int32Array
  /** By cohort: the two words of its cell's key, and its stratum. */
  key0: Int32Array
  key1: Int32Array
  stratumOf: Uint16Array
  /** By cohort: its start. */
  startOf: Int32Array
  moment: Moment
  unmetNeed: Int32Array
  words: Int32Array
  batch: Batch
}

/** Pathways worked on together, by their place among them; words come in pairs. */
export interface Batch {
  ordinal: Int32Array
  words: Int32Array
  exitWords: Int32Array
  threshold: Float64Array
  order: Int32Array
}

function createBatch(capacity: number): Batch {
  return {
    ordinal: new Int32Array(capacity),
    words: new Int32Array(2 * capacity),
    exitWords: new Int32Array(2 * capacity),
    threshold: new Float64Array(capacity),
    order: new Int32Array(capacity),
  }
}

/** The batch, with room for `count` pathways; what it held is gone. */
export function batchFor(memory: KernelMemory, count: number): Batch {
  if (memory.batch.ordinal.length < count) memory.batch = createBatch(Math.ceil(count * 1.5))
  return memory.batch
}

/** Memory for tables of this shape. */
export function createKernelMemory(steps: number, strata: number, stepsPerWeek: number): KernelMemory {
  const bandOfAge = new Int32Array(steps + BANDS * stepsPerWeek + 1)
  for (let age = 0; age < bandOfAge.length; age++) bandOfAge[age] = Math.min(BANDS - 1, Math.floor(age / stepsPerWeek))
  const cohorts = (steps + BANDS * stepsPerWeek) * strata
  const clocks = (): ExitClock[] => Array.from({ length: strata }, () => createExitClock(steps))
  return {
    first: createQueue(cohorts, strata, steps, 1024),
    admission: createQueue(cohorts, strata, steps, 1024),
    selection: createSelectionMemory(strata),
    initialClock: createExitClock(steps),
    startClocks: clocks(),
    reviewClocks: clocks(),
    reviewStep: new Int32Array(strata),
    key0: new Int32Array(cohorts),
    key1: new Int32Array(cohorts),
    stratumOf: Uint16Array.from({ length: cohorts }, (_, cohort) => cohort % strata),
    startOf: Int32Array.from({ length: cohorts }, (_, cohort) => Math.floor(cohort / strata)),
    moment: { nowStart: 0, bandOfAge, chanceWeight: new Float64Array(0), headStartWeeks: new Int32Array(strata), stepsPerWeek },
    unmetNeed: new Int32Array(strata),
    words: new Int32Array(2),
    batch: createBatch(1024),
  }
}

/** Makes the memory ready for a specialty. */
export function resetKernelMemory(memory: KernelMemory, tables: ServiceTables, key: Key): void {
  const { steps, strata, stepsPerWeek } = tables
  const cohorts = (steps + BANDS * stepsPerWeek) * strata
  resetQueue(memory.first, cohorts, strata)
  resetQueue(memory.admission, cohorts, strata)
  memory.unmetNeed.set(tables.initialUnmetNeed)
  resetSelection(memory.selection)
  resetExitClock(memory.initialClock)
  memory.startClocks.forEach(resetExitClock)
  memory.reviewClocks.forEach(resetExitClock)
  memory.reviewStep.fill(-1)
  for (let cohort = 0; cohort < cohorts; cohort++) {
    // Start index 0 is always the same distance before the study's start, so a cell's key does not depend on the horizon.
    threefry(key[0], key[1], memory.startOf[cohort], memory.stratumOf[cohort], memory.words)
    memory.key0[cohort] = memory.words[0]
    memory.key1[cohort] = memory.words[1]
  }
}
