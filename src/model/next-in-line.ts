/**
 * Who is next: a step's slots are given to waiting pathways.
 *
 * *In turn* (in-turn.ts): by effective start = clock start − head start, ties in random order. *By chance, weighted*
 * (by-chance.ts): a proportional-hazards queue. Each pathway has a unit-exponential service threshold; its cohort
 * accumulates exposure κ × weight × access; those whose threshold is passed are served, and κ is the number at which
 * exactly the slots are taken. In terms of each pathway's *due* = (threshold − exposure) ÷ weight, that is the k
 * smallest dues ÷ access, and κ is the k-th of them.
 *
 * Slots come in pools (step-pools.ts): all slots in turn are given first, pool by pool, then all by chance, pool by
 * pool. What nobody can use of a pool goes to the pool that the tables name.
 * Everyone whose due is below a guess of the step's total κ is collected first (collect.ts); the passes then work
 * on these candidates only. If the guess proves too low it is repeated with a higher one. The guess is for speed:
 * who is served does not depend on it.
 */
import { addExposure, setWeights, takeByChance } from './by-chance.ts'
import { collect } from './collect.ts'
import { isRostered } from './roster.ts'
import { planInTurn, takeInTurn } from './in-turn.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { COHORT, EVENT, IS_LOOSE, WORDS } from './person.ts'
import { ensureSelectionRoom, type SelectionMemory } from './selection-memory.ts'
import { slotsOffered, sumOf } from './step-pools.ts'

/** What the selection needs to know of the moment: the step, and the rules of the stage at hand. */
export interface Moment {
  /** Start index of clock starts in this step. */
  nowStart: number
  /** Weeks waited by age in steps. */
  bandOfAge: Int32Array
  stepsPerWeek: number
  /** Relative chance by weeks waited; the last entry holds beyond. */
  chanceWeight: Float64Array
  /** By stratum: factor on the chance; head start in steps, and in whole weeks. */
  groupWeight: Float64Array
  headStart: Int32Array
  headStartWeeks: Int32Array
  /** Age in steps from which the rule for long waits acts, its head start in steps and its factor on the chance. */
  longWaitFrom: number
  longWaitHeadStart: number
  longWaitWeight: number
}

/**
 * Chooses the step's pathways, for the slots in `memory.pools`. They stay in the queue: the caller decides what being
 * seen leads to, and takes them out or holds them. Sets `memory.served`, `memory.servedBy` and `memory.servedCount`.
 * @returns slots that nobody could use
 */
export function chooseNext(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): number {
  ensureSelectionRoom(memory, queue)
  memory.kappaBefore.fill(0)
  memory.slotsByChance = 0
  while (queue.oldestStart < moment.nowStart && startIsEmpty(queue, queue.oldestStart)) queue.oldestStart++
  return choose(queue, moment, memory)
}

/**
 * Gives further slots in the same step (those that missed appointments left, now in `memory.pools`), from the
 * candidates at hand where they suffice. Sets `memory.served`, `memory.servedBy` and `memory.servedCount` to the
 * further ones.
 * @returns slots that nobody could use
 */
export function chooseMore(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): number {
  memory.kappaBefore.set(memory.kappa)
  if (isForEveryone(queue, memory) || !giveSlots(queue, memory)) return choose(queue, moment, memory)
  return memory.unused
}

/**
 * Ends the step: the exposure that chose people by chance is everybody's from now on. Once for all slots of the step, so
 * that it does not matter in how many parts they were given.
 */
export function endChoice(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { kappa, kappaGuess, slotsByChance } = memory
  addExposure(queue, moment, memory)
  if (slotsByChance === 0) return
  for (let stratum = 0; stratum < queue.strata; stratum++) if (kappa[stratum] > 0) kappaGuess[stratum] = kappa[stratum]
  memory.guessSlots = slotsByChance
}

/** Chooses from the whole queue, however many slots of the step were given before. */
function choose(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): number {
  const { pools } = memory
  memory.kappa.set(memory.kappaBefore)
  clearChoice(memory)
  const offered = slotsOffered(pools)
  if (offered === 0) return 0
  if (isForEveryone(queue, memory)) {
    serveEveryone(queue, memory)
    return offered - memory.servedCount
  }
  setWeights(queue, moment, memory)
  memory.hasTurns = sumOf(pools.inTurn, pools.count) > 0
  if (memory.hasTurns) planInTurn(queue, moment, memory)
  const slots = sumOf(pools.byChance, pools.count)
  for (let guess = firstGuess(slots, memory.guessSlots); ; guess *= 2) {
    memory.candidateCount = collect(queue, moment, memory, slots > 0 ? guess : 0)
    memory.taken.fill(0, 0, memory.candidateCount)
    // Only those by chance can be too few: who is next in turn was planned.
    if (giveSlots(queue, memory)) return memory.unused
  }
}

