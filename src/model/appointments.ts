/** Slots, who is given them, who attends, and what comes of it: first appointments, then admissions. */
import { BANDS } from '../baseline/types.ts'
import { FLOWS, type ServiceCensus } from './census.ts'
import { exp, putUnitExponential, uniform } from './elementary.ts'
import { FLOW } from './flow-index.ts'
import { PURPOSE } from './identity.ts'
import { batchFor, type KernelMemory } from './kernel-memory.ts'
import { chooseMore, chooseNext, endChoice, type Moment } from './next-in-line.ts'
import { bandWhenStopped, decideToAdmit, rebook, stopWithoutAdmission, waitsForOutcome } from './outcome.ts'
import { beginOccasions, leave, leaveMany, occasionsOf, reserve, type PathwayQueue } from './pathway-queue.ts'
import { COHORT, EVENT, ORDINAL, ORIGIN, REBOOKED, WORDS } from './person.ts'
import { setPools, type StepPools } from './step-pools.ts'
import type { Attendance, ChanceDrift, ServiceTables, SlotPool, StageTables } from './tables.ts'
import { threefry, threefryMany } from './threefry.ts'

const FLOW_COUNT = FLOWS.length

/** A slot that is missed is offered at short notice at most this many times more in its step. */
const OFFERS = 8

/** Flow that counts the slots given by each source; the NHS's own are not counted. */
const SOURCE_FLOW = { nhs: -1, 'independent-sector': FLOW.independentSlots, hub: FLOW.hubSlots, 'mutual-aid': FLOW.aidSlots } as const

/** 3–6 · First appointments. */
export function giveFirstAppointments(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { pools } = memory.selection
  setStage(tables, memory, tables.first, step)
  if (tables.pathway.followUps > 0) takeFollowUps(memory, pools, step)
  giveSlots(tables, memory, census, step, 0)
  if (tables.pathway.followUps > 0) oweFollowUps(tables, memory, census, step)
}

/** 3–6 · Admissions; an admission that takes place stops the clock. */
export function giveAdmissions(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  setStage(tables, memory, tables.admission, step)
  giveSlots(tables, memory, census, step, 1)
}

/** 3 · The stage's slots and rules in the step. */
function setStage(tables: ServiceTables, memory: KernelMemory, stage: StageTables, step: number): void {
  const { moment } = memory
  const { strata, stepsPerWeek } = tables
  const { headStart, groupWeight, longWait } = stage
  setPools(memory.selection.pools, stage, step, strata)
  moment.chanceWeight = stage.drift === null ? stage.chanceWeight : drifted(stage.chanceWeight, stage.drift, step, memory.drifted)
  for (let stratum = 0; stratum < strata; stratum++) {
    const cell = step * strata + stratum
    const steps = headStart === null ? 0 : headStart[cell]
    moment.headStart[stratum] = steps
    moment.headStartWeeks[stratum] = stepsPerWeek === 1 ? steps : Math.floor(steps / stepsPerWeek)
    moment.groupWeight[stratum] = groupWeight === null ? 1 : groupWeight[cell]
  }
  setLongWait(moment, longWait, step)
}

/** Chances of being next in a step, written into `into`. */
function drifted(chanceWeight: Float64Array, { perMonth, months }: ChanceDrift, step: number, into: Float64Array): Float64Array {
  for (let band = 0; band < BANDS; band++) into[band] = chanceWeight[band] * exp(perMonth[band] * months[step])
  return into
}

function setLongWait(moment: Moment, rule: StageTables['longWait'], step: number): void {
  moment.longWaitFrom = rule === null ? Number.MAX_SAFE_INTEGER : rule.fromAge[step]
  moment.longWaitHeadStart = rule === null ? 0 : rule.headStart[step]
  moment.longWaitWeight = rule === null ? 1 : rule.weight[step]
}

