/**
 * Who is next: a step's slots are given to waiting pathways.
 *
 * *In turn*: by effective start = clock start − head start, ties in random order. *By chance, weighted*: a
 * proportional-hazards queue. Each pathway has a unit-exponential service threshold; its cohort accumulates
 * exposure κ × weight; those whose threshold is passed are served, and κ is the number at which exactly the
 * slots are taken. In terms of each pathway's *due* = (threshold − exposure) ÷ weight, that is the k smallest
 * dues, and κ is the k-th of them.
 *
 * A step is served in this order: reserved slots in turn, open slots in turn, reserved by chance, independent
 * sector by chance × access, open by chance. Reserved slots that nobody of the group needs are released to all.
 * Everyone whose due is below a guess of the step's total κ is collected first (collect.ts); the passes then work
 * on these candidates only. If the guess proves too low it is repeated with a higher one. The guess is for speed:
 * who is served does not depend on it, rounding aside (exposures added in two parts rather than one may differ in
 * their last digit, which over many steps can move a person).
 */
import { collect } from './collect.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { selectSmallest, selectSpread } from './select.ts'

/** Slots of one stage in one step. */
export interface StepSlots {
  openInTurn: number
  openByChance: number
  independent: number
  /** By stratum. */
  readonly reservedInTurn: Int32Array
  readonly reservedByChance: Int32Array
}

/** Scratch memory of the selection; grows with the queue, allocated once. */
export interface SelectionMemory {
  slots: StepSlots
  /** Result: slots of the pathways served, in no particular order. */
  served: Int32Array
  servedCount: number
  /** Those collected and not chosen yet, each one's due when collected, and whether it is chosen now (1). */
  candidates: Int32Array
  candidateCount: number
  candidateStratum: Uint16Array
  due: Float64Array
  taken: Uint8Array
  keys: Float64Array
  items: Int32Array
  /** By cohort: threshold up to which candidates are collected, and relative chance of being next. */
  limit: Float64Array
  weight: Float64Array
  /** By stratum: effective start up to which everybody is collected for slots in turn. */
  collectUntil: Int32Array
  takenByStratum: Int32Array
  /** By stratum: relative access to independent-sector slots. */
  access: Float64Array
  /** By stratum: κ guessed for the step, κ up to which candidates were collected, κ of the step so far, and how much of it is in the exposures. */
  kappaGuess: Float64Array
  kappaCollected: Float64Array
  kappa: Float64Array
  kappaAdded: Float64Array
  savedGuess: Float64Array
}

/** Scratch memory for `strata` strata. */
export function createSelectionMemory(strata: number): SelectionMemory {
  return {
    slots: {
      openInTurn: 0,
      openByChance: 0,
      independent: 0,
      reservedInTurn: new Int32Array(strata),
      reservedByChance: new Int32Array(strata),
    },
    served: new Int32Array(0),
    servedCount: 0,
    candidates: new Int32Array(0),
    candidateCount: 0,
    candidateStratum: new Uint16Array(0),
    due: new Float64Array(0),
    taken: new Uint8Array(0),
    keys: new Float64Array(0),
    items: new Int32Array(0),
    limit: new Float64Array(0),
    weight: new Float64Array(0),
    collectUntil: new Int32Array(strata),
    takenByStratum: new Int32Array(strata),
    access: new Float64Array(strata),
    kappaGuess: new Float64Array(strata),
    kappa: new Float64Array(strata),
    kappaAdded: new Float64Array(strata),
    kappaCollected: new Float64Array(strata),
    savedGuess: new Float64Array(strata),
  }
}

/** Forgets κ of the previous specialty or run. */
export function resetSelection(memory: SelectionMemory): void {
  memory.kappaGuess.fill(1)
}

