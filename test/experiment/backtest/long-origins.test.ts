import { describe, expect, it } from 'vitest'
import { nextMonth } from '../../../src/baseline/calendar.ts'
import { workingWeight } from '../../../src/baseline/calibrate/forecast-flows.ts'
import type { CompletedTotals, MonthlyTotals } from '../../../src/baseline/series/read-monthly.ts'
import { longOrigins, originsOf, touchesPandemic } from '../../../src/experiment/backtest/long-origins.ts'
import { partsWithoutFlows } from '../../../src/experiment/backtest/parts-without-flows.ts'

/** Months of a list that loses 2% unreported, with clock starts by working days and 86 in 100 of them completed. */
function steadyTotals(count: number, first = '2022-01'): MonthlyTotals[] {
  let month = first
  let list = 5_600_000
  return Array.from({ length: count }, () => {
    month = nextMonth(month)
    const clockStarts = 38_000 * workingWeight(month)
    const completed = 0.86 * clockStarts
    const unreported = 0.02 * list
    list += clockStarts - completed - unreported
    const stops = (people: number): CompletedTotals => ({ people, within18: 0.7 * people, over52: 0.04 * people, medianWeeks: 10, ninetyFifthWeeks: null })
    return {
      month, list, within18: 0.6 * list, over52: 0.03 * list, clockStarts, completed, removals: completed + unreported,
      medianWeeks: 14, ninetySecondWeeks: 40, over65: null, over78: null, over104: null,
      admitted: stops(0.2 * completed), nonAdmitted: stops(0.8 * completed),
    }
  })
}

describe('projections from monthly totals', () => {
  const steady = steadyTotals(37)
  const rows = longOrigins(steady, [steady[25].month])

  it('find the list of months that go on as they were to within one and a half per cent, and score no bands', () => {
    const own = rows.filter(({ mode, method, monthsAhead }) => mode === 'forecast' && method === 'fairwait' && monthsAhead === 11)
    expect(own).toHaveLength(1)
    for (const { error } of own) expect(Math.abs(error.list)).toBeLessThan(1.5)
    expect(rows.every(({ bands, distance }) => bands === null && distance === null)).toBe(true)
    expect(new Set(rows.map(({ method }) => method))).toEqual(new Set(['fairwait', 'held-level', 'first-come-first-served', 'random-order', 'last-value', 'last-year', 'trend']))
  })

  it('know nothing of what follows their origin', () => {
    const totals = steadyTotals(26)
    const changed = totals.map((each, index) => (index < 25 ? each : { ...each, list: 0.5 * (each.list ?? 0), within18: 1, over52: 1 }))
    const forecasts = (from: readonly MonthlyTotals[]): unknown[] =>
      longOrigins(from, [totals[24].month])
        .filter(({ mode }) => mode === 'forecast')
        .map(({ origin, monthsAhead, method, projected, intervals }) => [origin, monthsAhead, method, projected, intervals])
    expect(forecasts(changed)).toEqual(forecasts(totals))
  })

  it('start where two years of totals are known, and leave out months without them', () => {
    const totals = steadyTotals(26)
    const gap = { ...totals[0], month: '2021-12', clockStarts: null }
    expect(originsOf([gap, ...totals])).toEqual([totals[23].month, totals[24].month])
    expect(longOrigins(totals.slice(0, 24))).toEqual([])
  })

  it('say which have the pandemic among the months they know or forecast', () => {
    const totals = steadyTotals(60, '2017-12')
    expect(touchesPandemic({ origin: '2020-01', month: '2020-02' }, totals)).toBe(true)
    expect(touchesPandemic({ origin: '2021-06', month: '2021-07' }, totals)).toBe(true)
    expect(touchesPandemic({ origin: '2019-01', month: '2019-12' }, totals)).toBe(false)
    expect(touchesPandemic({ origin: '2022-03', month: '2022-09' }, totals)).toBe(false)
  })
})

describe('parts of which lists alone are published', () => {
  const totals = steadyTotals(36)
  const months = totals.map(({ month, list, within18, over52 }) => ({ month, list: (list ?? 0) / 100, over18: ((list ?? 0) - (within18 ?? 0)) / 100, over52: (over52 ?? 0) / 100 }))
  const plan = { area: 'PART', parts: [{ code: 'C_110', months }], totals, origins: [totals[30].month] }

  it('go on by their damped trend, with shares of the list projected', () => {
    const own = partsWithoutFlows(plan).filter(({ method }) => method === 'fairwait')
    expect(own.map(({ monthsAhead }) => monthsAhead)).toEqual([1, 3])
    for (const { projected, published, error } of own) {
      expect(Math.abs(error.list)).toBeLessThan(1)
      expect(projected.within18).toBeGreaterThan(0)
      expect(Math.abs(projected.within18 - published.within18)).toBeLessThan(10)
    }
  })

  it('know nothing of what follows their origin, and need a year before it', () => {
    const changed = { ...plan, parts: [{ code: 'C_110', months: months.map((each, index) => (index <= 30 ? each : { ...each, list: 1, over18: 1, over52: 1 })) }] }
    const projections = (of: typeof plan): unknown[] => partsWithoutFlows(of).map(({ method, monthsAhead, projected }) => [method, monthsAhead, projected])
    expect(projections(changed)).toEqual(projections(plan))
    expect(partsWithoutFlows({ ...plan, parts: [{ code: 'C_110', months: months.slice(20) }] })).toEqual([])
  })
})
