import { describe, expect, it } from 'vitest'
import { betaDistribution, gammaDistribution } from '../../../src/scenario/draws/special-functions.ts'
import { designIdentity } from '../../../src/scenario/draws/study-draws.ts'
import { resolved, SMALL_STUDY } from '../helpers.ts'

const UNCERTAIN = 'assumptions: { backfillShare: { dist: beta, mean: 0.1, sd: 0.01 }, dnaRate: { dist: beta, mean: 0.07, sd: 0.01 } }\n'
const PAIR = 'correlations: [{ between: [assumptions.backfillShare, assumptions.dnaRate], rank: 0.5 }]\n'
const identity = async (lines: string): Promise<unknown> => designIdentity(await resolved(`${SMALL_STUDY}${UNCERTAIN}${lines}`))

describe('distributions at their ends', () => {
  it('hold nothing at or below 0, and everything from 1 on', () => {
    expect([gammaDistribution(2, 0), gammaDistribution(2, -1), betaDistribution(2, 3, 0), betaDistribution(2, 3, -0.1)]).toEqual([0, 0, 0, 0])
    expect([betaDistribution(2, 3, 1), betaDistribution(2, 3, 1.5)]).toEqual([1, 1])
  })

  it('of shape 1 are an exponential below and above the place where the method changes', () => {
    for (const x of [0.01, 1, 1.99, 2, 2.01, 20]) expect(gammaDistribution(1, x)).toBeCloseTo(1 - Math.exp(-x), 13)
  })

  it('of two equal shapes are symmetric, on both sides of the mean', () => {
    for (const x of [0.05, 0.3, 0.5, 0.7, 0.95]) expect(betaDistribution(3, 3, x) + betaDistribution(3, 3, 1 - x)).toBeCloseTo(1, 13)
    expect(betaDistribution(1, 1, 0.37)).toBeCloseTo(0.37, 13)
  })
})

describe('what else than seed, key and number a draw depends on', () => {
  it('is nothing for independent draws, and where none is taken', async () => {
    expect(await identity('draws: 8\n')).toBeNull()
    expect(await identity('drawMethod: sobol\n')).toBeNull()
    expect(await identity(PAIR)).toBeNull()
  })

  it('is the number of draws where they are spread out or correlated', async () => {
    expect(await identity('draws: 8\ndrawMethod: latin-hypercube\n')).toEqual([8, null])
    expect(await identity(`draws: 8\n${PAIR}`)).toEqual([8, null])
  })

  it('is the parameters of Sobol points, a sequence that goes on, and their number too where they are correlated', async () => {
    const keys = ['assumptions.backfillShare', 'assumptions.dnaRate']
    expect(await identity('draws: 8\ndrawMethod: sobol\n')).toEqual([null, keys])
    expect(await identity('draws: 16\ndrawMethod: sobol\n')).toEqual([null, keys])
    expect(await identity(`draws: 8\ndrawMethod: sobol\n${PAIR}`)).toEqual([8, keys])
  })
})