function ensureRoom(memory: SelectionMemory, queue: PathwayQueue): void {
  const capacity = queue.cohort.length
  if (memory.candidates.length < capacity) {
    memory.candidates = new Int32Array(capacity)
    memory.candidateStratum = new Uint16Array(capacity)
    memory.due = new Float64Array(capacity)
    memory.taken = new Uint8Array(capacity)
    memory.keys = new Float64Array(capacity)
    memory.items = new Int32Array(capacity)
    memory.served = new Int32Array(capacity)
  }
  if (memory.limit.length < queue.exposure.length) {
    memory.limit = new Float64Array(queue.exposure.length)
    memory.weight = new Float64Array(queue.exposure.length)
  }
}

/** What the selection needs to know of the moment. */
export interface Moment {
  /** Start index of clock starts in this step. */
  nowStart: number
  /** Weeks waited by age in steps. */
  bandOfAge: Int32Array
  /** Relative chance by weeks waited; the last entry holds beyond. */
  chanceWeight: Float64Array
  /** Head start by stratum, weeks. */
  headStartWeeks: Int32Array
  stepsPerWeek: number
}

/** An effective start before every clock start. */
const NOTHING_IN_TURN = -0x40000000

/**
 * Chooses the step's pathways. They stay in the queue: the caller decides what being seen leads to.
 * Sets `memory.served` and `memory.servedCount`; updates cohorts' exposures.
 * @returns slots that nobody was waiting for
 */
export function chooseNext(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): number {
  ensureRoom(memory, queue)
  memory.servedCount = 0
  memory.candidateCount = 0
  const { slots } = memory
  const unused = releaseUnneeded(queue, slots)
  const inTurnSlots = slots.openInTurn + sum(slots.reservedInTurn)
  const chanceSlots = slots.openByChance + slots.independent + sum(slots.reservedByChance)
  if (inTurnSlots + chanceSlots === 0) return unused
  while (queue.oldestStart < moment.nowStart && startIsEmpty(queue, queue.oldestStart)) queue.oldestStart++
  if (inTurnSlots + chanceSlots >= queue.liveTotal) {
    serveEveryone(queue, memory)
    return unused
  }
  setWeights(queue, moment, memory)
  memory.collectUntil.fill(NOTHING_IN_TURN)
  if (inTurnSlots > 0) planInTurn(queue, moment, memory)
  let guess = 1
  while (!serveCandidates(queue, moment, memory, guess)) guess *= 2
  return unused
}

/**
 * Gives further open slots in the same step (those that missed appointments left), from the candidates at hand
 * where they suffice. Sets `memory.served` and `memory.servedCount` to the further ones.
 */
export function chooseMore(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, inTurn: number, byChance: number): void {
  const { slots } = memory
  slots.openInTurn = inTurn
  slots.openByChance = byChance
  slots.independent = 0
  slots.reservedInTurn.fill(0)
  slots.reservedByChance.fill(0)
  // Turns go by everybody's clock start, and the candidates hold only those near the front: look again.
  if (inTurn === 0 && takeByChance(queue, memory, memory.candidateCount)) {
    finishChoice(queue, moment, memory)
    return
  }
  memory.savedGuess.set(memory.kappaGuess)
  chooseNext(queue, moment, memory)
  memory.kappaGuess.set(memory.savedGuess)
}

function sum(values: Int32Array): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}

/** Moves reserved slots that a stratum cannot use to all, and drops what nobody can use. */
function releaseUnneeded(queue: PathwayQueue, slots: StepSlots): number {
  for (let stratum = 0; stratum < queue.strata; stratum++) {
    let spare = slots.reservedInTurn[stratum] + slots.reservedByChance[stratum] - queue.liveByStratum[stratum]
    if (spare <= 0) continue
    const spareByChance = Math.min(spare, slots.reservedByChance[stratum])
    slots.reservedByChance[stratum] -= spareByChance
    slots.openByChance += spareByChance
    spare -= spareByChance
    slots.reservedInTurn[stratum] -= spare
    slots.openInTurn += spare
  }
  const offered = slots.openInTurn + slots.openByChance + slots.independent + sum(slots.reservedInTurn) + sum(slots.reservedByChance)
  return Math.max(0, offered - queue.liveTotal)
}

