/**
 * Candidates: everybody who may be next. Of each cohort the front of its roster, up to a limit on thresholds, and
 * of those looked at one by one whoever is below the limit of their cohort.
 */
import type { Moment } from './next-in-line.ts'
import { stands, sweepLoose } from './loose.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { isRostered } from './roster.ts'
import type { SelectionMemory } from './selection-memory.ts'

/** The limit of a cohort of which everybody is collected: above every threshold, and below that of whoever is spent. */
const EVERYBODY = Number.MAX_VALUE

/** The key of whoever has no place among those served in turn, or by chance. */
const NO_KEY = Infinity

/**
 * Collects candidates into `memory`: those who may be next in turn, each with the key of its turn, and those by chance
 * whose due is below the κ of the step so far and, on top, the last step's × `guess`.
 * @param guess 0 where no slot is given by chance
 * @returns how many
 */
export function collect(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, guess: number): number {
  const { kappaCollected, kappaGuess, kappaBefore } = memory
  for (let stratum = 0; stratum < queue.strata; stratum++) kappaCollected[stratum] = kappaBefore[stratum] + kappaGuess[stratum] * guess
  if (!memory.hasTurns) return collectLooseDue(queue, memory, collectDue(queue, moment, memory))
  return collectLoose(queue, memory, collectFronts(queue, moment, memory, guess > 0))
}

/**
 * Collects the fronts of the rosters, and notes by cohort the thresholds up to which its people are collected, and up to
 * which they may be next by chance.
 */
function collectFronts(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, byChance: boolean): number {
  const { strata, exposure } = queue
  const { front } = queue.roster
  const { limit, chanceLimit, weight, turn, kappaCollected, collectUntil } = memory
  let count = 0
  let cohort = queue.oldestStart * strata
  for (let start = queue.oldestStart; start <= moment.nowStart; start++) {
    for (let stratum = 0; stratum < strata; stratum++) {
      const chance = byChance ? exposure[cohort] + weight[cohort] * kappaCollected[stratum] : -1
      const until = turn[cohort] <= collectUntil[stratum] ? EVERYBODY : chance
      chanceLimit[cohort] = chance
      limit[cohort] = until
      // Most cohorts have nobody who may be next.
      if (front[cohort] <= until) count = collectFront(queue, memory, cohort, stratum, count)
      cohort++
    }
  }
  return count
}

/** Collects those of a cohort's roster below its limit. */
function collectFront(queue: PathwayQueue, memory: SelectionMemory, cohort: number, stratum: number, collected: number): number {
  const { people, threshold, roster } = queue
  const { candidates, candidateStratum, due, turnKey } = memory
  const until = memory.limit[cohort]
  const chance = memory.chanceLimit[cohort]
  const place = until === EVERYBODY ? memory.turn[cohort] : NO_KEY
  const exposed = queue.exposure[cohort]
  const weighs = memory.weight[cohort]
  const last = roster.to[cohort]
  let count = collected
  for (let slot = setFront(queue, cohort); slot < last; slot++) {
    if (!isRostered(people, slot, cohort)) continue
    const at = threshold[slot]
    if (at > until) break
    const left = at - exposed
    candidates[count] = slot
    candidateStratum[count] = stratum
    turnKey[count] = place + left / (1 + left)
    due[count++] = at <= chance ? left / weighs : NO_KEY
  }
  return count
}

/** Moves the front of a cohort's roster on to the first that counts, and returns its slot. */
function setFront({ people, threshold, roster }: PathwayQueue, cohort: number): number {
  const last = roster.to[cohort]
  let slot = roster.from[cohort]
  while (slot < last && !isRostered(people, slot, cohort)) slot++
  roster.from[cohort] = slot
  roster.front[cohort] = slot < last ? threshold[slot] : Infinity
  return slot
}

/** {@link collectFronts} where no slot is given in turn: most services have none, and need neither keys nor a second limit. */
function collectDue(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): number {
  const { strata, exposure } = queue
  const { front } = queue.roster
  const { limit, weight, kappaCollected } = memory
  const last = (moment.nowStart + 1) * strata
  let count = 0
  let stratum = 0
  for (let cohort = queue.oldestStart * strata; cohort < last; cohort++) {
    const until = exposure[cohort] + weight[cohort] * kappaCollected[stratum]
    limit[cohort] = until
    if (front[cohort] <= until) count = collectFrontDue(queue, memory, cohort, stratum, count)
    stratum = stratum + 1 === strata ? 0 : stratum + 1
  }
  return count
}

