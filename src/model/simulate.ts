/**
 * The kernel: one specialty, one run, person by person.
 *
 *     for each step:  1 clock starts → 2 exits → 3 slots → 4 who is next → 5 attendance → 6 outcome
 *                     (4–6 for first appointments, then 4 and 6 for admissions) → census
 *
 * Pathways are entries of typed arrays (see pathway-queue.ts); nothing is allocated per pathway once the arrays
 * have grown to the longest list. Specialties share no queue, so each is simulated to the horizon before the
 * next: the working set is one specialty's list.
 */
import { BANDS } from '../baseline/types.ts'
import { EXIT_CAUSES } from '../scenario/study.ts'
import { FLOWS, type Flow, type ServiceCensus } from './census.ts'
import { poissonQuantile, uniform, uniform53, unitExponential } from './elementary.ts'
import { createExitClock, findExit, REVIEW, REVIEW_STEPS, setExitClock, type ExitClock } from './exits.ts'
import { ADDITIONAL_ORDINAL, CELL_ORDINAL, DIRECT_ORDINAL, PURPOSE, type Key } from './identity.ts'
import { chooseMore, chooseNext, createSelectionMemory, resetSelection, type Moment, type SelectionMemory } from './next-in-line.ts'
import { countIn, createQueue, hold, join, leave, NEVER, releaseHeld, reserve, resetQueue, scheduleExit, takeSlot, type PathwayQueue } from './pathway-queue.ts'
import type { ServiceTables, StageSlots } from './tables.ts'
import { threefry } from './threefry.ts'

const FLOW_COUNT = FLOWS.length
const FLOW = Object.fromEntries(FLOWS.map((flow, index) => [flow, index])) as Record<Flow, number>
/** Flow of each exit cause, in the order of `EXIT_CAUSES`. */
const EXIT_FLOW = EXIT_CAUSES.map((cause) => FLOW[cause])

/** A slot that is missed is offered at short notice at most this many times more in its step. */
const OFFERS = 8

/** The kernel's memory, kept between specialties and runs. */
export interface KernelMemory {
  first: PathwayQueue
  admission: PathwayQueue
  selection: SelectionMemory
  exitClock: ExitClock
  /** By stratum: the clock of the cohort under review, and the step that it was set in. */
  reviewClocks: ExitClock[]
  reviewStep: Int32Array
  /** By cohort: the two words of its cell's key. */
  key0: Int32Array
  key1: Int32Array
  moment: Moment
  unmetNeed: Int32Array
  words: Int32Array
}

/** Memory for tables of this shape; grows when a longer list needs it. */
export function createKernelMemory(steps: number, strata: number, stepsPerWeek: number): KernelMemory {
  const bandOfAge = new Int32Array(steps + BANDS * stepsPerWeek + 1)
  for (let age = 0; age < bandOfAge.length; age++) bandOfAge[age] = Math.min(BANDS - 1, Math.floor(age / stepsPerWeek))
  const cohorts = (steps + BANDS * stepsPerWeek) * strata
  return {
    first: createQueue(cohorts, strata, steps, 1024),
    admission: createQueue(cohorts, strata, steps, 1024),
    selection: createSelectionMemory(strata),
    exitClock: createExitClock(steps),
    reviewClocks: Array.from({ length: strata }, () => createExitClock(steps)),
    reviewStep: new Int32Array(strata),
    key0: new Int32Array(cohorts),
    key1: new Int32Array(cohorts),
    moment: { nowStart: 0, bandOfAge, chanceWeight: new Float64Array(0), headStartWeeks: new Int32Array(strata), stepsPerWeek },
    unmetNeed: new Int32Array(strata),
    words: new Int32Array(2),
  }
}

/**
 * Simulates one specialty to the horizon.
 * @param key of this specialty, system and replication (`serviceKey`)
 * @param census cleared, of the tables' shape; receives every count
 * @returns pathways simulated: those on the initial list and all clock starts
 */
