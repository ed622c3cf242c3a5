/**
 * Moving up a priority level while waiting, and what a change of level does to the hazards of leaving.
 *
 * Like an exit, a move is found ahead of time from a unit-exponential threshold: of the level that somebody has, from
 * the step in which they came to it. The event nearest in time stands in the calendar; what comes after a move is kept
 * beside it, or found anew where hazards differ between levels, with what was used up of each threshold taken off.
 */
import { BANDS } from '../baseline/types.ts'
import { EXIT_CAUSES } from '../scenario/study.ts'
import { unitExponential } from './elementary.ts'
import { DETERIORATES, findExitAfterChange, REVIEW, setExitClock, spendHazard } from './exits.ts'
import { PURPOSE } from './identity.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { changeStratum, ensureHistory, eventCause, eventStep, frailtyOf, laterCause, laterStep, NEVER, scheduleExit, setFrailty, setLater, type PathwayQueue } from './pathway-queue.ts'
import { ORDINAL, ORIGIN, WORDS } from './person.ts'
import type { ExitHazard, ServiceTables } from './tables.ts'
import { threefry, threefryMany } from './threefry.ts'

const CAUSES = EXIT_CAUSES.length

/**
 * Enters in the calendar a move up a level, if it comes before what the calendar says of the pathway now; what it said
 * is kept for after the move.
 * @param step in which the pathway has come to its level; the move comes in this step or later
 */
function scheduleMove(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, slot: number, stratum: number, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  const origin = queue.people[slot * WORDS + ORIGIN]
  const { words } = memory
  if (!maySchedule(tables, stage, stratum)) {
    setLater(queue, slot, NEVER, 0)
    return
  }
  threefry(memory.key0[origin], memory.key1[origin], queue.people[slot * WORDS + ORDINAL], movePurpose(tables, stage, stratum), words)
  scheduleMoveWith(tables, memory, stage, slot, stratum, step, words[0])
}

/** Whether anybody of a stratum moves up at a stage. */
function maySchedule(tables: ServiceTables, stage: 0 | 1, stratum: number): boolean {
  const { deterioration } = stage === 0 ? tables.first : tables.admission
  return deterioration !== null && stratum % tables.levels < tables.levels - 1
}

function movePurpose(tables: ServiceTables, stage: 0 | 1, stratum: number): number {
  return PURPOSE.deterioration | (stage * 256 + (stratum % tables.levels))
}

/** {@link scheduleMove} for `count` pathways of one stratum that have just joined in slots from `first` on; their words are drawn together. */
export function scheduleMoves(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, first: number, count: number, stratum: number, step: number): void {
  const { people } = stage === 0 ? memory.first : memory.admission
  if (!maySchedule(tables, stage, stratum)) return
  const { ordinal, words } = memory.batch
  const origin = people[first * WORDS + ORIGIN]
  for (let k = 0; k < count; k++) ordinal[k] = people[(first + k) * WORDS + ORDINAL]
  threefryMany(memory.key0[origin], memory.key1[origin], ordinal, 0, count, movePurpose(tables, stage, stratum), words)
  for (let k = 0; k < count; k++) scheduleMoveWith(tables, memory, stage, first + k, stratum, step, words[2 * k])
}

/** {@link scheduleMove} with its word at hand. */
function scheduleMoveWith(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, slot: number, stratum: number, step: number, word: number): void {
  const hazard = stage === 0 ? tables.first.deterioration : tables.admission.deterioration
  if (hazard === null) return
  const queue = stage === 0 ? memory.first : memory.admission
  setLater(queue, slot, NEVER, 0)
  const origin = queue.people[slot * WORDS + ORIGIN]
  const frailty = tables.frailty === null ? 1 : tables.frailty[frailtyOf(queue, slot)]
  const age = step + BANDS * tables.stepsPerWeek - memory.startOf[origin]
  const next = eventStep(queue, slot)
  const reviewed = eventCause(queue, slot) === REVIEW && next !== NEVER
  const last = reviewed ? tables.steps : Math.min(tables.steps, next)
  const move = stepReaching(tables, memory, stage, hazard, stratum, step, last, age, unitExponential(word) / frailty)
  if (move >= last) return
  if (move < next) {
    scheduleMoveBefore(queue, slot, move, next, eventCause(queue, slot))
  } else {
    // Whether an exit comes before the move is not known until the review.
    setLater(queue, slot, move, DETERIORATES)
  }
}

