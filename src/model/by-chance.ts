/** Slots given by weighted chance: a proportional-hazards queue, pool by pool. */
import type { Moment } from './next-in-line.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { chooseSmallest } from './select.ts'
import { takeChosen, type SelectionMemory } from './selection-memory.ts'
import { eligible } from './step-pools.ts'

/** Sets every cohort's relative chance of being next. */
export function setWeights(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { strata } = queue
  const { chanceWeight, bandOfAge, headStartWeeks, groupWeight, nowStart, longWaitFrom, longWaitWeight } = moment
  const { weight } = memory
  const lastBand = chanceWeight.length - 1
  for (let start = queue.oldestStart; start <= nowStart; start++) {
    const age = nowStart - start
    const band = bandOfAge[age]
    const long = age >= longWaitFrom ? longWaitWeight : 1
    const first = start * strata
    for (let stratum = 0; stratum < strata; stratum++) {
      const effective = band + headStartWeeks[stratum]
      weight[first + stratum] = chanceWeight[effective > lastBand ? lastBand : effective] * groupWeight[stratum] * long
    }
  }
}

/**
 * Gives each pool's slots by chance, pool by pool; what a pool cannot use goes on to the next or is unused. False if
 * too few candidates were collected for that, or if somebody not collected was due before some of those chosen.
 */
export function takeByChance(queue: PathwayQueue, memory: SelectionMemory): boolean {
  const { pools, passedOn, kappa, kappaCollected, takenByStratum } = memory
  passedOn.fill(0)
  for (let pool = 0; pool < pools.count; pool++) {
    const wanted = pools.byChance[pool] + passedOn[pool]
    if (wanted === 0) continue
    const able = Math.min(wanted, eligible(pools, pool, queue, takenByStratum))
    if (able > 0 && !chancePass(queue, memory, memory.candidateCount, able, pool)) return false
    const next = pools.releaseTo[pool]
    if (next >= 0) passedOn[next] += wanted - able
    else memory.unused += wanted - able
  }
  for (let stratum = 0; stratum < queue.strata; stratum++) {
    if (kappa[stratum] > kappaCollected[stratum]) return false
  }
  return true
}

/** Gives `wanted` slots of a pool to the least due ÷ access among the candidates left, and adds to κ. */
function chancePass(queue: PathwayQueue, memory: SelectionMemory, count: number, wanted: number, pool: number): boolean {
  const { candidateStratum, kappa, kappaCollected, pools, choice } = memory
  const { strata } = queue
  const able = setKeys(memory, count, pool, strata)
  if (able < wanted) return false
  const step = chooseSmallest(choice, memory.keys, able, wanted, 0, kappaCollected[candidateStratum[0]] - kappa[candidateStratum[0]])
  takeChosen(memory, able, pool, strata)
  for (let stratum = 0; stratum < strata; stratum++) kappa[stratum] += step * pools.access[pool * strata + stratum]
  return true
}

/** Lists the candidates by chance who may use the pool and are not taken, each with its key: what is left of its due ÷ access. */
function setKeys({ taken, candidateStratum, due, keys, keyOf, kappa, pools }: SelectionMemory, count: number, pool: number, strata: number): number {
  const { access } = pools
  const at = pool * strata
  let able = 0
  for (let i = 0; i < count; i++) {
    const stratum = candidateStratum[i]
    const own = access[at + stratum]
    keys[able] = (due[i] - kappa[stratum]) / own
    keyOf[able] = i
    // Without a branch, which no processor would foresee: 1 for those by chance not taken whom the pool is open to.
    able += ((taken[i] - 1) >>> 31) & (own > 0 ? 1 : 0) & (due[i] < Infinity ? 1 : 0)
  }
  return able
}

/** Adds the step's exposure to every cohort. */
export function addExposure(queue: PathwayQueue, moment: Moment, memory: SelectionMemory): void {
  const { strata, exposure } = queue
  const { weight, kappa } = memory
  for (let stratum = 0; stratum < strata; stratum++) {
    const own = kappa[stratum]
    if (own <= 0) continue
    const last = moment.nowStart * strata + stratum
    for (let cohort = queue.oldestStart * strata + stratum; cohort <= last; cohort += strata) exposure[cohort] += weight[cohort] * own
  }
}
