import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectSmallest, selectSpread } from '../../src/model/select.ts'

interface Pair {
  readonly key: number
  readonly item: number
}

// Ties are common, keys lie inside and outside the range of the bins, and there are enough of them for bins.
const pairs = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ noNaN: true })), { minLength: 1, maxLength: 200, size: 'max' })
  .map((keys) => keys.map((key, item): Pair => ({ key, item })))

const inOrder = (a: Pair, b: Pair): number => a.key - b.key || a.item - b.item
const sorted = (some: readonly Pair[]): Pair[] => some.toSorted((a, b) => (a.key === b.key ? a.item - b.item : inOrder(a, b)))

type Select = (keys: Float64Array, items: Int32Array, n: number, k: number) => number

function select(by: Select, some: readonly Pair[], k: number): { chosen: Pair[]; rest: Pair[]; largest: number } {
  const keys = Float64Array.from(some, ({ key }) => key)
  const items = Int32Array.from(some, ({ item }) => item)
  const largest = by(keys, items, some.length, k)
  const all = Array.from(keys, (key, index): Pair => ({ key, item: items[index] }))
  return { chosen: all.slice(0, k), rest: all.slice(k), largest }
}

const WAYS: readonly { readonly name: string; readonly by: Select }[] = [
  { name: 'by pivots', by: selectSmallest },
  { name: 'by bins over the keys', by: (keys, items, n, k) => selectSpread(keys, items, n, k, 3) },
  { name: 'by bins far above the keys', by: (keys, items, n, k) => selectSpread(keys, items, n, k, 1e9) },
  { name: 'by bins far below the keys', by: (keys, items, n, k) => selectSpread(keys, items, n, k, 1e-9) },
]

describe.each(WAYS)('selecting the smallest $name', ({ by }) => {
  it('chooses what sorting chooses, keeps every key with its item, and returns the last key chosen', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (some, any) => {
        const k = 1 + (any % some.length)
        const { chosen, rest, largest } = select(by, some, k)
        const expected = sorted(some)
        expect(sorted(chosen)).toEqual(expected.slice(0, k))
        expect(sorted(rest)).toEqual(expected.slice(k))
        expect(largest).toBe(expected[k - 1].key)
      }),
      { seed: 21, numRuns: 300 },
    )
  })

  it('chooses the same whatever order the keys came in', () => {
    const shuffled = pairs.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })))
    fc.assert(
      fc.property(shuffled, fc.nat(), ([some, other], any) => {
        const k = 1 + (any % some.length)
        expect(sorted(select(by, other, k).chosen)).toEqual(sorted(select(by, some, k).chosen))
      }),
      { seed: 22, numRuns: 200 },
    )
  })

  it('chooses nobody for no slots', () => {
    expect(select(by, [{ key: 4, item: 0 }], 0).largest).toBe(-Infinity)
  })
})
