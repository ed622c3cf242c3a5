/**
 * The pathways waiting at one stage of one specialty: structure of arrays, no object per pathway. Slots are taken one
 * after the other, so that those who join together lie together in memory, in the order in which they are likely to be
 * served; when there are no more, those who still wait are moved together (compact.ts).
 *
 * A *cohort* is all pathways of one stratum whose clock started in one step; everything that decides who is
 * next, other than a person's own threshold, is a property of the cohort. Cohort index = start × strata +
 * stratum, where `start` counts steps from the earliest clock start on the initial list. A pathway has an *origin*,
 * the cohort that it joined the list in, which names it for random numbers and says when its clock started; and a
 * *place*, the cohort with which it queues. They part when it moves up a priority level, or is rebooked to the back.
 *
 * Looking at everybody each step to find the few who are next would cost most of the run. Those who join
 * together are therefore entered in their cohort's *roster*, in order of threshold, so that its front is all
 * that need be looked at (roster.ts). Those who join alone, move, or get a new threshold, are *loose*: looked at
 * one by one.
 *
 * A pathway may be *held*: it waits, its clock runs and its exit may come, but it has no place until a step comes
 * (rebooked, or in tests).
 */
import { EXIT_CAUSES } from '../scenario/study.ts'
import { createCalendar, enterAt, resetCalendar, type Calendar } from './calendar.ts'
import { compact } from './compact.ts'
import { enlarged } from './growth.ts'
import { NEVER } from './never.ts'
import { createRoster, LOOSE, resetRoster, ROSTERED, WAS_LOOSE, type Roster } from './roster.ts'

export { NEVER } from './never.ts'

/** Where somebody held goes when the time comes, other than to a place: to the outcome of the first appointment. */
export const OUTCOME = -1

/** Waiting pathways of one stage. Arrays by slot are read up to `high`; slots of those who left belong to the cohort `cohorts`. */
export interface PathwayQueue {
  /** Number of cohorts; also the index of the pseudo-cohort of those who left and those held, which is never served. */
  cohorts: number
  strata: number
  /** By slot: the cohort that it queues with. */
  cohort: Int32Array
  /** By slot: the cohort that it joined the list in. */
  origin: Int32Array
  /** By slot: exposure of its place at which the pathway is served (its entry exposure + a unit exponential). */
  threshold: Float64Array
  /** By slot: step in which it leaves for another cause, or something else happens; {@link NEVER} if not before the horizon. */
  exitStep: Uint16Array
  /** By slot: that cause, an index of `EXIT_CAUSES`, or one of the marks of exits.ts. */
  exitCause: Uint8Array
  /** By slot: what comes after a move up a level, as the two above; or a move that a review has to weigh. */
  laterStep: Uint16Array
  laterCause: Uint8Array
  /** By slot: ordinal of the pathway in its cell, for its random numbers. */
  ordinal: Int32Array
  /** By slot: times it was given a slot so far without an outcome, and of them DNAs (at most 255 are told apart). */
  occasions: Uint16Array
  missed: Uint8Array
  /** By slot: frailty byte. */
  frailty: Uint8Array
  /** By slot: one of {@link ROSTERED}, {@link LOOSE}, {@link WAS_LOOSE}. */
  standing: Uint8Array
  /** Slots that are loose or were until their pathway left, each once. */
  loose: Int32Array
  looseCount: number
  roster: Roster
  /** Calendar of exits and reviews. An entry counts only if the slot's `exitStep` is that step. */
  calendar: Calendar
  /** By slot: step until which it is held, {@link NEVER} where it is not; the place it goes to then; its stratum. */
  heldUntil: Uint16Array
  heldPlace: Int32Array
  heldStratum: Uint16Array
  /** By step: the first of a chain of slots held until then, −1 for none; by slot: the next of its chain. */
  heldHead: Int32Array
  heldNext: Int32Array
  /** One more than the highest slot taken. */
  high: number
  /** Whether pathways have levels or frailty, so that what only these need is kept. */
  levelled: boolean
  /** Scratch of compaction. */
  kept: Int32Array
  moved: Int32Array
  /**
   * What people met before their hazards last changed: by slot and cause the cumulative hazard, by slot the step of the
   * change, and 0 for those whose hazards never did. Empty where hazards do not differ between levels.
   */
  spent: Float64Array
  since: Uint16Array
  changes: Uint8Array
  /** By cohort: exposure to being served so far (sum of κ × weight). */
  exposure: Float64Array
  /** By cohort: pathways that queue with it. */
  live: Int32Array
  /** By cohort: pathways whose clock started then and which are of that stratum now, held ones among them. */
  waiting: Int32Array
  /** By stratum: pathways that queue. */
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
    origin: new Int32Array(capacity),
    threshold: new Float64Array(capacity),
    exitStep: new Uint16Array(capacity).fill(NEVER),
    exitCause: new Uint8Array(capacity),
    laterStep: new Uint16Array(capacity),
    laterCause: new Uint8Array(capacity),
    ordinal: new Int32Array(capacity),
    occasions: new Uint16Array(capacity),
    missed: new Uint8Array(capacity),
    frailty: new Uint8Array(capacity),
    standing: new Uint8Array(capacity),
    loose: new Int32Array(capacity),
    looseCount: 0,
    roster: createRoster(cohorts, capacity),
    calendar: createCalendar(steps, capacity),
    heldUntil: new Uint16Array(capacity).fill(NEVER),
    heldPlace: new Int32Array(capacity),
    heldStratum: new Uint16Array(capacity),
    heldHead: new Int32Array(steps).fill(-1),
    heldNext: new Int32Array(capacity),
    high: 0,
    levelled: true,
    kept: new Int32Array(capacity),
    moved: new Int32Array(capacity),
    spent: new Float64Array(0),
    since: new Uint16Array(0),
    changes: new Uint8Array(0),
    exposure: new Float64Array(cohorts + 1),
    live: new Int32Array(cohorts + 1),
    waiting: new Int32Array(cohorts + 1),
    liveByStratum: new Int32Array(strata),
    liveTotal: 0,
    oldestStart: 0,
  }
}