function startIsEmpty(queue: PathwayQueue, start: number): boolean {
  const first = start * queue.strata
  for (let stratum = 0; stratum < queue.strata; stratum++) if (queue.live[first + stratum] > 0) return false
  return true
}

function serveEveryone(queue: PathwayQueue, memory: SelectionMemory): void {
  for (let slot = 0; slot < queue.high; slot++) {
    if (queue.cohort[slot] < queue.cohorts) memory.served[memory.servedCount++] = slot
  }
}

function setWeights(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { strata } = queue
  const { chanceWeight, bandOfAge, headStartWeeks } = moment
  const lastBand = chanceWeight.length - 1
  for (let start = queue.oldestStart; start <= moment.nowStart; start++) {
    const band = bandOfAge[moment.nowStart - start]
    const first = start * strata
    for (let stratum = 0; stratum < strata; stratum++) {
      const effective = band + headStartWeeks[stratum]
      memory.weight[first + stratum] = chanceWeight[effective > lastBand ? lastBand : effective]
    }
  }
}

/**
 * From cohort counts alone: the effective start (in steps) up to which each stratum must be collected so that
 * its reserved and the open slots in turn find their people. Sets `memory.collectUntil`.
 */
function planInTurn(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { strata, oldestStart, live } = queue
  const { nowStart, headStartWeeks, stepsPerWeek } = moment
  const { slots, collectUntil } = memory
  let furthest = 0
  for (let stratum = 0; stratum < strata; stratum++) furthest = Math.max(furthest, headStartWeeks[stratum])
  const first = oldestStart - furthest * stepsPerWeek
  let needed = slots.openInTurn + sum(slots.reservedInTurn)
  let open = first - 1
  while (needed > 0 && open < nowStart) {
    open++
    for (let stratum = 0; stratum < strata; stratum++) {
      const start = open + headStartWeeks[stratum] * stepsPerWeek
      if (start >= oldestStart && start <= nowStart) needed -= live[start * strata + stratum]
    }
  }
  for (let stratum = 0; stratum < strata; stratum++) {
    let own = slots.reservedInTurn[stratum]
    let start = oldestStart
    while (own > 0 && start <= nowStart) own -= live[start++ * strata + stratum]
    collectUntil[stratum] = Math.max(open, start - 1 - headStartWeeks[stratum] * stepsPerWeek)
  }
}

/** Collects candidates below the guess and runs the passes; false, with nothing changed, if the guess was too low. */
function serveCandidates(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, guess: number): boolean {
  const count = collect(queue, moment, memory, guess)
  memory.candidateCount = count
  memory.taken.fill(0, 0, count)
  memory.takenByStratum.fill(0)
  memory.kappa.fill(0)
  memory.kappaAdded.fill(0)
  takeInTurn(queue, moment, memory, count)
  if (!takeByChance(queue, memory, count)) return false
  finishChoice(queue, moment, memory)
  return true
}

/** Lists those chosen now, keeps the other candidates, and adds the exposure that chose them. */
function finishChoice(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { taken, candidates, candidateStratum, due, candidateCount, served } = memory
  let count = 0
  let kept = 0
  for (let i = 0; i < candidateCount; i++) {
    if (taken[i] === 1) {
      served[count++] = candidates[i]
      taken[i] = 0
    } else {
      candidates[kept] = candidates[i]
      candidateStratum[kept] = candidateStratum[i]
      due[kept] = due[i]
      kept++
    }
  }
  memory.candidateCount = kept
  memory.servedCount = count
  addExposure(queue, moment, memory)
}

