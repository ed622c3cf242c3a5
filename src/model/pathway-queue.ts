/**
 * The pathways waiting at one stage of one specialty: numbers in typed arrays, no object per pathway. Slots are taken
 * one after the other, so that those who join together lie together in memory, in the order in which they are likely to
 * be served; when there are no more, those who still wait are moved together (compact.ts). What is read of everybody
 * lies in one record a slot, so that looking somebody up fetches one line of memory; what only few have lies apart.
 *
 * A *cohort* is all pathways of one stratum whose clock started in one step; everything that decides who is
 * next, other than a person's own threshold, is a property of the cohort. Cohort index = start × strata +
 * stratum, where `start` counts steps from the earliest clock start on the initial list. A pathway has an *origin*,
 * the cohort that it joined the list in, which names it for random numbers and says when its clock started; and a
 * *place*, the cohort with which it queues. They part when it moves up a priority level, or is rebooked to the back.
 *
 * Looking at everybody each step to find the few who are next would cost most of the run. Those who join
 * together therefore stand in their cohort's *roster*, slots in order of threshold, so that its front is all
 * that need be looked at (roster.ts). Those who join alone, move, or get a new threshold, are *loose*: looked at
 * one by one (loose.ts).
 *
 * A pathway may be *held*: it waits, its clock runs and its exit may come, but it has no place until a step comes
 * (rebooked, or in tests).
 */
import { EXIT_CAUSES } from '../scenario/study.ts'
import { createCalendar, enterAt, resetCalendar, takeHeld, type Calendar } from './calendar.ts'
import { compact } from './compact.ts'
import { enlarged } from './growth.ts'
import { createLoose, loosen, resetLoose, type Loose } from './loose.ts'
import { NEVER } from './never.ts'
import { CAUSE_SHIFT, COHORT, EVENT, FLAGS, FRAILTY_SHIFT, HELD, IS_LOOSE, ORDINAL, ORIGIN, REBOOKED, STEP, WORDS } from './person.ts'
import { createRoster, resetRoster, type Roster } from './roster.ts'

export { NEVER } from './never.ts'

/** Where somebody held goes when the time comes, other than to a place: to the outcome of the first appointment. */
export const OUTCOME = -1

/** A slot's event where nothing happens before the horizon and no flag is up. */
const NO_EVENT = STEP

/** Waiting pathways of one stage. Arrays by slot are read up to `high`. */
export interface PathwayQueue {
  /** Number of cohorts; also the index of the pseudo-cohort of those who left and those held, which is never served. */
  cohorts: number
  strata: number
  /** Slots that there is room for. */
  capacity: number
  /** By slot: the record that person.ts lays out. */
  people: Int32Array
  /** By slot: exposure of its place at which the pathway is served (its entry exposure + a unit exponential). */
  threshold: Float64Array
  /**
   * By slot, where levels or frailty are in use: the frailty byte, and step and kind of what comes after a move up a level,
   * or of a move that a review has to weigh; laid out as in person.ts.
   */
  later: Int32Array
  /** By slot, of those rebooked: times it was given a slot so far without an outcome, and of them DNAs (at most 255 are told apart). */
  occasions: Uint16Array
  missed: Uint8Array
  loose: Loose
  roster: Roster
  /** Calendar of exits and reviews. An entry counts only if the slot's event is in that step. */
  calendar: Calendar
  /** By slot, of those held: the place it goes to then; its stratum. */
  heldPlace: Int32Array
  heldStratum: Uint16Array
  /** Calendar of those held: who comes back when. An entry counts only if the slot is held. */
  comebacks: Calendar
  /** One more than the highest slot taken. */
  high: number
  /** Whether pathways have levels or frailty, so that what only these need is kept. */
  levelled: boolean
  /** Scratch of compaction. */
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
    capacity,
    people: new Int32Array(capacity * WORDS),
    threshold: new Float64Array(capacity),
    later: new Int32Array(capacity),
    occasions: new Uint16Array(capacity),
    missed: new Uint8Array(capacity),
    loose: createLoose(capacity),
    roster: createRoster(cohorts),
    calendar: createCalendar(steps, capacity),
    heldPlace: new Int32Array(capacity),
    heldStratum: new Uint16Array(capacity),
    comebacks: createCalendar(steps, 0),
    high: 0,
    levelled: true,
    moved: new Int32Array(capacity + 1),
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
  queue.exposure.fill(0)
  queue.live.fill(0)
  queue.waiting.fill(0)
  queue.liveByStratum.fill(0)
  queue.liveTotal = 0
  resetLoose(queue.loose)
  resetRoster(queue.roster, cohorts)
  resetCalendar(queue.calendar, steps)
  resetCalendar(queue.comebacks, steps)
  queue.high = 0
  queue.oldestStart = 0
}