export function simulateService(tables: ServiceTables, key: Key, memory: KernelMemory, census: ServiceCensus): number {
  const { steps, strata, stepsPerWeek } = tables
  const past = BANDS * stepsPerWeek
  const cohorts = (steps + past) * strata
  resetQueue(memory.first, cohorts, strata)
  resetQueue(memory.admission, cohorts, strata)
  memory.unmetNeed.set(tables.initialUnmetNeed)
  resetSelection(memory.selection)
  memory.reviewStep.fill(-1)
  setCohortKeys(memory, key, cohorts, strata)
  let pathways = placeInitialList(tables, memory)
  takeCensus(tables, memory, census, -1)
  const kappaFirst = new Float64Array(strata).fill(1)
  const kappaAdmission = new Float64Array(strata).fill(1)
  for (let step = 0; step < steps; step++) {
    setMoment(tables, memory, step)
    pathways += startClocks(tables, memory, census, step)
    takeExits(tables, memory.first, memory, census, step)
    takeExits(tables, memory.admission, memory, census, step)
    memory.selection.kappaGuess.set(kappaFirst)
    seeFirstAppointments(tables, memory, census, step)
    kappaFirst.set(memory.selection.kappaGuess)
    memory.selection.kappaGuess.set(kappaAdmission)
    admit(tables, memory, census, step)
    kappaAdmission.set(memory.selection.kappaGuess)
    takeCensus(tables, memory, census, step)
  }
  return pathways
}

function setCohortKeys(memory: KernelMemory, key: Key, cohorts: number, strata: number): void {
  for (let cohort = 0; cohort < cohorts; cohort++) {
    const stratum = cohort % strata
    // Start index 0 is always the same distance before the study's start, so a cell's key does not depend on the horizon.
    threefry(key[0], key[1], (cohort - stratum) / strata, stratum, memory.words)
    memory.key0[cohort] = memory.words[0]
    memory.key1[cohort] = memory.words[1]
  }
}

/** Puts those already waiting into the queues; their exits count from the start of the study. */
function placeInitialList(tables: ServiceTables, memory: KernelMemory): number {
  const { strata, stepsPerWeek, steps } = tables
  const { first, admission, exitClock } = memory
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
      setExitClock(exitClock, tables.exits, stratum, 0, steps, steps, age, BANDS, memory.moment.bandOfAge)
      addPathways(memory, first, cohort, stratum, 0, waitingFirst, NEVER)
      addPathways(memory, admission, cohort, stratum, waitingFirst, waitingAdmission, NEVER)
      placed += waitingFirst + waitingAdmission
    }
  }
  return placed
}

/** Whole people of a week's band whose clock started on one of its days, as even as can be. */
function shareOfDay(count: number, day: number, days: number): number {
  return Math.floor((count * (day + 1)) / days) - Math.floor((count * day) / days)
}

/**
 * Adds `count` pathways of one cell from ordinal `from` on; the exit clock is set for their cohort.
 * @param review step in which those with no exit found so far are looked at again, or NEVER
 */
function addPathways(memory: KernelMemory, queue: PathwayQueue, cohort: number, stratum: number, from: number, count: number, review: number): void {
  const { exitClock, words } = memory
  const key0 = memory.key0[cohort]
  const key1 = memory.key1[cohort]
  const entry = queue.exposure[cohort]
  reserve(queue, count)
  for (let ordinal = from; ordinal < from + count; ordinal++) {
    threefry(key0, key1, ordinal, PURPOSE.start, words)
    const removalWord = words[1]
    const slot = takeSlot(queue, cohort, ordinal, entry + unitExponential(words[0]))
    findExit(exitClock, key0, key1, ordinal, removalWord)
    const found = exitClock.exitStep !== NEVER
    scheduleExit(queue, slot, found ? exitClock.exitStep : review, found ? exitClock.exitCause : REVIEW)
  }
  countIn(queue, cohort, stratum, count)
}

function setMoment(tables: ServiceTables, memory: KernelMemory, step: number): void {
  const { moment } = memory
  moment.nowStart = step + BANDS * tables.stepsPerWeek
  for (let stratum = 0; stratum < tables.strata; stratum++) {
    memory.selection.access[stratum] = tables.independentAccess[step * tables.strata + stratum]
    moment.headStartWeeks[stratum] = tables.headStart === null ? 0 : tables.headStart[step * tables.strata + stratum]
  }
}

