import { describe, expect, it } from 'vitest'
import { fitFlows, NO_EFFECTS } from '../../../src/baseline/calibrate/forecast-flows.ts'
import { fitService } from '../../../src/baseline/calibrate/fit-service.ts'
import { packSpread } from '../../../src/baseline/calibrate/pack-spread.ts'
import { KnownSeries, type SpecialtySeries } from '../../../src/baseline/series/types.ts'
import type { PackSpread } from '../../../src/baseline/types.ts'
import { SPREAD_ANCHOR } from '../../../src/baseline/wait-groups.ts'
import { flatSeries } from '../series/week-bands.ts'

const MONTHS = Array.from({ length: 14 }, (_, index) => `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`)
const LAST = MONTHS[MONTHS.length - 1]

function spreadOf(series: SpecialtySeries, pairs = MONTHS.slice(1).map(() => true)): PackSpread | undefined {
  const known = new KnownSeries(series, LAST)
  return packSpread(known, fitService(known), fitFlows(known, NO_EFFECTS), pairs, 'TEST')
}

/** Months whose clock starts and long waiters seen swing by a part of themselves, a quarter up, a quarter down. */
function swinging(part: number): SpecialtySeries {
  const flat = flatSeries(MONTHS)
  return {
    ...flat,
    months: flat.months.map((counts, index) => {
      const swing = Math.floor(index / 3) % 2 === 0 ? 1 + part : 1 - part
      return { ...counts, clockStarts: counts.clockStarts * swing, nonAdmitted: counts.nonAdmitted.map((people, band) => (band >= 52 ? people * swing : people)) }
    }),
  }
}

describe('the spread of a fit', () => {
  it('is wider the more the months differ, in what differs', () => {
    const [calm, wild] = [spreadOf(swinging(0.02)), spreadOf(swinging(0.2))]
    if (calm === undefined || wild === undefined) throw new Error('no spread')
    expect(wild.clockStarts).toBeGreaterThan(4 * calm.clockStarts)
    expect(wild.first[4]).toBeGreaterThan(4 * calm.first[4])
    // A swing of a fifth, in four blocks that count unequally, leaves about a tenth open.
    expect(wild.first[4]).toBeGreaterThan(0.05)
    expect(wild.first[4]).toBeLessThan(0.3)
  })

  it('is none where all others are relative to, the same every time, and at most 1', () => {
    const spread = spreadOf(swinging(0.9))
    expect(spread?.first[SPREAD_ANCHOR]).toBe(0)
    expect(spread?.admission[SPREAD_ANCHOR]).toBe(0)
    expect(spreadOf(swinging(0.9))).toEqual(spread)
    expect(Math.max(...(spread?.first ?? [2]), ...(spread?.admission ?? [2]), spread?.removed ?? 2)).toBeLessThanOrEqual(1)
  })

  it('is not there where no pair of months counts', () => {
    expect(spreadOf(flatSeries(MONTHS), MONTHS.slice(1).map(() => false))).toBeUndefined()
  })
})
