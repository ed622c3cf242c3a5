/** What being seen leads to: a clock stop, a decision to admit, a further appointment or tests first, or a new date. */
import { BANDS } from '../baseline/types.ts'
import { FLOWS, type ServiceCensus } from './census.ts'
import { putUnitExponential, uniform } from './elementary.ts'
import { REVIEW } from './exits.ts'
import { FLOW } from './flow-index.ts'
import { PURPOSE } from './identity.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { carryExit } from './levels.ts'
import { beginOccasions, eventCause, eventStep, hold, join, leaveHeld, occasionsOf, OUTCOME, reserve, returnToQueue, scheduleExit, stratumNow, takeComebacks, type PathwayQueue } from './pathway-queue.ts'
import { ORDINAL, ORIGIN, WORDS } from './person.ts'
import { BACK, FRONT, OWN_PLACE, type ServiceTables } from './tables.ts'
import { threefry } from './threefry.ts'

const FLOW_COUNT = FLOWS.length

/** 0 · Those whose time has come: back to the queue, or to the outcome of their tests. */
export function bringBack(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { first, admission } = memory
  const backToFirst = takeComebacks(first, step)
  for (let entry = 0; entry < backToFirst; entry++) {
    const slot = first.comebacks.entries[entry]
    if (first.heldPlace[slot] === OUTCOME) outcomeAfterTests(tables, memory, census, step, slot)
    else returnToQueue(first, slot)
  }
  const backToAdmission = takeComebacks(admission, step)
  for (let entry = 0; entry < backToAdmission; entry++) returnToQueue(admission, admission.comebacks.entries[entry])
}

function outcomeAfterTests(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, slot: number): void {
  const { first, words } = memory
  const stratum = stratumNow(first, slot)
  const origin = first.people[slot * WORDS + ORIGIN]
  // The words of the appointment that led here.
  threefry(memory.key0[origin], memory.key1[origin], first.people[slot * WORDS + ORDINAL], PURPOSE.appointment | occasionsOf(first, slot), words)
  const attendance = words[0]
  if (uniform(words[1]) < tables.admittedShare[stratum]) {
    reserve(memory.admission, 1)
    decideToAdmit(tables, memory, census, step, slot, stratum, step)
  } else {
    stopWithoutAdmission(memory, census, step, slot, stratum, attendance)
  }
  leaveHeld(first, slot)
}

/** A clock stop at the first-appointment stage; the pathway is taken out by the caller. */
export function stopWithoutAdmission(memory: KernelMemory, census: ServiceCensus, step: number, slot: number, stratum: number, word: number): void {
  const { nowStart, bandOfAge } = memory.moment
  const cell = (step + 1) * census.strata + stratum
  const waited = nowStart - memory.startOf[memory.first.people[slot * WORDS + ORIGIN]]
  census.flows[cell * FLOW_COUNT + FLOW.nonAdmitted]++
  census.nonAdmittedByBand[cell * census.bands + bandWhenStopped(bandOfAge, waited, word)]++
}

/**
 * Whole weeks waited when the clock stopped. Starts and stops are spread over their step, so someone who stops
 * n steps after starting has waited n − 1 to n + 1 steps: the published band is n − 1 or n with equal chance.
 */
export function bandWhenStopped(bandOfAge: Int32Array, age: number, word: number): number {
  return bandOfAge[Math.max(0, age - (word & 1))]
}

/**
 * Decision to admit: on to the admission queue with the clock, and the exit already drawn, running on. There is room
 * in that queue; the caller takes the pathway out of this one.
 * @param exitsFrom the first step whose exits are still to be taken: this one before they are, the next one after
 */
