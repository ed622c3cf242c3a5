/**
 * Rosters: those who joined a cohort together, in slots one after the other in order of their thresholds.
 *
 * All of a cohort have the same exposure and weight, so the least due of it are those with the least thresholds:
 * the front of its roster. A slot counts only while it holds somebody of the cohort who is not loose.
 */
import { COHORT, EVENT, IS_LOOSE, WORDS } from './person.ts'

/** Rosters of all cohorts of a queue. */
export interface Roster {
  /** By cohort: its slots are from … to − 1; `from` moves on as the front leaves. */
  from: Int32Array
  to: Int32Array
  /** By cohort: no slot that counts has a lesser threshold; Infinity where none counts. */
  front: Float64Array
}

/** Empty rosters. */
export function createRoster(cohorts: number): Roster {
  return {
    from: new Int32Array(cohorts + 1),
    to: new Int32Array(cohorts + 1),
    front: new Float64Array(cohorts + 1).fill(Infinity),
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
}

/** Whether a slot of a cohort's roster counts. */
export function isRostered(people: Int32Array, slot: number, cohort: number): boolean {
  return people[slot * WORDS + COHORT] === cohort && (people[slot * WORDS + EVENT] & IS_LOOSE) === 0
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
