import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectSmallest } from '../../src/model/select.ts'

interface Pair {
  readonly key: number
  readonly item: number
}

// Few distinct keys, so that ties are common.
const pairs = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), { minLength: 1, maxLength: 200 })
  .map((keys) => keys.map((key, item): Pair => ({ key, item })))

const inOrder = (a: Pair, b: Pair): number => a.key - b.key || a.item - b.item
const sorted = (some: readonly Pair[]): Pair[] => some.toSorted((a, b) => (a.key === b.key ? a.item - b.item : inOrder(a, b)))

function select(some: readonly Pair[], k: number): { chosen: Pair[]; rest: Pair[]; largest: number } {
  const keys = Float64Array.from(some, ({ key }) => key)
  const items = Int32Array.from(some, ({ item }) => item)
  const largest = selectSmallest(keys, items, some.length, k)
  const all = Array.from(keys, (key, index): Pair => ({ key, item: items[index] }))
  return { chosen: all.slice(0, k), rest: all.slice(k), largest }
}

describe('selecting the smallest', () => {
  it('chooses what sorting chooses, keeps every key with its item, and returns the last key chosen', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (some, any) => {
        const k = 1 + (any % some.length)
        const { chosen, rest, largest } = select(some, k)
        const expected = sorted(some)
        expect(sorted(chosen)).toEqual(expected.slice(0, k))
        expect(sorted(rest)).toEqual(expected.slice(k))
        expect(largest).toBe(expected[k - 1].key)
      }),
      { seed: 21, numRuns: 500 },
    )
  })

  it('chooses the same whatever order the keys came in', () => {
    const shuffled = pairs.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })))
    fc.assert(
      fc.property(shuffled, fc.nat(), ([some, other], any) => {
        const k = 1 + (any % some.length)
        expect(sorted(select(other, k).chosen)).toEqual(sorted(select(some, k).chosen))
      }),
      { seed: 22, numRuns: 300 },
    )
  })

  it('chooses nobody for no slots', () => {
    expect(select([{ key: 4, item: 0 }], 0).largest).toBe(-Infinity)
  })
})
