import { describe, expect, it } from 'vitest'
import { areCorrelated, inputGroups, joined, mediansGiven, normalProbability, separate } from '../../../src/experiment/analysis/joint-inputs.ts'
import { morrisEffects, morrisPoints, tornadoBars, tornadoPoints } from '../../../src/experiment/analysis/screening.ts'
import { saltelliPoints, sobolIndices } from '../../../src/experiment/analysis/sobol-indices.ts'
import { informationValue, parameterValue } from '../../../src/experiment/analysis/value-of-information.ts'
import { normalQuantile } from '../../../src/measures/indices/normal-quantile.ts'
import { sobolPoints } from '../../../src/scenario/draws/samplers.ts'
import { ranksOf } from '../../../src/scenario/draws/correlate.ts'

const IDS = ['a', 'b', 'c', 'd']
const RANK = 0.6
/** Correlation of normal scores whose ranks correlate by 0.6. */
const RHO = 2 * Math.sin((Math.PI * RANK) / 6)
/** a and c are correlated; b and d are correlated with nothing. */
const GROUPS = inputGroups(IDS, [{ between: ['a', 'c'], rank: RANK }])
const WEIGHTS = [2, 1, 1, 0]

/** Normal inputs, added up with weights: every index has a closed form. */
const linear = (points: Float64Array, weights: readonly number[] = WEIGHTS): Float64Array =>
  Float64Array.from({ length: points.length / 4 }, (_, row) =>
    weights.reduce((sum, weight, input) => sum + weight * normalQuantile(points[4 * row + input]), 0),
  )

describe('inputGroups', () => {
  it('puts together what correlations connect, through others too, and nothing else', () => {
    expect(GROUPS.map(({ members }) => members)).toEqual([[0, 2], [1], [3]])
    const chain = inputGroups(IDS, [{ between: ['d', 'b'], rank: 0.5 }, { between: ['b', 'a'], rank: -0.5 }])
    expect(chain.map(({ members }) => members)).toEqual([[0, 1, 3], [2]])
    expect(chain[0].scores[0][2]).toBe(0)
  })

  it('leaves out correlations of none, and of inputs that do not vary', () => {
    expect(inputGroups(IDS, [{ between: ['a', 'b'], rank: 0 }, { between: ['a', 'elsewhere'], rank: 0.9 }])).toEqual(separate(4))
    expect(areCorrelated(separate(4))).toBe(false)
    expect(areCorrelated(GROUPS)).toBe(true)
  })
})

describe('joined', () => {
  const runs = 4096
  const points = joined(sobolPoints('joint', runs, 4), 4, GROUPS)
  const column = (input: number): Float64Array => Float64Array.from({ length: runs }, (_, row) => points[4 * row + input])
  const rankCorrelation = (x: Float64Array, y: Float64Array): number => {
    const [p, q] = [ranksOf(x), ranksOf(y)]
    const squares = p.reduce((sum, each, k) => sum + (each - q[k]) ** 2, 0)
    return 1 - (6 * squares) / (runs * (runs ** 2 - 1))
  }

  it('gives ranks the correlation that was declared, and others none', () => {
    expect(Math.abs(rankCorrelation(column(0), column(2)) - RANK)).toBeLessThan(0.01)
    for (const [i, j] of [[0, 1], [0, 3], [1, 2], [2, 3]]) expect(Math.abs(rankCorrelation(column(i), column(j)))).toBeLessThan(0.02)
  })

  it('leaves every input as evenly spread as it was, and those without correlations alone', () => {
    const even = column(2).toSorted()
    for (const [k, u] of even.entries()) expect(Math.abs(u - (k + 0.5) / runs)).toBeLessThan(0.01)
    const before = sobolPoints('joint', runs, 4)
    expect(column(1)).toEqual(Float64Array.from({ length: runs }, (_, row) => before[4 * row + 1]))
  })

  it('keeps a probability where its quantile exists, however far out', () => {
    for (const u of [1e-9, 0.025, 0.5, 0.8413447460685429, 0.999999]) expect(normalProbability(normalQuantile(u))).toBeCloseTo(u, 9)
    expect(normalProbability(-40)).toBeGreaterThan(0)
    expect(normalProbability(40)).toBeLessThan(1)
  })
})

