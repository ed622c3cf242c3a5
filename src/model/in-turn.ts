/** Slots given in turn: by clock start less head start, the earliest first, ties in random order. */
import type { Moment } from './next-in-line.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { chooseSmallest } from './select.ts'
import { takeChosen, type SelectionMemory } from './selection-memory.ts'
import { eligible, overlap } from './step-pools.ts'

/** A place in turn before every other. */
const NOTHING_IN_TURN = -0x40000000

/** Sets every cohort's place in turn. */
function setTurns(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { strata, oldestStart } = queue
  const { nowStart, headStart, longWaitFrom, longWaitHeadStart } = moment
  const { turn } = memory
  for (let start = oldestStart; start <= nowStart; start++) {
    const long = nowStart - start >= longWaitFrom ? longWaitHeadStart : 0
    for (let stratum = 0; stratum < strata; stratum++) turn[start * strata + stratum] = start - long - headStart[stratum]
  }
}

/**
 * From cohort counts alone: the place in turn up to which each stratum must be collected so that every pool's slots
 * in turn find their people, whoever of them earlier pools take. Sets `memory.turn` and `memory.collectUntil`.
 */
export function planInTurn(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { strata } = queue
  const { pools, collectUntil } = memory
  setTurns(queue, moment, memory)
  collectUntil.fill(NOTHING_IN_TURN)
  const first = leastTurn(queue, moment)
  const range = moment.nowStart - first + 1
  if (memory.turnCounts.length < range) memory.turnCounts = new Int32Array(Math.ceil(range * 1.5))
  for (let pool = 0; pool < pools.count; pool++) {
    let needed = 0
    for (let earlier = 0; earlier <= pool; earlier++) {
      const counts = earlier === pool || pools.releaseTo[earlier] >= 0 || overlap(pools, earlier, pool, strata)
      if (counts) needed += pools.inTurn[earlier]
    }
    if (needed === 0) continue
    const until = placeOf(queue, moment, memory, pool, needed, first, range)
    for (let stratum = 0; stratum < strata; stratum++) {
      if (pools.access[pool * strata + stratum] > 0 && collectUntil[stratum] < until) collectUntil[stratum] = until
    }
  }
}

function leastTurn(queue: PathwayQueue, moment: Moment): number {
  let furthest = 0
  for (let stratum = 0; stratum < queue.strata; stratum++) furthest = Math.max(furthest, moment.headStart[stratum])
  return queue.oldestStart - furthest - moment.longWaitHeadStart
}

/** The place in turn at which `needed` people of the strata that a pool is open to have come. */
function placeOf(queue: PathwayQueue, moment: Moment, memory: SelectionMemory, pool: number, needed: number, first: number, range: number): number {
  const { strata, oldestStart, live } = queue
  const { turnCounts, turn, pools } = memory
  turnCounts.fill(0, 0, range)
  let place = 0
  let people = 0
  for (let start = oldestStart; start <= moment.nowStart; start++) {
    for (let stratum = 0; stratum < strata; stratum++) {
      if (pools.access[pool * strata + stratum] === 0) continue
      const cohort = start * strata + stratum
      turnCounts[turn[cohort] - first] += live[cohort]
    }
    // Nobody of a later start has a place as early as this one: it need not be looked at once they are enough.
    place = start - oldestStart
    people += turnCounts[place]
    if (people >= needed) return first + place
  }
  while (people < needed && place < range - 1) people += turnCounts[++place]
  return first + place
}

/**
 * Gives each pool's slots in turn, pool by pool; what a pool cannot use goes on to the next or is unused. False if too
 * few candidates were collected for that, or if somebody not collected has a turn before some of those chosen.
 */
export function takeInTurn(queue: PathwayQueue, memory: SelectionMemory): boolean {
  const { pools, passedOn, takenByStratum } = memory
  passedOn.fill(0)
  for (let pool = 0; pool < pools.count; pool++) {
    const wanted = pools.inTurn[pool] + passedOn[pool]
    if (wanted === 0) continue
    const able = Math.min(wanted, eligible(pools, pool, queue, takenByStratum))
    if (able > 0 && !turnPass(queue, memory, memory.candidateCount, able, pool)) return false
    const next = pools.releaseTo[pool]
    if (next >= 0) passedOn[next] += wanted - able
    else memory.unused += wanted - able
  }
  return true
}

/** Gives `wanted` slots of a pool to those of the candidates left whose turn it is; ties by remaining threshold. */
function turnPass(queue: PathwayQueue, memory: SelectionMemory, count: number, wanted: number, pool: number): boolean {
  const { taken, candidateStratum, turnKey, keys, keyOf, pools, choice } = memory
  const { strata } = queue
  let first = Infinity
  let last = -Infinity
  let able = 0
  for (let i = 0; i < count; i++) {
    const key = turnKey[i]
    if (key === Infinity || taken[i] !== 0 || pools.access[pool * strata + candidateStratum[i]] === 0) continue
    keyOf[able] = i
    keys[able++] = key
    first = Math.min(first, key)
    last = Math.max(last, key)
  }
  if (able < wanted || chooseSmallest(choice, keys, able, wanted, first, last) >= collectedUntil(memory, pool, strata)) return false
  takeChosen(memory, able, pool, strata)
  return true
}

/** The key from which somebody whom the pool is open to may not be among the candidates. */
function collectedUntil({ pools, collectUntil }: SelectionMemory, pool: number, strata: number): number {
  let until = Infinity
  for (let stratum = 0; stratum < strata; stratum++) {
    if (pools.access[pool * strata + stratum] > 0) until = Math.min(until, collectUntil[stratum] + 1)
  }
  return until
}
