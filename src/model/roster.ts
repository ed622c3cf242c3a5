/**
 * Rosters: those who joined a cohort together, in order of their thresholds.
 *
 * All of a cohort have the same exposure and weight, so the least due of it are those with the least thresholds:
 * the front of its roster. An entry stands until the roster is next tidied, also when its pathway has left;
 * it counts only while its slot still holds somebody of the cohort whom the roster stands for.
 */
import { enlarged } from './growth.ts'

/** Standing of a slot: its cohort's roster stands for it. */
export const ROSTERED = 0
/** It is in the list of those looked at one by one. */
export const LOOSE = 1
/** It is still in that list, but whoever it was there for has left. */
export const WAS_LOOSE = 2

/** Rosters of all cohorts of a queue, one behind the other in order of cohort. */
export interface Roster {
  /** By cohort: its entries are from … to − 1; `from` moves on as the front leaves. */
  from: Int32Array
  to: Int32Array
  /** By cohort: no entry that counts has a lesser threshold; Infinity where none counts. */
  front: Float64Array
  /** By entry: the pathway's slot, and its threshold. */
  slot: Int32Array
  threshold: Float64Array
  /** Entries in use. */
  high: number
}

/** Empty rosters with room for `capacity` entries before they grow. */
export function createRoster(cohorts: number, capacity: number): Roster {
  return {
    from: new Int32Array(cohorts + 1),
    to: new Int32Array(cohorts + 1),
    front: new Float64Array(cohorts + 1).fill(Infinity),
    slot: new Int32Array(capacity),
    threshold: new Float64Array(capacity),
    high: 0,
  }
}

/** Empties the rosters, keeping their memory. */
export function resetRoster(roster: Roster, cohorts: number): void {
  if (roster.from.length < cohorts + 1) {
    roster.from = new Int32Array(cohorts + 1)
    roster.to = new Int32Array(cohorts + 1)
    roster.front = new Float64Array(cohorts + 1)
  }
  roster.from.fill(0)
  roster.to.fill(0)
  roster.front.fill(Infinity)
  roster.high = 0
}

/**
 * Makes room for `count` more entries: drops those that no longer count, and grows where that frees too little
 * to make the next tidying worth its while.
 * @param cohortOf by slot: its cohort
 * @param standing by slot: one of the three above
 */
export function reserveRoster(roster: Roster, cohorts: number, cohortOf: Int32Array, standing: Uint8Array, count: number): void {
  if (roster.high + count <= roster.slot.length) return
  tidyRoster(roster, cohorts, cohortOf, standing)
  const wanted = (roster.high + count) * 2
  if (wanted <= roster.slot.length) return
  roster.slot = enlarged(roster.slot, new Int32Array(wanted + 64))
  roster.threshold = enlarged(roster.threshold, new Float64Array(wanted + 64))
}

/** Drops the entries that no longer count. */
export function tidyRoster(roster: Roster, cohorts: number, cohortOf: Int32Array, standing: Uint8Array): void {
  const { from, to, slot, threshold } = roster
  let kept = 0
  for (let cohort = 0; cohort < cohorts; cohort++) {
    const first = kept
    for (let entry = from[cohort]; entry < to[cohort]; entry++) {
      const own = slot[entry]
      if (cohortOf[own] !== cohort || standing[own] === LOOSE) continue
      slot[kept] = own
      threshold[kept] = threshold[entry]
      kept++
    }
    from[cohort] = first
    to[cohort] = kept
  }
  roster.high = kept
}

const LARGEST_BITS = 12
const bucketEnds = new Int32Array(2 ** LARGEST_BITS)

/**
 * Puts `count` pathways in order of threshold: the order into `order`, the ordered thresholds into `sorted` from
 * index `at` on. `words[2i]` is the random word that the i-th threshold was made from. Thresholds fall as
 * words rise, and words are evenly spread: buckets by their leading bits put nearly everybody in place, and
 * insertion does the rest.
 */
export function orderByThreshold(words: Int32Array, thresholds: Float64Array, count: number, order: Int32Array, sorted: Float64Array, at: number): void {
  const bits = Math.min(LARGEST_BITS, Math.max(1, 32 - Math.clz32(count)))
  const shift = 32 - bits
  const buckets = 1 << bits
  for (let bucket = 0; bucket < buckets; bucket++) bucketEnds[bucket] = 0
  for (let i = 0; i < count; i++) bucketEnds[~words[2 * i] >>> shift]++
  let before = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    const own = bucketEnds[bucket]
    bucketEnds[bucket] = before
    before += own
  }
  for (let i = 0; i < count; i++) {
    const place = bucketEnds[~words[2 * i] >>> shift]++
    order[place] = i
    sorted[at + place] = thresholds[i]
  }
  insertionSort(order, sorted, at, count)
}

function insertionSort(order: Int32Array, sorted: Float64Array, at: number, count: number): void {
  for (let k = 1; k < count; k++) {
    const key = sorted[at + k]
    if (sorted[at + k - 1] <= key) continue
    const item = order[k]
    let place = k
    do {
      sorted[at + place] = sorted[at + place - 1]
      order[place] = order[place - 1]
      place--
    } while (place > 0 && sorted[at + place - 1] > key)
    sorted[at + place] = key
    order[place] = item
  }
}
