/** What specs do with a queue, and see of it. */
import { join, type PathwayQueue } from '../../src/model/pathway-queue.ts'
import { COHORT, ORDINAL, ORIGIN, WORDS } from '../../src/model/person.ts'

/** Lets a pathway join with a threshold; `reserve` has made room. Returns its slot. */
export function joinWith(queue: PathwayQueue, cohort: number, stratum: number, ordinal: number, threshold: number, origin = cohort): number {
  queue.threshold[queue.high] = threshold
  return join(queue, cohort, stratum, ordinal, origin)
}

/** The cohort that a slot's pathway queues with, the one it joined the list in, and its ordinal there. */
export function personAt({ people }: PathwayQueue, slot: number): { readonly cohort: number; readonly origin: number; readonly ordinal: number } {
  const at = slot * WORDS
  return { cohort: people[at + COHORT], origin: people[at + ORIGIN], ordinal: people[at + ORDINAL] }
}
