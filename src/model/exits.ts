/**
 * Leaving the list for a cause other than treatment: competing risks. Each pathway has one unit-exponential
 * threshold per cause from its identity; it leaves by the cause whose cumulative hazard reaches its threshold
 * first. The hazards are known from the tables, so the step is found ahead of time. A changed hazard moves the
 * same person's exit smoothly, because the threshold stays.
 *
 * Most pathways are treated within half a year, so the exit is looked for in two parts: within
 * {@link REVIEW_STEPS} of the start, and, for those still waiting then, to the horizon. What is found does not
 * depend on this; it only spares the search for those who never need it.
 */
import { EXIT_CAUSES } from '../scenario/study.ts'
import { exp, unitExponential } from './elementary.ts'
import { PURPOSE } from './identity.ts'
import { NEVER } from './pathway-queue.ts'
import type { ExitHazard } from './tables.ts'
import { threefry } from './threefry.ts'

const CAUSES = EXIT_CAUSES.length

/** Steps after the clock start at which a pathway that still waits is looked at again. */
export const REVIEW_STEPS = 26

/** Stands in `exitCause` for "look again in this step". */
export const REVIEW = 0xff

/** 2⁻³² and 2⁻¹⁶. */
const WORD = 2.3283064365386963e-10
const HALF_WORD = 1.52587890625e-5

/** Cumulative hazards of the cohort at hand, and the exit as it is found. */
export interface ExitClock {
  /** Step from which the hazards run. */
  from: number
  /** Steps that the clock covers. */
  length: number
  /** Cumulative hazard after 1, 2, … steps: index cause × capacity + k. */
  readonly cumulative: Float64Array
  readonly capacity: number
  /** By cause: probability of not leaving by it within `length`; 1 where the cause is off. */
  readonly survival: Float64Array
  /** Earliest exit found so far, in continuous steps from `from`. */
  earliest: number
  /** Found by {@link findExit}: {@link NEVER} where there is none within `length`. */
  exitStep: number
  exitCause: number
  readonly words: Int32Array
}

/** Room for cohorts of up to `steps` steps. */
export function createExitClock(steps: number): ExitClock {
  return {
    from: 0,
    length: 0,
    cumulative: new Float64Array(CAUSES * steps),
    capacity: steps,
    survival: new Float64Array(CAUSES).fill(1),
    earliest: 0,
    exitStep: NEVER,
    exitCause: 0,
    words: new Int32Array(2),
  }
}

/**
 * Sets the clock for a cohort.
 * @param from step from which hazards run, and `length` steps of them
 * @param age steps that the cohort had waited at `from` (0 for a new one)
 * @param bandOfAge weeks waited by age in steps, last band open
 */
export function setExitClock(clock: ExitClock, hazards: readonly ExitHazard[], stratum: number, from: number, length: number, steps: number, age: number, bands: number, bandOfAge: Int32Array): void {
  clock.from = from
  clock.length = length
  const { cumulative } = clock
  for (let cause = 0; cause < CAUSES; cause++) {
    const { byBand, added, addedFromBand } = hazards[cause]
    const row = stratum * bands
    const offset = cause * clock.capacity
    let sum = 0
    for (let k = 0; k < length; k++) {
      const band = bandOfAge[age + k]
      sum += byBand[row + band]
      if (added !== null && band >= addedFromBand) sum += added[stratum * steps + from + k]
      cumulative[offset + k] = sum
    }
    clock.survival[cause] = sum > 0 ? exp(-sum) : 1
  }
}

/**
 * Finds when and why a pathway of the cohort leaves within the clock's length, if not treated before.
 * @param removalWord the random word of the first cause, drawn with the pathway's first service threshold
 */
export function findExit(clock: ExitClock, key0: number, key1: number, ordinal: number, removalWord: number): void {
  clock.exitStep = NEVER
  clock.exitCause = 0
  clock.earliest = clock.length
  const { survival, words } = clock
  if (((removalWord >>> 0) + 0.5) * WORD > survival[0]) considerCause(clock, 0, unitExponential(removalWord))
  if (survival[1] === 1 && survival[2] === 1 && survival[3] === 1 && survival[4] === 1) return
  // Four half words: enough to say "not within the clock" almost always; a whole further word where it is not.
  threefry(key0, key1, ordinal, PURPOSE.exits, words)
  const early = words[0]
  const late = words[1]
  if (((early & 0xffff) + 1) * HALF_WORD > survival[1]) considerHalf(clock, 1, early & 0xffff, key0, key1, ordinal)
  if (((early >>> 16) + 1) * HALF_WORD > survival[2]) considerHalf(clock, 2, early >>> 16, key0, key1, ordinal)
  if (((late & 0xffff) + 1) * HALF_WORD > survival[3]) considerHalf(clock, 3, late & 0xffff, key0, key1, ordinal)
  if (((late >>> 16) + 1) * HALF_WORD > survival[4]) considerHalf(clock, 4, late >>> 16, key0, key1, ordinal)
}

/** A cause whose first 16 random bits leave it open: completed to 32 bits by its own further word. */
function considerHalf(clock: ExitClock, cause: number, half: number, key0: number, key1: number, ordinal: number): void {
  const { words, survival } = clock
  threefry(key0, key1, ordinal, PURPOSE.exits | cause, words)
  const word = (half << 16) | (words[0] >>> 16)
  if (((word >>> 0) + 0.5) * WORD > survival[cause]) considerCause(clock, cause, unitExponential(word))
}

function considerCause(clock: ExitClock, cause: number, threshold: number): void {
  const { cumulative, earliest } = clock
  const offset = cause * clock.capacity
  let low = 0
  // Nothing after the earliest exit found so far matters.
  let high = Math.min(clock.length - 1, Math.floor(earliest))
  if (cumulative[offset + high] < threshold) return
  while (low < high) {
    const middle = (low + high) >>> 1
    if (cumulative[offset + middle] < threshold) low = middle + 1
    else high = middle
  }
  const before = low === 0 ? 0 : cumulative[offset + low - 1]
  const at = low + (threshold - before) / (cumulative[offset + low] - before)
  if (at >= earliest) return
  clock.earliest = at
  clock.exitStep = clock.from + low
  clock.exitCause = cause
}
