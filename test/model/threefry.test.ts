import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { threefry, threefryRounds } from '../../src/model/threefry.ts'

/** From `kat_vectors` of Random123 (D. E. Shaw Research): counter, key, and the output after 13 and 20 rounds. */
const PUBLISHED = [
  { counter: [0, 0], key: [0, 0], rounds13: [0x9d1c5ec6, 0x8bd50731], rounds20: [0x6b200159, 0x99ba4efe] },
  {
    counter: [0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    rounds13: [0xfd36d048, 0x2d17272c],
    rounds20: [0x1cb996fc, 0xbb002be7],
  },
  {
    counter: [0x243f6a88, 0x85a308d3],
    key: [0x13198a2e, 0x03707344],
    rounds13: [0xba3e4725, 0xf27d669e],
    rounds20: [0xc4923a9c, 0x483df7a0],
  },
] as const

function unrolled(key: readonly [number, number], counter: readonly [number, number]): number[] {
  const out = new Int32Array(2)
  threefry(key[0] | 0, key[1] | 0, counter[0] | 0, counter[1] | 0, out)
  return Array.from(out, (word) => word >>> 0)
}

describe('threefry-2x32', () => {
  it.each(PUBLISHED)('gives the published words for counter $counter', ({ counter, key, rounds13, rounds20 }) => {
    expect(unrolled(key, counter)).toEqual(rounds13)
    expect(threefryRounds(key, counter)).toEqual(rounds13)
    expect(threefryRounds(key, counter, 20)).toEqual(rounds20)
  })

  it('unrolled, equals its definition for any key and counter', () => {
    const word = fc.integer({ min: -0x80000000, max: 0x7fffffff })
    fc.assert(
      fc.property(word, word, word, word, (key0, key1, counter0, counter1) => {
        expect(unrolled([key0, key1], [counter0, counter1])).toEqual(threefryRounds([key0, key1], [counter0, counter1]))
      }),
      { seed: 11, numRuns: 2000 },
    )
  })
})
