import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemCount, RangeBuilder, shareOf } from '../../../src/execution/cluster/share.ts'

const numbers = fc.uniqueArray(fc.nat({ max: 500 }), { maxLength: 200 }).map((each) => each.toSorted((a, b) => a - b))

function rangesOf(all: readonly number[]) {
  const builder = new RangeBuilder()
  for (const number of all) builder.add(number)
  return builder.ranges
}

describe('shares of what is missing', () => {
  it('give every number to exactly one task, in order, and no task more than one above another', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 60 }), (all, tasks) => {
        const shares = Array.from({ length: tasks }, (_, task) => shareOf(rangesOf(all), task, tasks))
        expect(shares.flat()).toEqual(all)
        const sizes = shares.map((share) => share.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are held as the fewest ranges', () => {
    fc.assert(
      fc.property(numbers, (all) => {
        const ranges = rangesOf(all)
        expect(itemCount(ranges)).toBe(all.length)
        // Rising strictly from end to end: none empty, none touching the next.
        const ends = ranges.flat()
        expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b))
      }),
    )
  })
})