/** Reserved slots in turn, then the open ones: least effective start first, ties by remaining threshold. */
function takeInTurn(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, count: number): void {
  const { slots, taken, takenByStratum, candidates, candidateStratum, keys, items } = memory
  for (let stratum = -1; stratum < queue.strata; stratum++) {
    // Stratum −1 stands for the open slots, which come after the reserved ones.
    const turn = stratum === queue.strata - 1 ? -1 : stratum + 1
    const wanted = turn < 0 ? slots.openInTurn : slots.reservedInTurn[turn]
    if (wanted === 0) continue
    let gathered = 0
    for (let i = 0; i < count; i++) {
      if (taken[i] !== 0) continue
      const slot = candidates[i]
      const cohort = queue.cohort[slot]
      const own = candidateStratum[i]
      if (turn >= 0 && own !== turn) continue
      const start = (cohort - own) / queue.strata
      const left = queue.threshold[slot] - queue.exposure[cohort]
      keys[gathered] = start - moment.headStartWeeks[own] * moment.stepsPerWeek + left / (1 + left)
      items[gathered++] = i
    }
    selectSmallest(keys, items, gathered, wanted)
    for (let k = 0; k < wanted && k < gathered; k++) {
      taken[items[k]] = 1
      takenByStratum[candidateStratum[items[k]]]++
    }
  }
}

/** Reserved slots by chance, then the independent sector's, then the open ones; false if the guess was too low. */
function takeByChance(queue: PathwayQueue, memory: SelectionMemory, count: number): boolean {
  const { slots, kappa, kappaCollected, takenByStratum } = memory
  let open = slots.openByChance
  for (let stratum = 0; stratum < queue.strata; stratum++) {
    const reserved = slots.reservedByChance[stratum]
    if (reserved === 0) continue
    const able = Math.min(reserved, queue.liveByStratum[stratum] - takenByStratum[stratum])
    open += reserved - able
    if (!chancePass(queue, memory, count, able, stratum, null)) return false
  }
  if (slots.independent > 0 && !chancePass(queue, memory, count, slots.independent, -1, memory.access)) return false
  if (open > 0 && !chancePass(queue, memory, count, open, -1, null)) return false
  for (let stratum = 0; stratum < queue.strata; stratum++) {
    // Beyond the guess there may be people, not collected, who were due before some of those taken.
    if (kappa[stratum] > kappaCollected[stratum]) return false
  }
  return true
}

/**
 * Gives `wanted` slots to the least due among the candidates left (of one stratum, or of all for −1) and adds
 * to κ; false if too few candidates were collected.
 */
function chancePass(queue: PathwayQueue, memory: SelectionMemory, count: number, wanted: number, only: number, access: Float64Array | null): boolean {
  const { taken, candidateStratum, due, keys, items, kappa, kappaCollected } = memory
  let gathered = 0
  for (let i = 0; i < count; i++) {
    if (taken[i] !== 0) continue
    const stratum = candidateStratum[i]
    if (only >= 0 && stratum !== only) continue
    const left = due[i] - kappa[stratum]
    keys[gathered] = access === null ? left : left / access[stratum]
    items[gathered++] = i
  }
  if (gathered < wanted) return false
  const step = selectSpread(keys, items, gathered, wanted, kappaCollected[Math.max(0, only)])
  for (let k = 0; k < wanted; k++) taken[items[k]] = 1
  if (wanted === 0) return true
  for (let stratum = 0; stratum < queue.strata; stratum++) {
    if (only < 0 || stratum === only) kappa[stratum] += access === null ? step : step * access[stratum]
  }
  return true
}

/** Adds the step's exposure to every cohort, and guesses the next step's κ. */
function addExposure(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { strata, exposure } = queue
  const { weight, kappa, kappaAdded, kappaGuess } = memory
  for (let stratum = 0; stratum < strata; stratum++) {
    const own = kappa[stratum] - kappaAdded[stratum]
    if (own <= 0) continue
    const last = moment.nowStart * strata + stratum
    for (let cohort = queue.oldestStart * strata + stratum; cohort <= last; cohort += strata) exposure[cohort] += weight[cohort] * own
    kappaAdded[stratum] = kappa[stratum]
    // A quarter more than this step needed; a step that needs more costs one more pass and nothing else.
    kappaGuess[stratum] = kappa[stratum] * 1.25
  }
}