export function decideToAdmit(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, slot: number, stratum: number, exitsFrom: number): void {
  const { first, admission, words } = memory
  const origin = first.people[slot * WORDS + ORIGIN]
  const ordinal = first.people[slot * WORDS + ORDINAL]
  census.flows[((step + 1) * census.strata + stratum) * FLOW_COUNT + FLOW.decisionsToAdmit]++
  threefry(memory.key0[origin], memory.key1[origin], ordinal, PURPOSE.admission, words)
  const decided = tables.levelAtDecision === null ? stratum : stratumAtDecision(tables, tables.levelAtDecision, stratum, words[1])
  const start = memory.startOf[origin]
  const cohort = start * tables.strata + decided
  const joined = admission.high
  putUnitExponential(words[0], admission.threshold, joined)
  admission.threshold[joined] += admission.exposure[cohort]
  join(admission, cohort, decided, ordinal, origin)
  if (tables.levels === 1 && tables.frailty === null) scheduleExit(admission, joined, eventStep(first, slot), eventCause(first, slot))
  else carryExit(tables, memory, slot, joined, stratum, decided, exitsFrom)
  if (start < admission.oldestStart) admission.oldestStart = start
}

/** The stratum of the same group at the level that the decision gives. The word's last bit says when in the week the clock stops. */
function stratumAtDecision(tables: ServiceTables, cumulative: Float64Array, stratum: number, word: number): number {
  const { levels } = tables
  const drawn = ((word >>> 1) + 0.5) / 0x80000000
  const least = stratum - (stratum % levels)
  let level = 0
  while (level < levels - 1 && drawn > cumulative[stratum * levels + level]) level++
  return least + level
}

/**
 * What has to happen before the outcome of an attended first appointment: another appointment, tests, or the least
 * time that such a pathway takes. Returns whether the pathway waits on.
 */
export function waitsForOutcome(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, slot: number, stratum: number): boolean {
  const { furtherShare, furtherSteps, testShare, testSteps, minimumSteps } = tables.pathway
  const { first, words } = memory
  const origin = first.people[slot * WORDS + ORIGIN]
  let ready = memory.startOf[origin] - BANDS * tables.stepsPerWeek + minimumSteps
  if (furtherShare !== null || testShare !== null) {
    threefry(memory.key0[origin], memory.key1[origin], first.people[slot * WORDS + ORDINAL], PURPOSE.pathway | occasionsOf(first, slot), words)
    const tested = testShare !== null && uniform(words[1]) < testShare[stratum]
    if (furtherShare !== null && uniform(words[0]) < furtherShare[stratum]) {
      census.flows[((step + 1) * census.strata + stratum) * FLOW_COUNT + FLOW.furtherAppointments]++
      drawThreshold(memory, slot)
      rebook(tables, memory, first, slot, stratum, OWN_PLACE, step + furtherSteps)
      return true
    }
    if (tested) ready = Math.max(ready, step + testSteps[step])
  }
  if (ready <= step) return false
  keepEvent(first, slot)
  hold(first, slot, stratum, ready, OUTCOME)
  return true
}

/** The threshold of somebody who is to come to a further first appointment, from an own draw of this occasion. */
function drawThreshold(memory: KernelMemory, slot: number): void {
  const { first, words } = memory
  const origin = first.people[slot * WORDS + ORIGIN]
  threefry(memory.key0[origin], memory.key1[origin], first.people[slot * WORDS + ORDINAL], PURPOSE.rebooking | occasionsOf(first, slot), words)
  putUnitExponential(words[0], first.threshold, slot)
}

/** Rosters are reviewed by their own order: whoever leaves one must be in the calendar. */
function keepEvent(queue: PathwayQueue, slot: number): void {
  if (eventCause(queue, slot) === REVIEW) scheduleExit(queue, slot, eventStep(queue, slot), REVIEW)
}

/**
 * Holds a pathway until a step, and then gives it a place in the queue: its new threshold, which the caller has set,
 * counts from the exposure of that place then.
 */
export function rebook(tables: ServiceTables, memory: KernelMemory, queue: PathwayQueue, slot: number, stratum: number, place: number, until: number): void {
  const { nowStart } = memory.moment
  const start = place === BACK ? nowStart : place === FRONT ? queue.oldestStart : memory.startOf[queue.people[slot * WORDS + ORIGIN]]
  if (place === FRONT) queue.threshold[slot] = 0
  beginOccasions(queue, slot)
  queue.occasions[slot]++
  keepEvent(queue, slot)
  hold(queue, slot, stratum, until, start * tables.strata + stratum)
}
