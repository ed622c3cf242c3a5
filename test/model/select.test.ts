import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseSmallest, createChoice, ensureChoiceRoom, selectSmallest } from '../../src/model/select.ts'

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

interface Selection {
  readonly chosen: readonly Pair[]
  readonly rest: readonly Pair[]
  /** The k-th smallest key, as returned. */
  readonly largest: number
}

function byPivots(some: readonly Pair[], k: number): Selection {
  const keys = Float64Array.from(some, ({ key }) => key)
  const items = Int32Array.from(some, ({ item }) => item)
  const largest = selectSmallest(keys, items, some.length, k)
  const all = Array.from(keys, (key, index): Pair => ({ key, item: items[index] }))
  return { chosen: all.slice(0, k), rest: all.slice(k), largest }
}

const byBins = (lower: number, upper: number) => (some: readonly Pair[], k: number): Selection => {
  const choice = createChoice()
  ensureChoiceRoom(choice, some.length)
  const largest = chooseSmallest(choice, Float64Array.from(some, ({ key }) => key), some.length, k, lower, upper)
  return { chosen: some.filter((_, index) => choice.chosen[index] === 1), rest: some.filter((_, index) => choice.chosen[index] === 0), largest }
}

const WAYS: readonly { readonly name: string; readonly select: (some: readonly Pair[], k: number) => Selection }[] = [
  { name: 'by pivots', select: byPivots },
  { name: 'by bins over the keys', select: byBins(0, 3) },
  { name: 'by bins over some of the keys', select: byBins(-1, 0.5) },
  { name: 'by bins far above the keys', select: byBins(0, 1e9) },
  { name: 'by bins far below the keys', select: byBins(0, 1e-9) },
  { name: 'by bins over nothing', select: byBins(1, 1) },
]

describe.each(WAYS)('selecting the smallest $name', ({ select }) => {
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
      { seed: 21, numRuns: 300 },
    )
  })
})

describe('selecting the smallest by pivots', () => {
  it('chooses the same whatever order the keys came in', () => {
    const shuffled = pairs.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })))
    fc.assert(
      fc.property(shuffled, fc.nat(), ([some, other], any) => {
        const k = 1 + (any % some.length)
        expect(sorted(byPivots(other, k).chosen)).toEqual(sorted(byPivots(some, k).chosen))
      }),
      { seed: 22, numRuns: 200 },
    )
  })

  it('chooses nobody for no slots', () => {
    expect(byPivots([{ key: 4, item: 0 }], 0).largest).toBe(-Infinity)
  })
})
