/**
 * A calendar: by step, the slots of a queue that something happens to then. Entries stand in blocks, the last entered
 * taken first, so that a step is read in stretches of memory, and what one entry names is fetched while others are
 * looked at. An entry stands even when its pathway has left meanwhile: whoever takes it must see whether it still holds.
 */
import { enlarged } from './growth.ts'

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

/** Takes the entry of a step that was entered last; −1 where there is none left. */
export function takeFrom(calendar: Calendar, step: number): number {
  const { head, filled, blocks } = calendar
  const block = head[step]
  if (block < 0) return -1
  const count = filled[step] - 1
  const slot = blocks[block + 1 + count]
  if (count > 0) {
    filled[step] = count
  } else {
    const next = blocks[block]
    head[step] = next
    filled[step] = next < 0 ? 0 : ENTRIES
    blocks[block] = calendar.free
    calendar.free = block
  }
  return slot
}

/**
 * Drops entries that no longer hold, renames the slots of the others, and keeps their order.
 * @param due by slot: the step that its entry is for; other entries of it hold no more
 * @param moved by slot: its new name, −1 for none
 */
export function renameEntries(calendar: Calendar, due: Uint16Array, moved: Int32Array): void {
  for (let step = 0; step < calendar.head.length; step++) {
    if (calendar.head[step] < 0) continue
    let count = 0
    for (let slot = takeFrom(calendar, step); slot >= 0; slot = takeFrom(calendar, step)) {
      if (moved[slot] < 0 || due[slot] !== step) continue
      if (count === calendar.entries.length) calendar.entries = enlarged(calendar.entries, new Int32Array(count * 2))
      calendar.entries[count++] = moved[slot]
    }
    while (count > 0) enterAt(calendar, step, calendar.entries[--count])
  }
}
