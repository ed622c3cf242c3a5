import { describe, expect, it } from 'vitest'
import { unitsInEffect, uptakeOf } from '../../../src/investment/levers/timing.ts'
import type { Programme, Series } from '../../../src/scenario/study.ts'

const taking = (parameters: Record<string, Series>): Programme<Series> => ({ parameters }) as unknown as Programme<Series>

describe('take-up by group', () => {
  it('is a straight line from the most to the least deprived', () => {
    const programme = taking({ uptakeMostDeprived: 0.4, uptakeLeastDeprived: 0.8 })
    expect([0, 1, 2, 3, 4].map((group) => uptakeOf(programme, group, 5, 0))).toEqual([0.4, 0.5, 0.6, 0.7, 0.8].map((share) => expect.closeTo(share, 12) as number))
  })

  it('of people who are not told apart is that of the middle', () => {
    expect(uptakeOf(taking({ uptakeMostDeprived: 0.4, uptakeLeastDeprived: 0.8 }), 0, 1, 0)).toBeCloseTo(0.6, 12)
  })

  it('is the number itself where both ends are the same, and 1 where a lever has none or but one end', () => {
    expect(uptakeOf(taking({ uptakeMostDeprived: 0.1 + 0.2, uptakeLeastDeprived: 0.1 + 0.2 }), 2, 5, 0)).toBe(0.1 + 0.2)
    expect(uptakeOf(taking({}), 2, 5, 0)).toBe(1)
    expect(uptakeOf(taking({ uptakeMostDeprived: 0.4 }), 2, 5, 0)).toBe(1)
    expect(uptakeOf(taking({ uptakeLeastDeprived: 0.4 }), 2, 5, 0)).toBe(1)
  })

  it('follows its own weeks', () => {
    const programme = taking({ uptakeMostDeprived: [0.4, 0.6], uptakeLeastDeprived: 0.8 })
    expect(uptakeOf(programme, 0, 2, 1)).toBeCloseTo(0.6, 12)
  })
})

describe('a half-life that changes', () => {
  it('ends what stands, and serves once, in a week in which it is 0', () => {
    const halfLife = [4, 4, 0, 4]
    const inEffect = unitsInEffect(Float64Array.of(8, 0, 0, 0), 1, halfLife, 1)
    expect([inEffect[0], inEffect[1] / inEffect[0], inEffect[2], inEffect[3]]).toEqual([8, expect.closeTo(2 ** -0.25, 12), 0, 0])
    expect([...unitsInEffect(Float64Array.of(0, 0, 6, 0), 1, halfLife, 7)].slice(0, 3)).toEqual([0, 0, 6])
  })
})