/** The margin above the κ that slots take in proportion: at least this, and more where they are few. */
const LEAST_MARGIN = 1.25

/**
 * What these slots' κ is guessed to be, in parts of what it was when there were so many slots by chance. Slots that
 * need more cost one more pass and nothing else.
 */
function firstGuess(slots: number, before: number): number {
  return (before > 0 ? slots / before : 1) * Math.max(LEAST_MARGIN, 1 + 2 / Math.sqrt(slots))
}

/**
 * Gives the slots of all pools, those in turn first, to the candidates at hand, and lists those chosen; false, with
 * nobody listed, where they were too few.
 */
function giveSlots(queue: PathwayQueue, memory: SelectionMemory): boolean {
  const { pools } = memory
  memory.unused = 0
  memory.given.fill(0)
  memory.takenByStratum.fill(0)
  memory.kappa.set(memory.kappaBefore)
  if (sumOf(pools.inTurn, pools.count) > 0 && !(memory.hasTurns && takeInTurn(queue, memory))) return false
  if (!takeByChance(queue, memory)) return false
  listServed(queue, memory)
  memory.slotsByChance += sumOf(pools.byChance, pools.count)
  return true
}

function clearChoice(memory: SelectionMemory): void {
  memory.servedCount = 0
  memory.candidateCount = 0
  memory.hasTurns = false
  memory.given.fill(0)
}

function startIsEmpty(queue: PathwayQueue, start: number): boolean {
  const first = start * queue.strata
  for (let stratum = 0; stratum < queue.strata; stratum++) {
    if (queue.live[first + stratum] > 0 || queue.waiting[first + stratum] > 0) return false
  }
  return true
}

/** Whether there are slots for all who queue, whoever of them is next. */
function isForEveryone({ liveTotal }: PathwayQueue, { pools }: SelectionMemory): boolean {
  return pools.servesAll && slotsOffered(pools) >= liveTotal
}

/** All slots are of one source (`servesAll`), so that those of the first pool stand for them. */
function serveEveryone(queue: PathwayQueue, memory: SelectionMemory): void {
  const { people, cohorts, strata, high } = queue
  const { served, servedBy, given } = memory
  let count = 0
  for (let slot = 0; slot < high; slot++) {
    const cohort = people[slot * WORDS + COHORT]
    if (cohort >= cohorts) continue
    served[count] = slot
    servedBy[count++] = 0
    given[cohort % strata]++
  }
  memory.servedCount = count
}

/** Lists those chosen now and keeps the other candidates. */
function listServed(queue: PathwayQueue, memory: SelectionMemory): void {
  const { taken, candidates, candidateStratum, due, turnKey, candidateCount, served, servedBy } = memory
  const { people } = queue
  let count = 0
  let kept = 0
  for (let i = 0; i < candidateCount; i++) {
    const slot = candidates[i]
    if (taken[i] > 0) {
      servedBy[count] = taken[i] - 1
      served[count++] = slot
      taken[i] = 0
      if ((people[slot * WORDS + EVENT] & IS_LOOSE) === 0) leaveFront(queue, people[slot * WORDS + COHORT], slot)
    } else {
      candidates[kept] = slot
      candidateStratum[kept] = candidateStratum[i]
      due[kept] = due[i]
      turnKey[kept] = turnKey[i]
      kept++
    }
  }
  memory.candidateCount = kept
  memory.servedCount = count
}

/** Those chosen of a roster are its first, and come back to it no more: it begins behind the last of them. */
function leaveFront({ roster, threshold, people }: PathwayQueue, cohort: number, slot: number): void {
  const next = slot + 1
  roster.from[cohort] = next
  if (next === roster.to[cohort]) roster.front[cohort] = Infinity
  // Thresholds of those who are loose are in no order.
  else roster.front[cohort] = threshold[isRostered(people, next, cohort) ? next : slot]
}
