import { describe, expect, it } from 'vitest'
import { discoverBox } from '../../../src/experiment/analysis/discovery.ts'
import { latinHypercube, sobolPoints } from '../../../src/scenario/draws/samplers.ts'
import { smoothOf } from '../../../src/experiment/analysis/smooth.ts'
import { informationValue, parameterValue } from '../../../src/experiment/analysis/value-of-information.ts'
import { normalQuantile } from '../../../src/measures/indices/normal-quantile.ts'

/** E max(0, X) for a normal X: σ φ(m/σ) + m Φ(m/σ), with Φ(1/2) and Φ(1/√5) from tables. */
const normalGain = (mean: number, sd: number, tableOfPhi: number): number =>
  (sd * Math.exp(-((mean / sd) ** 2) / 2)) / Math.sqrt(2 * Math.PI) + mean * tableOfPhi

describe('the value of information', () => {
  // Two choices: nothing, or a gain of m + X + Y with X and Y normal. Advantage m = 1, sd of X 2, of Y 1.
  const draws = 2048
  const points = sobolPoints('information', draws, 3)
  const column = (each: number): Float64Array => Float64Array.from({ length: draws }, (_, draw) => normalQuantile(points[draw * 3 + each]))
  const [x, y, idle] = [column(0), column(1), column(2)]
  const gain = x.map((value, draw) => 1 + 2 * value + y[draw])
  const netBenefit = [new Float64Array(draws), gain]

  it('agrees with the closed form for everything, within 1%', () => {
    const { evpi, best, shareBest } = informationValue(netBenefit)
    // Φ(1/√5) = 0.672640.
    const truth = normalGain(1, Math.sqrt(5), 0.67264) - 1
    expect(evpi / truth).toBeCloseTo(1, 2)
    expect(best).toBe(1)
    expect(shareBest[1]).toBeCloseTo(0.6726, 2)
  })

  it('agrees with the closed form for one parameter, within 3%, and gives an idle one next to nothing', () => {
    // Φ(0.5) = 0.691462; Φ(1) = 0.841345.
    expect(parameterValue(netBenefit, x) / (normalGain(1, 2, 0.691462) - 1)).toBeCloseTo(1, 1)
    expect(Math.abs(parameterValue(netBenefit, x) / (normalGain(1, 2, 0.691462) - 1) - 1)).toBeLessThan(0.03)
    expect(Math.abs(parameterValue(netBenefit, y) / (normalGain(1, 1, 0.841345) - 1) - 1)).toBeLessThan(0.06)
    expect(parameterValue(netBenefit, idle)).toBeLessThan(0.005)
  })

  it('never exceeds what knowing everything is worth, and is 0 where one choice is always better', () => {
    expect(parameterValue(netBenefit, x)).toBeLessThanOrEqual(informationValue(netBenefit).evpi)
    const always = [new Float64Array(draws), x.map((value) => 100 + value)]
    expect(informationValue(always).evpi).toBe(0)
    expect(parameterValue(always, x)).toBe(0)
  })

  it('sees a dependence that bends, which a straight line would miss', () => {
    const bent = [new Float64Array(draws), x.map((value, draw) => value ** 2 - 1 + 0.5 * y[draw])]
    // E max(0, X² − 1) = 2 φ(1) = 0.483941.
    expect(Math.abs(parameterValue(bent, x) / 0.483941 - 1)).toBeLessThan(0.04)
  })
})

describe('smoothOf', () => {
  it('gives a constant to pure noise nine times in ten or so, and does not chase it', () => {
    const degrees = Array.from({ length: 60 }, (_, seed) => {
      const noise = latinHypercube(`noise-${seed}`, 200, 2)
      const at = (each: number): Float64Array => Float64Array.from({ length: 200 }, (__, row) => noise[row * 2 + each])
      return smoothOf(at(0), at(1)).degrees
    })
    expect(degrees.filter((each) => each === 1).length).toBeGreaterThan(35)
    expect(degrees.reduce((sum, each) => sum + each, 0) / 60).toBeLessThan(2.2)
  })

  it('takes a parameter that never varies for no parameter', () => {
    expect(smoothOf(new Float64Array(20).fill(3), Float64Array.from({ length: 20 }, (_, i) => i)).degrees).toBe(1)
  })
})

describe('discoverBox', () => {
  const draws = 400
  const points = latinHypercube('prim', draws, 4)
  const at = (row: number, input: number): number => points[row * 4 + input]
  const every = Array.from({ length: draws }, (_, row) => row)

  it('finds the corner in which the cases lie, and leaves out parameters that do not matter', () => {
    const box = discoverBox(points, 4, every.map((row) => at(row, 0) > 0.6 && at(row, 2) < 0.5))
    expect(box.sides.map(({ input }) => input).toSorted((a, b) => a - b)).toEqual([0, 2])
    const [high, low] = [0, 2].map((input) => box.sides.find((side) => side.input === input))
    expect(Math.abs(Number(high?.from) - 0.6)).toBeLessThan(0.05)
    expect(high?.to).toBe(1)
    expect(Math.abs(Number(low?.to) - 0.5)).toBeLessThan(0.05)
    expect(box.coverage).toBeGreaterThan(0.9)
    expect(box.density).toBeGreaterThan(0.9)
  })

  it('finds it through cases that are noisy', () => {
    const noise = latinHypercube('prim-noise', draws, 1)
    const box = discoverBox(points, 4, every.map((row) => noise[row] < (at(row, 1) > 0.7 ? 0.9 : 0.1)))
    expect(box.sides[0].input).toBe(1)
    expect(Math.abs(box.sides[0].from - 0.7)).toBeLessThan(0.1)
    expect(box.density).toBeGreaterThan(0.8)
  })

  it('claims no region where cases are spread by luck, or there are none', () => {
    const luck = latinHypercube('prim-luck', draws, 1)
    expect(discoverBox(points, 4, every.map((row) => luck[row] < 0.3)).density).toBeLessThan(0.5)
    expect(discoverBox(points, 4, every.map(() => false)).sides).toEqual([])
    expect(discoverBox(points, 4, every.map(() => true))).toEqual({ sides: [], coverage: 1, density: 1, support: 1 })
  })
})
