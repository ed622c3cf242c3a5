/**
 * The pathways waiting at one stage of one specialty: structure of arrays, no object per pathway. A slot is
 * taken when a pathway joins and given to a later one when it leaves.
 *
 * A *cohort* is all pathways of one stratum whose clock started in one step; everything that decides who is
 * next, other than a person's own threshold, is a property of the cohort. Cohort index = start × strata +
 * stratum, where `start` counts steps from the earliest clock start on the initial list.
 *
 * Looking at everybody each step to find the few who are next would cost most of the run. Those who join
 * together are therefore entered in their cohort's *roster*, in order of threshold, so that its front is all
 * that need be looked at (roster.ts). Those who join alone, or get a new threshold, are *loose*: looked at
 * one by one.
 */
import { createRoster, enlarged, LOOSE, resetRoster, ROSTERED, WAS_LOOSE, type Roster } from './roster.ts'

/** Marks an exit that does not come before the horizon. */
export const NEVER = 0xffff

/** Waiting pathways of one stage. Arrays by slot are read up to `high`; freed slots belong to the cohort `cohorts`. */
export interface PathwayQueue {
  /** Number of cohorts; also the index of the pseudo-cohort of free slots, which is never served. */
  cohorts: number
  strata: number
  /** By slot: the pathway's cohort. */
  cohort: Int32Array
  /** By slot: exposure of the cohort at which the pathway is served (its entry exposure + a unit exponential). */
  threshold: Float64Array
  /** By slot: step in which it leaves for another cause; {@link NEVER} if not before the horizon. */
  exitStep: Uint16Array
  /** By slot: that cause, an index of `EXIT_CAUSES`. */
  exitCause: Uint8Array
  /** By slot: ordinal of the pathway in its cell, for its random numbers. */
  ordinal: Int32Array
  /** By slot: appointments missed so far. */
  missed: Uint16Array
  /** By slot: one of {@link ROSTERED}, {@link LOOSE}, {@link WAS_LOOSE}. */
  standing: Uint8Array
  /** Slots that are loose or were until their pathway left, each once. */
  loose: Int32Array
  looseCount: number
  roster: Roster
  /**
   * Calendar of exits: by step, the first of a chain of events, −1 for none. An event names a slot; it stands
   * even when the pathway has left meanwhile, and counts only if the slot's `exitStep` is that step.
   */
  eventHead: Int32Array
  eventNext: Int32Array
  eventSlot: Int32Array
  /** Chain of free events, −1 for none; those from `eventHigh` on were never used. */
  eventFree: number
  eventHigh: number
  /** Free slots below `high`, a stack. */
  free: Int32Array
  freeCount: number
  /** One more than the highest slot in use. */
  high: number
  /** Slots of pathways held out of the queue until the step ends, and the cohorts they return to. */
  held: Int32Array
  heldCohort: Int32Array
  heldCount: number
  /** By cohort: exposure to being served so far (sum of κ × weight). */
  exposure: Float64Array
  /** By cohort: pathways waiting. */
  live: Int32Array
  /** By stratum: pathways waiting. */
  liveByStratum: Int32Array
  liveTotal: number
  /** Least start that may still have somebody waiting. */
  oldestStart: number
}

/** An empty queue with room for `capacity` pathways at once before it grows. */
export function createQueue(cohorts: number, strata: number, steps: number, capacity: number): PathwayQueue {
  return {
    cohorts,
    strata,
    cohort: new Int32Array(capacity).fill(cohorts),
    threshold: new Float64Array(capacity),
    exitStep: new Uint16Array(capacity).fill(NEVER),
    exitCause: new Uint8Array(capacity),
    ordinal: new Int32Array(capacity),
    missed: new Uint16Array(capacity),
    standing: new Uint8Array(capacity),
    loose: new Int32Array(capacity),
    looseCount: 0,
    roster: createRoster(cohorts, capacity),
    eventHead: new Int32Array(steps).fill(-1),
    eventNext: new Int32Array(capacity),
    eventSlot: new Int32Array(capacity),
    eventFree: -1,
    eventHigh: 0,
    free: new Int32Array(capacity),
    freeCount: 0,
    high: 0,
    held: new Int32Array(0),
    heldCohort: new Int32Array(0),
    heldCount: 0,
    exposure: new Float64Array(cohorts + 1),
    live: new Int32Array(cohorts + 1),
    liveByStratum: new Int32Array(strata),
    liveTotal: 0,
    oldestStart: 0,
  }
}

