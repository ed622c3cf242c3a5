/** Moves those who still wait together, in their order, so that the slots of those who have left are there again. */
import { EXIT_CAUSES } from '../scenario/study.ts'
import { renameEntries, takeDue, takeHeld } from './calendar.ts'
import { tidyLoose } from './loose.ts'
import type { PathwayQueue } from './pathway-queue.ts'
import { COHORT, EVENT, HELD, IS_LOOSE, ORDINAL, ORIGIN, REBOOKED, WORDS } from './person.ts'

const CAUSES = EXIT_CAUSES.length

/** Closes the gaps of a queue. Slots change; whatever names them in the queue follows. */
export function compact(queue: PathwayQueue): void {
  tidyLoose(queue)
  const count = findPlaces(queue)
  const { moved, loose } = queue
  followRosters(queue)
  for (let entry = 0; entry < loose.count; entry++) loose.slot[entry] = moved[loose.slot[entry]]
  renameEntries(queue.calendar, takeDue, queue.people, moved)
  renameEntries(queue.comebacks, takeHeld, queue.people, moved)
  moveDown(queue)
  queue.high = count
}

/**
 * Notes where each slot goes: its new place, or for those that nobody has the complement of the place that the next
 * one kept goes to.
 * @returns slots kept
 */
function findPlaces({ people, cohorts, moved, high }: PathwayQueue): number {
  let count = 0
  for (let slot = 0; slot < high; slot++) {
    const at = slot * WORDS
    moved[slot] = people[at + COHORT] < cohorts || (people[at + EVENT] & HELD) !== 0 ? count++ : ~count
  }
  moved[high] = ~count
  return count
}

function followRosters({ roster, moved, cohorts }: PathwayQueue): void {
  const { from, to } = roster
  for (let cohort = 0; cohort < cohorts; cohort++) {
    from[cohort] = placeFrom(moved[from[cohort]])
    to[cohort] = placeFrom(moved[to[cohort]])
  }
}

function placeFrom(moved: number): number {
  return moved < 0 ? ~moved : moved
}

function moveDown(queue: PathwayQueue): void {
  const { people, threshold, moved, high, levelled, later } = queue
  const historic = queue.since.length > 0
  for (let slot = 0; slot < high; slot++) {
    const to = moved[slot]
    if (to < 0) continue
    const event = people[slot * WORDS + EVENT]
    people[to * WORDS + COHORT] = people[slot * WORDS + COHORT]
    people[to * WORDS + ORIGIN] = people[slot * WORDS + ORIGIN]
    people[to * WORDS + ORDINAL] = people[slot * WORDS + ORDINAL]
    people[to * WORDS + EVENT] = event
    threshold[to] = threshold[slot]
    if ((event & (IS_LOOSE | HELD | REBOOKED)) !== 0) moveRarities(queue, slot, to)
    if (levelled) later[to] = later[slot]
    if (historic) moveHistory(queue, slot, to)
  }
}

/** What only those loose, held or rebooked have. */
function moveRarities({ loose, occasions, missed, heldPlace, heldStratum }: PathwayQueue, from: number, to: number): void {
  loose.latest[to] = loose.latest[from]
  occasions[to] = occasions[from]
  missed[to] = missed[from]
  heldPlace[to] = heldPlace[from]
  heldStratum[to] = heldStratum[from]
}

function moveHistory({ spent, since, changes }: PathwayQueue, from: number, to: number): void {
  since[to] = since[from]
  changes[to] = changes[from]
  for (let cause = 0; cause < CAUSES; cause++) spent[to * CAUSES + cause] = spent[from * CAUSES + cause]
}