/** Follow-up appointments of people seen before take slots of the last pool, those by chance first; what is left is owed. */
function takeFollowUps(memory: KernelMemory, pools: StepPools, step: number): void {
  memory.followUpsOwed += memory.followUps[step]
  const last = pools.count - 1
  const taken = Math.min(Math.floor(memory.followUpsOwed), pools.inTurn[last] + pools.byChance[last])
  const fromChance = Math.min(taken, pools.byChance[last])
  pools.byChance[last] -= fromChance
  pools.inTurn[last] -= taken - fromChance
  memory.followUpsOwed -= taken
}

function oweFollowUps(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): void {
  const { followUps, followUpSteps } = tables.pathway
  const due = step + followUpSteps
  if (due < tables.steps) memory.followUps[due] += census.attended[step + 1] * followUps
}

/** 4–6 for a stage's slots; slots lost may be filled at once. */
function giveSlots(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, stage: 0 | 1): void {
  const { selection } = memory
  const queue = stage === 0 ? memory.first : memory.admission
  const { pools } = stage === 0 ? tables.first : tables.admission
  const row = (step + 1) * 2 + stage
  loadGuess(memory, stage)
  census.unusedSlots[row] = chooseNext(queue, memory.moment, selection)
  let again = see(tables, memory, census, step, stage, pools)
  for (let offer = 0; offer < OFFERS && again > 0; offer++) {
    offerAgain(memory, pools, step)
    census.unusedSlots[row] += chooseMore(queue, memory.moment, selection)
    again = see(tables, memory, census, step, stage, pools)
  }
  endChoice(queue, memory.moment, selection)
  census.unusedSlots[row] += again
  saveGuess(memory, stage)
}

/** The κ that a stage needed last, and for how many slots, is the guess at what it needs next. */
function loadGuess(memory: KernelMemory, stage: 0 | 1): void {
  memory.selection.kappaGuess.set(memory.kappa[stage])
  memory.selection.guessSlots = memory.kappaSlots[stage]
}

function saveGuess(memory: KernelMemory, stage: 0 | 1): void {
  memory.kappa[stage].set(memory.selection.kappaGuess)
  memory.kappaSlots[stage] = memory.selection.guessSlots
}

/** The slots lost in each pool are its slots now, in turn as far as its slots of the step were. */
function offerAgain(memory: KernelMemory, tables: readonly SlotPool[], step: number): void {
  const { pools } = memory.selection
  for (let pool = 0; pool < pools.count; pool++) {
    const lost = memory.offeredAgain[pool]
    const slots = tables[pool].slots[step]
    const inTurn = slots === 0 ? 0 : Math.round((lost * tables[pool].inTurn[step]) / slots)
    pools.inTurn[pool] = inTurn
    pools.byChance[pool] = lost - inTurn
  }
}

/** 5 and 6 for everybody chosen; returns how many slots lost are offered again, by pool in `memory.offeredAgain`. */
function see(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, stage: 0 | 1, pools: readonly SlotPool[]): number {
  memory.offeredAgain.fill(0)
  countSources(memory, census, step, pools)
  return stage === 0 ? seeFirst(tables, memory, census, step) : admit(tables, memory, census, step)
}

function countSources(memory: KernelMemory, census: ServiceCensus, step: number, pools: readonly SlotPool[]): void {
  const { given } = memory.selection
  const { strata, flows } = census
  for (let pool = 0; pool < pools.length; pool++) {
    const flow = SOURCE_FLOW[pools[pool].source]
    if (flow < 0) continue
    for (let stratum = 0; stratum < strata; stratum++) flows[((step + 1) * strata + stratum) * FLOW_COUNT + flow] += given[pool * strata + stratum]
  }
}

