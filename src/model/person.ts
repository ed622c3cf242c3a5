/**
 * The record of a waiting pathway: four numbers, so that four records share a line of memory and none lies in two.
 * A slot that nobody has queues with the pseudo-cohort of its queue and has no flag.
 */

/** Numbers of a record, by slot × {@link WORDS}. */
export const WORDS = 4
/** The cohort that it queues with. */
export const COHORT = 0
/** The cohort that it joined the list in. */
export const ORIGIN = 1
/** Its ordinal in the cell of its origin, for its random numbers. */
export const ORDINAL = 2
/** What happens to it next: step, cause and flags, as below. */
export const EVENT = 3

/** Bits of the step in which it leaves for another cause, or something else happens; all set if not before the horizon. */
export const STEP = 0xffff
/** Place of that cause, an index of `EXIT_CAUSES` or one of the marks of exits.ts. */
export const CAUSE_SHIFT = 16
/** Place of the frailty byte beside what comes after the next event. */
export const FRAILTY_SHIFT = 24
/** Flag: looked at one by one, not by its cohort's roster. */
export const IS_LOOSE = 1 << 24
/** Flag: held out of the queue. */
export const HELD = 1 << 25
/** Flag: was given a slot before without an outcome, so that its `occasions` and `missed` count. */
export const REBOOKED = 1 << 26
/** All flags. */
export const FLAGS = IS_LOOSE | HELD | REBOOKED