/** Empties a queue for the next specialty or run, keeping its memory. */
export function resetQueue(queue: PathwayQueue, cohorts: number, strata: number, steps: number): void {
  queue.cohorts = cohorts
  queue.strata = strata
  if (queue.exposure.length < cohorts + 1) {
    queue.exposure = new Float64Array(cohorts + 1)
    queue.live = new Int32Array(cohorts + 1)
    queue.waiting = new Int32Array(cohorts + 1)
  }
  if (queue.liveByStratum.length < strata) queue.liveByStratum = new Int32Array(strata)
  if (queue.heldHead.length < steps) queue.heldHead = new Int32Array(steps)
  queue.exposure.fill(0)
  queue.live.fill(0)
  queue.waiting.fill(0)
  queue.liveByStratum.fill(0)
  queue.liveTotal = 0
  queue.standing.fill(ROSTERED)
  queue.looseCount = 0
  resetRoster(queue.roster, cohorts)
  resetCalendar(queue.calendar, steps)
  queue.heldHead.fill(-1)
  queue.heldUntil.fill(NEVER)
  queue.high = 0
  queue.oldestStart = 0
}

/** Gives every array by slot room for `capacity` slots. */
function growTo(queue: PathwayQueue, capacity: number): void {
  const before = queue.cohort.length
  queue.cohort = enlarged(queue.cohort, new Int32Array(capacity))
  queue.origin = enlarged(queue.origin, new Int32Array(capacity))
  queue.threshold = enlarged(queue.threshold, new Float64Array(capacity))
  queue.exitStep = enlarged(queue.exitStep, new Uint16Array(capacity))
  queue.exitCause = enlarged(queue.exitCause, new Uint8Array(capacity))
  queue.laterStep = enlarged(queue.laterStep, new Uint16Array(capacity))
  queue.laterCause = enlarged(queue.laterCause, new Uint8Array(capacity))
  queue.ordinal = enlarged(queue.ordinal, new Int32Array(capacity))
  queue.occasions = enlarged(queue.occasions, new Uint16Array(capacity))
  queue.missed = enlarged(queue.missed, new Uint8Array(capacity))
  queue.frailty = enlarged(queue.frailty, new Uint8Array(capacity))
  queue.standing = enlarged(queue.standing, new Uint8Array(capacity))
  queue.loose = enlarged(queue.loose, new Int32Array(capacity))
  queue.heldUntil = enlarged(queue.heldUntil, new Uint16Array(capacity)).fill(NEVER, before)
  queue.heldPlace = enlarged(queue.heldPlace, new Int32Array(capacity))
  queue.heldStratum = enlarged(queue.heldStratum, new Uint16Array(capacity))
  queue.heldNext = enlarged(queue.heldNext, new Int32Array(capacity))
  queue.kept = new Int32Array(capacity)
  queue.moved = new Int32Array(capacity)
  if (queue.since.length > 0) ensureHistory(queue)
}