function scheduleMoveBefore(queue: PathwayQueue, slot: number, move: number, next: number, nextCause: number): void {
  setLater(queue, slot, next, nextCause)
  scheduleExit(queue, slot, move, DETERIORATES)
}

/** Enters in the calendar what a review found, or the move up a level that comes before it. */
export function scheduleReviewed(queue: PathwayQueue, slot: number, exitStep: number, exitCause: number): void {
  const move = laterCause(queue, slot) === DETERIORATES ? laterStep(queue, slot) : NEVER
  setLater(queue, slot, NEVER, 0)
  if (move !== NEVER && move < exitStep) scheduleMoveBefore(queue, slot, move, exitStep, exitCause)
  else scheduleExit(queue, slot, exitStep, exitCause)
}

/** The first step before `last` by which the hazard from `step` on adds up to the threshold; `last` if none. */
function stepReaching(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, hazard: ExitHazard, stratum: number, step: number, last: number, age: number, threshold: number): number {
  const { byBand, added, addedFromBand, factor } = hazard
  const { bandOfAge } = memory.moment
  if (added === null && factor === null) {
    laySums(memory.moveSums[stage], byBand, stratum, bandOfAge)
    return stepReachingByBand(memory.moveSums[stage], stratum, step, last, age, threshold)
  }
  const row = stratum * BANDS
  const column = stratum * tables.steps
  let sum = 0
  for (let at = step; at < last; at++) {
    const band = bandOfAge[age + at - step]
    let own = byBand[row + band]
    if (added !== null && band >= addedFromBand) own += added[column + at]
    sum += factor === null ? own : own * factor[column + at]
    if (sum >= threshold) return at
  }
  return last
}

/** Hazards of moving up that depend on the weeks waited alone, added up; working notes of a run. */
export interface MoveSums {
  /** The hazard that is added up. */
  byBand: Float64Array | null
  /** By stratum: whether its sums are laid. */
  readonly laid: Uint8Array
  /** Hazard met before each age in steps: index stratum × ages + age. */
  readonly sums: Float64Array
  readonly ages: number
}

/** Room for ages below `ages`; nothing is laid. */
export function createMoveSums(strata: number, ages: number): MoveSums {
  return { byBand: null, laid: new Uint8Array(strata), sums: new Float64Array(strata * ages), ages }
}

function laySums(known: MoveSums, byBand: Float64Array, stratum: number, bandOfAge: Int32Array): void {
  const { laid, sums, ages } = known
  if (known.byBand !== byBand) {
    known.byBand = byBand
    laid.fill(0)
  }
  if (laid[stratum] === 1) return
  laid[stratum] = 1
  let sum = 0
  for (let age = 0; age < ages; age++) {
    sums[stratum * ages + age] = sum
    sum += byBand[stratum * BANDS + bandOfAge[age]]
  }
}

/** {@link stepReaching} for a hazard that depends on the weeks waited alone. */
function stepReachingByBand(known: MoveSums, stratum: number, step: number, last: number, age: number, threshold: number): number {
  const { sums, ages } = known
  const from = stratum * ages + age
  const to = from + last - step
  const target = sums[from] + threshold
  if (!(sums[to] >= target)) return last
  // Hazards mostly change little with the wait, so that it is not far from where an even one would reach it.
  let at = from + (((to - from) * threshold) / (sums[to] - sums[from]) | 0)
  while (sums[at] < target) at++
  while (sums[at - 1] >= target) at--
  return step + at - 1 - from
}