/** Empties a queue for the next specialty or run, keeping its memory. */
export function resetQueue(queue: PathwayQueue, cohorts: number, strata: number): void {
  queue.cohorts = cohorts
  queue.strata = strata
  if (queue.exposure.length < cohorts + 1) {
    queue.exposure = new Float64Array(cohorts + 1)
    queue.live = new Int32Array(cohorts + 1)
  }
  if (queue.liveByStratum.length < strata) queue.liveByStratum = new Int32Array(strata)
  queue.exposure.fill(0)
  queue.live.fill(0)
  queue.liveByStratum.fill(0)
  queue.liveTotal = 0
  queue.standing.fill(ROSTERED)
  queue.looseCount = 0
  resetRoster(queue.roster, cohorts)
  queue.eventHead.fill(-1)
  queue.eventFree = -1
  queue.eventHigh = 0
  queue.freeCount = 0
  queue.heldCount = 0
  queue.high = 0
  queue.oldestStart = 0
}

function grow(queue: PathwayQueue): void {
  const capacity = Math.ceil(queue.cohort.length * 1.5) + 64
  queue.cohort = enlarged(queue.cohort, new Int32Array(capacity))
  queue.threshold = enlarged(queue.threshold, new Float64Array(capacity))
  queue.exitStep = enlarged(queue.exitStep, new Uint16Array(capacity))
  queue.exitCause = enlarged(queue.exitCause, new Uint8Array(capacity))
  queue.ordinal = enlarged(queue.ordinal, new Int32Array(capacity))
  queue.missed = enlarged(queue.missed, new Uint16Array(capacity))
  queue.standing = enlarged(queue.standing, new Uint8Array(capacity))
  queue.loose = enlarged(queue.loose, new Int32Array(capacity))
  queue.free = enlarged(queue.free, new Int32Array(capacity))
}

/** Makes room for `count` more pathways, so that joining never grows in the middle of a loop. */
export function reserve(queue: PathwayQueue, count: number): void {
  while (queue.cohort.length - queue.high + queue.freeCount < count) grow(queue)
}

/** Gives a pathway a slot, which is returned; `reserve` has made room, and `countIn` counts it. */
function takeSlot(queue: PathwayQueue, cohort: number, ordinal: number, threshold: number): number {
  const slot = queue.freeCount > 0 ? queue.free[--queue.freeCount] : queue.high++
  queue.cohort[slot] = cohort
  queue.threshold[slot] = threshold
  queue.ordinal[slot] = ordinal
  queue.missed[slot] = 0
  return slot
}

/** Has a pathway looked at by itself from now on. */
function loosen(queue: PathwayQueue, slot: number): void {
  if (queue.standing[slot] === ROSTERED) queue.loose[queue.looseCount++] = slot
  queue.standing[slot] = LOOSE
}

/** Counts pathways that have joined a cohort. */
export function countIn(queue: PathwayQueue, cohort: number, stratum: number, count: number): void {
  queue.live[cohort] += count
  queue.liveByStratum[stratum] += count
  queue.liveTotal += count
}

/** Adds one pathway that has no exit yet; `reserve` has made room. Returns its slot. */
export function join(queue: PathwayQueue, cohort: number, stratum: number, ordinal: number, threshold: number): number {
  const slot = takeSlot(queue, cohort, ordinal, threshold)
  queue.exitStep[slot] = NEVER
  loosen(queue, slot)
  countIn(queue, cohort, stratum, 1)
  return slot
}

