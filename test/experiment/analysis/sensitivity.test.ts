import { describe, expect, it } from 'vitest'
import { sobolPoints } from '../../../src/scenario/draws/samplers.ts'
import { morrisEffects, morrisPoints, tornadoBars, tornadoPoints } from '../../../src/experiment/analysis/screening.ts'
import { saltelliPoints, sobolIndices } from '../../../src/experiment/analysis/sobol-indices.ts'

type Model = (x: readonly number[]) => number

/** Ishigami and Homma (1990), a = 7, b = 0.1, on (−π, π)³. */
const ishigami: Model = (u) => {
  const [x, y, z] = u.map((each) => Math.PI * (2 * each - 1))
  return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x)
}
/** Sobol's g-function with the coefficients of Saltelli et al. (2010). */
const G_COEFFICIENTS = [0, 0.5, 3, 9, 99, 99]
const gFunction: Model = (u) => u.reduce((product, x, i) => (product * (Math.abs(4 * x - 2) + G_COEFFICIENTS[i])) / (1 + G_COEFFICIENTS[i]), 1)

const run = (model: Model, points: Float64Array, inputs: number): Float64Array =>
  Float64Array.from({ length: points.length / inputs }, (_, row) => model([...points.subarray(row * inputs, (row + 1) * inputs)]))

const sobol = (model: Model, inputs: number, base: number, seed: string) =>
  sobolIndices(run(model, saltelliPoints(seed, base, inputs), inputs), base, inputs, seed)

/** Of the g-function, in closed form: partial variances 1 ÷ (3 (1 + a)²). */
const gPartial = G_COEFFICIENTS.map((a) => 1 / (3 * (1 + a) ** 2))
const gVariance = gPartial.reduce((product, each) => product * (1 + each), 1) - 1
const G_FIRST = gPartial.map((each) => each / gVariance)
const G_TOTAL = gPartial.map((each) => (each * (gVariance + 1)) / (1 + each) / gVariance)

describe('sobolIndices', () => {
  it('finds the published indices of the Ishigami function within 0.02, with 1,024 base rows', () => {
    const found = sobol(ishigami, 3, 1024, 'ishigami')
    // Closed form (Saltelli et al. 2000, table 2.6): first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.
    for (const [input, [first, total]] of [[0.3139, 0.5576], [0.4424, 0.4424], [0, 0.2437]].entries()) {
      expect(Math.abs(found[input].first.value - first)).toBeLessThan(0.02)
      expect(Math.abs(found[input].total.value - total)).toBeLessThan(0.02)
    }
  })

  it('finds those of the g-function within 0.02, and puts its inputs in their order', () => {
    const found = sobol(gFunction, 6, 1024, 'g')
    for (const [input, each] of found.entries()) {
      expect(Math.abs(each.first.value - G_FIRST[input])).toBeLessThan(0.02)
      expect(Math.abs(each.total.value - G_TOTAL[input])).toBeLessThan(0.02)
    }
    const totals = found.slice(0, 4).map(({ total }) => total.value)
    expect(totals).toEqual(totals.toSorted((a, b) => b - a))
  })

  it('gives intervals that hold the truth about as often as they say, or more', () => {
    const held = Array.from({ length: 30 }, (_, seed) => sobol(ishigami, 3, 256, `coverage-${seed}`)).flatMap((found) =>
      [0.5576, 0.4424, 0.2437].map((total, input) => found[input].total.lower <= total && total <= found[input].total.upper),
    )
    // Were coverage 80%, 72 of 90 would be held; a design from Sobol points makes intervals wider than need be.
    expect(held.filter(Boolean).length).toBeGreaterThan(80)
  })

  it('has no index where the output does not vary', () => {
    expect(sobol(() => 3, 2, 64, 'flat').every(({ first, total }) => Number.isNaN(first.value) && Number.isNaN(total.value))).toBe(true)
  })
})

describe('morrisEffects', () => {
  const effects = (model: Model, inputs: number, trajectories: number) => {
    const points = morrisPoints('morris', trajectories, inputs)
    return morrisEffects(points, run(model, points, inputs), inputs, 'morris')
  }

  it('gives a linear model its slopes, without spread', () => {
    const [a, b, c] = effects(([x, y]) => 3 * x - 2 * y, 3, 6)
    expect([a.mean, b.mean, c.mean].map((each) => Number(each.toFixed(10)))).toEqual([3, -2, 0])
    expect(b.meanAbsolute.value).toBeCloseTo(2, 10)
    expect(a.sd).toBeCloseTo(0, 10)
  })

  it('puts the inputs of the g-function into three classes: strong, weaker, of no account', () => {
    const found = effects(gFunction, 6, 60).map(({ meanAbsolute }) => meanAbsolute.value)
    expect(Math.min(found[0], found[1])).toBeGreaterThan(found[2])
    expect(found[2]).toBeGreaterThan(found[3])
    expect(found[3]).toBeGreaterThan(5 * Math.max(found[4], found[5]))
  })

  it('shows an interaction as spread, and moves every input once in each trajectory', () => {
    const [x] = effects(([a, b]) => (a - 0.5) * (b - 0.5), 2, 40)
    expect(x.sd).toBeGreaterThan(0.2)
    const points = morrisPoints('moves', 5, 4)
    for (let trajectory = 0; trajectory < 5; trajectory += 1) {
      const rows = Array.from({ length: 5 }, (_, step) => points.subarray((trajectory * 5 + step) * 4, (trajectory * 5 + step + 1) * 4))
      const moved = rows.slice(1).map((row, step) => row.findIndex((value, input) => value !== rows[step][input]))
      expect(moved.toSorted((p, q) => p - q)).toEqual([0, 1, 2, 3])
    }
  })
})

describe('tornadoBars', () => {
  it('moves one input at a time between its 5% and 95% quantiles', () => {
    const bars = tornadoBars(run(([x, y]) => 10 * x - y, tornadoPoints(2), 2))
    expect(bars[0]).toEqual({ low: 0, high: 9, width: 9 })
    expect(bars[1].width).toBeCloseTo(0.9, 12)
    expect(bars[1].low).toBeGreaterThan(bars[1].high)
  })
})

describe('a design of many inputs', () => {
  it('leaves the middle of the other inputs independent: Saltelli blocks differ in one column only', () => {
    const points = saltelliPoints('blocks', 8, 3)
    const block = (index: number): Float64Array => points.subarray(index * 24, (index + 1) * 24)
    const differing = [2, 3, 4].map((index) => [...block(index).keys()].filter((at) => block(index)[at] !== block(0)[at]).map((at) => at % 3))
    expect(differing).toEqual([Array(8).fill(0), Array(8).fill(1), Array(8).fill(2)])
    const both = sobolPoints('blocks', 8, 6)
    expect(block(0)[0]).toBe(both[0])
    expect(block(1)[0]).toBe(both[3])
  })
})