function seeFirst(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): number {
  const { first, selection, stratumOf } = memory
  const { strata, admittedShare, pathway } = tables
  const { attendance } = tables.first
  const { dnaRate, patientCancellation, hospitalCancellation } = attendance
  const { served, servedBy, servedCount } = selection
  const words = drawServed(memory, first, PURPOSE.appointment)
  const { people } = first
  const cancelled = patientCancellation !== null || hospitalCancellation !== null
  const direct = pathway.furtherShare === null && pathway.testShare === null && pathway.minimumSteps === 0
  let leaving = 0
  let again = 0
  let attended = 0
  reserve(memory.admission, servedCount)
  for (let k = 0; k < servedCount; k++) {
    const slot = served[k]
    const stratum = stratumOf[people[slot * WORDS + COHORT]]
    const word = words[2 * k]
    const outcome = uniform(words[2 * k + 1])
    const drawn = uniform(word)
    const missed = dnaRate !== null && drawn < dnaRate[step * strata + stratum]
    const absence = missed ? DNA : cancelled ? absenceOf(attendance, step * strata + stratum, drawn) : ATTENDS
    if (absence !== ATTENDS) {
      const discharged = absence === DNA && dischargedAtDna(attendance, first, slot, stratum, outcome)
      if (loseSlot(tables, memory, census, step, 0, slot, stratum, absence, discharged)) {
        memory.offeredAgain[servedBy[k]]++
        again++
      }
      if (discharged) served[leaving++] = slot
      continue
    }
    attended++
    if (!direct && waitsForOutcome(tables, memory, census, step, slot, stratum)) continue
    served[leaving++] = slot
    if (outcome < admittedShare[stratum]) {
      decideToAdmit(tables, memory, census, step, slot, stratum, step + 1)
      continue
    }
    stopWithoutAdmission(memory, census, step, slot, stratum, word)
  }
  census.attended[step + 1] += attended
  leaveMany(first, served, leaving, stratumOf)
  return again
}

function admit(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): number {
  const { admission, selection, stratumOf, startOf } = memory
  const { strata } = tables
  const { dnaRate, patientCancellation, hospitalCancellation } = tables.admission.attendance
  const mayMiss = dnaRate !== null || patientCancellation !== null || hospitalCancellation !== null
  const again = mayMiss ? dropAbsent(tables, memory, census, step) : 0
  const { served, servedCount } = selection
  const { people } = admission
  const words = drawServed(memory, admission, PURPOSE.admission, false)
  const { nowStart, bandOfAge } = memory.moment
  for (let k = 0; k < servedCount; k++) {
    const slot = served[k]
    const cell = (step + 1) * strata + stratumOf[people[slot * WORDS + COHORT]]
    census.flows[cell * FLOW_COUNT + FLOW.admitted]++
    census.admittedByBand[cell * census.bands + bandWhenStopped(bandOfAge, nowStart - startOf[people[slot * WORDS + ORIGIN]], words[2 * k + 1])]++
  }
  leaveMany(admission, served, servedCount, stratumOf)
  return again
}

/** Takes those who are not admitted after all off the list of those served; returns how many slots are offered again. */
function dropAbsent(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): number {
  const { admission, selection, stratumOf } = memory
  const { attendance } = tables.admission
  const { served, servedBy, servedCount } = selection
  const words = drawServed(memory, admission, PURPOSE.admissionAttendance)
  let present = 0
  let again = 0
  for (let k = 0; k < servedCount; k++) {
    const slot = served[k]
    const stratum = stratumOf[admission.people[slot * WORDS + COHORT]]
    const absence = absenceOf(attendance, step * tables.strata + stratum, uniform(words[2 * k]))
    if (absence === ATTENDS) {
      served[present++] = slot
      continue
    }
    const discharged = absence === DNA && dischargedAtDna(attendance, admission, slot, stratum, uniform(words[2 * k + 1]))
    if (loseSlot(tables, memory, census, step, 1, slot, stratum, absence, discharged)) {
      memory.offeredAgain[servedBy[k]]++
      again++
    }
    if (discharged) leave(admission, slot, stratum)
  }
  selection.servedCount = present
  return again
}

/** What becomes of somebody given a slot. */
const ATTENDS = 0
const DNA = 1
const PATIENT_CANCELS = 2
const HOSPITAL_CANCELS = 3

function absenceOf({ dnaRate, patientCancellation, hospitalCancellation }: Attendance, cell: number, drawn: number): number {
  let below = dnaRate === null ? 0 : dnaRate[cell]
  if (drawn < below) return DNA
  if (patientCancellation !== null) {
    below += patientCancellation[cell]
    if (drawn < below) return PATIENT_CANCELS
  }
  if (hospitalCancellation !== null) {
    below += hospitalCancellation[cell]
    if (drawn < below) return HOSPITAL_CANCELS
  }
  return ATTENDS
}

