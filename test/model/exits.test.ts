import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import { unitExponential } from '../../src/model/elementary.ts'
import { createExitClock, findExit, setExitClock } from '../../src/model/exits.ts'
import type { ExitClock } from '../../src/model/exits.ts'
import { PURPOSE } from '../../src/model/identity.ts'
import { NEVER } from '../../src/model/pathway-queue.ts'
import type { ExitHazard } from '../../src/model/tables.ts'
import { threefry } from '../../src/model/threefry.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'

const STEPS = 60
const STRATA = 2
const BAND_OF_AGE = Int32Array.from({ length: STEPS + BANDS + 1 }, (_, age) => Math.min(BANDS - 1, age))

interface Case {
  readonly hazards: readonly ExitHazard[]
  readonly stratum: number
  readonly from: number
  readonly age: number
  readonly key: readonly [number, number]
}

const word = fc.integer({ min: -0x80000000, max: 0x7fffffff })
const hazard = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.4, noNaN: true }))
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    byCause: fc.array(fc.array(hazard, { minLength: 1, maxLength: 7 }), { minLength: 5, maxLength: 5 }),
    added: fc.option(fc.array(hazard, { minLength: 1, maxLength: 5 })),
    addedFromBand: fc.nat(30),
    stratum: fc.nat(STRATA - 1),
    from: fc.nat(STEPS - 1),
    age: fc.nat(BANDS),
    key: fc.tuple(word, word),
  })
  .map(({ byCause, added, addedFromBand, ...rest }): Case => ({
    ...rest,
    hazards: byCause.map((values, cause) => ({
      byBand: Float64Array.from({ length: STRATA * BANDS }, (_, index) => values[index % values.length]),
      added: cause === 0 && added !== null
        ? Float64Array.from({ length: STRATA * STEPS }, (_, index) => added[index % added.length])
        : null,
      addedFromBand,
    })),
  }))

/** The unit-exponential thresholds of a pathway, one per cause, straight from the definition of its random words. */
function thresholds(key: readonly [number, number], ordinal: number): number[] {
  const words = (purpose: number): Int32Array => {
    const out = new Int32Array(2)
    threefry(key[0], key[1], ordinal, purpose, out)
    return out
  }
  const halves = new Uint16Array(words(PURPOSE.exits).buffer)
  return EXIT_CAUSES.map((_, cause) => {
    if (cause === 0) return unitExponential(words(PURPOSE.start)[1])
    return unitExponential((halves[cause - 1] << 16) | (words(PURPOSE.exits | cause)[0] >>> 16))
  })
}

/** Step by step, cause by cause: the first moment at which a cumulative hazard reaches its threshold. */
function walk({ hazards, stratum, from, age, key }: Case, ordinal: number): { step: number; cause: number } {
  const left = thresholds(key, ordinal)
  const reached = hazards.map(() => 0)
  for (let k = 0; from + k < STEPS; k++) {
    let best = { moment: Infinity, cause: 0 }
    hazards.forEach(({ byBand, added, addedFromBand }, cause) => {
      const band = BAND_OF_AGE[age + k]
      let own = byBand[stratum * BANDS + band]
      if (added !== null && band >= addedFromBand) own += added[stratum * STEPS + from + k]
      const moment = own > 0 ? (left[cause] - reached[cause]) / own : Infinity
      if (moment <= 1 && moment < best.moment) best = { moment, cause }
      reached[cause] += own
    })
    if (best.moment < Infinity) return { step: from + k, cause: best.cause }
  }
  return { step: NEVER, cause: 0 }
}

function find(clock: ExitClock, { key }: Case, ordinal: number): { step: number; cause: number } {
  const words = new Int32Array(2)
  threefry(key[0], key[1], ordinal, PURPOSE.start, words)
  findExit(clock, key[0], key[1], ordinal, words[1])
  return { step: clock.exitStep, cause: clock.exitCause }
}

function clockOf({ hazards, stratum, from, age }: Case, length: number): ExitClock {
  const clock = createExitClock(STEPS)
  setExitClock(clock, hazards, stratum, from, length, STEPS, age, BANDS, BAND_OF_AGE)
  return clock
}

describe('exits by threshold', () => {
  it('come in the step, and for the cause, that a walk through the hazards finds', () => {
    fc.assert(
      fc.property(anyCase, (some) => {
        const clock = clockOf(some, STEPS - some.from)
        for (let ordinal = 0; ordinal < 20; ordinal++) expect(find(clock, some, ordinal)).toEqual(walk(some, ordinal))
      }),
      { seed: 51, numRuns: 300 },
    )
  })

  it('do not depend on how far the clock looks: a shorter look finds the same exit or none yet', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(STEPS), (some, any) => {
        const length = 1 + (any % (STEPS - some.from))
        const long = clockOf(some, STEPS - some.from)
        const short = clockOf(some, length)
        for (let ordinal = 0; ordinal < 20; ordinal++) {
          const whole = find(long, some, ordinal)
          expect(find(short, some, ordinal)).toEqual(whole.step < some.from + length ? whole : { step: NEVER, cause: 0 })
        }
      }),
      { seed: 52, numRuns: 300 },
    )
  })

  it('come no later when a hazard rises', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(4), (some, raised) => {
        const higher = {
          ...some,
          hazards: some.hazards.map((own, cause) => (cause === raised ? { ...own, byBand: own.byBand.map((value) => value * 1.5 + 0.01) } : own)),
        }
        const [before, after] = [clockOf(some, STEPS - some.from), clockOf(higher, STEPS - some.from)]
        for (let ordinal = 0; ordinal < 20; ordinal++) {
          expect(find(after, higher, ordinal).step).toBeLessThanOrEqual(find(before, some, ordinal).step)
        }
      }),
      { seed: 53, numRuns: 200 },
    )
  })

  it('never come where no hazard runs', () => {
    const none: Case = {
      hazards: EXIT_CAUSES.map(() => ({ byBand: new Float64Array(STRATA * BANDS), added: null, addedFromBand: 0 })),
      stratum: 0,
      from: 0,
      age: 0,
      key: [1, 2],
    }
    const clock = clockOf(none, STEPS)
    for (let ordinal = 0; ordinal < 1000; ordinal++) expect(find(clock, none, ordinal).step).toBe(NEVER)
  })
})
