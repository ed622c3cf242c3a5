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
import { BANDS } from '../baseline/types.ts'
import { EXIT_CAUSES } from '../scenario/study.ts'
import { exp, putUnitExponential } from './elementary.ts'
import { PURPOSE } from './identity.ts'
import { NEVER } from './pathway-queue.ts'
import type { ExitHazard } from './tables.ts'
import { threefry } from './threefry.ts'

const CAUSES = EXIT_CAUSES.length

/** Steps after the clock start at which a pathway that still waits is looked at again. */
export const REVIEW_STEPS = 39

/** Stands in `exitCause` for "look again in this step". */
export const REVIEW = 0xff

/** Stands in `exitCause` for "moves up a level in this step". */
export const DETERIORATES = 0xfe

/** First of the causes that frailty acts on: emergency, died. */
const FRAIL_FROM = EXIT_CAUSES.indexOf('emergency')

/** Parts of a clock's guide. */
const GUIDES = 128

const TWO_16 = 65536
const TWO_32 = 4294967296

/** Cumulative hazards of the cohort at hand, and the exit as it is found. */
export interface ExitClock {
  /** Step from which the hazards run. */
  from: number
  /** Steps that the clock covers. */
  length: number
  /** Cumulative hazard after 1, 2, … steps: index cause × capacity + k. */
  readonly cumulative: Float64Array
  readonly capacity: number
  /** By cause and part of the way to the last cumulative hazard: a step that is not far before where it is reached. */
  readonly guide: Uint16Array
  /** By cause: what `cumulative` holds, so that hazards which depend on the wait alone are added up once. */
  readonly laid: readonly Laid[]
  /** Factor on emergencies and deaths by frailty byte, rising; null where all are alike. */
  frailty: Float64Array | null
  /** A removal word w leaves removal open where w + ½ is above this. */
  removalOpen: number
  /** By cause: its half word (of removal, the upper half of its word) leaves it open from this on; 2¹⁶ where the cause is off. */
  readonly halfOpen: Int32Array
  /** Whether any cause from 1 on is on. */
  halves: boolean
  /** The threshold at hand, here since a number handed to a function may be put on the heap. */
  readonly wanted: Float64Array
  /** Earliest exit found so far, in continuous steps from `from`. */
  earliest: number
  /** Found by {@link findExit}: {@link NEVER} where there is none within `length`. */
  exitStep: number
  exitCause: number
  readonly words: Int32Array
}

interface Laid {
  byBand: Float64Array | null
  row: number
  age: number
  /** Steps added up. */
  length: number
  /** Parts of the guide per unit of hazard. */
  guideScale: number
  /** Steps that `survival` is for, and e^−hazard over them, of the frailest where frailty acts. */
  survivalLength: number
  survival: number
}

/** Room for cohorts of up to `steps` steps. */
export function createExitClock(steps: number): ExitClock {
  return {
    from: 0,
    length: 0,
    cumulative: new Float64Array(CAUSES * steps),
    capacity: steps,
    guide: new Uint16Array(CAUSES * GUIDES),
    laid: EXIT_CAUSES.map((): Laid => ({ byBand: null, row: 0, age: 0, length: 0, guideScale: 0, survivalLength: -1, survival: 1 })),
    frailty: null,
    removalOpen: 0,
    halfOpen: new Int32Array(CAUSES),
    halves: false,
    wanted: new Float64Array(1),
    earliest: 0,
    exitStep: NEVER,
    exitCause: 0,
    words: new Int32Array(2),
  }
}

/** Forgets the hazards of the previous specialty or run; takes the frailty of the next. */
export function resetExitClock(clock: ExitClock, frailty: Float64Array | null): void {
  for (const laid of clock.laid) laid.byBand = null
  clock.frailty = frailty
}

/**
 * Sets the clock for a cohort.
 * @param from step from which hazards run, and `length` steps of them
 * @param age steps that the cohort had waited at `from` (0 for a new one)
 * @param bandOfAge weeks waited by age in steps, last band open
 */
