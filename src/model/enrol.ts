/** Entering those who join together: their random words, their exits, their slots and their roster. */
import { unitExponentials } from './elementary.ts'
import { findExitWith, frailtyByte, REVIEW, type ExitClock } from './exits.ts'
import { PURPOSE } from './identity.ts'
import type { Batch, KernelMemory } from './kernel-memory.ts'
import { forgetHistory, scheduleMoves } from './levels.ts'
import { countIn, NEVER, reserve, scheduleExit, setFrailty, type PathwayQueue } from './pathway-queue.ts'
import { CAUSE_SHIFT, COHORT, EVENT, ORDINAL, ORIGIN, WORDS } from './person.ts'
import { orderByThreshold } from './roster.ts'
import type { ServiceTables } from './tables.ts'
import { threefryMany } from './threefry.ts'

/**
 * Draws the words of `count` pathways of a cell from ordinal `from` on into the batch, from place `at` on; there is
 * room for them.
 */
export function drawPathways(memory: KernelMemory, clock: ExitClock, cohort: number, from: number, count: number, at: number): void {
  const { batch } = memory
  const key0 = memory.key0[cohort]
  const key1 = memory.key1[cohort]
  for (let i = 0; i < count; i++) batch.ordinal[at + i] = from + i
  threefryMany(key0, key1, batch.ordinal, at, at + count, PURPOSE.start, batch.words)
  if (clock.halves) threefryMany(key0, key1, batch.ordinal, at, at + count, PURPOSE.exits, batch.exitWords)
}

/**
 * Enrols the first `count` pathways of the batch in a cohort, in order of threshold, with their exits.
 * @param clock set for the cohort
 * @param review step in which those with no exit found so far are looked at again, or NEVER
 * @param step in which they join
 */
export function enrol(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, clock: ExitClock, cohort: number, stratum: number, count: number, review: number, step: number): void {
  if (count === 0) return
  const queue = stage === 0 ? memory.first : memory.admission
  const { words, threshold, order } = memory.batch
  unitExponentials(words, count, queue.exposure[cohort], threshold)
  reserve(queue, count)
  const first = queue.high
  orderByThreshold(words, threshold, count, order, queue.threshold, first)
  takeSlots(queue, memory.batch, cohort, count, review)
  enterExits(queue, memory, clock, cohort, first, mayLeave(clock, memory.batch, count))
  const { roster } = queue
  roster.from[cohort] = first
  roster.to[cohort] = first + count
  roster.front[cohort] = queue.threshold[first]
  countIn(queue, cohort, stratum, count)
  if (queue.levelled) enrolLevels(tables, memory, stage, stratum, first, count, step)
}

/** Gives the pathways of the batch their slots, in order; for all we know, nothing happens to them before the review. */
function takeSlots(queue: PathwayQueue, { ordinal, order }: Batch, cohort: number, count: number, review: number): void {
  const { people, high } = queue
  // A cohort is reviewed by its roster, so the calendar need not know.
  const event = (REVIEW << CAUSE_SHIFT) | review
  for (let k = 0; k < count; k++) {
    const at = (high + k) * WORDS
    people[at + COHORT] = cohort
    people[at + ORIGIN] = cohort
    people[at + ORDINAL] = ordinal[order[k]]
    people[at + EVENT] = event
  }
  queue.high = high + count
}

/**
 * Finds who of the batch may leave within the clock's length: few do. Without branches, which no processor would
 * foresee: the half words of all causes less those that leave them open are all negative but for these few.
 * @returns how many; their places in order in `batch.open`
 */
function mayLeave({ halfOpen }: ExitClock, { words, exitWords, order, open }: Batch, count: number): number {
  const [removal, withdrawal, goingPrivate, emergency, death] = halfOpen
  let found = 0
  for (let k = 0; k < count; k++) {
    const i = 2 * order[k]
    const early = exitWords[i]
    const late = exitWords[i + 1]
    const none =
      ((words[i + 1] >>> 16) - removal) &
      ((early & 0xffff) - withdrawal) & ((early >>> 16) - goingPrivate) &
      ((late & 0xffff) - emergency) & ((late >>> 16) - death)
    open[found] = k
    found += (~none) >>> 31
  }
  return found
}

/** Enters in the calendar the exits of those `found` by {@link mayLeave} who do leave. */
function enterExits(queue: PathwayQueue, memory: KernelMemory, clock: ExitClock, cohort: number, first: number, found: number): void {
  const { ordinal, words, exitWords, order, open } = memory.batch
  const key0 = memory.key0[cohort]
  const key1 = memory.key1[cohort]
  for (let entry = 0; entry < found; entry++) {
    const k = open[entry]
    const i = order[k]
    findExitWith(clock, key0, key1, ordinal[i], words[2 * i + 1], exitWords[2 * i], exitWords[2 * i + 1])
    if (clock.exitStep !== NEVER) scheduleExit(queue, first + k, clock.exitStep, clock.exitCause)
  }
}

/** What priority levels and frailty add to those just enrolled. */
function enrolLevels(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, stratum: number, first: number, count: number, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  const { words, order } = memory.batch
  for (let k = 0; k < count; k++) setFrailty(queue, first + k, frailtyByte(words[2 * order[k] + 1]))
  forgetHistory(tables, queue, first, count)
  scheduleMoves(tables, memory, stage, first, count, stratum, step)
}
