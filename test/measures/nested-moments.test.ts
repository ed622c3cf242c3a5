import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { NestedMoments } from '../../src/measures/nested-moments.ts'
import { createPointSummary } from '../../src/experiment/sweep/point-summary.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
const variance = (values: readonly number[]): number => {
  const centre = mean(values)
  return values.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (values.length - 1)
}

function spreadOf(draws: readonly (readonly number[])[]) {
  const moments = new NestedMoments(1)
  for (const draw of draws) {
    for (const value of draw) moments.add(0, value)
    moments.endDraw()
  }
  return moments.spread(0)
}

describe('nested moments', () => {
  it('agree with the textbook on any balanced table of draws × replications', () => {
    const value = fc.double({ min: -1e4, max: 1e4, noNaN: true })
    const table = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 })).chain(([draws, replications]) =>
      fc.array(fc.array(value, { minLength: replications, maxLength: replications }), { minLength: draws, maxLength: draws }),
    )
    fc.assert(
      fc.property(table, (draws) => {
        const spread = spreadOf(draws)
        const within = mean(draws.map(variance))
        const between = variance(draws.map(mean))
        const scale = 1 + Math.abs(variance(draws.flat()))
        expect(spread.n).toBe(draws.flat().length)
        expect(Math.abs(spread.mean - mean(draws.flat())) / scale).toBeLessThan(1e-9)
        expect(Math.abs(spread.sd ** 2 - variance(draws.flat())) / scale).toBeLessThan(1e-9)
        expect(Math.abs(spread.randomVariance - within) / scale).toBeLessThan(1e-9)
        expect(Math.abs(spread.parameterVariance - (between - within / draws[0].length)) / scale).toBeLessThan(1e-9)
        expect(Math.abs(spread.standardError - Math.sqrt(between / draws.length)) / scale).toBeLessThan(1e-9)
        expect(spread.degrees).toBe(draws.length - 1)
      }),
      { seed: 21 },
    )
  })

  it('find both variances without bias: parameters 9, chance 4', () => {
    const random = seedrandom('moments')
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const found = Array.from({ length: 400 }, () =>
      spreadOf(Array.from({ length: 8 }, () => {
        const level = 3 * normal()
        return Array.from({ length: 3 }, () => level + 2 * normal())
      })),
    )
    const parameters = found.map((spread) => spread.parameterVariance)
    const chance = found.map((spread) => spread.randomVariance)
    // Three standard errors of the mean of 400 experiments.
    expect(Math.abs(mean(parameters) - 9)).toBeLessThan(3 * Math.sqrt(variance(parameters) / 400))
    expect(Math.abs(mean(chance) - 4)).toBeLessThan(3 * Math.sqrt(variance(chance) / 400))
    // A component is unbiased only if it may come out below 0.
    expect(Math.min(...parameters)).toBeLessThan(2)
  })

  it('say nothing where there is nothing to say', () => {
    expect(spreadOf([[5]])).toMatchObject({ n: 1, mean: 5, parameterVariance: Number.NaN, randomVariance: Number.NaN })
    expect(spreadOf([[1], [2]]).randomVariance).toBeNaN()
    expect(spreadOf([[Number.NaN]])).toMatchObject({ n: 0, mean: Number.NaN })
  })
})

describe("a point's summary", () => {
  const pairs = Array.from({ length: 6 }, (_, k) => [k * k, k * k + 1 + (k % 2)])
  const summary = createPointSummary(2, 1)
  for (const pair of pairs) summary.add(pair.map((value) => Float64Array.of(value)))
  summary.endDraw()

  it('pairs runs, and says what pairing gains', () => {
    const { difference, varianceReduction } = summary.cell(1, 0)
    const differences = pairs.map(([reference, own]) => own - reference)
    expect(difference?.mean).toBeCloseTo(mean(differences), 12)
    const unpaired = variance(pairs.map(([reference]) => reference)) + variance(pairs.map(([, own]) => own))
    expect(varianceReduction).toBeCloseTo(unpaired / variance(differences), 6)
  })

  it('leaves a run whose partner is missing out of the differences, and keeps it in the mean', () => {
    const partial = createPointSummary(2, 1)
    partial.add([null, Float64Array.of(10)])
    partial.add([Float64Array.of(1), Float64Array.of(2)])
    partial.endDraw()
    expect(partial.cell(1, 0).value).toMatchObject({ n: 2, mean: 6 })
    expect(partial.cell(1, 0).difference).toMatchObject({ n: 1, mean: 1 })
  })
})
