/** Who joins: the initial list, and each step's clock starts with the unmet need beside them. */
import { BANDS } from '../baseline/types.ts'
import { FLOWS, type ServiceCensus } from './census.ts'
import { poissonQuantile, uniform53, unitExponential } from './elementary.ts'
import { findExitWith, mayLeave, REVIEW, REVIEW_STEPS, setExitClock, type ExitClock } from './exits.ts'
import { FLOW } from './flow-index.ts'
import { ADDITIONAL_ORDINAL, CELL_ORDINAL, DIRECT_ORDINAL, PURPOSE } from './identity.ts'
import { batchFor, type KernelMemory } from './kernel-memory.ts'
import { countIn, NEVER, reserve, scheduleExit, type PathwayQueue } from './pathway-queue.ts'
import { orderByThreshold, reserveRoster } from './roster.ts'
import type { ServiceTables } from './tables.ts'
import { threefry, threefryMany } from './threefry.ts'

const FLOW_COUNT = FLOWS.length

/** Puts those already waiting into the queues; their exits count from the start of the study. */
export function placeInitialList(tables: ServiceTables, memory: KernelMemory): number {
  const { strata, stepsPerWeek, steps } = tables
  const { first, admission, initialClock } = memory
  let placed = 0
  for (let start = 0; start < BANDS * stepsPerWeek; start++) {
    const age = BANDS * stepsPerWeek - start
    const band = Math.floor((age - 1) / stepsPerWeek)
    const dayOfWeek = (age - 1) % stepsPerWeek
    for (let stratum = 0; stratum < strata; stratum++) {
      const waitingFirst = shareOfDay(tables.initialFirst[stratum * BANDS + band], dayOfWeek, stepsPerWeek)
      const waitingAdmission = shareOfDay(tables.initialAdmission[stratum * BANDS + band], dayOfWeek, stepsPerWeek)
      if (waitingFirst + waitingAdmission === 0) continue
      const cohort = start * strata + stratum
      setExitClock(initialClock, tables.exits, stratum, 0, steps, steps, age, BANDS, memory.moment.bandOfAge)
      batchFor(memory, Math.max(waitingFirst, waitingAdmission))
      drawPathways(memory, initialClock, cohort, 0, waitingFirst, 0)
      enrol(memory, first, initialClock, cohort, stratum, waitingFirst, NEVER)
      drawPathways(memory, initialClock, cohort, waitingFirst, waitingAdmission, 0)
      enrol(memory, admission, initialClock, cohort, stratum, waitingAdmission, NEVER)
      placed += waitingFirst + waitingAdmission
    }
  }
  return placed
}

/** Whole people of a week's band whose clock started on one of its days, as even as can be. */
function shareOfDay(count: number, day: number, days: number): number {
  return Math.floor((count * (day + 1)) / days) - Math.floor((count * day) / days)
}

/** 1 · Clock starts from need, need that is not referred, and what outreach finds of it. */
export function startClocks(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): number {
  const { strata } = tables
  const { flows } = census
  let started = 0
  for (let stratum = 0; stratum < strata; stratum++) {
    const cohort = memory.moment.nowStart * strata + stratum
    const index = step * strata + stratum
    const row = ((step + 1) * strata + stratum) * FLOW_COUNT
    const base = drawCount(memory, cohort, PURPOSE.clockStarts, tables.clockStarts[index])
    const direct = tables.directStarts === null ? 0 : drawCount(memory, cohort, PURPOSE.directStarts, tables.directStarts[index])
    const additional = updateUnmetNeed(tables, memory, census, step, stratum, cohort, base + direct)
    const known = Math.min(REVIEW_STEPS, tables.steps - step)
    const review = step + known < tables.steps ? step + known : NEVER
    const clock = memory.startClocks[stratum]
    setExitClock(clock, tables.exits, stratum, step, known, tables.steps, 0, BANDS, memory.moment.bandOfAge)
    batchFor(memory, Math.max(base + additional, direct))
    drawPathways(memory, clock, cohort, 0, base, 0)
    drawPathways(memory, clock, cohort, ADDITIONAL_ORDINAL, additional, base)
    enrol(memory, memory.first, clock, cohort, stratum, base + additional, review)
    drawPathways(memory, clock, cohort, DIRECT_ORDINAL, direct, 0)
    enrol(memory, memory.admission, clock, cohort, stratum, direct, review)
    flows[row + FLOW.clockStarts] = base + direct + additional
    flows[row + FLOW.additionalStarts] = additional
    flows[row + FLOW.decisionsToAdmit] = direct
    started += base + direct + additional
  }
  return started
}

/** Unmet need of a stratum in the step; returns how many of it outreach brings onto the list. */
function updateUnmetNeed(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, stratum: number, cohort: number, base: number): number {
  const { strata } = tables
  const index = step * strata + stratum
  const row = ((step + 1) * strata + stratum) * FLOW_COUNT
  const unreferred = drawCount(memory, cohort, PURPOSE.unreferredNeed, tables.unreferredNeed[index])
  let pool = memory.unmetNeed[stratum] + unreferred
  const found = tables.additionalStarts === null ? 0 : drawCount(memory, cohort, PURPOSE.additionalStarts, tables.additionalStarts[index])
  const additional = Math.min(found, pool)
  pool -= additional
  const resolved = Math.min(drawCount(memory, cohort, PURPOSE.unmetResolution, pool * tables.unmetResolution), pool)
  pool -= resolved
  memory.unmetNeed[stratum] = pool
  census.unmetNeed[(step + 1) * strata + stratum] = pool
  census.flows[row + FLOW.needArising] = base + unreferred
  census.flows[row + FLOW.unmetResolved] = resolved
  return additional
}

/** A Poisson count of a cell, by inversion, so that it rises with its mean. */
function drawCount(memory: KernelMemory, cohort: number, purpose: number, mean: number): number {
  if (mean <= 0) return 0
  threefry(memory.key0[cohort], memory.key1[cohort], CELL_ORDINAL, purpose, memory.words)
  return poissonQuantile(uniform53(memory.words[0], memory.words[1]), mean)
}

/**
 * Draws the words of `count` pathways of a cell from ordinal `from` on into the batch, from place `at` on; there is
 * room for them.
 */
function drawPathways(memory: KernelMemory, clock: ExitClock, cohort: number, from: number, count: number, at: number): void {
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
 */
function enrol(memory: KernelMemory, queue: PathwayQueue, clock: ExitClock, cohort: number, stratum: number, count: number, review: number): void {
  if (count === 0) return
  const { ordinal, words, exitWords, threshold, order } = memory.batch
  const key0 = memory.key0[cohort]
  const key1 = memory.key1[cohort]
  const entry = queue.exposure[cohort]
  for (let i = 0; i < count; i++) threshold[i] = entry + unitExponential(words[2 * i])
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
}

/** Gives the pathways of the batch their slots, in order, with the thresholds that the roster has from entry `first` on. */
function takeSlots(queue: PathwayQueue, cohort: number, count: number, first: number, ordinals: Int32Array, order: Int32Array): void {
  const { cohort: cohortOf, threshold, ordinal, missed, free, roster } = queue
  const { slot: slotAt, threshold: sorted } = roster
  let { freeCount, high } = queue
  for (let k = 0; k < count; k++) {
    const slot = freeCount > 0 ? free[--freeCount] : high++
    slotAt[first + k] = slot
    cohortOf[slot] = cohort
    threshold[slot] = sorted[first + k]
    ordinal[slot] = ordinals[order[k]]
    missed[slot] = 0
  }
  queue.freeCount = freeCount
  queue.high = high
}
