/**
 * Candidates: everybody who may be next. Of each cohort the front of its roster, up to a limit on thresholds, and
 * of those looked at one by one whoever is below the limit of their cohort.
 */
import type { Moment } from './next-in-line.ts'
import { stands, dropSpent } from './loose.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { isRostered } from './roster.ts'
import type { SelectionMemory } from './selection-memory.ts'
import { sumOf } from './step-pools.ts'

/**
 * Collects candidates into `memory`: those who may be next in turn, and those by chance whose due is below the
 * guess of κ × `guess`.
 * @returns how many
 */
export function collect(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, guess: number): number {
  const byChance = setKappa(queue, memory, guess)
  const { pools } = memory
  const fronts = sumOf(pools.inTurn, pools.count) > 0 ? collectFronts(queue, moment, memory, byChance) : collectDue(queue, moment, memory)
  return collectLoose(queue, memory, fronts)
}

/**
 * Notes up to which κ, by stratum, candidates by chance are collected: 0 where no slot is given by chance, which
 * is returned as false.
 */
function setKappa(queue: PathwayQueue, memory: SelectionMemory, guess: number): boolean {
  const { kappaCollected, kappaGuess, pools } = memory
  const byChance = sumOf(pools.byChance, pools.count) > 0
  for (let stratum = 0; stratum < queue.strata; stratum++) kappaCollected[stratum] = byChance ? kappaGuess[stratum] * guess : 0
  return byChance
}

/** Collects the fronts of the rosters, and notes by cohort the threshold up to which its people are collected. */
function collectFronts(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, byChance: boolean): number {
  const { strata, exposure } = queue
  const { front } = queue.roster
  const { limit, weight, turn, kappaCollected, collectUntil } = memory
  let count = 0
  let cohort = queue.oldestStart * strata
  for (let start = queue.oldestStart; start <= moment.nowStart; start++) {
    for (let stratum = 0; stratum < strata; stratum++) {
      const inTurn = turn[cohort] <= collectUntil[stratum]
      const until = inTurn ? Infinity : byChance ? exposure[cohort] + weight[cohort] * kappaCollected[stratum] : -1
      limit[cohort] = until
      // Most cohorts have nobody who may be next.
      if (front[cohort] <= until) count = collectFront(queue, memory, cohort, stratum, count)
      cohort++
    }
  }
  return count
}

/** {@link collectFronts} where no slot is given in turn. */
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
    if (front[cohort] <= until) count = collectFront(queue, memory, cohort, stratum, count)
    stratum = stratum + 1 === strata ? 0 : stratum + 1
  }
  return count
}

/** Collects those of a cohort's roster below its limit. */
function collectFront(queue: PathwayQueue, memory: SelectionMemory, cohort: number, stratum: number, collected: number): number {
  const { people, threshold, roster } = queue
  const { candidates, candidateStratum, due } = memory
  const until = memory.limit[cohort]
  const exposed = queue.exposure[cohort]
  const weighs = memory.weight[cohort]
  const last = roster.to[cohort]
  let slot = roster.from[cohort]
  while (slot < last && !isRostered(people, slot, cohort)) slot++
  roster.from[cohort] = slot
  roster.front[cohort] = slot < last ? threshold[slot] : Infinity
  let count = collected
  for (; slot < last; slot++) {
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
 * Adds the loose ones to the candidates. An entry that it comes upon and that no longer stands is spent: nobody is ever
 * due at its threshold again. They are dropped when they are many, so that the others stay where they are meanwhile.
 */
function collectLoose(queue: PathwayQueue, memory: SelectionMemory, collected: number): number {
  const { strata, exposure, loose } = queue
  const { slot, cohort: cohortOf, threshold } = loose
  const { limit, weight, candidates, candidateStratum, due } = memory
  let count = collected
  let spent = 0
  for (let entry = 0; entry < loose.count; entry++) {
    const cohort = cohortOf[entry]
    const at = threshold[entry]
    if (at > limit[cohort]) continue
    if (!stands(queue, entry)) {
      threshold[entry] = Infinity
      spent++
      continue
    }
    candidates[count] = slot[entry]
    candidateStratum[count] = cohort % strata
    due[count++] = (at - exposure[cohort]) / weight[cohort]
  }
  loose.spent += spent
  if (loose.spent > loose.count * MOST_SPENT) dropSpent(queue)
  return count
}