/** {@link collectFront} where no slot is given in turn. */
function collectFrontDue(queue: PathwayQueue, memory: SelectionMemory, cohort: number, stratum: number, collected: number): number {
  const { people, threshold, roster } = queue
  const { candidates, candidateStratum, due } = memory
  const until = memory.limit[cohort]
  const exposed = queue.exposure[cohort]
  const weighs = memory.weight[cohort]
  const last = roster.to[cohort]
  let count = collected
  for (let slot = setFront(queue, cohort); slot < last; slot++) {
    if (!isRostered(people, slot, cohort)) continue
    const at = threshold[slot]
    if (at > until) break
    candidates[count] = slot
    candidateStratum[count] = stratum
    due[count++] = (at - exposed) / weighs
  }
  return count
}

/** Of the loose entries, the share that may be spent before they are dropped. */
const MOST_SPENT = 1 / 4

/**
 * Finds the loose entries that are below the limits of their cohorts, into `memory.near`. Before anybody is looked up, so
 * that the processor fetches many records at once.
 * @returns how many
 */
function findNear({ loose }: PathwayQueue, memory: SelectionMemory): number {
  const { cohort, threshold, count } = loose
  const { limit } = memory
  if (memory.near.length < count) memory.near = new Int32Array(Math.ceil(count * 1.5))
  const { near } = memory
  let found = 0
  for (let entry = 0; entry < count; entry++) if (threshold[entry] <= limit[cohort[entry]]) near[found++] = entry
  return found
}

/**
 * Adds the loose ones to the candidates. An entry that it comes upon and that no longer stands is spent: nobody is ever
 * due at its threshold again. They are dropped when they are many, so that the others stay where they are meanwhile.
 */
function collectLoose(queue: PathwayQueue, memory: SelectionMemory, collected: number): number {
  const { strata, exposure, loose } = queue
  const { slot, cohort: cohortOf, threshold } = loose
  const { limit, chanceLimit, weight, turn, candidates, candidateStratum, due, turnKey } = memory
  const near = findNear(queue, memory)
  let count = collected
  let spent = 0
  for (let k = 0; k < near; k++) {
    const entry = memory.near[k]
    const cohort = cohortOf[entry]
    const at = threshold[entry]
    const until = limit[cohort]
    if (!stands(queue, entry)) {
      threshold[entry] = Infinity
      spent++
      continue
    }
    const left = at - exposure[cohort]
    candidates[count] = slot[entry]
    candidateStratum[count] = cohort % strata
    turnKey[count] = (until === EVERYBODY ? turn[cohort] : NO_KEY) + left / (1 + left)
    due[count++] = at <= chanceLimit[cohort] ? left / weight[cohort] : NO_KEY
  }
  dropSpent(queue, spent)
  return count
}

/** {@link collectLoose} where no slot is given in turn. */
function collectLooseDue(queue: PathwayQueue, memory: SelectionMemory, collected: number): number {
  const { strata, exposure, loose } = queue
  const { slot, cohort: cohortOf, threshold } = loose
  const { weight, candidates, candidateStratum, due } = memory
  const near = findNear(queue, memory)
  let count = collected
  let spent = 0
  for (let k = 0; k < near; k++) {
    const entry = memory.near[k]
    const cohort = cohortOf[entry]
    const at = threshold[entry]
    if (!stands(queue, entry)) {
      threshold[entry] = Infinity
      spent++
      continue
    }
    candidates[count] = slot[entry]
    candidateStratum[count] = cohort % strata
    due[count++] = (at - exposure[cohort]) / weight[cohort]
  }
  dropSpent(queue, spent)
  return count
}

/** Drops spent entries, `more` of which were found now, once they are many. */
function dropSpent(queue: PathwayQueue, more: number): void {
  const { loose } = queue
  loose.spent += more
  if (loose.spent > loose.count * MOST_SPENT) sweepLoose(loose)
}
