import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Design, Factor } from '../../../src/experiment/sweep/design.ts'
import { designPoints, levelsOf } from '../../../src/experiment/sweep/points.ts'

const design = (parts: Partial<Design>): Design => ({ factors: [], table: [], runs: 0, method: 'grid', ...parts }) as Design
const all = (parts: Partial<Design>) => {
  const points = designPoints(design(parts), 'seed')
  return Array.from({ length: points.count }, (_, point) => points.at(point))
}

describe('points of a grid', () => {
  it('are every combination once, the last factor fastest', () => {
    const factors = [{ path: 'a', values: [1, 2] }, { path: 'b', values: ['x', 'y', 'z'] }] as unknown as Factor[]
    expect(all({ factors })).toEqual([[1, 'x'], [1, 'y'], [1, 'z'], [2, 'x'], [2, 'y'], [2, 'z']])
  })

  it('take a range evenly, with both ends exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 50 }), (base, width, levels) => {
        // Without a negative nought.
        const low = base + 0
        const taken = levelsOf({ path: 'a', range: [low, low + width], levels }) as number[]
        expect([taken[0], taken.at(-1), taken.length]).toEqual([low, low + width, levels])
        expect(taken.toSorted((a, b) => a - b)).toEqual(taken)
      }),
      { seed: 21 },
    )
  })

  it('are one, the study as it stands, without factors', () => {
    expect(all({})).toEqual([[]])
  })

  it('are counted even where nobody could run them', () => {
    const factors = Array.from({ length: 30 }, (_, k) => ({ path: `f${k}`, range: [0, 1], levels: 1000 })) as unknown as Factor[]
    expect(designPoints(design({ factors }), 'seed').count).toBe(1e90)
  })
})

describe('points one at a time', () => {
  it('begin with the study as it stands, then move one factor each', () => {
    const factors = [{ path: 'a', values: [1, 2] }, { path: 'b', range: [0, 5] }] as unknown as Factor[]
    expect(all({ method: 'one-at-a-time', factors })).toEqual([[null, null], [1, null], [2, null], [null, 0], [null, 5]])
  })
})

const TWO = [{ path: 'a', range: [10, 20] }, { path: 'b', values: ['x', 'y'] }] as unknown as Factor[]

describe.each(['random', 'latin-hypercube', 'sobol'] as const)('points of the method %s', (method) => {
  it('lie in the range, are the same when asked for again, and differ with the seed', () => {
    const points = all({ method, factors: TWO, runs: 16 })
    expect(points.every(([a]) => Number(a) >= 10 && Number(a) <= 20)).toBe(true)
    expect(all({ method, factors: TWO, runs: 16 })).toEqual(points)
    expect(designPoints(design({ method, factors: TWO, runs: 16 }), 'other').at(3)).not.toEqual(points[3])
  })
})

describe.each(['latin-hypercube', 'sobol'] as const)('points of the method %s', (method) => {
  it('put one value into each sixteenth of the range, and share values of a list evenly', () => {
    const points = all({ method, factors: TWO, runs: 16 })
    const slices = points.map(([a]) => Math.floor((Number(a) - 10) * 1.6)).toSorted((a, b) => a - b)
    expect(slices).toEqual(Array.from({ length: 16 }, (_, k) => k))
    expect(points.filter(([, b]) => b === 'x')).toHaveLength(8)
  })
})

describe('random points', () => {
  it('keep the points they had when more are added', () => {
    const few = all({ method: 'random', factors: TWO, runs: 16 })
    expect(all({ method: 'random', factors: TWO, runs: 32 }).slice(0, 16)).toEqual(few)
  })
})
