/** The slots of one stage in one step, pool by pool. */
import type { PathwayQueue } from './pathway-queue.ts'
import type { StageTables } from './tables.ts'

/** See the fields; arrays by pool are read up to `count`. */
export interface StepPools {
  count: number
  /** Slots to be given in turn, and by weighted chance. */
  inTurn: Int32Array
  byChance: Int32Array
  /** A later pool that gets what nobody here can use; −1 for none. */
  releaseTo: Int32Array
  /** Relative access: index pool × strata + stratum; 0 where it is closed to the stratum. */
  access: Float64Array
  /** Whether a pool is open to all alike (1), so that its access need not be looked up. */
  open: Uint8Array
  /**
   * Whether slots for everybody may be given without choosing: each pool is open to all strata or passes on to one that
   * is, so that nobody would be left, and all slots are of one source, so that it does not matter who gets which.
   */
  servesAll: boolean
}

/** No pools yet. */
export function createStepPools(): StepPools {
  return {
    count: 0,
    inTurn: new Int32Array(0),
    byChance: new Int32Array(0),
    releaseTo: new Int32Array(0),
    access: new Float64Array(0),
    open: new Uint8Array(0),
    servesAll: true,
  }
}

function ensureRoom(pools: StepPools, count: number, strata: number): void {
  if (pools.inTurn.length < count) {
    pools.inTurn = new Int32Array(count)
    pools.byChance = new Int32Array(count)
    pools.releaseTo = new Int32Array(count)
    pools.open = new Uint8Array(count)
  }
  if (pools.access.length < count * strata) pools.access = new Float64Array(count * strata)
}

/** Takes a step's slots from the tables. */
export function setPools(pools: StepPools, stage: StageTables, step: number, strata: number): void {
  const count = stage.pools.length
  ensureRoom(pools, count, strata)
  pools.count = count
  pools.servesAll = true
  for (let pool = 0; pool < count; pool++) {
    const { source, slots, inTurn, access, releaseTo } = stage.pools[pool]
    pools.inTurn[pool] = inTurn[step]
    pools.byChance[pool] = slots[step] - inTurn[step]
    pools.releaseTo[pool] = releaseTo
    pools.open[pool] = access === null ? 1 : 0
    let toAll = true
    for (let stratum = 0; stratum < strata; stratum++) {
      const own = access === null ? 1 : access[step * strata + stratum]
      pools.access[pool * strata + stratum] = own
      if (own === 0) toAll = false
    }
    if (source !== stage.pools[0].source || (!toAll && !passesOnToAll(stage, pool))) pools.servesAll = false
  }
}

/** Whether what a pool cannot use ends in one that is open to all. */
function passesOnToAll(stage: StageTables, pool: number): boolean {
  let next = stage.pools[pool].releaseTo
  while (next >= 0 && stage.pools[next].access !== null) next = stage.pools[next].releaseTo
  return next >= 0
}

/** All slots of the step. */
export function slotsOffered({ count, inTurn, byChance }: StepPools): number {
  let total = 0
  for (let pool = 0; pool < count; pool++) total += inTurn[pool] + byChance[pool]
  return total
}

/** Slots in turn, or by chance. */
export function sumOf(values: Int32Array, count: number): number {
  let total = 0
  for (let pool = 0; pool < count; pool++) total += values[pool]
  return total
}

/** People who may use a pool and have not been chosen yet. */
export function eligible(pools: StepPools, pool: number, queue: PathwayQueue, takenByStratum: Int32Array): number {
  const { strata, liveByStratum } = queue
  let people = 0
  for (let stratum = 0; stratum < strata; stratum++) {
    if (pools.access[pool * strata + stratum] > 0) people += liveByStratum[stratum] - takenByStratum[stratum]
  }
  return people
}

/** Whether two pools are open to a stratum that both have. */
export function overlap(pools: StepPools, a: number, b: number, strata: number): boolean {
  if (pools.open[a] === 1 || pools.open[b] === 1) return true
  for (let stratum = 0; stratum < strata; stratum++) {
    if (pools.access[a * strata + stratum] > 0 && pools.access[b * strata + stratum] > 0) return true
  }
  return false
}
