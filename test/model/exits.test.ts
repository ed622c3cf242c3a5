import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import { unitExponential } from '../../src/model/elementary.ts'
import { createExitClock, findExit, findExitAfterChange, frailtyByte, resetExitClock, setExitClock, spendHazard } from '../../src/model/exits.ts'
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
  /** Factor on emergencies and deaths by frailty byte; null for none. */
  readonly frailty: Float64Array | null
}

const word = fc.integer({ min: -0x80000000, max: 0x7fffffff })
// In thousandths: numbers drawn as fractions are mostly next to nothing.
const hazard = fc.oneof(fc.constant(0), fc.nat(400).map((thousandths) => thousandths / 1000), fc.nat(30).map((thousandths) => thousandths / 1000))
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    byCause: fc.array(fc.array(hazard, { minLength: 1, maxLength: 7 }), { minLength: 5, maxLength: 5 }),
    added: fc.option(fc.array(hazard, { minLength: 1, maxLength: 5 })),
    addedFromBand: fc.nat(30),
    stratum: fc.nat(STRATA - 1),
    from: fc.nat(STEPS - 1),
    age: fc.nat(BANDS),
    key: fc.tuple(word, word),
    factors: fc.option(fc.array(fc.nat(30).map((tenths) => tenths / 10), { minLength: 1, maxLength: 4 })),
    frail: fc.boolean(),
  })
  .map(({ byCause, added, addedFromBand, factors, frail, ...rest }): Case => ({
    ...rest,
    frailty: frail ? Float64Array.from({ length: 256 }, (_, byte) => 0.1 + (1.8 * byte) / 255) : null,
    hazards: byCause.map((values, cause) => ({
      byBand: Float64Array.from({ length: STRATA * BANDS }, (_, index) => values[index % values.length]),
      added: cause === 0 && added !== null
        ? Float64Array.from({ length: STRATA * STEPS }, (_, index) => added[index % added.length])
        : null,
      addedFromBand,
      // The last cause has none, so that hazards with and without are told apart.
      factor: factors === null || cause === 4 ? null : Float64Array.from({ length: STRATA * STEPS }, (_, index) => factors[(index + cause) % factors.length]),
    })),
  }))

/** The unit-exponential thresholds of a pathway, one per cause, straight from the definition of its random words. */
function thresholds({ key, frailty }: Case, ordinal: number): number[] {
  const words = (purpose: number): Int32Array => {
    const out = new Int32Array(2)
    threefry(key[0], key[1], ordinal, purpose, out)
    return out
  }
  const halves = new Uint16Array(words(PURPOSE.exits).buffer)
  return EXIT_CAUSES.map((name, cause) => {
    if (cause === 0) return unitExponential(words(PURPOSE.start)[1])
    const own = unitExponential((halves[cause - 1] << 16) | (words(PURPOSE.exits | cause)[0] >>> 16))
    // A frailer person's hazard is larger, which is a smaller threshold.
    return frailty !== null && (name === 'emergency' || name === 'died') ? own / frailty[frailtyByte(words(PURPOSE.start)[1])] : own
  })
}

/** Hazard of a cause `k` steps after the case's first. */
function hazardAt({ hazards, stratum, from, age }: Case, cause: number, k: number): number {
  const { byBand, added, addedFromBand, factor } = hazards[cause]
  const band = BAND_OF_AGE[age + k]
  const own = byBand[stratum * BANDS + band] + (added !== null && band >= addedFromBand ? added[stratum * STEPS + from + k] : 0)
  return factor === null ? own : own * factor[stratum * STEPS + from + k]
}

/** Step by step, cause by cause: the first moment at which a cumulative hazard reaches its threshold. */
function walk(some: Case, ordinal: number): { step: number; cause: number } {
  const { hazards, from } = some
  const left = thresholds(some, ordinal)
  const reached = hazards.map(() => 0)
  for (let k = 0; from + k < STEPS; k++) {
    let best = { moment: Infinity, cause: 0 }
    hazards.forEach((_, cause) => {
      const own = hazardAt(some, cause, k)
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

function clockOf({ hazards, stratum, from, age, frailty }: Case, length: number): ExitClock {
  const clock = createExitClock(STEPS)
  resetExitClock(clock, frailty)
  setExitClock(clock, hazards, stratum, from, length, STEPS, age, BAND_OF_AGE)
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
      hazards: EXIT_CAUSES.map(() => ({ byBand: new Float64Array(STRATA * BANDS), added: null, addedFromBand: 0, factor: null })),
      frailty: null,
      stratum: 0,
      from: 0,
      age: 0,
      key: [1, 2],
    }
    const clock = clockOf(none, STEPS)
    for (let ordinal = 0; ordinal < 1000; ordinal++) expect(find(clock, none, ordinal).step).toBe(NEVER)
  })

  it('are found the same with hazards laid for another cohort or length before', () => {
    fc.assert(
      fc.property(anyCase, anyCase, fc.nat(STEPS), (some, other, any) => {
        const clock = clockOf({ ...other, frailty: some.frailty }, STEPS - other.from)
        // The same hazards from another step on, as a clock has them for one week's cohort after another.
        setExitClock(clock, some.hazards, some.stratum, other.from, STEPS - other.from, STEPS, some.age, BAND_OF_AGE)
        setExitClock(clock, some.hazards, some.stratum, some.from, 1 + (any % (STEPS - some.from)), STEPS, some.age, BAND_OF_AGE)
        setExitClock(clock, some.hazards, some.stratum, some.from, STEPS - some.from, STEPS, some.age, BAND_OF_AGE)
        const fresh = clockOf(some, STEPS - some.from)
        for (let ordinal = 0; ordinal < 10; ordinal++) expect(find(clock, some, ordinal)).toEqual(find(fresh, some, ordinal))
      }),
      { seed: 54, numRuns: 150 },
    )
  })
})

