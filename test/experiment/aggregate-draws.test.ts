import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { createInlineBackend } from '../../src/execution/inline.ts'
import { createAggregator } from '../../src/experiment/aggregate.ts'
import { runStudy } from '../../src/experiment/run-study.ts'
import { confidenceInterval } from '../../src/measures/interval.ts'
import { spreadByCause } from '../../src/results/spread.ts'
import { resolved, SMALL_STUDY } from '../scenario/helpers.ts'

type Values = (draw: number, replication: number, scenario: number) => number

/** Runs of a reference and one other scenario, one number each. */
function aggregate(unit: 'run' | 'draw', draws: number, replications: number, value: Values) {
  const aggregator = createAggregator({ scenarioIds: ['reference', 'other'], reference: 0, series: 1, dates: 1, dateIndices: [0], unit })
  for (let draw = 0; draw < draws; draw += 1) {
    for (let replication = 0; replication < replications; replication += 1) {
      for (const scenario of [0, 1]) aggregator.add({ scenario, draw, replication }, Float64Array.of(value(draw, replication, scenario)))
    }
  }
  return aggregator.finish().scenarios
}

function normals(seed: string): () => number {
  const uniform = seedrandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** Share of 500 studies of 10 draws × 6 replications whose interval holds the true mean difference, 3. */
function coverage(unit: 'run' | 'draw'): number {
  let held = 0
  for (let trial = 0; trial < 500; trial += 1) {
    const normal = normals(`coverage ${trial}`)
    const effects = Array.from({ length: 10 }, () => 3 + 2 * normal())
    const [, other] = aggregate(unit, 10, 6, (draw, _, scenario) => (scenario === 0 ? 0 : effects[draw] + normal()))
    const { lower, upper } = confidenceInterval(other.difference[0], other.differenceSd[0], other.differenceN[0])
    if (lower <= 3 && 3 <= upper) held += 1
  }
  return held / 500
}

describe('aggregation of draws with several replications', () => {
  it('gives intervals that hold the mean over the parameters as often as they say', () => {
    // 95% of 500 studies: standard error 1 point.
    expect(Math.abs(coverage('draw') - 0.95)).toBeLessThan(0.03)
    // Runs taken for independent, which they are not, hold it far less often: the test would notice.
    expect(coverage('run')).toBeLessThan(0.75)
  })

  it('counts a draw once, whichever of its runs had a value', () => {
    const [reference] = aggregate('draw', 3, 2, (draw, replication) => (draw === 2 ? Number.NaN : draw === 1 && replication === 1 ? Number.NaN : 10 * draw + replication))
    // Draw 0 has 0 and 1, draw 1 has 10 alone, draw 2 nothing.
    expect([reference.mean[0], reference.n[0]]).toEqual([5.25, 2])
    expect(reference.sd[0]).toBeCloseTo(9.5 / Math.SQRT2, 12)
  })

  it('is the same to the last bit as single runs where a draw has one replication', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 }), (numbers) => {
        const value: Values = (draw, _, scenario) => numbers[draw] * (1 + scenario)
        expect(aggregate('draw', numbers.length, 1, value)).toEqual(aggregate('run', numbers.length, 1, value))
      }),
      { seed: 3, numRuns: 50 },
    )
  })
})

const NESTED = `${SMALL_STUDY.replace('base: {}', 'base: {}\n  fewer: { invest: [{ lever: capacity, budget: { perYear: 100000 } }] }')}draws: 6
replications: 4
assumptions: { dnaRate: { dist: uniform, min: 0.05, max: 0.4 } }
targets: [{ id: short, measure: waiting, atMost: 30, by: 2026-08-23 }]
`

describe('a study of draws and replications', () => {
  it('reports over draws, with its spread apart by cause: together the variance over all runs', async () => {
    const results = await runStudy(await resolved(NESTED), createInlineBackend())
    const waiting = results.catalogue.keys.findIndex(({ measure, group, stage, specialty }) => measure === 'waiting' && group === 'all' && stage === 'all' && specialty === 'all')
    const last = results.catalogue.dates.length - 1
    const [base] = results.scenarios
    expect(base.n[waiting * (last + 1) + last]).toBe(6)

    const dates = results.runRows.dateIndices.length
    const runs = results.runRows.runs.filter(({ scenario }) => scenario === 'base').map(({ values }) => values[waiting * dates + dates - 1])
    const byDraw = Array.from({ length: 6 }, (_, draw) => runs.slice(draw * 4, draw * 4 + 4))
    const within = mean(byDraw.map(varianceOf))
    const { value, difference } = spreadByCause(results)?.(0, waiting, dates - 1) ?? { value: null, difference: null }
    expect(value?.random).toBeCloseTo(within, 9)
    expect(value?.parameter).toBeCloseTo(varianceOf(byDraw.map(mean)) - within / 4, 9)
    expect(difference).toEqual({ parameter: 0, random: 0 })

    const [target] = results.targets
    expect(target.runs).toBe(24)
    // Over six draws, not 24 runs: Wilson's interval is never narrower than that of six.
    expect(target.probability.upper - target.probability.lower).toBeGreaterThan(0.3)
    expect(target.value.mean).toBeCloseTo(mean(runs), 9)
  })

  it('cannot tell causes apart with one replication, or without draws, and does not pretend to', async () => {
    for (const source of [NESTED.replace('replications: 4', 'replications: 1'), NESTED.replace('draws: 6', 'draws: 0')]) {
      expect(spreadByCause(await runStudy(await resolved(source), createInlineBackend()))).toBeNull()
    }
  })
})

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
const varianceOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + (each - mean(values)) ** 2, 0) / (values.length - 1)