/** Moves a pathway up a level, and enters what comes next. */
export function moveUp(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, slot: number, stratum: number, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  changeStratum(queue, slot, stratum, stratum + 1)
  // What the calendar had after the move; found anew below where the level decides it.
  scheduleExit(queue, slot, laterStep(queue, slot), laterCause(queue, slot))
  if (tables.exitsByLevel) {
    // This step's hazard was met at the level before: an exit in it would have come first.
    spend(tables, memory, stage, slot, stratum, step + 1)
    findNext(tables, memory, stage, slot, stratum + 1, step + 1)
  }
  scheduleMove(tables, memory, stage, slot, stratum + 1, step)
}

/** Adds to a pathway's history what it has met at its level up to `step`. */
function spend(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, slot: number, stratum: number, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  ensureHistory(queue)
  const { spent, since, changes } = queue
  const start = memory.startOf[queue.people[slot * WORDS + ORIGIN]] - BANDS * tables.stepsPerWeek
  if (changes[slot] === 0) {
    spent.fill(0, slot * CAUSES, (slot + 1) * CAUSES)
    since[slot] = Math.max(0, start)
    changes[slot] = 1
  }
  const from = since[slot]
  if (step > from) {
    setExitClock(memory.beforeClock, tables.exits, stratum, from, step - from, tables.steps, from - start, memory.moment.bandOfAge)
    spendHazard(memory.beforeClock, step - from, spent, slot * CAUSES)
  }
  since[slot] = step
}

/** Enters a pathway's exit, from `step` on at its present level, in the calendar. */
function findNext(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, slot: number, stratum: number, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  const origin = queue.people[slot * WORDS + ORIGIN]
  const { afterClock, key0, key1 } = memory
  const age = step + BANDS * tables.stepsPerWeek - memory.startOf[origin]
  setExitClock(afterClock, tables.exits, stratum, step, tables.steps - step, tables.steps, age, memory.moment.bandOfAge)
  findExitAfterChange(afterClock, key0[origin], key1[origin], queue.people[slot * WORDS + ORDINAL], queue.spent, slot * CAUSES)
  scheduleExit(queue, slot, afterClock.exitStep, afterClock.exitCause)
}

/**
 * Carries what the calendar says of a pathway over to the slot that it has in the admission queue, where its level may
 * be another.
 * @param step the first whose exits are still to be taken
 */
export function carryExit(tables: ServiceTables, memory: KernelMemory, from: number, to: number, stratumBefore: number, stratum: number, step: number): void {
  const { first, admission } = memory
  setFrailty(admission, to, frailtyOf(first, from))
  const next = eventStep(first, from)
  const moves = eventCause(first, from) === DETERIORATES && next !== NEVER
  if (tables.exitsByLevel) {
    ensureHistory(first)
    ensureHistory(admission)
    // The exit that was found holds as long as no level has changed.
    if (stratum !== stratumBefore || first.changes[from] > 0) {
      spend(tables, memory, 0, from, stratumBefore, step)
      for (let cause = 0; cause < CAUSES; cause++) admission.spent[to * CAUSES + cause] = first.spent[from * CAUSES + cause]
      admission.since[to] = step
      admission.changes[to] = 1
      findNext(tables, memory, 1, to, stratum, step)
      scheduleMove(tables, memory, 1, to, stratum, step)
      return
    }
    admission.changes[to] = 0
  }
  scheduleExit(admission, to, moves ? laterStep(first, from) : next, moves ? laterCause(first, from) : eventCause(first, from))
  scheduleMove(tables, memory, 1, to, stratum, step)
}

/** Forgets the history of `count` slots that are given to somebody new. */
export function forgetHistory(tables: ServiceTables, queue: PathwayQueue, from: number, count: number): void {
  if (!tables.exitsByLevel) return
  ensureHistory(queue)
  queue.changes.fill(0, from, from + count)
}
