import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latinHypercube, sobolPoints, sobolWords } from '../../../src/scenario/draws/samplers.ts'
import { MOST_DIMENSIONS } from '../../../src/scenario/draws/sobol-directions.ts'

const column = (points: Float64Array, dimensions: number, dimension: number): number[] =>
  [...points].filter((_, index) => index % dimensions === dimension)

const isOnePerSlice = (values: readonly number[]): boolean => {
  const slices = values.map((value) => Math.floor(value * values.length)).toSorted((a, b) => a - b)
  return slices.every((slice, index) => slice === index)
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, index) => sum + (value - mx) * (y[index] - my), 0)
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB))
}

describe('latinHypercube', () => {
  it('puts exactly one point into every slice of every dimension, inside the open cube', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 8 }), (seed, runs, dimensions) => {
        const points = latinHypercube(seed, runs, dimensions)
        expect(points).toHaveLength(runs * dimensions)
        expect(points.every((value) => value > 0 && value < 1)).toBe(true)
        for (let each = 0; each < dimensions; each += 1) {
          expect(isOnePerSlice(column(points, dimensions, each))).toBe(true)
        }
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  it('is the same for the same seed, another for another, and keeps a dimension when more are asked for', () => {
    expect(latinHypercube('a', 20, 3)).toEqual(latinHypercube('a', 20, 3))
    expect(latinHypercube('a', 20, 3)).not.toEqual(latinHypercube('b', 20, 3))
    expect(column(latinHypercube('a', 20, 2), 2, 1)).toEqual(column(latinHypercube('a', 20, 5), 5, 1))
  })

  it('leaves its dimensions uncorrelated in the mean over seeds', () => {
    const correlations = Array.from({ length: 200 }, (_, seed) => {
      const points = latinHypercube(String(seed), 40, 2)
      return correlation(column(points, 2, 0), column(points, 2, 1))
    })
    // Standard error of one is about 1/√39; of the mean of 200, 0.011.
    expect(Math.abs(correlations.reduce((sum, each) => sum + each, 0) / 200)).toBeLessThan(0.045)
  })
})

describe('sobolWords', () => {
  // scipy 1.17.1: qmc.Sobol(128, scramble=False).random(64), whose direction numbers are Joe and Kuo's too.
  it('gives the published first points in the first ten dimensions', () => {
    const expected = [
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875, 0.875, 0.625],
      [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375, 0.375, 0.125],
      [0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125, 0.125, 0.375],
      [0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625, 0.625, 0.875],
    ]
    expect([...sobolWords(8, 10)].map((word) => word / 2 ** 32)).toEqual(expected.flat())
  })

  it('gives the published values far out, in the last dimensions too', () => {
    const words = sobolWords(64, MOST_DIMENSIONS)
    const at = (run: number, dimension: number): number => words[run * MOST_DIMENSIONS + dimension] / 2 ** 32
    expect([0, 1, 2, 5, 19, 49, 63, 99, 127].map((dimension) => at(63, dimension))).toEqual(
      [0.015625, 0.796875, 0.359375, 0.140625, 0.234375, 0.671875, 0.734375, 0.078125, 0.640625],
    )
    expect([10, 30, 50, 63, 100, 127].map((dimension) => at(37, dimension))).toEqual([0.015625, 0.359375, 0.421875, 0.828125, 0.359375, 0.671875])
  })

  it('refuses more dimensions than it has direction numbers for', () => {
    expect(() => sobolWords(4, MOST_DIMENSIONS + 1)).toThrow(RangeError)
  })
})

describe('sobolPoints', () => {
  it('keeps one point per slice in every dimension after scrambling, inside the open cube', () => {
    const points = sobolPoints('seed', 64, MOST_DIMENSIONS)
    expect(points.every((value) => value > 0 && value < 1)).toBe(true)
    for (let each = 0; each < MOST_DIMENSIONS; each += 1) {
      expect(isOnePerSlice(column(points, MOST_DIMENSIONS, each))).toBe(true)
    }
  })

  it('keeps the pairs of the first two dimensions a (0, 2)-net: one point in each 8 by 8 box of 64', () => {
    const points = sobolPoints('net', 64, 2)
    const boxes = column(points, 2, 0).map((x, run) => Math.floor(x * 8) * 8 + Math.floor(points[run * 2 + 1] * 8))
    expect(new Set(boxes).size).toBe(64)
  })

  it('is uniform over seeds, point by point: the scramble is as random as it must be', () => {
    // Means of 400 uniforms have standard error 0.0144; of their squares' mean, 0.0149. Limits are 4.5 of them.
    for (const run of [0, 1, 5]) {
      const values = Array.from({ length: 400 }, (_, seed) => sobolPoints(String(seed), 8, 3)[run * 3 + 2])
      const mean = values.reduce((sum, value) => sum + value, 0) / 400
      const square = values.reduce((sum, value) => sum + value * value, 0) / 400
      expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.065)
      expect(Math.abs(square - 1 / 3)).toBeLessThan(0.067)
    }
  })

  it('integrates a smooth function far better than independent points would', () => {
    // The product of (2x)'s over five dimensions integrates to 1; independent points: sd √((4/3)^5 − 1) ÷ √1024 = 0.056.
    const errors = Array.from({ length: 20 }, (_, seed) => {
      const points = sobolPoints(String(seed), 1024, 5)
      let sum = 0
      for (let run = 0; run < 1024; run += 1) {
        sum += points.subarray(run * 5, run * 5 + 5).reduce((product, x) => product * 2 * x, 1)
      }
      return (sum / 1024 - 1) ** 2
    })
    expect(Math.sqrt(errors.reduce((sum, each) => sum + each, 0) / 20)).toBeLessThan(0.056 / 8)
  })
})
