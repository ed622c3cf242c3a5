/** Entering those who join together: their random words, their exits, their slots and their roster. */
import { unitExponentials } from './elementary.ts'
import { findExitWith, frailtyByte, mayLeave, REVIEW, type ExitClock } from './exits.ts'
import { PURPOSE } from './identity.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { forgetHistory, scheduleMove } from './levels.ts'
import { countIn, NEVER, reserve, scheduleExit, type PathwayQueue } from './pathway-queue.ts'
import { orderByThreshold, reserveRoster } from './roster.ts'
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
  const { ordinal, words, exitWords, threshold, order } = memory.batch
  const key0 = memory.key0[cohort]
  const key1 = memory.key1[cohort]
  const entry = queue.exposure[cohort]
  unitExponentials(words, count, entry, threshold)
  reserve(queue, count)
  reserveRoster(queue.roster, queue.cohorts, queue.cohort, queue.standing, count)
  const { roster } = queue
  const first = roster.high
  orderByThreshold(words, threshold, count, order, roster.threshold, first)
  takeSlots(queue, cohort, count, first, ordinal, order)
  const { slot: slotAt } = roster
  const { exitStep, exitCause } = queue
  for (let k = 0; k < count; k++) {
    const i = order[k]
    const slot = slotAt[first + k]
    if (mayLeave(clock, words[2 * i + 1], exitWords[2 * i], exitWords[2 * i + 1])) {
      findExitWith(clock, key0, key1, ordinal[i], words[2 * i + 1], exitWords[2 * i], exitWords[2 * i + 1])
      if (clock.exitStep !== NEVER) {
        scheduleExit(queue, slot, clock.exitStep, clock.exitCause)
        continue
      }
    }
    // Its cohort is reviewed by its roster, so the calendar need not know.
    exitStep[slot] = review
    exitCause[slot] = REVIEW
  }
  roster.from[cohort] = first
  roster.to[cohort] = first + count
  roster.front[cohort] = roster.threshold[first]
  roster.high = first + count
  countIn(queue, cohort, stratum, count)
  if (tables.levels > 1 || tables.frailty !== null) enrolLevels(tables, memory, stage, stratum, first, count, step)
}

/** What priority levels and frailty add to those just enrolled. */
function enrolLevels(tables: ServiceTables, memory: KernelMemory, stage: 0 | 1, stratum: number, first: number, count: number, step: number): void {
  const queue = stage === 0 ? memory.first : memory.admission
  const { slot: slotAt } = queue.roster
  const { words, order } = memory.batch
  for (let k = 0; k < count; k++) queue.frailty[slotAt[first + k]] = frailtyByte(words[2 * order[k] + 1])
  forgetHistory(tables, queue, slotAt, first, count)
  for (let k = 0; k < count; k++) scheduleMove(tables, memory, stage, slotAt[first + k], stratum, step)
}

/** Gives the pathways of the batch their slots, in order, with the thresholds that the roster has from entry `first` on. */
function takeSlots(queue: PathwayQueue, cohort: number, count: number, first: number, ordinals: Int32Array, order: Int32Array): void {
  const { cohort: cohortOf, origin, threshold, ordinal, occasions, missed, roster } = queue
  const { slot: slotAt, threshold: sorted } = roster
  const { high } = queue
  for (let k = 0; k < count; k++) {
    const slot = high + k
    slotAt[first + k] = slot
    cohortOf[slot] = cohort
    origin[slot] = cohort
    threshold[slot] = sorted[first + k]
    ordinal[slot] = ordinals[order[k]]
    occasions[slot] = 0
    missed[slot] = 0
  }
  queue.high = high + count
}
