/** Slots, who is given them, and what comes of it: first appointments, then admissions. */
import { FLOWS, type ServiceCensus } from './census.ts'
import { uniform, unitExponential } from './elementary.ts'
import { REVIEW } from './exits.ts'
import { FLOW } from './flow-index.ts'
import { PURPOSE } from './identity.ts'
import { batchFor, type KernelMemory } from './kernel-memory.ts'
import { chooseMore, chooseNext, type SelectionMemory } from './next-in-line.ts'
import { hold, join, leaveMany, releaseHeld, reserve, scheduleExit, type PathwayQueue } from './pathway-queue.ts'
import type { ServiceTables, StageSlots } from './tables.ts'
import { threefry, threefryMany } from './threefry.ts'

const FLOW_COUNT = FLOWS.length

/** A slot that is missed is offered at short notice at most this many times more in its step. */
const OFFERS = 8

/** 3 · The step's slots of a stage. */
function setSlots(selection: SelectionMemory, stage: StageSlots, step: number, strata: number): void {
  const { slots } = selection
  slots.openInTurn = stage.openInTurn[step]
  slots.openByChance = stage.open[step] - stage.openInTurn[step]
  slots.independent = stage.independent === null ? 0 : stage.independent[step]
  for (let stratum = 0; stratum < strata; stratum++) {
    const index = step * strata + stratum
    const reserved = stage.reserved === null ? 0 : stage.reserved[index]
    const inTurn = stage.reservedInTurn === null ? 0 : stage.reservedInTurn[index]
    slots.reservedInTurn[stratum] = inTurn
    slots.reservedByChance[stratum] = reserved - inTurn
  }
}

/** 4–6 · First appointments: who is next, who attends, and what it leads to; slots lost to DNAs may be filled at once. */
export function seeFirstAppointments(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { selection, first } = memory
  memory.moment.chanceWeight = tables.chanceWeightFirst
  setSlots(selection, tables.firstSlots, step, tables.strata)
  const inTurnShare = tables.firstSlots.open[step] === 0 ? 0 : tables.firstSlots.openInTurn[step] / tables.firstSlots.open[step]
  census.unusedSlots[(step + 1) * 2] = chooseNext(first, memory.moment, selection)
  let backfilled = attend(tables, memory, census, step)
  for (let offer = 0; offer < OFFERS && backfilled > 0; offer++) {
    const inTurn = Math.round(backfilled * inTurnShare)
    chooseMore(first, memory.moment, selection, inTurn, backfilled - inTurn)
    backfilled = attend(tables, memory, census, step)
  }
  releaseHeld(first)
}

/** 5 and 6 for everybody chosen; returns how many slots lost to DNAs are filled at once. */
function attend(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): number {
  const { first, selection, stratumOf, startOf } = memory
  const { strata, dnaRate, dischargeAfterDna, admittedShare } = tables
  const { served, servedCount } = selection
  const words = drawServed(memory, first, PURPOSE.appointment)
  const { flows, nonAdmittedByBand, bands } = census
  const { cohort: cohortOf } = first
  const { nowStart, bandOfAge } = memory.moment
  const cell = (step + 1) * strata
  let backfilled = 0
  let leaving = 0
  reserve(memory.admission, servedCount)
  for (let k = 0; k < servedCount; k++) {
    const slot = served[k]
    const cohort = cohortOf[slot]
    const stratum = stratumOf[cohort]
    const row = (cell + stratum) * FLOW_COUNT
    const attendance = words[2 * k]
    const outcome = uniform(words[2 * k + 1])
    if (uniform(attendance) < dnaRate[step * strata + stratum]) {
      flows[row + FLOW.dna]++
      if (missAppointment(tables, memory, slot, cohort, outcome < dischargeAfterDna[stratum])) backfilled++
      if (outcome >= dischargeAfterDna[stratum]) continue
      flows[row + FLOW.dischargedAfterDna]++
    } else if (outcome < admittedShare[stratum]) {
      flows[row + FLOW.decisionsToAdmit]++
      decideToAdmit(memory, slot, cohort, stratum)
    } else {
      flows[row + FLOW.nonAdmitted]++
      nonAdmittedByBand[(cell + stratum) * bands + bandWhenStopped(bandOfAge, nowStart - startOf[cohort], attendance)]++
    }
    served[leaving++] = slot
  }
  leaveMany(first, served, leaving, stratumOf)
  return backfilled
}

