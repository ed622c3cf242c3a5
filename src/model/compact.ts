/** Moves those who still wait together, in their order, so that the slots of those who have left are there again. */
import { EXIT_CAUSES } from '../scenario/study.ts'
import { renameEntries } from './calendar.ts'
import { NEVER } from './never.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { ROSTERED, tidyRoster } from './roster.ts'

const CAUSES = EXIT_CAUSES.length

/** Closes the gaps of a queue. Slots change; whatever names them in the queue follows. */
export function compact(queue: PathwayQueue): void {
  const count = listKept(queue)
  tidyRoster(queue.roster, queue.cohorts, queue.cohort, queue.standing)
  const { roster, moved } = queue
  for (let entry = 0; entry < roster.high; entry++) roster.slot[entry] = moved[roster.slot[entry]]
  followLoose(queue)
  renameEntries(queue.calendar, queue.exitStep, queue.moved)
  followHeld(queue)
  moveDown(queue, count)
}

/** Lists those kept, and where each goes; −1 for those who have left. */
function listKept(queue: PathwayQueue): number {
  const { cohort, cohorts, heldUntil, kept, moved, high } = queue
  let count = 0
  for (let slot = 0; slot < high; slot++) {
    if (cohort[slot] < cohorts || heldUntil[slot] !== NEVER) {
      moved[slot] = count
      kept[count++] = slot
    } else {
      moved[slot] = -1
    }
  }
  return count
}

function followLoose(queue: PathwayQueue): void {
  const { loose, moved } = queue
  let count = 0
  for (let i = 0; i < queue.looseCount; i++) {
    const slot = moved[loose[i]]
    if (slot >= 0) loose[count++] = slot
  }
  queue.looseCount = count
}

/** Drops those who left while they were held. Links name new slots and stand at old ones, until these are moved. */
function followHeld(queue: PathwayQueue): void {
  const { heldHead, heldNext, heldUntil, moved } = queue
  for (let step = 0; step < heldHead.length; step++) {
    let last = -1
    for (let slot = heldHead[step], next: number; slot >= 0; slot = next) {
      next = heldNext[slot]
      if (heldUntil[slot] !== step) continue
      if (last < 0) heldHead[step] = moved[slot]
      else heldNext[last] = moved[slot]
      last = slot
    }
    if (last < 0) heldHead[step] = -1
    else heldNext[last] = -1
  }
}

function moveDown(queue: PathwayQueue, count: number): void {
  const { kept, high } = queue
  const always = [queue.cohort, queue.origin, queue.threshold, queue.exitStep, queue.exitCause, queue.ordinal, queue.occasions, queue.missed, queue.standing, queue.heldUntil]
  for (const values of always) moveValues(values, kept, count)
  if (queue.levelled) for (const values of [queue.laterStep, queue.laterCause, queue.frailty]) moveValues(values, kept, count)
  if (queue.since.length > 0) moveHistory(queue, count)
  moveHeld(queue, count)
  queue.cohort.fill(queue.cohorts, count, high)
  queue.exitStep.fill(NEVER, count, high)
  queue.heldUntil.fill(NEVER, count, high)
  queue.standing.fill(ROSTERED, count, high)
  queue.high = count
}

/** What only those held have; few are. */
function moveHeld({ heldUntil, heldPlace, heldStratum, heldNext, kept }: PathwayQueue, count: number): void {
  for (let slot = 0; slot < count; slot++) {
    if (heldUntil[slot] === NEVER) continue
    const from = kept[slot]
    heldPlace[slot] = heldPlace[from]
    heldStratum[slot] = heldStratum[from]
    heldNext[slot] = heldNext[from]
  }
}

function moveValues(values: Int32Array | Float64Array | Uint16Array | Uint8Array, kept: Int32Array, count: number): void {
  for (let slot = 0; slot < count; slot++) values[slot] = values[kept[slot]]
}

function moveHistory({ spent, since, changes, kept }: PathwayQueue, count: number): void {
  moveValues(since, kept, count)
  moveValues(changes, kept, count)
  for (let slot = 0; slot < count; slot++) {
    for (let cause = 0; cause < CAUSES; cause++) spent[slot * CAUSES + cause] = spent[kept[slot] * CAUSES + cause]
  }
}