/** 1 · Clock starts from need, need that is not referred, and what outreach finds of it. */
function startClocks(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): number {
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
    setExitClock(memory.exitClock, tables.exits, stratum, step, known, tables.steps, 0, BANDS, memory.moment.bandOfAge)
    addPathways(memory, memory.first, cohort, stratum, 0, base, review)
    addPathways(memory, memory.first, cohort, stratum, ADDITIONAL_ORDINAL, additional, review)
    addPathways(memory, memory.admission, cohort, stratum, DIRECT_ORDINAL, direct, review)
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

/** 2 · Those whose exit has come; those due for review are looked at again, up to the horizon. */
function takeExits(tables: ServiceTables, queue: PathwayQueue, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { strata } = tables
  let event = queue.eventHead[step]
  queue.eventHead[step] = -1
  while (event >= 0) {
    const slot = queue.eventSlot[event]
    const next = queue.eventNext[event]
    queue.eventNext[event] = queue.eventFree
    queue.eventFree = event
    event = next
    if (queue.exitStep[slot] !== step) continue
    const stratum = queue.cohort[slot] % strata
    if (queue.exitCause[slot] === REVIEW) {
      reviewExit(tables, queue, memory, slot, stratum, step)
      if (queue.exitStep[slot] !== step) continue
    }
    census.flows[((step + 1) * strata + stratum) * FLOW_COUNT + EXIT_FLOW[queue.exitCause[slot]]]++
    leave(queue, slot, stratum)
  }
}

/** Looks again for the exit of a pathway that still waits, from its start to the horizon. */
function reviewExit(tables: ServiceTables, queue: PathwayQueue, memory: KernelMemory, slot: number, stratum: number, step: number): void {
  const { words } = memory
  const clock = memory.reviewClocks[stratum]
  if (memory.reviewStep[stratum] !== step) {
    const from = step - REVIEW_STEPS
    setExitClock(clock, tables.exits, stratum, from, tables.steps - from, tables.steps, 0, BANDS, memory.moment.bandOfAge)
    memory.reviewStep[stratum] = step
  }
  const cohort = queue.cohort[slot]
  const ordinal = queue.ordinal[slot]
  threefry(memory.key0[cohort], memory.key1[cohort], ordinal, PURPOSE.start, words)
  findExit(clock, memory.key0[cohort], memory.key1[cohort], ordinal, words[1])
  scheduleExit(queue, slot, clock.exitStep, clock.exitCause)
}

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
function seeFirstAppointments(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
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
  const { first, selection, words } = memory
  const { strata } = tables
  const { served, servedCount } = selection
  let backfilled = 0
  reserve(memory.admission, servedCount)
  for (let k = 0; k < servedCount; k++) {
    const slot = served[k]
    const cohort = first.cohort[slot]
    const stratum = cohort % strata
    const row = ((step + 1) * strata + stratum) * FLOW_COUNT
    const ordinal = first.ordinal[slot]
    threefry(memory.key0[cohort], memory.key1[cohort], ordinal, PURPOSE.appointment | first.missed[slot], words)
    const attendance = words[0]
    const outcome = uniform(words[1])
    if (uniform(attendance) < tables.dnaRate[step * strata + stratum]) {
      census.flows[row + FLOW.dna]++
      backfilled += missAppointment(tables, memory, census, row, slot, stratum, outcome)
    } else if (outcome < tables.admittedShare[stratum]) {
      census.flows[row + FLOW.decisionsToAdmit]++
      decideToAdmit(memory, slot, cohort, stratum, ordinal)
    } else {
      census.flows[row + FLOW.nonAdmitted]++
      census.nonAdmittedByBand[((step + 1) * strata + stratum) * census.bands + bandWhenStopped(memory, cohort, strata, attendance)]++
      leave(first, slot, stratum)
    }
  }
  return backfilled
}

/**
 * After a missed appointment: discharged, or back into the same cohort when the step ends, with a new threshold.
 * Returns 1 where somebody else fills the slot at once.
 */
function missAppointment(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, row: number, slot: number, stratum: number, outcome: number): number {
  const { first, words } = memory
  const cohort = first.cohort[slot]
  threefry(memory.key0[cohort], memory.key1[cohort], first.ordinal[slot], PURPOSE.rebooking | first.missed[slot], words)
  const filled = uniform(words[1]) < tables.backfillShare ? 1 : 0
  if (outcome < tables.dischargeAfterDna[stratum]) {
    census.flows[row + FLOW.dischargedAfterDna]++
    leave(first, slot, stratum)
  } else {
    // Rebooked for a later step: somebody else fills the slot, and the new threshold counts from the step's end.
    first.threshold[slot] = unitExponential(words[0])
    first.missed[slot]++
    hold(first, slot, stratum)
  }
  return filled
}

/** Decision to admit: on to the admission queue with the clock, and the exit already drawn, running on. */
function decideToAdmit(memory: KernelMemory, slot: number, cohort: number, stratum: number, ordinal: number): void {
  const { first, admission, words } = memory
  const exitStep = first.exitStep[slot]
  const exitCause = first.exitCause[slot]
  leave(first, slot, stratum)
  threefry(memory.key0[cohort], memory.key1[cohort], ordinal, PURPOSE.admission, words)
  const joined = join(admission, cohort, stratum, ordinal, admission.exposure[cohort] + unitExponential(words[0]))
  scheduleExit(admission, joined, exitStep, exitCause)
  const start = (cohort - stratum) / admission.strata
  if (start < admission.oldestStart) admission.oldestStart = start
}

/** 4 and 6 · Admissions: who is next; admission stops the clock. */
function admit(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { selection, admission, words } = memory
  const { strata } = tables
  memory.moment.chanceWeight = tables.chanceWeightAdmission
  setSlots(selection, tables.admissionSlots, step, strata)
  census.unusedSlots[(step + 1) * 2 + 1] = chooseNext(admission, memory.moment, selection)
  const { served, servedCount } = selection
  for (let k = 0; k < servedCount; k++) {
    const slot = served[k]
    const cohort = admission.cohort[slot]
    const stratum = cohort % strata
    threefry(memory.key0[cohort], memory.key1[cohort], admission.ordinal[slot], PURPOSE.admission, words)
    census.flows[((step + 1) * strata + stratum) * FLOW_COUNT + FLOW.admitted]++
    census.admittedByBand[((step + 1) * strata + stratum) * census.bands + bandWhenStopped(memory, cohort, strata, words[1])]++
    leave(admission, slot, stratum)
  }
}

/**
 * Whole weeks waited when the clock stopped. Starts and stops are spread over their step, so someone who stops
 * n steps after starting has waited n − 1 to n + 1 steps: the published band is n − 1 or n with equal chance.
 */
function bandWhenStopped(memory: KernelMemory, cohort: number, strata: number, word: number): number {
  const { moment } = memory
  const age = moment.nowStart - (cohort - (cohort % strata)) / strata
  return moment.bandOfAge[Math.max(0, age - (word & 1))]
}

/** Counts the lists by weeks waited, from the cohorts' counts. Row 0 is the start (step −1). */
function takeCensus(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { strata, stepsPerWeek } = tables
  if (step < 0) census.unmetNeed.set(tables.initialUnmetNeed, 0)
  const nowStart = step + BANDS * stepsPerWeek
  countStage(memory.first, memory, census, (step + 1) * 2, nowStart, strata)
  countStage(memory.admission, memory, census, (step + 1) * 2 + 1, nowStart, strata)
}

function countStage(queue: PathwayQueue, memory: KernelMemory, census: ServiceCensus, row: number, nowStart: number, strata: number): void {
  const { live } = queue
  const { bandOfAge } = memory.moment
  const { waiting, bands } = census
  for (let start = queue.oldestStart; start <= nowStart; start++) {
    const band = bandOfAge[nowStart - start]
    for (let stratum = 0; stratum < strata; stratum++) {
      waiting[(row * strata + stratum) * bands + band] += live[start * strata + stratum]
    }
  }
}

