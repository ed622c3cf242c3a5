/** The kernel's memory: allocated once, kept between specialties and runs, grown when a longer list needs it. */
import { BANDS } from '../baseline/types.ts'
import { createExitClock, resetExitClock, type ExitClock } from './exits.ts'
import { createMoveSums, type MoveSums } from './levels.ts'
import type { Moment } from './next-in-line.ts'
import { createQueue, resetQueue, type PathwayQueue } from './pathway-queue.ts'
import { createSelectionMemory, type SelectionMemory } from './selection-memory.ts'
import type { ServiceTables } from './tables.ts'
import { threefry } from './threefry.ts'

/** See the fields. */
export interface KernelMemory {
  /** The shape that the memory was made for. */
  readonly shape: { readonly steps: number; readonly strata: number; readonly stepsPerWeek: number }
  first: PathwayQueue
  admission: PathwayQueue
  selection: SelectionMemory
  /** By stage and stratum: κ that the last step needed; by stage: its slots by chance, 0 where there was none. */
  kappa: [Float64Array, Float64Array]
  kappaSlots: [number, number]
  /** Clock of the cohorts of the initial list. */
  initialClock: ExitClock
  /** By stratum: clocks of new cohorts, and of those under review. */
  startClocks: ExitClock[]
  reviewClocks: ExitClock[]
  /** Clocks of people whose hazards change: what was before, and what comes. */
  beforeClock: ExitClock
  afterClock: ExitClock
  /** By stage: hazards of moving up a level. */
  moveSums: [MoveSums, MoveSums]
  /** By stratum: step that the clock of those under review is set for. */
  reviewStep: Int32Array
  /** By cohort: the two words of its cell's key, and its stratum. */
  key0: Int32Array
  key1: Int32Array
  stratumOf: Uint16Array
  /** By cohort: its start. */
  startOf: Int32Array
  moment: Moment
  /** Chances of being next in a step in which they have drifted: index band. */
  drifted: Float64Array
  unmetNeed: Int32Array
  words: Int32Array
  batch: Batch
  /** Slots that follow-up appointments take, by step, and the part of one that is still owed. */
  followUps: Float64Array
  followUpsOwed: number
  /** By pool: slots lost in the step that are offered again. */
  offeredAgain: Int32Array
}

/** Pathways worked on together, by their place among them; words come in pairs. */
export interface Batch {
  ordinal: Int32Array
  words: Int32Array
  exitWords: Int32Array
  threshold: Float64Array
  order: Int32Array
  /** Places in order of those who may leave. */
  open: Int32Array
}

function createBatch(capacity: number): Batch {
  return {
    ordinal: new Int32Array(capacity),
    words: new Int32Array(2 * capacity),
    exitWords: new Int32Array(2 * capacity),
    threshold: new Float64Array(capacity),
    order: new Int32Array(capacity),
    // One more, since a place is noted before it is known whether it counts.
    open: new Int32Array(capacity + 1),
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
    shape: { steps, strata, stepsPerWeek },
    first: createQueue(cohorts, strata, steps, 1024),
    admission: createQueue(cohorts, strata, steps, 1024),
    selection: createSelectionMemory(strata),
    kappa: [new Float64Array(strata), new Float64Array(strata)],
    kappaSlots: [0, 0],
    initialClock: createExitClock(steps),
    startClocks: clocks(),
    reviewClocks: clocks(),
    beforeClock: createExitClock(steps),
    afterClock: createExitClock(steps),
    moveSums: [createMoveSums(strata, bandOfAge.length), createMoveSums(strata, bandOfAge.length)],
    reviewStep: new Int32Array(strata),
    key0: new Int32Array(cohorts),
    key1: new Int32Array(cohorts),
    stratumOf: Uint16Array.from({ length: cohorts }, (_, cohort) => cohort % strata),
    startOf: Int32Array.from({ length: cohorts }, (_, cohort) => Math.floor(cohort / strata)),
    moment: createMoment(strata, stepsPerWeek, bandOfAge),
    drifted: new Float64Array(BANDS),
    unmetNeed: new Int32Array(strata),
    words: new Int32Array(2),
    batch: createBatch(1024),
    followUps: new Float64Array(steps),
    followUpsOwed: 0,
    offeredAgain: new Int32Array(0),
  }
}

function createMoment(strata: number, stepsPerWeek: number, bandOfAge: Int32Array): Moment {
  return {
    nowStart: 0,
    bandOfAge,
    stepsPerWeek,
    chanceWeight: new Float64Array(0),
    groupWeight: new Float64Array(strata).fill(1),
    headStart: new Int32Array(strata),
    headStartWeeks: new Int32Array(strata),
    longWaitFrom: 0,
    longWaitHeadStart: 0,
    longWaitWeight: 1,
  }
}

/**
 * Makes the memory ready for a specialty.
 * @param keys two words for each stratum, from `stratumKeys`
 */
export function resetKernelMemory(memory: KernelMemory, tables: ServiceTables, keys: Int32Array): void {
  const { steps, strata, stepsPerWeek, frailty } = tables
  const cohorts = (steps + BANDS * stepsPerWeek) * strata
  resetQueue(memory.first, cohorts, strata, steps)
  resetQueue(memory.admission, cohorts, strata, steps)
  memory.first.levelled = tables.levels > 1 || frailty !== null
  memory.admission.levelled = memory.first.levelled
  memory.unmetNeed.set(tables.unmetNeed.initial)
  memory.kappa[0].fill(1)
  memory.kappa[1].fill(1)
  memory.kappaSlots.fill(0)
  resetExitClock(memory.initialClock, frailty)
  for (const clock of memory.startClocks) resetExitClock(clock, frailty)
  for (const clock of memory.reviewClocks) resetExitClock(clock, frailty)
  resetExitClock(memory.beforeClock, frailty)
  resetExitClock(memory.afterClock, frailty)
  memory.reviewStep.fill(-1)
  memory.followUps.fill(0)
  memory.followUpsOwed = 0
  const pools = Math.max(tables.first.pools.length, tables.admission.pools.length)
  if (memory.offeredAgain.length < pools) memory.offeredAgain = new Int32Array(pools)
  for (let cohort = 0; cohort < cohorts; cohort++) {
    const stratum = memory.stratumOf[cohort]
    // Start index 0 is always the same distance before the study's start, so a cell's key does not depend on the horizon.
    threefry(keys[2 * stratum], keys[2 * stratum + 1], memory.startOf[cohort], tables.ownIndex[stratum], memory.words)
    memory.key0[cohort] = memory.words[0]
    memory.key1[cohort] = memory.words[1]
  }
}