/** Whether this DNA ends the pathway; counts it. */
function dischargedAtDna(attendance: Attendance, queue: PathwayQueue, slot: number, stratum: number, drawn: number): boolean {
  beginOccasions(queue, slot)
  const missed = Math.min(255, queue.missed[slot] + 1)
  queue.missed[slot] = missed
  if (attendance.dischargeAtMiss > 0 && missed >= attendance.dischargeAtMiss) return true
  return missed >= attendance.dischargeFromMiss && drawn < attendance.dischargeAfterDna[stratum]
}

const ABSENCE_FLOW = [-1, FLOW.dna, FLOW.cancelledByPatient, FLOW.cancelledByHospital] as const

/**
 * A slot given and not used as meant: where the pathway goes on, it is rebooked. Returns whether somebody else is
 * offered the slot at once.
 */
function loseSlot(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, stage: 0 | 1, slot: number, stratum: number, absence: number, discharged: boolean): boolean {
  const queue = stage === 0 ? memory.first : memory.admission
  const { attendance } = stage === 0 ? tables.first : tables.admission
  const row = ((step + 1) * census.strata + stratum) * FLOW_COUNT
  const origin = queue.people[slot * WORDS + ORIGIN]
  const ordinal = queue.people[slot * WORDS + ORDINAL]
  const { words } = memory
  census.flows[row + ABSENCE_FLOW[absence]]++
  threefry(memory.key0[origin], memory.key1[origin], ordinal, (stage === 0 ? PURPOSE.rebooking : PURPOSE.readmission) | occasionsOf(queue, slot), words)
  const filled = uniform(words[1]) < shareFilled(attendance, absence)
  if (!filled) census.flows[row + FLOW.slotsLost]++
  if (discharged) {
    census.flows[row + FLOW.dischargedAfterDna]++
  } else {
    putUnitExponential(words[0], queue.threshold, slot)
    rebook(tables, memory, queue, slot, stratum, placeAfter(attendance, absence, step), step + attendance.rebookSteps)
  }
  return filled
}

/** A slot that the hospital cancels is gone. */
function shareFilled(attendance: Attendance, absence: number): number {
  return absence === DNA ? attendance.backfillAfterDna : absence === PATIENT_CANCELS ? attendance.backfillAfterCancellation : 0
}

function placeAfter(attendance: Attendance, absence: number, step: number): number {
  if (absence === DNA) return attendance.placeAfterDna[step]
  return absence === PATIENT_CANCELS ? attendance.placeAfterPatient[step] : attendance.placeAfterHospital[step]
}

/**
 * Draws the words of everybody served ahead of acting on them: draws do not wait for each other, acts do. Those
 * served of a cohort mostly stand together and are drawn together.
 * @param purpose of the draws
 * @param byOccasion whether the occurrence is the occasions so far, or none
 * @returns two words each, in the order of `served`
 */
function drawServed(memory: KernelMemory, queue: PathwayQueue, purpose: number, byOccasion = true): Int32Array {
  const { served, servedCount } = memory.selection
  const { ordinal: ordinals, words } = batchFor(memory, servedCount)
  const { people, occasions } = queue
  let from = 0
  while (from < servedCount) {
    const first = served[from] * WORDS
    const origin = people[first + ORIGIN]
    const rebooked = byOccasion ? people[first + EVENT] & REBOOKED : 0
    const occurrence = rebooked === 0 ? 0 : occasions[served[from]]
    ordinals[from] = people[first + ORDINAL]
    let to = from + 1
    if (rebooked === 0) {
      for (; to < servedCount; to++) {
        const at = served[to] * WORDS
        if (people[at + ORIGIN] !== origin || (byOccasion && (people[at + EVENT] & REBOOKED) !== 0)) break
        ordinals[to] = people[at + ORDINAL]
      }
    }
    threefryMany(memory.key0[origin], memory.key1[origin], ordinals, from, to, purpose | occurrence, words)
    from = to
  }
  return words
}
