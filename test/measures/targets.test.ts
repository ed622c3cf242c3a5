import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAggregator } from '../../src/experiment/aggregate.ts'
import { createTargetTally, isMissed, missedRequired, shortfallOf } from '../../src/measures/targets.ts'
import type { TargetOutcome } from '../../src/measures/targets.ts'
import type { SeriesCatalogue, SeriesKey } from '../../src/measures/types.ts'
import type { Target } from '../../src/scenario/study.ts'
import { weeklyDates } from './synthetic.ts'

const GAP = 'slope-index:within-18-weeks'
const key = (measure: string, group = 'all', specialty = 'all', stage = 'all'): SeriesKey => ({
  specialty,
  stage,
  dimension: group === 'all' ? 'all' : 'deprivation',
  group,
  measure,
})

const KEYS = [
  key('waiting', 'all', 'all', 'admission'),
  key('waiting'),
  key('within-18-weeks'),
  key('within-18-weeks', '1'),
  key(GAP, 'gap'),
  key('within-18-weeks', 'all', 'C_110'),
]

const catalogue = (dates: number): SeriesCatalogue => ({ keys: KEYS, dimensions: [], dates: weeklyDates(dates) })

const target = (change: Partial<Target> = {}): Target => ({
  id: 'goal',
  title: 'Goal',
  measure: 'within-18-weeks',
  specialty: 'all',
  group: 'all',
  limitKind: 'atLeast',
  limit: 0.5,
  by: weeklyDates(2)[1],
  requiredIn: [],
  ...change,
})

/** A run in which one series takes the values given, and every other is far from them. */
function run(values: readonly number[], series = 2): Float64Array {
  const block = new Float64Array(KEYS.length * values.length).fill(-1e9)
  block.set(values, series * values.length)
  return block
}

function outcomeOf(goal: Target, runs: readonly (readonly number[])[], series = 2): TargetOutcome {
  const tally = createTargetTally({ targets: [goal], catalogue: catalogue(runs[0].length), scenarioIds: ['only'] })
  for (const values of runs) tally.add(0, run(values, series))
  return tally.outcomes()[0]
}

describe('a target held against runs', () => {
  it('is judged at the first census on or after its date', () => {
    const dates = weeklyDates(3)
    expect(dates).toEqual(['2026-01-31', '2026-02-07', '2026-02-14'])
    const runs = [[0.1, 0.2, 0.3]]
    for (const by of ['2026-01-01', '2026-01-31']) expect(outcomeOf(target({ by }), runs)).toMatchObject({ date: '2026-01-31', value: { mean: 0.1 } })
    expect(outcomeOf(target({ by: '2026-02-07' }), runs)).toMatchObject({ date: '2026-02-07', value: { mean: 0.2 } })
    expect(outcomeOf(target({ by: '2026-02-08' }), runs)).toMatchObject({ date: '2026-02-14', value: { mean: 0.3 } })
  })

  it('gives the share of runs that meet it, the mean, and the shortfall of those that do not', () => {
    const outcome = outcomeOf(target(), [[0, 0.4], [0, 0.6], [0, 0.5], [0, 0.1]])
    expect(outcome).toMatchObject({ scenario: 'only', target: { id: 'goal' }, runs: 4 })
    expect(outcome.probability.mean).toBe(0.5)
    expect(outcome.value.mean).toBeCloseTo(0.4, 12)
    expect(outcome.shortfall.mean).toBeCloseTo((0.1 + 0 + 0 + 0.4) / 4, 12)
    expect(outcome.shortfall.lower).toBeGreaterThanOrEqual(0)
  })

  it.each([
    ['everybody', target(), 2],
    ['a group', target({ group: '1' }), 3],
    ['a gap', target({ measure: GAP, group: 'gap' }), 4],
    ['a specialty', target({ specialty: 'C_110' }), 5],
    ['a list of all stages, not of one', target({ measure: 'waiting', limit: 1 }), 1],
  ])('reads the series of %s', (_, goal, series) => {
    expect(outcomeOf(goal, [[3, 7]], series).value.mean).toBe(7)
  })

  it('is a defect, loudly, on a series that runs do not report', () => {
    expect(() => outcomeOf(target({ specialty: 'C_999' }), [[0, 0]])).toThrow('goal')
  })

  it('leaves out runs in which the measure is undefined, and counts them as not met yet', () => {
    const outcome = outcomeOf(target(), [[Number.NaN, Number.NaN], [Number.NaN, Number.NaN], [0.9, 0.9]])
    expect(outcome).toMatchObject({ runs: 1, probability: { mean: 1 }, value: { mean: 0.9 }, firstMet: null })
  })

  it('is not judged, and so missed, where every run is undefined or the projection ends before', () => {
    for (const outcome of [outcomeOf(target(), [[1, Number.NaN]]), outcomeOf(target({ by: '2030-01-01' }), [[1, 1]])]) {
      expect(outcome.runs).toBe(0)
      expect(outcome.probability).toEqual({ mean: Number.NaN, lower: Number.NaN, upper: Number.NaN })
      expect(outcome.shortfall.mean).toBeNaN()
      expect(isMissed(outcome)).toBe(true)
    }
    expect(outcomeOf(target({ by: '2030-01-01' }), [[1, 1]])).toMatchObject({ date: null, firstMet: '2026-01-31' })
  })

  it('says when half of the runs first meet it, and from when half keep it', () => {
    const [start, second, third, fourth] = weeklyDates(4)
    const dates = (runs: number[][]): unknown => {
      const { firstMet, keptFrom } = outcomeOf(target(), runs)
      return [firstMet, keptFrom]
    }
    expect(dates([[1, 1, 1, 1]])).toEqual([start, start])
    expect(dates([[0, 1, 0, 1]])).toEqual([second, fourth])
    expect(dates([[0, 1, 1, 0]])).toEqual([second, null])
    expect(dates([[0, 0, 1, 1], [0, 0, 0, 0]])).toEqual([third, third])
    expect(dates([[0, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]])).toEqual([null, null])
  })

  it('keeps scenarios and targets apart, in the order of the study', () => {
    const targets = [target({ id: 'a' }), target({ id: 'b', limitKind: 'atMost', limit: 0.2 })]
    const tally = createTargetTally({ targets, catalogue: catalogue(2), scenarioIds: ['x', 'y'] })
    for (const scenario of [1, 0, 1, 0]) tally.add(scenario, run([0, scenario === 0 ? 0.1 : 0.8]))
    expect(tally.outcomes().map(({ scenario, target: { id }, probability }) => [scenario, id, probability.mean])).toEqual([
      ['x', 'a', 0],
      ['x', 'b', 1],
      ['y', 'a', 1],
      ['y', 'b', 0],
    ])
  })

  it('has the same mean and limits, to the bit, as the table of the series', () => {
    const runs = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(runs, (ends) => {
        const shape = { scenarioIds: ['only'], reference: 0, series: KEYS.length, dates: 2, dateIndices: [0] }
        const aggregator = createAggregator(shape)
        for (const [replication, end] of ends.entries()) {
          aggregator.add({ scenario: 0, draw: 0, replication }, run([0, end]))
        }
        const [{ mean }] = aggregator.finish().scenarios
        expect(outcomeOf(target(), ends.map((end) => [0, end])).value.mean).toBe(mean[2 * 2 + 1])
      }),
      { seed: 11 },
    )
  })
})

