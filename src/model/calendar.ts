/**
 * A calendar: by step, the slots of a queue that something happens to then. Entries stand in blocks, the last entered
 * taken first, so that a step is read in stretches of memory, and what one entry names is fetched while others are
 * looked at. An entry stands even when its pathway has left meanwhile: whoever takes it must see whether it still holds.
 */
import { enlarged } from './growth.ts'
import { EVENT, HELD, STEP, WORDS } from './person.ts'

/** Numbers of a block: a link, and entries. */
const BLOCK = 16
const ENTRIES = BLOCK - 1

/** Slots by step. */
export interface Calendar {
  /** Blocks of a link (the first number of the next block of the same step, or of the next free one; −1 for none) and entries. */
  blocks: Int32Array
  /** By step: the first number of its newest block, −1 for none, and the entries in it. */
  head: Int32Array
  filled: Int32Array
  /** The first free block, −1 for none; those from `high` on were never used. */
  free: number
  high: number
  /** Scratch: entries of a step. */
  entries: Int32Array
}

/** An empty calendar with room for `capacity` entries before it grows. */
export function createCalendar(steps: number, capacity: number): Calendar {
  return {
    blocks: new Int32Array(Math.ceil(capacity / ENTRIES) * BLOCK),
    head: new Int32Array(steps).fill(-1),
    filled: new Int32Array(steps),
    free: -1,
    high: 0,
    entries: new Int32Array(64),
  }
}

/** Empties a calendar, keeping its memory. */
export function resetCalendar(calendar: Calendar, steps: number): void {
  if (calendar.head.length < steps) {
    calendar.head = new Int32Array(steps)
    calendar.filled = new Int32Array(steps)
  }
  calendar.head.fill(-1)
  calendar.filled.fill(0)
  calendar.free = -1
  calendar.high = 0
}

/** Enters a slot at a step. */
export function enterAt(calendar: Calendar, step: number, slot: number): void {
  const { head, filled } = calendar
  let block = head[step]
  let count = filled[step]
  if (block < 0 || count === ENTRIES) {
    block = newBlock(calendar, block)
    head[step] = block
    count = 0
  }
  calendar.blocks[block + 1 + count] = slot
  filled[step] = count + 1
}

function newBlock(calendar: Calendar, next: number): number {
  let block = calendar.free
  if (block >= 0) {
    calendar.free = calendar.blocks[block]
  } else {
    if (calendar.high === calendar.blocks.length) {
      calendar.blocks = enlarged(calendar.blocks, new Int32Array((Math.ceil((calendar.high / BLOCK) * 1.5) + 8) * BLOCK))
    }
    block = calendar.high
    calendar.high += BLOCK
  }
  calendar.blocks[block] = next
  return block
}

/**
 * Takes those entries of a step that hold, into `calendar.entries`, the last entered first; the others are dropped.
 * @param people records by slot: an entry holds if the bits of `mask` in its slot's event are `value`
 * @returns how many
 */
function takeEntries(calendar: Calendar, step: number, people: Int32Array, mask: number, value: number): number {
  const { blocks, head } = calendar
  let count = 0
  let filled = calendar.filled[step]
  for (let block = head[step]; block >= 0; ) {
    if (count + ENTRIES > calendar.entries.length) calendar.entries = enlarged(calendar.entries, new Int32Array(2 * (count + ENTRIES)))
    const { entries } = calendar
    for (let entry = filled; entry > 0; entry--) {
      const slot = blocks[block + entry]
      entries[count] = slot
      // Without a branch, so that the processor fetches many records at once rather than guess at each: 1 where equal.
      count += (((people[slot * WORDS + EVENT] & mask) ^ value) - 1) >>> 31
    }
    const next = blocks[block]
    blocks[block] = calendar.free
    calendar.free = block
    block = next
    filled = ENTRIES
  }
  head[step] = -1
  calendar.filled[step] = 0
  return count
}

/** {@link takeEntries} of exits and reviews: those of slots whose event is in that step. */
export function takeDue(calendar: Calendar, step: number, people: Int32Array): number {
  return takeEntries(calendar, step, people, STEP, step)
}

/** {@link takeEntries} of those held: those of slots that still are. */
export function takeHeld(calendar: Calendar, step: number, people: Int32Array): number {
  return takeEntries(calendar, step, people, HELD, HELD)
}

/**
 * Drops entries that no longer hold, renames the slots of the others, and keeps their order.
 * @param take how the calendar's entries are taken
 * @param people records by slot
 * @param moved by slot: its new name
 */
export function renameEntries(calendar: Calendar, take: typeof takeDue, people: Int32Array, moved: Int32Array): void {
  for (let step = 0; step < calendar.head.length; step++) {
    if (calendar.head[step] < 0) continue
    let count = take(calendar, step, people)
    while (count > 0) enterAt(calendar, step, moved[calendar.entries[--count]])
  }
}
