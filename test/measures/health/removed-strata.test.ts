/** Those whom validation removes of several strata, against each stratum followed by itself. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { emptyRemoved, followRemoved, type RemovedPeople } from '../../../src/measures/health/removed.ts'
import { createCensus, type ServiceCensus } from '../../../src/model/census.ts'
import type { ExitHazard, ServiceTables } from '../../../src/model/tables.ts'
import { EXIT_CAUSES } from '../../../src/scenario/study.ts'
import { compiledScenario, serviceTables, setFlow, setWaiting } from '../synthetic.ts'

const STEPS = 30
const LONG_WAIT = 12
/** Strata of the study; the service has the last and the first of them, in this order. */
const STUDY_STRATA = 3
const STUDY_INDEX = [2, 0]

/** One stratum's numbers, from which tables and census are filled. */
interface Stratum {
  readonly hazards: readonly number[]
  readonly added: number
  readonly factor: number
  readonly waiting: readonly (readonly [stage: 0 | 1, band: number, people: number])[]
  readonly removed: number
}

const share = fc.double({ min: 0, max: 0.05, noNaN: true })
const stratum: fc.Arbitrary<Stratum> = fc.record({
  hazards: fc.array(share, { minLength: EXIT_CAUSES.length, maxLength: EXIT_CAUSES.length }),
  added: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
  factor: fc.constantFrom(0.5, 1, 2),
  // Somebody has waited long enough, whoever else there is.
  waiting: fc.array(fc.tuple(fc.constantFrom<0 | 1>(0, 1), fc.nat(40), fc.integer({ min: 1, max: 500 })), { maxLength: 6 }).map((some) => [...some, [0, 15, 50] as const]),
  removed: fc.integer({ min: 1, max: 50 }),
})

/** A service of these strata: hazards rise with weeks waited, factors and removals differ from step to step. */
function service(strata: readonly Stratum[], studyIndex: readonly number[]): ServiceTables {
  const byStratum = <T>(length: number, of: (each: Stratum, index: number) => T): T[] =>
    strata.flatMap((each) => Array.from({ length }, (_, index) => of(each, index)))
  const exits = EXIT_CAUSES.map((cause, index): ExitHazard => ({
    byBand: Float64Array.from(byStratum(BANDS, ({ hazards }, band) => hazards[index] * (1 + band / 20))),
    added: cause === 'removed' ? Float64Array.from(byStratum(STEPS, ({ added }, step) => added * (1 + (step % 3)))) : null,
    addedFromBand: LONG_WAIT,
    factor: Float64Array.from(byStratum(STEPS, ({ factor }, step) => (step % 5 === 4 ? 1 : factor))),
  }))
  return { ...serviceTables({ code: 'C_100', specialty: 0, strata: strata.length, stepsPerWeek: 1, studyIndex }), steps: STEPS, exits }
}

function censusOf(strata: readonly Stratum[]): ServiceCensus {
  const census = createCensus(STEPS, strata.length)
  strata.forEach(({ waiting, removed }, own) => {
    for (let row = 0; row <= STEPS; row += 1) {
      for (const [stage, band, people] of waiting) setWaiting(census, { row, stage, stratum: own, band }, people + (row % 4))
      if (row > 0) setFlow(census, row, own, 'removed', removed + (row % 3))
    }
  })
  return census
}

function follow(strata: readonly Stratum[], studyIndex: readonly number[], warmUpSteps = 0): RemovedPeople {
  const removed = emptyRemoved(compiledScenario({ steps: STEPS - warmUpSteps, population: Array.from({ length: STUDY_STRATA }, () => 1000) }))
  followRemoved(removed, service(strata, studyIndex), censusOf(strata), warmUpSteps, STUDY_STRATA)
  return removed
}

const names = ['first', 'admission', 'withdrew', 'died', 'emergency', 'removed', 'beyond18Weeks'] as const

describe('people removed of several strata', () => {
  it('are those of each stratum by itself, at the stratum’s place in the study', () => {
    fc.assert(
      fc.property(stratum, stratum, fc.constantFrom(0, 4), (one, other, warmUpSteps) => {
        const both = follow([one, other], STUDY_INDEX, warmUpSteps)
        const alone = [one, other].map((each, own) => follow([each], [STUDY_INDEX[own]], warmUpSteps))
        for (const name of names) {
          const parted = [...both[name]].findIndex((people, cell) => Math.abs(people - alone[0][name][cell] - alone[1][name][cell]) > 1e-9 * (1 + people))
          expect([name, parted]).toEqual([name, -1])
        }
        expect(both.removed.some((people) => people > 0)).toBe(true)
      }),
      { seed: 481, numRuns: 60 },
    )
  })

  it('share slots that nobody else can use by how many of them there are', () => {
    const alike: Stratum = { hazards: EXIT_CAUSES.map(() => 0), added: 0.1, factor: 1, waiting: [[0, 20, 300]], removed: 0 }
    const strata = [{ ...alike, removed: 30 }, { ...alike, removed: 10 }]
    const census = createCensus(STEPS, 2)
    strata.forEach(({ removed }, own) => {
      setWaiting(census, { row: 0, stage: 0, stratum: own, band: 20 }, 300)
      setFlow(census, 1, own, 'removed', removed)
    })
    census.unusedSlots[5 * 2] = 20
    const removed = emptyRemoved(compiledScenario({ steps: STEPS, population: [1, 1, 1] }))
    followRemoved(removed, service(strata, STUDY_INDEX), census, 0, STUDY_STRATA)
    const of = (row: number): number[] => [0, 1, 2].map((each) => removed.first[row * STUDY_STRATA + each])
    expect([of(4), of(5)]).toEqual([[10, 0, 30], [5, 0, 15]].map((row) => row.map((people) => expect.closeTo(people, 9) as number)))
  })
})

describe('people removed of one stratum', () => {
  it('leave at the mean hazard of those who have waited long enough, at both stages, times its factor', () => {
    const hazards = EXIT_CAUSES.map((cause) => (cause === 'withdrew' ? 0.01 : 0))
    const one: Stratum = { hazards, added: 0.1, factor: 2, waiting: [], removed: 0 }
    const census = createCensus(STEPS, 1)
    for (let row = 0; row <= STEPS; row += 1) {
      for (const [stage, band, people] of [[0, 20, 100], [1, 40, 300], [0, 5, 999]] as const) setWaiting(census, { row, stage, stratum: 0, band }, people)
    }
    setFlow(census, 1, 0, 'removed', 40)
    const removed = emptyRemoved(compiledScenario({ steps: STEPS, population: [1] }))
    followRemoved(removed, service([one], [0]), census, 0, 1)
    // Hazards of 0.01 × (1 + weeks ÷ 20): 0.02 and 0.03, of one and three in four, twice as much by the factor.
    const rate = 2 * (0.25 * 0.02 + 0.75 * 0.03)
    expect(removed.withdrew[2]).toBeCloseTo(40 * rate, 9)
    expect([removed.first[1], removed.admission[1]]).toEqual([expect.closeTo(10, 9), expect.closeTo(30, 9)])
    expect(removed.first[2] + removed.admission[2]).toBeCloseTo(40 * (1 - rate), 9)
  })
})
