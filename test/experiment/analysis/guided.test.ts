import { describe, expect, it } from 'vitest'
import { begin, firstPoints, nextPoints, select } from '../../../src/experiment/analysis/evolve.ts'
import { guidedPoints } from '../../../src/experiment/analysis/guided.ts'
import { hypervolume, meansOf } from '../../../src/experiment/analysis/pareto.ts'
import type { Solution } from '../../../src/experiment/analysis/pareto.ts'
import { featuresOf, mixedPoint, programmesOf, variablesOf, type PortfolioSettings } from '../../../src/experiment/analysis/portfolio.ts'
import { fitSurrogate } from '../../../src/experiment/analysis/surrogate.ts'
import { latinHypercube } from '../../../src/scenario/draws/samplers.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** DTLZ2 (Deb et al., 2002), twelve variables. */
const sphere = ([a, b, ...rest]: readonly number[]): number[] => {
  const r = 1 + sum(rest.map((x) => (x - 0.5) ** 2))
  const [u, v] = [(a * Math.PI) / 2, (b * Math.PI) / 2]
  return [r * Math.cos(u) * Math.cos(v), r * Math.cos(u) * Math.sin(v), r * Math.sin(u)]
}

const solution = (variables: readonly number[], objectives: readonly number[], violation = 0): Solution => ({
  variables,
  objectives: objectives.map((value) => [value]),
  violation,
})

const spreadOut = (seed: string, points: number, variables: number): number[][] => {
  const flat = latinHypercube(seed, points, variables)
  return Array.from({ length: points }, (_, row) => [...flat.subarray(row * variables, (row + 1) * variables)])
}

describe('the stand-in', () => {
  const bent = ([x, y, z]: readonly number[]): number[] => [Math.log(1 + 3 * x) - y * z, x * x + 0.5 * y, 7]

  it('foretells a smooth function at points that it has not seen', () => {
    const known = spreadOut('known', 60, 3)
    const { predict } = fitSurrogate(known, known.map(bent))
    const errors = spreadOut('new', 40, 3).map((point) => predict(point).map((value, k) => value - bent(point)[k]))
    for (const k of [0, 1]) expect(Math.sqrt(sum(errors.map((each) => each[k] ** 2)) / errors.length)).toBeLessThan(0.01)
    for (const each of errors) expect(Math.abs(each[2])).toBeLessThan(1e-6)
  })

  it('looks through noise, and does not follow it', () => {
    const known = spreadOut('noisy', 120, 2)
    const noise = spreadOut('noise', 120, 1).map(([each]) => (each - 0.5) * 0.2)
    const { predict } = fitSurrogate(known, known.map(([x, y], index) => [2 * x - y + noise[index]]))
    const errors = spreadOut('new', 40, 2).map((point) => predict(point)[0] - (2 * point[0] - point[1]))
    // The noise has a standard deviation of 0.058.
    expect(Math.sqrt(sum(errors.map((each) => each ** 2)) / errors.length)).toBeLessThan(0.03)
  })

  it('bears points that are the same', () => {
    const { predict } = fitSurrogate([[0.2], [0.2], [0.8]], [[1], [1], [3]])
    expect(predict([0.8])[0]).toBeCloseTo(3, 2)
  })
})

describe('points proposed by the stand-in', () => {
  const settings = { seed: 'guided', population: 24, variables: 12 }
  const reached = (share: number): number => {
    const tried = firstPoints(settings).map((x) => solution(x, sphere(x)))
    let state = begin(settings, tried)
    while (state.generation < 4) {
      const guided = share === 0 ? [] : guidedPoints(state, tried, (x) => x, settings.population * share)
      const children = [...guided, ...nextPoints(state)].slice(0, settings.population).map((x) => solution(x, sphere(x)))
      tried.push(...children)
      state = select(state, children)
    }
    return hypervolume(state.population.map(meansOf), [1.5, 1.5, 1.5])
  }

  it('reach with 120 tries far more of the sphere of DTLZ2 than children alone', () => {
    expect(reached(0.5)).toBeGreaterThan(1.3 * reached(0))
  })

  it('are new, within bounds, and the same for the same search', () => {
    const tried = firstPoints(settings).map((x) => solution(x, sphere(x)))
    const state = begin(settings, tried)
    const points = guidedPoints(state, tried, (x) => x, 6)
    expect(points.length).toBeGreaterThan(0)
    expect(points.length).toBeLessThanOrEqual(6)
    for (const point of points) {
      expect(point.every((value) => value >= 0 && value <= 1)).toBe(true)
      expect(tried.some(({ variables }) => variables.every((value, k) => value === point[k]))).toBe(false)
    }
    expect(guidedPoints(JSON.parse(JSON.stringify(state)) as typeof state, tried, (x) => x, 6)).toEqual(points)
  })

  it('keep to a constraint that the tries have felt', () => {
    const tried = firstPoints({ ...settings, population: 80 }).map((x) => solution(x, sphere(x), Math.max(0, 0.5 - x[0])))
    const points = guidedPoints(begin(settings, tried), tried, (x) => x, 6)
    expect(points.length).toBeGreaterThan(0)
    for (const [first] of points) expect(first).toBeGreaterThan(0.4)
  })
})

describe('what the stand-in sees of a split', () => {
  const portfolio: PortfolioSettings = {
    levers: ['capacity', 'outreach'],
    specialtyGroups: [['C_110']],
    envelope: 1_000_000,
    timing: { from: '2026-04-01', years: 3, rampWeeks: 0 },
    groups: 5,
    spendLess: false,
  }
  const points = spreadOut('splits', 30, variablesOf(portfolio))

  it('is the same for splits that buy the same', () => {
    for (const point of points) {
      const same = mixedPoint(portfolio, point, point, 0.5)
      const before = programmesOf(portfolio, point)
      expect(programmesOf(portfolio, same).map(({ allocate }) => allocate)).toEqual(before.map(({ allocate }) => allocate))
      for (const [k, value] of featuresOf(portfolio, same).entries()) expect(value).toBeCloseTo(featuresOf(portfolio, point)[k], 9)
    }
  })

  it('begins with the share of the money of each part', () => {
    for (const point of points) {
      const budgets = programmesOf(portfolio, point).map(({ budget }) => (budget.perYear * budget.years) / (3 * portfolio.envelope))
      const shares = featuresOf(portfolio, point).slice(0, 3).filter((share) => share > 0)
      expect(shares).toHaveLength(budgets.length)
      for (const [k, share] of shares.entries()) expect(share).toBeCloseTo(budgets[k], 4)
    }
  })
})