/** The exit of somebody still there after `change` steps, whose hazards are others from then on. */
function findChanged(before: Case, after: Case, change: number, ordinal: number): { step: number; cause: number } {
  const spent = new Float64Array(EXIT_CAUSES.length)
  spendHazard(clockOf(before, change), change, spent, 0)
  const rest = { ...after, from: before.from + change, age: before.age + change }
  const clock = clockOf(rest, STEPS - rest.from)
  findExitAfterChange(clock, before.key[0], before.key[1], ordinal, spent, 0)
  return { step: clock.exitStep, cause: clock.exitCause }
}

const ORDINALS = Array.from({ length: 20 }, (_, ordinal) => ordinal)

/** A case, and a step in its course after which hazards change. */
const anyChange = fc.tuple(anyCase, fc.nat()).map(([some, any]): [Case, number] => {
  const from = Math.min(some.from, STEPS - 2)
  return [{ ...some, from }, 1 + (any % (STEPS - from - 1))]
})

describe('a change of hazards in mid-wait', () => {
  it('from hazards to the same hazards changes nothing for whoever is still there', () => {
    fc.assert(
      fc.property(anyChange, ([some, change]) => {
        const clock = clockOf(some, STEPS - some.from)
        const exits = ORDINALS.map((ordinal) => ({ ordinal, ...find(clock, some, ordinal) })).filter(({ step }) => step >= some.from + change)
        expect(exits.map(({ ordinal }) => ({ ordinal, ...findChanged(some, some, change, ordinal) }))).toEqual(exits)
      }),
      { seed: 55, numRuns: 300 },
    )
  })

  it('takes off each threshold what was met before: the exit is where a walk through both hazards finds it', () => {
    fc.assert(
      fc.property(anyChange, anyCase, ([before, change], other) => {
        const after = { ...before, hazards: other.hazards }
        // One walk through the hazards before, then through those after.
        const joined: Case = {
          ...before,
          age: 0,
          hazards: before.hazards.map((_, cause) => ({
            byBand: new Float64Array(STRATA * BANDS).fill(1),
            added: null,
            addedFromBand: 0,
            factor: Float64Array.from({ length: STRATA * STEPS }, (__, index) => {
              const k = (index % STEPS) - before.from
              return k < 0 ? 0 : hazardAt(k < change ? before : after, cause, k)
            }),
          })),
        }
        const walked = ORDINALS.map((ordinal) => ({ ordinal, ...walk(joined, ordinal) })).filter(({ step }) => step >= before.from + change)
        expect(walked.map(({ ordinal }) => ({ ordinal, ...findChanged(before, after, change, ordinal) }))).toEqual(walked)
      }),
      { seed: 56, numRuns: 300 },
    )
  })

  it('to hazards a hundredth higher makes nobody leave later, and hardly anybody leave more than a little earlier', () => {
    const hazards = EXIT_CAUSES.map(() => ({ byBand: new Float64Array(STRATA * BANDS).fill(0.01), added: null, addedFromBand: 0, factor: null }))
    const before: Case = { hazards, stratum: 0, from: 0, age: 0, key: [31, -7], frailty: null }
    const after: Case = { ...before, hazards: hazards.map((own) => ({ ...own, byBand: own.byBand.map((value) => value * 1.01) })) }
    let [earlier, both] = [0, 0]
    for (let ordinal = 0; ordinal < 5000; ordinal++) {
      const unchanged = findChanged(before, before, 10, ordinal)
      const changed = findChanged(before, after, 10, ordinal)
      expect(changed.step).toBeLessThanOrEqual(unchanged.step)
      if (unchanged.step === NEVER) continue
      both++
      expect(unchanged.step - changed.step).toBeLessThanOrEqual(1)
      if (changed.step < unchanged.step) earlier++
    }
    expect(both).toBeGreaterThan(2000)
    // Half a step at most of 50: the mean move of (step − 10) ÷ 101 makes about a quarter cross a step's end.
    expect(earlier / both).toBeLessThan(0.4)
    expect(earlier).toBeGreaterThan(0)
  })
})