describe('indices of a linear model of normal inputs', () => {
  const variance = 4 + 1 + 1 + 4 * RHO
  const truth = [(4 + 1 + 4 * RHO) / variance, 1 / variance, 0]

  it('are the known shares of the variance, group by group, within 0.01', () => {
    const base = 2048
    const points = joined(saltelliPoints('linear', base, 4, GROUPS), 4, GROUPS)
    expect(points).toHaveLength(base * (3 + 2) * 4)
    const found = sobolIndices(linear(points), base, 3, 'linear')
    expect(found).toHaveLength(3)
    // Were the correlation passed over, the group's share would be 5/6, off by more than 0.04.
    expect(Math.abs(truth[0] - 5 / 6)).toBeGreaterThan(0.04)
    for (const [group, { first, total }] of found.entries()) {
      expect(Math.abs(first.value - truth[group])).toBeLessThan(0.01)
      expect(Math.abs(total.value - truth[group])).toBeLessThan(0.01)
    }
  })

  it('see what correlation takes away: where effects oppose, the group matters less than its inputs would apart', () => {
    const base = 2048
    const weights = [1, 1, -1, 0]
    const points = joined(saltelliPoints('opposed', base, 4, GROUPS), 4, GROUPS)
    const [group] = sobolIndices(linear(points, weights), base, 3, 'opposed')
    expect(Math.abs(group.first.value - (2 - 2 * RHO) / (3 - 2 * RHO))).toBeLessThan(0.01)
  })
})

describe('screening of correlated inputs', () => {
  it('moves the inputs of a group together, once in each trajectory, and tells how much but not which way', () => {
    const points = morrisPoints('groups', 30, 4, GROUPS)
    expect(points).toHaveLength(30 * 4 * 4)
    const effects = morrisEffects(points, linear(joined(points, 4, GROUPS)), 4, 'groups', GROUPS)
    expect(effects).toHaveLength(3)
    expect(effects[0].meanAbsolute.value).toBeGreaterThan(effects[1].meanAbsolute.value)
    expect([effects[0].mean, effects[0].sd]).toEqual([Number.NaN, Number.NaN])
    expect(effects[1].mean).toBeGreaterThan(0)
    expect(effects[2].meanAbsolute.value).toBe(0)
  })

  it('draws a bar of a correlated input with the others where they then are: a slope of weight plus correlation × weight', () => {
    const bars = tornadoBars(linear(tornadoPoints(4, GROUPS)))
    const width = 2 * normalQuantile(0.95)
    expect(bars.map((bar) => bar.width / width)).toEqual([2 + RHO, 1, 1 + 2 * RHO, 0].map((each) => expect.closeTo(each, 6)))
    expect([...mediansGiven(1, 0.95, 4, GROUPS)]).toEqual([0.5, 0.95, 0.5, 0.5])
  })
})

describe('the value of knowing one of two correlated parameters', () => {
  const draws = 4096
  const points = joined(sobolPoints('knowing', draws, 4), 4, GROUPS)
  const column = (input: number): Float64Array => Float64Array.from({ length: draws }, (_, row) => normalQuantile(points[4 * row + input]))
  /** E max(0, X) of a normal X with mean 0. */
  const gain = (sd: number): number => sd / Math.sqrt(2 * Math.PI)

  it('counts what it says of the other: the closed forms, within 4%', () => {
    const [own, other] = [column(0), column(2)]
    const advantage = own.map((value, draw) => value + other[draw])
    const netBenefit = [new Float64Array(draws), advantage]
    // Given one, the mean of the sum is (1 + ρ) times it; alone it would be once, 37% less.
    expect(Math.abs(parameterValue(netBenefit, column(0)) / gain(1 + RHO) - 1)).toBeLessThan(0.04)
    expect(Math.abs(informationValue(netBenefit).evpi / gain(Math.sqrt(2 + 2 * RHO)) - 1)).toBeLessThan(0.02)
  })
})
