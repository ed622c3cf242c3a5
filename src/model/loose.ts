/**
 * The loose: pathways that no roster stands for, looked at one by one. An entry has its own copy of what decides
 * whether somebody may be next, so that those who may not are passed over without looking them up. It stands until it
 * is met when due, also when its pathway has left or has another entry: it counts only while it is the pathway's last.
 */
import { enlarged } from './growth.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { COHORT, EVENT, IS_LOOSE, WORDS } from './person.ts'

/** Entries are read up to `count`. */
export interface Loose {
  /** By entry: its pathway's slot, cohort and threshold. */
  slot: Int32Array
  cohort: Int32Array
  threshold: Float64Array
  /** By entry: its number among all that were ever made; by slot: the number of its last one. */
  number: Int32Array
  latest: Int32Array
  count: number
  /** Of them, about how many are known not to count. */
  spent: number
  /** Entries made so far. */
  made: number
}

/** No entries; room for `capacity` of them before they grow, and for a queue of as many slots. */
export function createLoose(capacity: number): Loose {
  return {
    slot: new Int32Array(capacity),
    cohort: new Int32Array(capacity),
    threshold: new Float64Array(capacity),
    number: new Int32Array(capacity),
    latest: new Int32Array(capacity),
    count: 0,
    spent: 0,
    made: 0,
  }
}

/** Empties the list, keeping its memory. */
export function resetLoose(loose: Loose): void {
  loose.count = 0
  loose.spent = 0
  loose.made = 0
}

/** Has a pathway looked at by itself from now on, at its present cohort and threshold. */
export function loosen(queue: PathwayQueue, slot: number): void {
  const { loose, people } = queue
  if (loose.count === loose.slot.length) makeRoom(queue)
  const at = slot * WORDS
  const entry = loose.count++
  const number = ++loose.made
  people[at + EVENT] |= IS_LOOSE
  loose.slot[entry] = slot
  loose.cohort[entry] = people[at + COHORT]
  loose.threshold[entry] = queue.threshold[slot]
  loose.number[entry] = number
  loose.latest[slot] = number
}

/** Whether an entry counts. */
export function stands({ loose, people }: PathwayQueue, entry: number): boolean {
  const slot = loose.slot[entry]
  return (people[slot * WORDS + EVENT] & IS_LOOSE) !== 0 && loose.latest[slot] === loose.number[entry]
}

/** Drops entries that no longer count, and grows where that frees too little to be worth its while soon again. */
function makeRoom(queue: PathwayQueue): void {
  tidyLoose(queue)
  const { loose } = queue
  const capacity = loose.count * 2 + 64
  if (capacity <= loose.slot.length) return
  loose.slot = enlarged(loose.slot, new Int32Array(capacity))
  loose.cohort = enlarged(loose.cohort, new Int32Array(capacity))
  loose.threshold = enlarged(loose.threshold, new Float64Array(capacity))
  loose.number = enlarged(loose.number, new Int32Array(capacity))
}

/** Drops entries that no longer count. */
export function tidyLoose(queue: PathwayQueue): void {
  const { loose } = queue
  let kept = 0
  for (let entry = 0; entry < loose.count; entry++) if (stands(queue, entry)) moveEntry(loose, entry, kept++)
  loose.count = kept
  loose.spent = 0
}

/** Drops entries that are spent: nobody need be looked up for it. */
export function sweepLoose(loose: Loose): void {
  let kept = 0
  for (let entry = 0; entry < loose.count; entry++) if (loose.threshold[entry] < Infinity) moveEntry(loose, entry, kept++)
  loose.count = kept
  loose.spent = 0
}

/** Moves an entry to another place of the list. */
function moveEntry({ slot, cohort, threshold, number }: Loose, from: number, to: number): void {
  slot[to] = slot[from]
  cohort[to] = cohort[from]
  threshold[to] = threshold[from]
  number[to] = number[from]
}
