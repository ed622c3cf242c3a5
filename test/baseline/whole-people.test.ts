import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CarriedRounding, largestRemainder } from '../../src/baseline/whole-people.ts'
import { sum } from './rtt-csv.ts'

const weights = fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 8 })

describe('splitting people', () => {
  it('keeps the total, gives whole numbers, and stays within one of the exact share', () => {
    fc.assert(
      fc.property(weights, fc.nat(1_000_000), (parts, total) => {
        const split = largestRemainder(parts, total)
        expect(sum(split)).toBe(total)
        const all = sum(parts)
        for (const [index, count] of split.entries()) {
          expect(Number.isInteger(count) && count >= 0).toBe(true)
          expect(Math.abs(count - (parts[index] / all) * total)).toBeLessThan(1 + 1e-6)
        }
      }),
    )
  })

  it('gives everybody to the first where no group has a weight', () => {
    expect(largestRemainder([0, 0, 0], 7)).toEqual([7, 0, 0])
  })

  it('gives many single people to groups in their shares, not all to the largest', () => {
    const shares = [0.4, 0.25, 0.15, 0.1, 0.1]
    const rounding = new CarriedRounding(5)
    const totals = [0, 0, 0, 0, 0]
    for (let turn = 0; turn < 1000; turn++) rounding.next(shares, 1).forEach((count, group) => (totals[group] += count))
    expect(totals).toEqual([400, 250, 150, 100, 100])
  })

  it('keeps every total and running shares whatever the sequence', () => {
    const sequence = fc.array(fc.nat(50), { maxLength: 200 })
    fc.assert(
      fc.property(sequence, (totals) => {
        const shares = [0.33, 0.16, 0.13, 0.16, 0.22]
        const rounding = new CarriedRounding(5)
        const given = [0, 0, 0, 0, 0]
        for (const total of totals) {
          const split = rounding.next(shares.map((share) => share * total), total)
          expect(sum(split)).toBe(total)
          expect(Math.min(...split)).toBeGreaterThanOrEqual(0)
          split.forEach((count, group) => (given[group] += count))
        }
        for (const [group, count] of given.entries()) expect(Math.abs(count - shares[group] * sum(totals))).toBeLessThan(3)
      }),
    )
  })
})
