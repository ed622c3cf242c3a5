import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { saturating, saturatingTogether, type CappedUnits } from '../../../src/investment/levers/curves.ts'

const STEPS = 4000

/** What the definition says, followed in small steps (midpoint rule): each unit brings 1 − reached ÷ its cap, at least 0. */
function followed(parts: readonly CappedUnits[]): number {
  const pace = (reached: number): number => parts.reduce((sum, { units, cap }) => sum + (cap > 0 ? units * Math.max(0, 1 - reached / cap) : 0), 0)
  let reached = 0
  for (let step = 0; step < STEPS; step += 1) reached += pace(reached + pace(reached) / (2 * STEPS)) / STEPS
  return reached
}

describe('units with caps of their own', () => {
  it('reach together what their definition comes to in small steps, past the lower caps too', () => {
    const part = fc.record({ units: fc.double({ min: 0, max: 40, noNaN: true }), cap: fc.double({ min: 1, max: 30, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(Math.abs(saturatingTogether(parts) - followed(parts))).toBeLessThan(2e-3)
      }),
      { seed: 127, numRuns: 200 },
    )
  })

  it('go on alone with the highest cap once the lower one is reached', () => {
    // A cap of 1 is reached by 20 and 2 units together, almost at once; what is left runs towards 10 at 2 ÷ 10 a step.
    const parts = [{ units: 20, cap: 1 }, { units: 2, cap: 10 }]
    expect(saturatingTogether(parts)).toBeCloseTo(followed(parts), 3)
    expect(saturatingTogether(parts)).toBeGreaterThan(2)
    expect(saturatingTogether(parts)).toBeLessThan(1 + 2)
  })

  it('bring nothing where there is no cap to reach, and leave the others as they are', () => {
    expect(saturating(0, 0)).toBe(0)
    expect(saturatingTogether([{ units: 5, cap: 0 }, { units: 3, cap: 10 }])).toBe(saturatingTogether([{ units: 3, cap: 10 }]))
    expect(saturatingTogether([{ units: 3, cap: 10 }])).toBeCloseTo(saturating(3, 10), 12)
    expect(saturatingTogether([])).toBe(0)
    expect(saturatingTogether([{ units: 0, cap: 4 }])).toBe(0)
  })
})
