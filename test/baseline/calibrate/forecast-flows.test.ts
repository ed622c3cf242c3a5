import { describe, expect, it } from 'vitest'
import { fitFlows, forecastFlows, monthEffects, NO_EFFECTS, workingWeight } from '../../../src/baseline/calibrate/forecast-flows.ts'
import { dampedMonths, DAMPING } from '../../../src/baseline/calibrate/drift.ts'
import type { MonthlyTotals } from '../../../src/baseline/series/read-monthly.ts'
import { KnownSeries } from '../../../src/baseline/series/types.ts'
import { flatSeries } from '../series/week-bands.ts'

const MONTHS = Array.from({ length: 24 }, (_, index) => `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`)

describe('flows in months to come', () => {
  it('go on as they were, month by working days, where nothing changed', () => {
    const flat = flatSeries(MONTHS)
    const even = { ...flat, months: flat.months.map((month) => ({ ...month, clockStarts: 100 * workingWeight(month.month) })) }
    const flows = forecastFlows(fitFlows(new KnownSeries(even, '2024-12'), NO_EFFECTS), 3)
    expect(flows.map(({ month }) => month)).toEqual(['2025-01', '2025-02', '2025-03'])
    for (const { month, clockStarts } of flows) expect(clockStarts / workingWeight(month)).toBeCloseTo(100, 0)
  })

  it('tie stops to starts', () => {
    const flows = forecastFlows(fitFlows(new KnownSeries(flatSeries(MONTHS), '2024-12'), NO_EFFECTS), 2)
    for (const { clockStarts, nonAdmitted, admitted } of flows) {
      expect(nonAdmitted / clockStarts).toBeCloseTo((105 * 12.5) / 2000, 2)
      expect(admitted / clockStarts).toBeCloseTo((105 * 5) / 2000, 2)
    }
  })

  it('find a season that comes every year, lean on none, and never read past the month named', () => {
    const totals = (factor: number): MonthlyTotals[] =>
      MONTHS.map((month) => ({
        month,
        list: null,
        within18: null,
        over52: null,
        clockStarts: 100 * workingWeight(month) * (month.endsWith('-08') ? 0.8 : 1) * (month > '2024-06' ? factor : 1),
        completed: 90 * workingWeight(month),
        removals: null,
        medianWeeks: null,
        ninetySecondWeeks: null,
        over65: null,
        over78: null,
        over104: null,
        admitted: null,
        nonAdmitted: null,
      }))
    const effects = monthEffects(totals(1), '2024-12')
    expect(effects.clockStarts[7]).toBeLessThan(-0.1)
    expect(effects.clockStarts[7]).toBeGreaterThan(Math.log(0.8))
    expect(monthEffects(totals(5), '2024-06')).toEqual(monthEffects(totals(1), '2024-06'))
  })

  it('damp what drifts: each month adds less than the one before', () => {
    const built = [0, 1, 2, 3].map(dampedMonths)
    expect(built[0]).toBe(0)
    expect(built[1]).toBeCloseTo(DAMPING, 9)
    expect(built[3] - built[2]).toBeLessThan(built[2] - built[1])
  })
})
