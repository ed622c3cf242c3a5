/** Scratch memory of "who is next"; grows with the queue, allocated once. */
import type { PathwayQueue } from './pathway-queue.ts'
import { createChoice, ensureChoiceRoom, type Choice } from './select.ts'
import { createStepPools, type StepPools } from './step-pools.ts'

/** See the fields. */
export interface SelectionMemory {
  pools: StepPools
  /** Result: slots of the pathways served, in no particular order, and the pool that served each. */
  served: Int32Array
  servedBy: Uint16Array
  servedCount: number
  /** How many of them: index pool × strata + stratum. */
  given: Int32Array
  /** Slots of the step that nobody could use. */
  unused: number
  /** Those collected and not chosen yet, each one's due when collected (Infinity for those in turn alone), and one more than the pool that has chosen it now. */
  candidates: Int32Array
  candidateCount: number
  candidateStratum: Uint16Array
  due: Float64Array
  /** By candidate: its place in turn, and within that what is left of its threshold; Infinity for those by chance alone. Set where slots are given in turn. */
  turnKey: Float64Array
  taken: Uint16Array
  /** Loose entries that may be candidates. */
  near: Int32Array
  /** Keys of those who may be chosen in the pass at hand, and which of the candidates each belongs to. */
  keys: Float64Array
  keyOf: Int32Array
  choice: Choice
  /** By cohort: thresholds up to which candidates are collected, and up to which they are by chance; relative chance of being next, and place in turn (lower first, in steps). */
  limit: Float64Array
  chanceLimit: Float64Array
  weight: Float64Array
  turn: Int32Array
  /** By stratum: place in turn up to which everybody is collected. */
  collectUntil: Int32Array
  /** People by place in turn, from the least place on. */
  turnCounts: Int32Array
  takenByStratum: Int32Array
  /** Of them, in the pass at hand. */
  takenInPass: Int32Array
  /** By pool: slots passed on to it in the pass at hand. */
  passedOn: Int32Array
  /** Whether the candidates have a place in turn. */
  hasTurns: boolean
  /** Slots by chance given in the step so far, and of the step that `kappaGuess` is of: 0 where there was none. */
  slotsByChance: number
  guessSlots: number
  /** By stratum: κ of the last step that had slots by chance, κ up to which candidates are collected, κ of the step so far, and κ of it before the slots at hand. */
  kappaGuess: Float64Array
  kappaCollected: Float64Array
  kappa: Float64Array
  kappaBefore: Float64Array
}

/** Scratch memory for `strata` strata. */
export function createSelectionMemory(strata: number): SelectionMemory {
  return {
    pools: createStepPools(),
    served: new Int32Array(0),
    servedBy: new Uint16Array(0),
    servedCount: 0,
    given: new Int32Array(0),
    unused: 0,
    candidates: new Int32Array(0),
    candidateCount: 0,
    candidateStratum: new Uint16Array(0),
    due: new Float64Array(0),
    turnKey: new Float64Array(0),
    taken: new Uint16Array(0),
    near: new Int32Array(0),
    keys: new Float64Array(0),
    keyOf: new Int32Array(0),
    choice: createChoice(),
    limit: new Float64Array(0),
    chanceLimit: new Float64Array(0),
    weight: new Float64Array(0),
    turn: new Int32Array(0),
    collectUntil: new Int32Array(strata),
    turnCounts: new Int32Array(0),
    takenByStratum: new Int32Array(strata),
    takenInPass: new Int32Array(strata),
    passedOn: new Int32Array(0),
    hasTurns: false,
    slotsByChance: 0,
    guessSlots: 0,
    kappaGuess: new Float64Array(strata),
    kappaCollected: new Float64Array(strata),
    kappa: new Float64Array(strata),
    kappaBefore: new Float64Array(strata),
  }
}

/** Makes room for everybody in the queue and the pools of the step. */
export function ensureSelectionRoom(memory: SelectionMemory, queue: PathwayQueue): void {
  const { capacity } = queue
  if (memory.candidates.length < capacity) {
    memory.candidates = new Int32Array(capacity)
    memory.candidateStratum = new Uint16Array(capacity)
    memory.due = new Float64Array(capacity)
    memory.turnKey = new Float64Array(capacity)
    memory.taken = new Uint16Array(capacity)
    memory.keys = new Float64Array(capacity)
    memory.keyOf = new Int32Array(capacity)
    ensureChoiceRoom(memory.choice, capacity)
    memory.served = new Int32Array(capacity)
    memory.servedBy = new Uint16Array(capacity)
  }
  if (memory.limit.length < queue.exposure.length) {
    memory.limit = new Float64Array(queue.exposure.length)
    memory.chanceLimit = new Float64Array(queue.exposure.length)
    memory.weight = new Float64Array(queue.exposure.length)
    memory.turn = new Int32Array(queue.exposure.length)
  }
  if (memory.passedOn.length < memory.pools.count) memory.passedOn = new Int32Array(memory.pools.count)
  if (memory.given.length < memory.pools.count * queue.strata) memory.given = new Int32Array(memory.pools.count * queue.strata)
}

/** Notes those chosen in a pass over the first `count` keys (`memory.choice`) as taken by its pool. */
export function takeChosen(memory: SelectionMemory, count: number, pool: number, strata: number): void {
  const { taken, keyOf, takenByStratum, takenInPass, candidateStratum, given } = memory
  const { chosen } = memory.choice
  takenInPass.fill(0)
  for (let key = 0; key < count; key++) {
    const i = keyOf[key]
    taken[i] += chosen[key] * (pool + 1)
    takenInPass[candidateStratum[i]] += chosen[key]
  }
  for (let stratum = 0; stratum < strata; stratum++) {
    takenByStratum[stratum] += takenInPass[stratum]
    given[pool * strata + stratum] += takenInPass[stratum]
  }
}
