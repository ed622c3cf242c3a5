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
 * who is served does not depend on it, rounding aside (exposures added in two parts rather than one may differ in
 * their last digit, which over many steps can move a person).
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
 * seen leads to. Sets `memory.served`, `memory.servedBy` and `memory.servedCount`; updates cohorts' exposures.
 * @returns slots that nobody could use
 */
export function chooseNext(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): number {
  ensureSelectionRoom(memory, queue)
  memory.servedCount = 0
  memory.candidateCount = 0
  memory.given.fill(0)
  const { pools } = memory
  while (queue.oldestStart < moment.nowStart && startIsEmpty(queue, queue.oldestStart)) queue.oldestStart++
  const offered = slotsOffered(pools)
  if (offered === 0) return 0
  if (pools.servesAll && offered >= queue.liveTotal) {
    serveEveryone(queue, memory)
    return offered - memory.servedCount
  }
  setWeights(queue, moment, memory)
  if (sumOf(pools.inTurn, pools.count) > 0) planInTurn(queue, moment, memory)
  let guess = 1
  while (!serveCandidates(queue, moment, memory, guess)) guess *= 2
  return memory.unused
}

/**
 * Gives further slots in the same step (those that missed appointments left, now in `memory.pools`), from the
 * candidates at hand where they suffice. Sets `memory.served`, `memory.servedBy` and `memory.servedCount` to the
 * further ones.
 * @returns slots that nobody could use
 */
export function chooseMore(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): number {
  const { pools } = memory
  memory.unused = 0
  memory.given.fill(0)
  memory.takenByStratum.fill(0)
  // Turns go by everybody's clock start, and the candidates hold only those near the front: look again.
  if (sumOf(pools.inTurn, pools.count) === 0 && takeByChance(queue, memory, memory.candidateCount)) {
    finishChoice(queue, moment, memory)
    return memory.unused
  }
  memory.savedGuess.set(memory.kappaGuess)
  const unused = chooseNext(queue, moment, memory)
  memory.kappaGuess.set(memory.savedGuess)
  return unused
}

function startIsEmpty(queue: PathwayQueue, start: number): boolean {
  const first = start * queue.strata
  for (let stratum = 0; stratum < queue.strata; stratum++) {
    if (queue.live[first + stratum] > 0 || queue.waiting[first + stratum] > 0) return false
  }
  return true
}

/** There are slots for all who queue. All are of one source (`servesAll`), so that those of the first pool stand for them. */
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

/** Collects candidates below the guess and runs the passes; false, with nothing changed, if the guess was too low. */
function serveCandidates(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, guess: number): boolean {
  const count = collect(queue, moment, memory, guess)
  memory.candidateCount = count
  memory.unused = 0
  memory.given.fill(0)
  memory.taken.fill(0, 0, count)
  memory.takenByStratum.fill(0)
  memory.kappa.fill(0)
  memory.kappaAdded.fill(0)
  takeInTurn(queue, memory, count)
  if (!takeByChance(queue, memory, count)) return false
  finishChoice(queue, moment, memory)
  return true
}

/** Lists those chosen now, keeps the other candidates, and adds the exposure that chose them. */
function finishChoice(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { taken, candidates, candidateStratum, due, candidateCount, served, servedBy } = memory
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
      kept++
    }
  }
  memory.candidateCount = kept
  memory.servedCount = count
  addExposure(queue, moment, memory)
}

/** Those chosen of a roster are its first, and come back to it no more: it begins behind the last of them. */
function leaveFront({ roster, threshold, people }: PathwayQueue, cohort: number, slot: number): void {
  const next = slot + 1
  roster.from[cohort] = next
  if (next === roster.to[cohort]) roster.front[cohort] = Infinity
  // Thresholds of those who are loose are in no order.
  else roster.front[cohort] = threshold[isRostered(people, next, cohort) ? next : slot]
}