/** Makes the history as long as the queue. */
export function ensureHistory(queue: PathwayQueue): void {
  const capacity = queue.cohort.length
  if (queue.since.length >= capacity) return
  queue.spent = enlarged(queue.spent, new Float64Array(capacity * EXIT_CAUSES.length))
  queue.since = enlarged(queue.since, new Uint16Array(capacity))
  queue.changes = enlarged(queue.changes, new Uint8Array(capacity))
}

/** Of the slots, the share that those who wait may take before more are made. */
const MOST_FILLED = 1 / 4

/**
 * Makes room for `count` more pathways, so that joining never grows in the middle of a loop. Slots of those who wait
 * may change.
 */
export function reserve(queue: PathwayQueue, count: number): void {
  if (queue.high + count <= queue.cohort.length) return
  compact(queue)
  const needed = queue.high + count
  if (needed > queue.cohort.length * MOST_FILLED) growTo(queue, Math.ceil((needed * 1.25) / MOST_FILLED) + 64)
}

/** Has a pathway looked at by itself from now on. */
function loosen(queue: PathwayQueue, slot: number): void {
  if (queue.standing[slot] === ROSTERED) queue.loose[queue.looseCount++] = slot
  queue.standing[slot] = LOOSE
}

/** Counts pathways that have joined a cohort, clock and place. */
export function countIn(queue: PathwayQueue, cohort: number, stratum: number, count: number): void {
  queue.waiting[cohort] += count
  countInQueue(queue, cohort, stratum, count)
}

function countInQueue(queue: PathwayQueue, cohort: number, stratum: number, count: number): void {
  queue.live[cohort] += count
  queue.liveByStratum[stratum] += count
  queue.liveTotal += count
}

/**
 * Adds one pathway that has no exit yet; `reserve` has made room. Returns its slot.
 * @param cohort of its clock start and present stratum, which is its place too
 * @param origin the cohort that it joined the list in
 */
export function join(queue: PathwayQueue, cohort: number, stratum: number, ordinal: number, threshold: number, origin = cohort): number {
  const slot = queue.high++
  queue.cohort[slot] = cohort
  queue.origin[slot] = origin
  queue.threshold[slot] = threshold
  queue.ordinal[slot] = ordinal
  queue.occasions[slot] = 0
  queue.missed[slot] = 0
  queue.exitStep[slot] = NEVER
  queue.laterStep[slot] = NEVER
  loosen(queue, slot)
  countIn(queue, cohort, stratum, 1)
  return slot
}

/** Enters in the calendar when and why a pathway leaves, or is looked at again; a step of {@link NEVER} enters nothing. */
export function scheduleExit(queue: PathwayQueue, slot: number, step: number, cause: number): void {
  queue.exitStep[slot] = step
  queue.exitCause[slot] = cause
  if (step !== NEVER) enterAt(queue.calendar, step, slot)
}

/** The cohort of the list that a pathway counts in: its clock start, its present stratum. */
function listCohort(queue: PathwayQueue, slot: number, stratum: number): number {
  const origin = queue.origin[slot]
  return origin - (origin % queue.strata) + stratum
}

/** A pathway's present stratum, held or not. */
export function stratumNow(queue: PathwayQueue, slot: number): number {
  return queue.heldUntil[slot] === NEVER ? queue.cohort[slot] % queue.strata : queue.heldStratum[slot]
}

/** Takes a pathway out, held or not. */
export function leave(queue: PathwayQueue, slot: number, stratum: number): void {
  queue.waiting[listCohort(queue, slot, stratum)]--
  queue.exitStep[slot] = NEVER
  if (queue.heldUntil[slot] !== NEVER) {
    queue.heldUntil[slot] = NEVER
    return
  }
  takeFromQueue(queue, slot, stratum)
}