/** Enters in the calendar when and why a pathway leaves, or is looked at again; a step of {@link NEVER} enters nothing. */
export function scheduleExit(queue: PathwayQueue, slot: number, step: number, cause: number): void {
  queue.exitStep[slot] = step
  queue.exitCause[slot] = cause
  if (step === NEVER) return
  let event = queue.eventFree
  if (event >= 0) {
    queue.eventFree = queue.eventNext[event]
  } else {
    if (queue.eventHigh === queue.eventNext.length) growCalendar(queue)
    event = queue.eventHigh++
  }
  queue.eventSlot[event] = slot
  queue.eventNext[event] = queue.eventHead[step]
  queue.eventHead[step] = event
}

function growCalendar(queue: PathwayQueue): void {
  const capacity = Math.ceil(queue.eventNext.length * 1.5) + 64
  queue.eventNext = enlarged(queue.eventNext, new Int32Array(capacity))
  queue.eventSlot = enlarged(queue.eventSlot, new Int32Array(capacity))
}

/** Takes a pathway out and frees its slot. */
export function leave(queue: PathwayQueue, slot: number, stratum: number): void {
  queue.live[queue.cohort[slot]]--
  queue.liveByStratum[stratum]--
  queue.liveTotal--
  queue.cohort[slot] = queue.cohorts
  if (queue.standing[slot] === LOOSE) queue.standing[slot] = WAS_LOOSE
  queue.exitStep[slot] = NEVER
  queue.free[queue.freeCount++] = slot
}

/** The same for the first `count` of `slots`, with each cohort's stratum in `stratumOf`. */
export function leaveMany(queue: PathwayQueue, slots: Int32Array, count: number, stratumOf: Uint16Array): void {
  const { cohort: cohortOf, exitStep, standing, free, live, liveByStratum, cohorts } = queue
  let { freeCount } = queue
  for (let k = 0; k < count; k++) {
    const slot = slots[k]
    const cohort = cohortOf[slot]
    live[cohort]--
    liveByStratum[stratumOf[cohort]]--
    cohortOf[slot] = cohorts
    exitStep[slot] = NEVER
    if (standing[slot] === LOOSE) standing[slot] = WAS_LOOSE
    free[freeCount++] = slot
  }
  queue.freeCount = freeCount
  queue.liveTotal -= count
}

/**
 * Holds a pathway out of the queue until {@link releaseHeld}: it keeps its slot, its place in the calendar and its
 * clock, and nobody can choose it meanwhile.
 */
export function hold(queue: PathwayQueue, slot: number, stratum: number): void {
  const cohort = queue.cohort[slot]
  if (queue.held.length < queue.cohort.length) {
    queue.held = enlarged(queue.held, new Int32Array(queue.cohort.length))
    queue.heldCohort = enlarged(queue.heldCohort, new Int32Array(queue.cohort.length))
  }
  queue.held[queue.heldCount] = slot
  queue.heldCohort[queue.heldCount++] = cohort
  countIn(queue, cohort, stratum, -1)
  queue.cohort[slot] = queue.cohorts
  if (queue.standing[slot] === LOOSE) queue.standing[slot] = WAS_LOOSE
}

/**
 * Returns those held to their cohorts, each with its threshold counted from the cohort's exposure by now. Their
 * rosters are in order of the old thresholds, so they are looked at one by one.
 */
export function releaseHeld(queue: PathwayQueue): void {
  for (let k = 0; k < queue.heldCount; k++) {
    const slot = queue.held[k]
    const cohort = queue.heldCohort[k]
    const stratum = cohort % queue.strata
    queue.cohort[slot] = cohort
    queue.threshold[slot] += queue.exposure[cohort]
    loosen(queue, slot)
    countIn(queue, cohort, stratum, 1)
    queue.oldestStart = Math.min(queue.oldestStart, (cohort - stratum) / queue.strata)
  }
  queue.heldCount = 0
}
