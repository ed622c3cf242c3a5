import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clearCensus, copyRows, createCensus } from '../../src/model/census.ts'
import { anyService } from './any-service.ts'
import { simulate, tablesOf } from './tables-fixture.ts'

describe('a census', () => {
  it('takes over the first rows of another to the last count, and no more', () => {
    fc.assert(
      fc.property(anyService, fc.nat(41), (parts, some) => {
        const whole = simulate(tablesOf(parts))
        const rows = Math.min(some, whole.steps + 1)
        const copy = createCensus(whole.steps, whole.strata)
        copyRows(whole, copy, rows)
        for (const counts of ['waiting', 'flows', 'admittedByBand', 'nonAdmittedByBand', 'unmetNeed', 'unusedSlots', 'attended'] as const) {
          const first = (whole[counts].length / (whole.steps + 1)) * rows
          expect(copy[counts].subarray(0, first)).toEqual(whole[counts].subarray(0, first))
          expect(copy[counts].subarray(first).every((count) => count === 0)).toBe(true)
        }
      }),
      { seed: 87, numRuns: 8 },
    )
  })

  it('is as new once cleared', () => {
    const [parts] = fc.sample(anyService, { seed: 88, numRuns: 1 })
    const census = simulate(tablesOf(parts))
    expect(census).not.toEqual(createCensus(census.steps, census.strata))
    clearCensus(census)
    expect(census).toEqual(createCensus(census.steps, census.strata))
  })
})