export function setExitClock(clock: ExitClock, hazards: readonly ExitHazard[], stratum: number, from: number, length: number, steps: number, age: number, bandOfAge: Int32Array): void {
  clock.from = from
  clock.length = length
  clock.halves = false
  for (let cause = 0; cause < CAUSES; cause++) {
    const hazard = hazards[cause]
    const laid = clock.laid[cause]
    const row = stratum * BANDS
    const known = hazard.added === null && hazard.factor === null && laid.byBand === hazard.byBand && laid.row === row && laid.age === age
    if (!known || laid.length < length) {
      laid.byBand = hazard.byBand
      laid.row = row
      laid.age = age
      laid.length = length
      laid.survivalLength = -1
      addUp(clock, cause, hazard, row, stratum * steps + from, bandOfAge)
    }
    if (laid.survivalLength !== length) {
      const sum = length > 0 ? clock.cumulative[cause * clock.capacity + length - 1] : 0
      const most = clock.frailty === null || cause < FRAIL_FROM ? 1 : clock.frailty[255]
      laid.survival = sum > 0 ? exp(-sum * most) : 1
      laid.survivalLength = length
    }
    clock.halfOpen[cause] = Math.floor(laid.survival * TWO_16)
    if (cause === 0) clock.removalOpen = laid.survival * TWO_32
    else if (laid.survival < 1) clock.halves = true
  }
}

function addUp(clock: ExitClock, cause: number, hazard: ExitHazard, row: number, column: number, bandOfAge: Int32Array): void {
  const { cumulative, length } = clock
  const { byBand, added, addedFromBand, factor } = hazard
  const { age } = clock.laid[cause]
  const offset = cause * clock.capacity
  let sum = 0
  for (let k = 0; k < length; k++) {
    const band = bandOfAge[age + k]
    let own = byBand[row + band]
    if (added !== null && band >= addedFromBand) own += added[column + k]
    sum += factor === null ? own : own * factor[column + k]
    cumulative[offset + k] = sum
  }
  // Clocks of the initial list serve few people each: the guide would cost more than it saves.
  if (age === 0) setGuide(clock, cause, sum)
  else clock.laid[cause].guideScale = 0
}

/** Lays the guide: for each part of the total hazard, the first step that reaches the part's beginning. */
function setGuide(clock: ExitClock, cause: number, total: number): void {
  const { cumulative, guide, length } = clock
  const offset = cause * clock.capacity
  clock.laid[cause].guideScale = total > 0 ? GUIDES / total : 0
  let step = 0
  for (let part = 0; part < GUIDES; part++) {
    const beginning = (total * part) / GUIDES
    while (step < length - 1 && cumulative[offset + step] < beginning) step++
    guide[cause * GUIDES + part] = step
  }
}

/**
 * Finds when and why a pathway of the cohort leaves within the clock's length, if not treated before.
 * @param removalWord the random word of the first cause, drawn with the pathway's first service threshold
 */
export function findExit(clock: ExitClock, key0: number, key1: number, ordinal: number, removalWord: number): void {
  const { words } = clock
  if (clock.halves) threefry(key0, key1, ordinal, PURPOSE.exits, words)
  findExitWith(clock, key0, key1, ordinal, removalWord, words[0], words[1])
}

/**
 * The same with the words of {@link PURPOSE}`.exits` at hand; they are not looked at where only removal is on.
 * Their four half words are enough to say "not within the clock" almost always; where they are not, a whole
 * further word is drawn.
 */
export function findExitWith(clock: ExitClock, key0: number, key1: number, ordinal: number, removalWord: number, early: number, late: number): void {
  clock.exitStep = NEVER
  clock.exitCause = 0
  clock.earliest = clock.length
  if ((removalWord >>> 0) + 0.5 > clock.removalOpen) {
    putUnitExponential(removalWord, clock.wanted, 0)
    considerCause(clock, 0)
  }
  if (!clock.halves) return
  const { halfOpen } = clock
  if ((early & 0xffff) >= halfOpen[1]) considerHalf(clock, 1, early & 0xffff, key0, key1, ordinal, removalWord)
  if (early >>> 16 >= halfOpen[2]) considerHalf(clock, 2, early >>> 16, key0, key1, ordinal, removalWord)
  if ((late & 0xffff) >= halfOpen[3]) considerHalf(clock, 3, late & 0xffff, key0, key1, ordinal, removalWord)
  if (late >>> 16 >= halfOpen[4]) considerHalf(clock, 4, late >>> 16, key0, key1, ordinal, removalWord)
}

/** A person's frailty byte: the last bits of the removal word, which move its threshold by less than one in ten million. */
export function frailtyByte(removalWord: number): number {
  return removalWord & 0xff
}

