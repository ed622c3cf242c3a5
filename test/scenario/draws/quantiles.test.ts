import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlate, ranksOf } from '../../../src/scenario/draws/correlate.ts'
import { quantileOf } from '../../../src/scenario/draws/quantiles.ts'
import { latinHypercube } from '../../../src/scenario/draws/samplers.ts'
import { uncertainParameters } from '../../../src/scenario/draws/uncertain.ts'
import { distributionMean } from '../../../src/scenario/distributions.ts'
import type { Distribution } from '../../../src/scenario/study.ts'

const PROBABILITIES = [1e-6, 0.001, 0.025, 0.3, 0.5, 0.9, 0.999]

// scipy 1.17.1: stats.<distribution>(…).ppf at those probabilities.
const PUBLISHED: readonly (readonly [Distribution, readonly number[]])[] = [
  [
    { dist: 'beta', mean: 0.074, sd: 0.01 },
    [0.03533005879834391, 0.04666809683991834, 0.05561101580521544, 0.06846536273138364, 0.07358508336750258, 0.08705940120817093, 0.10839488541929818],
  ],
  [
    { dist: 'beta', mean: 0.5, sd: 0.45 },
    [2.17335636198876e-49, 8.242867355080461e-24, 6.844729344676088e-12, 0.010791344777831096, 0.5, 0.9999990695145834, 1],
  ],
  [
    { dist: 'gamma', mean: 200, sd: 60 },
    [29.39270333819733, 63.93169870937745, 100.24820044079884, 164.74579839444402, 194.0330584883867, 279.710233680844, 437.3400869916963],
  ],
  [
    { dist: 'gamma', mean: 10_000, sd: 10 },
    [9952.537734127987, 9969.126173198152, 9980.409833402939, 9994.75357917236, 9999.996666666864, 10012.81765499621, 10030.930823698545],
  ],
  [
    { dist: 'pert', min: 10, mode: 15, max: 20 },
    [10.046524163615866, 10.475518981754577, 11.466327996346731, 13.898183505309584, 15, 17.53363546711533, 19.524481018245424],
  ],
  [
    { dist: 'lognormal', mean: 100, sd: 30 },
    [23.72820192222224, 38.66410190620998, 53.8775332031698, 82.11643051408855, 95.78262852211522, 139.53201894673228, 237.282426703205],
  ],
  [
    { dist: 'triangular', min: 1, mode: 2, max: 5 },
    [1.002, 1.0632455532033676, 1.316227766016838, 2.1017246507621126, 2.550510257216822, 3.904554884989668, 4.890455488498967],
  ],
  [{ dist: 'normal', mean: 5, sd: 0 }, [5, 5, 5, 5, 5, 5, 5]],
  [{ dist: 'quantiles', probabilities: [0.25, 0.75], values: [10, 20] }, [5.00002, 5.02, 5.5, 11, 15, 23, 24.98]],
]

describe('quantileOf', () => {
  it.each(PUBLISHED)('gives the published quantiles of %o', (spec, expected) => {
    for (const [index, u] of PROBABILITIES.entries()) {
      expect(quantileOf(spec, u) / expected[index]).toBeCloseTo(1, 8)
    }
  })

  it.each(['gamma', 'beta'] as const)('is the mean of a %s whose spread cannot be told from none, where its shape would overflow', (dist) => {
    for (const u of PROBABILITIES) expect(quantileOf({ dist, mean: 0.3, sd: 1e-12 }, u)).toBe(0.3)
  })

  it('rises with the probability and has the mean that the distribution states', () => {
    const spread = fc.double({ min: 0.05, max: 0.9, noNaN: true })
    const specs: fc.Arbitrary<Distribution> = fc.oneof(
      fc
        .record({ mean: fc.double({ min: 0.01, max: 500, noNaN: true }), relative: spread })
        .map(({ mean, relative }) => ({ dist: 'gamma' as const, mean, sd: mean * relative })),
      fc
        .record({ mean: fc.double({ min: 0.05, max: 0.95, noNaN: true }), relative: spread })
        .map(({ mean, relative }) => ({ dist: 'beta' as const, mean, sd: relative * Math.sqrt(mean * (1 - mean)) * 0.9 })),
      fc
        .record({ mean: fc.double({ min: 0.01, max: 500, noNaN: true }), relative: spread })
        .map(({ mean, relative }) => ({ dist: 'lognormal' as const, mean, sd: mean * relative })),
    )
    fc.assert(
      fc.property(specs, (spec) => {
        const values = Array.from({ length: 400 }, (_, index) => quantileOf(spec, (index + 0.5) / 400))
        for (let index = 1; index < values.length; index += 1) expect(values[index]).toBeGreaterThanOrEqual(values[index - 1])
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        // The midpoint rule misses part of the far tail: under 1% of the mean for the widest of these.
        expect(Math.abs(mean / distributionMean(spec) - 1)).toBeLessThan(0.01)
      }),
      { seed: 11, numRuns: 25 },
    )
  })
})

describe('correlate', () => {
  const wished = [
    [1, 0.7, -0.3],
    [0.7, 1, 0],
    [-0.3, 0, 1],
  ]
  const column = (points: Float64Array, each: number): number[] => [...points].filter((_, index) => index % 3 === each)

  it('gives the ranks the correlations asked for, to a few hundredths', () => {
    const points = correlate(latinHypercube('correlated', 500, 3), wished)
    for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 3; j += 1) {
        expect(Math.abs(rankCorrelation(column(points, i), column(points, j)) - wished[i][j])).toBeLessThan(0.03)
      }
    }
  })

  it('keeps the values of every dimension, so that a Latin hypercube stays one', () => {
    const before = latinHypercube('kept', 60, 3)
    const after = correlate(before, wished)
    for (let each = 0; each < 3; each += 1) {
      expect(column(after, each).toSorted((a, b) => a - b)).toEqual(column(before, each).toSorted((a, b) => a - b))
    }
  })

  it('refuses correlations that contradict one another, and too few runs', () => {
    const impossible = [
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ]
    expect(() => correlate(latinHypercube('x', 50, 3), impossible)).toThrow('contradict')
    expect(() => correlate(latinHypercube('x', 3, 3), wished)).toThrow(RangeError)
  })
})

function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranksOf(a), ranksOf(b)]
  const middle = (a.length - 1) / 2
  let [product, square] = [0, 0]
  for (let index = 0; index < a.length; index += 1) {
    product += (x[index] - middle) * (y[index] - middle)
    square += (x[index] - middle) ** 2
  }
  return product / square
}

describe('uncertainParameters', () => {
  const dna: Distribution = { dist: 'beta', mean: 0.07, sd: 0.01, key: 'assumptions.dnaRate' }
  const cost: Distribution = { dist: 'uniform', min: 100, max: 300, key: 'scenarios.a.invest[0].parameters.cost' }
  const study = {
    parameters: {},
    baseline: { kind: 'inline', note: { dist: 'not a parameter' } },
    assumptions: { dnaRate: [dna, dna], growth: { formula: '1.02^year', program: [{ dist: 'no' }] } },
    scenarios: [{ id: 'a', invest: [{ parameters: { cost } }] }],
    targets: [],
  }

  it('finds each distribution once, with every place where it stands', () => {
    expect(uncertainParameters(study)).toEqual([
      { key: 'assumptions.dnaRate', spec: dna, paths: [['assumptions', 'dnaRate', 0], ['assumptions', 'dnaRate', 1]] },
      { key: cost.key, spec: cost, paths: [['scenarios', 0, 'invest', 0, 'parameters', 'cost']] },
    ])
  })
})
