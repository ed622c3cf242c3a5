import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchCount, batchGroups, chooseBatchSize, groupAt, groupCount } from '../../../src/experiment/sweep/rounds.ts'
import type { Round } from '../../../src/experiment/sweep/rounds.ts'

const round = fc.record({
  points: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 9 }).map((list) => Int32Array.from(list).toSorted())),
  draws: fc.integer({ min: 1, max: 4 }),
  from: fc.nat(5),
  more: fc.integer({ min: 1, max: 5 }),
}).map(({ points, draws, from, more }): Round => ({ points, draws, from, to: from + more }))

describe('groups of a round', () => {
  it('are each point, draw and replication once, in that order', () => {
    fc.assert(
      fc.property(round, (each) => {
        const listed = Array.from({ length: groupCount(each) }, (_, index) => groupAt(each, index))
        const points = typeof each.points === 'number' ? Array.from({ length: each.points }, (_, k) => k) : [...each.points]
        const expected = points.flatMap((point) =>
          Array.from({ length: each.draws }, (_, draw) => Array.from({ length: each.to - each.from }, (_unused, k) => ({ point, draw, replication: each.from + k }))).flat(),
        )
        expect(listed).toEqual(expected)
      }),
      { seed: 21 },
    )
  })

  it('fall into batches that hold each of them once, in order, whatever the size of a batch', () => {
    fc.assert(
      fc.property(round, fc.integer({ min: 1, max: 20 }), (each, size) => {
        const batched = Array.from({ length: batchCount(each, size) }, (_, batch) => [...batchGroups(each, size, batch).values()].flat()).flat()
        expect(batched).toEqual(Array.from({ length: groupCount(each) }, (_, index) => groupAt(each, index)))
      }),
      { seed: 22 },
    )
  })
})

describe('the size of a batch', () => {
  it('is some seconds of work, and never nothing', () => {
    expect(chooseBatchSize(100_000, 0.1, 10)).toBe(30)
    expect(chooseBatchSize(100_000, 60, 10)).toBe(1)
    expect(chooseBatchSize(100_000, Infinity, 10)).toBe(1)
  })
  it('leaves enough batches to share, and little to lose', () => {
    expect(Math.ceil(480 / chooseBatchSize(480, 1e-4, 10))).toBeGreaterThanOrEqual(24)
    expect(chooseBatchSize(1e6, 1e-4, 1e6)).toBe(4)
  })
})
