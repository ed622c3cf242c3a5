import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAggregator } from '../../src/experiment/aggregate.ts'

const SERIES = 3
const DATES = 4
const SIZE = SERIES * DATES

/** Aggregates runs given as [replication][scenario]; scenario 1 is the reference and comes first. */
function aggregate(replications: readonly (readonly Float64Array[])[]) {
  const aggregator = createAggregator({
    scenarioIds: ['a', 'reference', 'c'],
    reference: 1,
    series: SERIES,
    dates: DATES,
    dateIndices: [0, 2, 3],
  })
  replications.forEach((runs, replication) => {
    for (const scenario of [1, 0, 2]) aggregator.add({ scenario, draw: 0, replication }, runs[scenario])
  })
  return aggregator.finish()
}

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? Number.NaN : numbers.reduce((sum, number) => sum + number, 0) / numbers.length
const sd = (numbers: readonly number[]): number => {
  if (numbers.length < 2) return numbers.length === 0 ? Number.NaN : 0
  const centre = mean(numbers)
  return Math.sqrt(numbers.reduce((sum, number) => sum + (number - centre) ** 2, 0) / (numbers.length - 1))
}
const defined = (numbers: readonly number[]): number[] => numbers.filter((number) => !Number.isNaN(number))

const cell = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
)
const run = fc.array(cell, { minLength: SIZE, maxLength: SIZE }).map((cells) => Float64Array.from(cells))
const study = fc.array(fc.tuple(run, run, run), { minLength: 1, maxLength: 8 })

describe('aggregation', () => {
  it('gives the plain mean, standard deviation and paired difference of the defined values', () => {
    fc.assert(
      fc.property(study, (replications) => {
        const { scenarios } = aggregate(replications)
        const close = (actual: number, expected: number): void => {
          // Both NaN, or both numbers and near each other.
          expect(Object.is(actual, expected) || Math.abs(actual - expected) < 1e-7).toBe(true)
        }
        for (const scenario of [0, 2]) {
          for (let index = 0; index < SIZE; index += 1) {
            const values = defined(replications.map((runs) => runs[scenario][index]))
            const pairs = defined(replications.map((runs) => runs[scenario][index] - runs[1][index]))
            const summary = scenarios[scenario]
            close(summary.mean[index], mean(values))
            close(summary.sd[index], sd(values))
            expect(summary.n[index]).toBe(values.length)
            close(summary.difference[index], mean(pairs))
            close(summary.differenceSd[index], sd(pairs))
            expect(summary.differenceN[index]).toBe(pairs.length)
          }
        }
      }),
      { seed: 11 },
    )
  })

  it('gives a difference of exactly nought to the reference and to a scenario that equals it', () => {
    fc.assert(
      fc.property(study, (replications) => {
        const { scenarios } = aggregate(replications.map(([, reference, other]) => [reference.slice(), reference, other]))
        const [twin, reference] = scenarios
        expect(twin).toEqual(reference)
        for (let index = 0; index < SIZE; index += 1) {
          const undefinedThroughout = reference.n[index] === 0
          expect(Object.is(twin.difference[index], undefinedThroughout ? Number.NaN : 0)).toBe(true)
          expect(Object.is(twin.differenceSd[index], undefinedThroughout ? Number.NaN : 0)).toBe(true)
        }
      }),
      { seed: 12 },
    )
  })

  it('keeps the spread of numbers far from nought', () => {
    const runs = [1, 2, 3].map((value) => {
      const values = new Float64Array(SIZE).fill(1e12 + value)
      return [values, values, values]
    })
    expect(aggregate(runs).scenarios[0].sd[0]).toBe(1)
  })

  it('has no spread with one run', () => {
    const values = new Float64Array(SIZE).fill(5)
    const [summary] = aggregate([[values, values, values]]).scenarios
    expect([summary.mean[0], summary.sd[0], summary.n[0]]).toEqual([5, 0, 1])
  })

  it('keeps each run at the reporting dates, by scenario, then draw, then replication', () => {
    const block = (first: number): Float64Array => Float64Array.from({ length: SIZE }, (_, index) => first + index)
    const { runRows } = aggregate([
      [block(0), block(100), block(200)],
      [block(1000), block(1100), block(1200)],
    ])
    expect(runRows.dateIndices).toEqual([0, 2, 3])
    expect(runRows.runs.map(({ scenario, draw, replication }) => [scenario, draw, replication])).toEqual([
      ['a', 0, 0],
      ['a', 0, 1],
      ['reference', 0, 0],
      ['reference', 0, 1],
      ['c', 0, 0],
      ['c', 0, 1],
    ])
    expect([...runRows.runs[5].values]).toEqual([1200, 1202, 1203, 1204, 1206, 1207, 1208, 1210, 1211])
  })

  it('refuses a run whose reference has not come, and a block of another length', () => {
    const shape = { scenarioIds: ['a', 'b'], reference: 0, series: 1, dates: 1, dateIndices: [0] }
    const aggregator = createAggregator(shape)
    const values = new Float64Array(1)
    expect(() => aggregator.add({ scenario: 1, draw: 0, replication: 0 }, values)).toThrow('before its reference')
    aggregator.add({ scenario: 0, draw: 0, replication: 0 }, values)
    expect(() => aggregator.add({ scenario: 1, draw: 1, replication: 0 }, values)).toThrow('before its reference')
    expect(() => aggregator.add({ scenario: 1, draw: 0, replication: 1 }, values)).toThrow('before its reference')
    expect(() => aggregator.add({ scenario: 1, draw: 0, replication: 0 }, new Float64Array(2))).toThrow('2 values')
  })
})