/**
 * Finds the exit of somebody whose hazards have changed on the way: what was used up of each threshold before `from`
 * is taken off, so that the same person leaves a little earlier or later and not by another draw.
 * @param clock set from the step of the change on
 * @param spent cumulative hazard by cause met so far, from index `at` on
 */
export function findExitAfterChange(clock: ExitClock, key0: number, key1: number, ordinal: number, spent: Float64Array, at: number): void {
  const { words, wanted } = clock
  clock.exitStep = NEVER
  clock.exitCause = 0
  clock.earliest = clock.length
  if (clock.length === 0) return
  threefry(key0, key1, ordinal, PURPOSE.start, words)
  const frailty = clock.frailty === null ? 1 : clock.frailty[frailtyByte(words[1])]
  putUnitExponential(words[1], wanted, 0)
  wanted[0] -= spent[at]
  considerCause(clock, 0)
  threefry(key0, key1, ordinal, PURPOSE.exits, words)
  const early = words[0]
  const late = words[1]
  for (let cause = 1; cause < CAUSES; cause++) {
    const both = cause < 3 ? early : late
    const half = cause % 2 === 1 ? both & 0xffff : both >>> 16
    threefry(key0, key1, ordinal, PURPOSE.exits | cause, words)
    putUnitExponential((half << 16) | (words[0] >>> 16), wanted, 0)
    if (cause >= FRAIL_FROM) wanted[0] /= frailty
    wanted[0] -= spent[at + cause]
    considerCause(clock, cause)
  }
}

/** Adds to `spent` the hazard that each cause has by step `to` of the clock (steps from its `from`). */
export function spendHazard(clock: ExitClock, to: number, spent: Float64Array, at: number): void {
  if (to <= 0) return
  for (let cause = 0; cause < CAUSES; cause++) spent[at + cause] += clock.cumulative[cause * clock.capacity + to - 1]
}

/** A cause whose first 16 random bits leave it open: completed to 32 bits by its own further word. */
function considerHalf(clock: ExitClock, cause: number, half: number, key0: number, key1: number, ordinal: number, removalWord: number): void {
  const { words } = clock
  threefry(key0, key1, ordinal, PURPOSE.exits | cause, words)
  const word = (half << 16) | (words[0] >>> 16)
  if ((word >>> 0) + 0.5 > clock.laid[cause].survival * TWO_32) {
    putUnitExponential(word, clock.wanted, 0)
    if (cause >= FRAIL_FROM && clock.frailty !== null) clock.wanted[0] /= clock.frailty[frailtyByte(removalWord)]
    considerCause(clock, cause)
  }
}

/** The threshold is in `clock.wanted`. */
function considerCause(clock: ExitClock, cause: number): void {
  const { cumulative, earliest, wanted } = clock
  // Rounding may leave nothing of a threshold that a change of hazard has all but used up.
  const threshold = Math.max(wanted[0], Number.MIN_VALUE)
  wanted[0] = threshold
  const offset = cause * clock.capacity
  if (cumulative[offset + clock.length - 1] < threshold) return
  const step = firstReaching(clock, cause)
  const before = step === 0 ? 0 : cumulative[offset + step - 1]
  const at = step + (threshold - before) / (cumulative[offset + step] - before)
  if (at >= earliest) return
  clock.earliest = at
  clock.exitStep = clock.from + step
  clock.exitCause = cause
}

/** The first step whose cumulative hazard reaches the threshold; the clock's last does. */
function firstReaching(clock: ExitClock, cause: number): number {
  const threshold = clock.wanted[0]
  const { cumulative, guide, length } = clock
  const { guideScale } = clock.laid[cause]
  const offset = cause * clock.capacity
  if (guideScale === 0) return search(cumulative, offset, length, threshold)
  const part = threshold * guideScale
  let step = part >= GUIDES ? length - 1 : guide[cause * GUIDES + (part | 0)]
  while (cumulative[offset + step] < threshold) step++
  // Rounding may have put the guide one step too far.
  while (step > 0 && cumulative[offset + step - 1] >= threshold) step--
  return step
}

function search(cumulative: Float64Array, offset: number, length: number, threshold: number): number {
  let low = 0
  let high = length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (cumulative[offset + middle] < threshold) low = middle + 1
    else high = middle
  }
  return low
}