function takeFromQueue(queue: PathwayQueue, slot: number, stratum: number): void {
  countInQueue(queue, queue.cohort[slot], stratum, -1)
  queue.cohort[slot] = queue.cohorts
  if (queue.standing[slot] === LOOSE) queue.standing[slot] = WAS_LOOSE
}

/** {@link leave} for the first `count` of `slots`, nobody held, with each cohort's stratum in `stratumOf`. */
export function leaveMany(queue: PathwayQueue, slots: Int32Array, count: number, stratumOf: Uint16Array): void {
  const { cohort: cohortOf, origin, exitStep, standing, live, waiting, liveByStratum, cohorts } = queue
  for (let k = 0; k < count; k++) {
    const slot = slots[k]
    const cohort = cohortOf[slot]
    const joined = origin[slot]
    live[cohort]--
    waiting[joined === cohort ? cohort : listCohort(queue, slot, stratumOf[cohort])]--
    liveByStratum[stratumOf[cohort]]--
    cohortOf[slot] = cohorts
    exitStep[slot] = NEVER
    if (standing[slot] === LOOSE) standing[slot] = WAS_LOOSE
  }
  queue.liveTotal -= count
}

/**
 * Holds a pathway out of the queue until a step: it keeps its slot, its events in the calendar and its clock, and
 * nobody can choose it meanwhile.
 * @param until a step before the horizon; beyond it the pathway is held to the end
 * @param place the cohort it goes to then, or {@link OUTCOME}
 */
export function hold(queue: PathwayQueue, slot: number, stratum: number, until: number, place: number): void {
  takeFromQueue(queue, slot, stratum)
  queue.heldStratum[slot] = stratum
  queue.heldPlace[slot] = place
  if (until >= queue.heldHead.length) {
    // Held beyond the horizon: still held when the run ends, in no chain.
    queue.heldUntil[slot] = NEVER - 1
    return
  }
  queue.heldUntil[slot] = until
  queue.heldNext[slot] = queue.heldHead[until]
  queue.heldHead[until] = slot
}

/**
 * Takes the next of those held until a step off its chain.
 * @returns a slot, or −1 when the chain is empty. A slot whose pathway has left meanwhile is passed over.
 */
export function nextHeld(queue: PathwayQueue, step: number): number {
  for (;;) {
    const slot = queue.heldHead[step]
    if (slot < 0) return -1
    queue.heldHead[step] = queue.heldNext[slot]
    if (queue.heldUntil[slot] === step) return slot
  }
}

/** Gives somebody held a place again, with a threshold counted from the exposure of the place by now. */
export function returnToQueue(queue: PathwayQueue, slot: number): void {
  const place = queue.heldPlace[slot]
  queue.heldUntil[slot] = NEVER
  queue.cohort[slot] = place
  queue.threshold[slot] += queue.exposure[place]
  loosen(queue, slot)
  countInQueue(queue, place, place % queue.strata, 1)
  // Everybody of an early start may have left since the place was given.
  const start = Math.floor(place / queue.strata)
  if (start < queue.oldestStart) queue.oldestStart = start
}

/** Takes somebody held out for good. */
export function leaveHeld(queue: PathwayQueue, slot: number): void {
  queue.waiting[listCohort(queue, slot, queue.heldStratum[slot])]--
  queue.heldUntil[slot] = NEVER
  queue.exitStep[slot] = NEVER
}

/** Moves a pathway to another stratum, held or not; what is left of its threshold stays. */
export function changeStratum(queue: PathwayQueue, slot: number, from: number, to: number): void {
  queue.waiting[listCohort(queue, slot, from)]--
  queue.waiting[listCohort(queue, slot, to)]++
  if (queue.heldUntil[slot] !== NEVER) {
    queue.heldStratum[slot] = to
    if (queue.heldPlace[slot] !== OUTCOME) queue.heldPlace[slot] += to - from
    return
  }
  const before = queue.cohort[slot]
  const after = before + to - from
  countInQueue(queue, before, from, -1)
  countInQueue(queue, after, to, 1)
  queue.cohort[slot] = after
  queue.threshold[slot] += queue.exposure[after] - queue.exposure[before]
  loosen(queue, slot)
}
