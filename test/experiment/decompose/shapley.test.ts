import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/experiment/decompose/explain.ts'
import { MECHANISMS } from '../../../src/experiment/decompose/mechanisms.ts'
import { everybody, exactPlan, sampledPlan, shapleyShares, type ShapleyPlan } from '../../../src/experiment/decompose/shapley.ts'

/** A small fixed generator (mulberry32), so that samples of orders are the same in every run. */
function uniformOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function sampled(players: number, coalitions: number, seed = 1): ShapleyPlan {
  const plan = sampledPlan(players, coalitions, uniformOf(seed))
  if (plan === null) throw new Error('too few coalitions for the test')
  return plan
}

/** Any game of two to six players, as the value of each mask. */
const game = fc
  .integer({ min: 2, max: 6 })
  .chain((players) =>
    fc.record({
      players: fc.constant(players),
      values: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2 ** players, maxLength: 2 ** players }),
    }),
  )

describe('Shapley shares', () => {
  it('sum to what all make less what none makes, exactly or from sampled orders', () => {
    fc.assert(
      fc.property(game, fc.integer({ min: 0, max: 1000 }), ({ players, values }, seed) => {
        const whole = values[everybody(players)] - values[0]
        for (const plan of [exactPlan(players), sampled(players, 2 ** players, seed)]) {
          expect(sum(shapleyShares(plan, (mask) => values[mask]))).toBeCloseTo(whole, 9)
        }
      }),
      { seed: 6, numRuns: 200 },
    )
  })

  it('are equal for players who can stand in for each other', () => {
    fc.assert(
      fc.property(game, ({ players, values }) => {
        // The first two players are told apart by nothing: a mask with one of them counts as that with the other.
        const like = (mask: number): number => (mask % 4 === 2 ? mask - 1 : mask)
        const shares = shapleyShares(exactPlan(players), (mask) => values[like(mask)])
        expect(shares[0]).toBeCloseTo(shares[1], 9)
      }),
      { seed: 6, numRuns: 200 },
    )
  })

  it('are nothing for a player that adds nothing', () => {
    fc.assert(
      fc.property(game, fc.integer({ min: 0, max: 1000 }), ({ players, values }, seed) => {
        const withoutFirst = (mask: number): number => values[mask & ~1]
        for (const plan of [exactPlan(players), sampled(players, 2 ** players, seed)]) {
          expect(shapleyShares(plan, withoutFirst)[0]).toBeCloseTo(0, 9)
        }
      }),
      { seed: 6, numRuns: 200 },
    )
  })

  it('of a sum of games are the sums of their shares', () => {
    fc.assert(
      fc.property(game, ({ players, values }) => {
        const other = values.map((value, mask) => Math.sin(value + mask))
        const plan = exactPlan(players)
        const together = shapleyShares(plan, (mask) => values[mask] + other[mask])
        const apart = [values, other].map((each) => shapleyShares(plan, (mask) => each[mask]))
        for (const [player, share] of together.entries()) expect(share).toBeCloseTo(apart[0][player] + apart[1][player], 9)
      }),
      { seed: 6, numRuns: 200 },
    )
  })

  it('of the glove game are the published two thirds and a sixth each', () => {
    // One left glove (player 0) and two right ones; a pair is worth 1. Shapley (1953) style textbook case.
    const value = (mask: number): number => (mask % 2 === 1 && mask > 1 ? 1 : 0)
    const shares = shapleyShares(exactPlan(3), value)
    expect(shares[0]).toBeCloseTo(2 / 3, 12)
    expect(shares[1]).toBeCloseTo(1 / 6, 12)
    expect(shares[2]).toBeCloseTo(1 / 6, 12)
  })
})

describe('sampled orders', () => {
  it('need no more coalitions than they are allowed, and refuse where two pairs do not fit', () => {
    for (const most of [60, 100, 200, 400]) {
      const plan = sampled(10, most)
      expect(plan.coalitions.length).toBeLessThanOrEqual(most)
      expect(new Set(plan.coalitions).size).toBe(plan.coalitions.length)
      expect(plan.method === 'sampled' ? plan.orders.length % 2 : 1).toBe(0)
    }
    expect(sampledPlan(10, 20, uniformOf(1))).toBeNull()
  })

  it('ask for planned coalitions only', () => {
    const plan = sampled(9, 120)
    const planned = new Set(plan.coalitions)
    shapleyShares(plan, (mask) => {
      expect(planned.has(mask)).toBe(true)
      return mask
    })
  })

  it('show an error that covers the exact share in about 95 of 100 cases', () => {
    // Pairwise interactions of random strength: no order is special, and reversed orders do not cancel everything.
    const players = 9
    const uniform = uniformOf(99)
    const pull = Array.from({ length: 2 ** players }, () => uniform())
    const value = (mask: number): number => pull[mask] + Math.sqrt(mask.toString(2).replaceAll('0', '').length)
    const ids = MECHANISMS.slice(0, players)
    const exact = shapleyShares(exactPlan(players), value)
    let covered = 0
    let cases = 0
    for (let seed = 0; seed < 40; seed += 1) {
      const { mechanisms } = explain('gap', ids, sampled(players, 200, seed), [value])
      for (const [player, { contribution, samplingError }] of mechanisms.entries()) {
        expect(samplingError).toBeGreaterThan(0)
        covered += Math.abs(contribution.mean - exact[player]) <= samplingError ? 1 : 0
        cases += 1
      }
    }
    // 360 cases; shares of one sample depend on one another, so the allowance is wide: 0.90 to 0.99.
    expect(covered / cases).toBeGreaterThan(0.9)
    expect(covered / cases).toBeLessThan(0.99)
  })
})

describe('an explanation', () => {
  it('has parts, a rest and a whole that add up in every run and so in the mean', () => {
    const runs = [1, 2, 3].map((run) => (mask: number) => Math.sin(run * 10 + mask) + run)
    const ids = MECHANISMS.slice(0, 4)
    const { whole, explained, rest, mechanisms } = explain('gap', ids, exactPlan(4), runs)
    expect(sum(mechanisms.map(({ contribution }) => contribution.mean))).toBeCloseTo(explained.mean, 12)
    expect(explained.mean + rest.mean).toBeCloseTo(whole.mean, 12)
  })

  it('has no interval after one run', () => {
    const { whole, mechanisms } = explain('gap', MECHANISMS.slice(0, 2), exactPlan(2), [(mask) => mask])
    expect(whole.lower).toBeNaN()
    expect(mechanisms.map(({ contribution }) => contribution.upper)).toEqual([NaN, NaN])
  })
})