/**
 * Draws the words of everybody served ahead of acting on them: draws do not wait for each other, acts do. Those
 * served of a cohort mostly stand together and are drawn together.
 * @param purpose of the draws; the occurrence is the appointments missed so far
 * @returns two words each, in the order of `served`
 */
function drawServed(memory: KernelMemory, queue: PathwayQueue, purpose: number): Int32Array {
  const { served, servedCount } = memory.selection
  const { ordinal: ordinals, words } = batchFor(memory, servedCount)
  const { cohort: cohortOf, ordinal, missed } = queue
  let from = 0
  while (from < servedCount) {
    const cohort = cohortOf[served[from]]
    const occurrence = missed[served[from]]
    let to = from
    while (to < servedCount && cohortOf[served[to]] === cohort && missed[served[to]] === occurrence) {
      ordinals[to] = ordinal[served[to]]
      to++
    }
    threefryMany(memory.key0[cohort], memory.key1[cohort], ordinals, from, to, purpose | occurrence, words)
    from = to
  }
  return words
}

/**
 * After a missed appointment: where not discharged, back into the same cohort when the step ends, with a new
 * threshold. Returns whether somebody else fills the slot at once.
 */
function missAppointment(tables: ServiceTables, memory: KernelMemory, slot: number, cohort: number, discharged: boolean): boolean {
  const { first, words } = memory
  threefry(memory.key0[cohort], memory.key1[cohort], first.ordinal[slot], PURPOSE.rebooking | first.missed[slot], words)
  if (!discharged) {
    // Rebooked for a later step: somebody else fills the slot, and the new threshold counts from the step's end.
    first.threshold[slot] = unitExponential(words[0])
    first.missed[slot]++
    hold(first, slot, memory.stratumOf[cohort])
    // Rosters are reviewed by their own order, which it leaves.
    if (first.exitCause[slot] === REVIEW) scheduleExit(first, slot, first.exitStep[slot], REVIEW)
  }
  return uniform(words[1]) < tables.backfillShare
}

/** Decision to admit: on to the admission queue with the clock, and the exit already drawn, running on. */
function decideToAdmit(memory: KernelMemory, slot: number, cohort: number, stratum: number): void {
  const { first, admission, words } = memory
  const ordinal = first.ordinal[slot]
  threefry(memory.key0[cohort], memory.key1[cohort], ordinal, PURPOSE.admission, words)
  const joined = join(admission, cohort, stratum, ordinal, admission.exposure[cohort] + unitExponential(words[0]))
  scheduleExit(admission, joined, first.exitStep[slot], first.exitCause[slot])
  const start = memory.startOf[cohort]
  if (start < admission.oldestStart) admission.oldestStart = start
}

/** 4 and 6 · Admissions: who is next; admission stops the clock. */
export function admit(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { selection, admission, stratumOf, startOf } = memory
  const { strata } = tables
  memory.moment.chanceWeight = tables.chanceWeightAdmission
  setSlots(selection, tables.admissionSlots, step, strata)
  census.unusedSlots[(step + 1) * 2 + 1] = chooseNext(admission, memory.moment, selection)
  const { served, servedCount } = selection
  const words = drawServed(memory, admission, PURPOSE.admission)
  const { nowStart, bandOfAge } = memory.moment
  for (let k = 0; k < servedCount; k++) {
    const cohort = admission.cohort[served[k]]
    const cell = (step + 1) * strata + stratumOf[cohort]
    census.flows[cell * FLOW_COUNT + FLOW.admitted]++
    census.admittedByBand[cell * census.bands + bandWhenStopped(bandOfAge, nowStart - startOf[cohort], words[2 * k + 1])]++
  }
  leaveMany(admission, served, servedCount, stratumOf)
}

/**
 * Whole weeks waited when the clock stopped. Starts and stops are spread over their step, so someone who stops
 * n steps after starting has waited n − 1 to n + 1 steps: the published band is n − 1 or n with equal chance.
 */
function bandWhenStopped(bandOfAge: Int32Array, age: number, word: number): number {
  return bandOfAge[Math.max(0, age - (word & 1))]
}