/** Gives every array by slot room for `capacity` slots. */
function growTo(queue: PathwayQueue, capacity: number): void {
  queue.capacity = capacity
  queue.people = enlarged(queue.people, new Int32Array(capacity * WORDS))
  queue.threshold = enlarged(queue.threshold, new Float64Array(capacity))
  queue.later = enlarged(queue.later, new Int32Array(capacity))
  queue.occasions = enlarged(queue.occasions, new Uint16Array(capacity))
  queue.missed = enlarged(queue.missed, new Uint8Array(capacity))
  queue.loose.latest = enlarged(queue.loose.latest, new Int32Array(capacity))
  queue.heldPlace = enlarged(queue.heldPlace, new Int32Array(capacity))
  queue.heldStratum = enlarged(queue.heldStratum, new Uint16Array(capacity))
  queue.moved = new Int32Array(capacity + 1)
  if (queue.since.length > 0) ensureHistory(queue)
}

/** Makes the history as long as the queue. */
export function ensureHistory(queue: PathwayQueue): void {
  const { capacity } = queue
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
  if (queue.high + count <= queue.capacity) return
  compact(queue)
  const needed = queue.high + count
  if (needed > queue.capacity * MOST_FILLED) growTo(queue, Math.ceil((needed * 1.25) / MOST_FILLED) + 64)
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
 * Adds one pathway that has no exit yet, in the slot `high`, where its threshold stands already; `reserve` has made room.
 * Returns the slot.
 * @param cohort of its clock start and present stratum, which is its place too
 * @param origin the cohort that it joined the list in
 */
export function join(queue: PathwayQueue, cohort: number, stratum: number, ordinal: number, origin = cohort): number {
  const slot = queue.high++
  const { people } = queue
  const at = slot * WORDS
  people[at + COHORT] = cohort
  people[at + ORIGIN] = origin
  people[at + ORDINAL] = ordinal
  people[at + EVENT] = NO_EVENT
  queue.later[slot] = NEVER
  loosen(queue, slot)
  countIn(queue, cohort, stratum, 1)
  return slot
}

/** Enters in the calendar when and why a pathway leaves, or is looked at again; a step of {@link NEVER} enters nothing. */
export function scheduleExit(queue: PathwayQueue, slot: number, step: number, cause: number): void {
  const { people } = queue
  const at = slot * WORDS + EVENT
  people[at] = (people[at] & FLAGS) | (cause << CAUSE_SHIFT) | step
  if (step !== NEVER) enterAt(queue.calendar, step, slot)
}

/** The cohort of the list that a pathway counts in: its clock start, its present stratum. */
function listCohort(queue: PathwayQueue, slot: number, stratum: number): number {
  const origin = queue.people[slot * WORDS + ORIGIN]
  return origin - (origin % queue.strata) + stratum
}

/** A pathway's present stratum, held or not. */
export function stratumNow(queue: PathwayQueue, slot: number): number {
  const cohort = queue.people[slot * WORDS + COHORT]
  return cohort < queue.cohorts ? cohort % queue.strata : queue.heldStratum[slot]
}

/** Takes a pathway out, held or not. */
export function leave(queue: PathwayQueue, slot: number, stratum: number): void {
  queue.waiting[listCohort(queue, slot, stratum)]--
  if ((queue.people[slot * WORDS + EVENT] & HELD) === 0) takeFromQueue(queue, slot, stratum)
  queue.people[slot * WORDS + EVENT] = NO_EVENT
}

function takeFromQueue(queue: PathwayQueue, slot: number, stratum: number): void {
  const { people } = queue
  const at = slot * WORDS
  countInQueue(queue, people[at + COHORT], stratum, -1)
  people[at + COHORT] = queue.cohorts
  people[at + EVENT] &= ~IS_LOOSE
}

/** {@link leave} for the first `count` of `slots`, nobody held, with each cohort's stratum in `stratumOf`. */
export function leaveMany(queue: PathwayQueue, slots: Int32Array, count: number, stratumOf: Uint16Array): void {
  const { people, live, waiting, liveByStratum, cohorts } = queue
  for (let k = 0; k < count; k++) {
    const at = slots[k] * WORDS
    const cohort = people[at + COHORT]
    live[cohort]--
    waiting[people[at + ORIGIN] === cohort ? cohort : listCohort(queue, slots[k], stratumOf[cohort])]--
    liveByStratum[stratumOf[cohort]]--
    people[at + COHORT] = cohorts
    people[at + EVENT] = NO_EVENT
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
  queue.people[slot * WORDS + EVENT] |= HELD
  queue.heldStratum[slot] = stratum
  queue.heldPlace[slot] = place
  // Held beyond the horizon: still held when the run ends.
  if (until < queue.comebacks.head.length) enterAt(queue.comebacks, until, slot)
}

/**
 * Takes those held until a step off the calendar, into `comebacks.entries`, the last held first; whoever has left
 * meanwhile is passed over.
 * @returns how many
 */
export function takeComebacks({ comebacks, people }: PathwayQueue, step: number): number {
  return takeHeld(comebacks, step, people)
}

/** Whether a pathway is held. */
export function isHeld(queue: PathwayQueue, slot: number): boolean {
  return (queue.people[slot * WORDS + EVENT] & HELD) !== 0
}

/** Gives somebody held a place again, with a threshold counted from the exposure of the place by now. */
export function returnToQueue(queue: PathwayQueue, slot: number): void {
  const place = queue.heldPlace[slot]
  queue.people[slot * WORDS + EVENT] &= ~HELD
  queue.people[slot * WORDS + COHORT] = place
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
  queue.people[slot * WORDS + EVENT] = NO_EVENT
}

/** Moves a pathway to another stratum, held or not; what is left of its threshold stays. */
export function changeStratum(queue: PathwayQueue, slot: number, from: number, to: number): void {
  queue.waiting[listCohort(queue, slot, from)]--
  queue.waiting[listCohort(queue, slot, to)]++
  if (isHeld(queue, slot)) {
    queue.heldStratum[slot] = to
    if (queue.heldPlace[slot] !== OUTCOME) queue.heldPlace[slot] += to - from
    return
  }
  const before = queue.people[slot * WORDS + COHORT]
  const after = before + to - from
  countInQueue(queue, before, from, -1)
  countInQueue(queue, after, to, 1)
  queue.people[slot * WORDS + COHORT] = after
  queue.threshold[slot] += queue.exposure[after] - queue.exposure[before]
  loosen(queue, slot)
}

/** Times that a pathway was given a slot so far without an outcome. */
export function occasionsOf(queue: PathwayQueue, slot: number): number {
  return (queue.people[slot * WORDS + EVENT] & REBOOKED) === 0 ? 0 : queue.occasions[slot]
}

/** Lets a pathway's occasions and DNAs count from now on, if they do not yet. */
export function beginOccasions(queue: PathwayQueue, slot: number): void {
  const at = slot * WORDS + EVENT
  if ((queue.people[at] & REBOOKED) !== 0) return
  queue.people[at] |= REBOOKED
  queue.occasions[slot] = 0
  queue.missed[slot] = 0
}

/** The step of a pathway's next event, {@link NEVER} for none; and its kind, a cause or one of the marks of exits.ts. */
export function eventStep(queue: PathwayQueue, slot: number): number {
  return queue.people[slot * WORDS + EVENT] & STEP
}
export function eventCause(queue: PathwayQueue, slot: number): number {
  return (queue.people[slot * WORDS + EVENT] >>> CAUSE_SHIFT) & 0xff
}

/** The step of what comes after a pathway's next event, {@link NEVER} for nothing; its kind; and its frailty byte. */
export function laterStep(queue: PathwayQueue, slot: number): number {
  return queue.later[slot] & STEP
}
export function laterCause(queue: PathwayQueue, slot: number): number {
  return (queue.later[slot] >>> CAUSE_SHIFT) & 0xff
}
export function frailtyOf(queue: PathwayQueue, slot: number): number {
  return queue.later[slot] >>> FRAILTY_SHIFT
}

/** Notes what comes after a pathway's next event. */
export function setLater(queue: PathwayQueue, slot: number, step: number, cause: number): void {
  queue.later[slot] = (frailtyOf(queue, slot) << FRAILTY_SHIFT) | (cause << CAUSE_SHIFT) | step
}

/** Gives a pathway its frailty byte; nothing comes after its next event yet. */
export function setFrailty(queue: PathwayQueue, slot: number, byte: number): void {
  queue.later[slot] = (byte << FRAILTY_SHIFT) | NEVER
}