describe('the dates of a target', () => {
  const runsOfWeeks = fc.integer({ min: 2, max: 6 }).chain((weeks) => {
    const oneRun = fc.array(fc.constantFrom(0, 1, Number.NaN), { minLength: weeks, maxLength: weeks })
    return fc.array(oneRun, { minLength: 1, maxLength: 7 })
  })

  it('are the first by which, and from which, at least half of the runs meet it', () => {
    fc.assert(
      fc.property(runsOfWeeks, (runs) => {
        const dates = weeklyDates(runs[0].length)
        const half = (holds: (run: number[]) => boolean): boolean => runs.filter(holds).length * 2 >= runs.length
        const { firstMet, keptFrom } = outcomeOf(target(), runs)
        expect(firstMet).toBe(dates.find((_, week) => half((values) => values.slice(0, week + 1).includes(1))) ?? null)
        const keeps = (week: number): boolean => half((values) => values.slice(week).every((value) => value === 1))
        expect(keptFrom).toBe(dates.find((_, week) => keeps(week)) ?? null)
      }),
      { seed: 12 },
    )
  })

  it('never keep a target before it is met', () => {
    fc.assert(
      fc.property(runsOfWeeks, (runs) => {
        const { firstMet, keptFrom } = outcomeOf(target(), runs)
        expect(keptFrom === null || (firstMet !== null && firstMet <= keptFrom)).toBe(true)
      }),
      { seed: 13 },
    )
  })
})

describe('a shortfall', () => {
  const limit = fc.double({ min: -10, max: 10, noNaN: true })
  const value = fc.double({ min: -10, max: 10, noNaN: true })

  it('is nought on the side of the limit that is asked for, the limit among it, and the distance elsewhere', () => {
    fc.assert(
      fc.property(limit, value, (asked, found) => {
        const least = shortfallOf(target({ limit: asked }), found)
        const most = shortfallOf(target({ limitKind: 'atMost', limit: asked }), found)
        expect(least === 0).toBe(found >= asked)
        expect(most === 0).toBe(found <= asked)
        expect(least + most).toBe(Math.abs(found - asked))
      }),
      { seed: 14 },
    )
  })

  it('from equality is the same whichever group is ahead: about 0 for a difference', () => {
    const within = target({ measure: GAP, group: 'gap', limitKind: 'within', limit: 0.5 })
    fc.assert(
      fc.property(value, (found) => {
        expect(shortfallOf(within, found)).toBe(shortfallOf(within, -found))
        expect(shortfallOf(within, found) === 0).toBe(Math.abs(found) <= 0.5)
      }),
      { seed: 15 },
    )
  })

  it('is about 1 for a ratio, and about 0 for the slope of a measure that is itself a ratio', () => {
    const of = (measure: string, found: number): number =>
      shortfallOf(target({ measure, group: 'gap', limitKind: 'within', limit: 0.05 }), found)
    expect(of('relative-index:mean-wait', 1)).toBe(0)
    expect(of('relative-gap:mean-wait', 1.25)).toBeCloseTo(0.2, 12)
    expect(of('relative-gap:mean-wait', 0)).toBeCloseTo(0.95, 12)
    expect(of('slope-index:treated-per-need', 0)).toBe(0)
    expect(of('slope-index:treated-per-need', 1)).toBeCloseTo(0.95, 12)
  })
})

describe('a required target', () => {
  const judged = (scenario: string, goal: Target, met: number): TargetOutcome => {
    const runs = Array.from({ length: 4 }, (_, index) => [0, index < met ? 1 : 0])
    return { ...outcomeOf(goal, runs), scenario }
  }

  it('is missed where fewer than half of the runs meet it, in the scenarios that it is required in', () => {
    const goal = target({ requiredIn: ['plan', 'other'] })
    const outcomes = [judged('plan', goal, 1), judged('other', goal, 2), judged('free', goal, 0)]
    expect(missedRequired(outcomes).map(({ scenario }) => scenario)).toEqual(['plan'])
    expect(missedRequired([judged('plan', target(), 0)])).toEqual([])
  })
})
