import { describe, expect, it } from 'vitest'
import { nextMonth } from '../../../src/baseline/calendar.ts'
import { workingWeight } from '../../../src/baseline/calibrate/forecast-flows.ts'
import type { MonthlyTotals } from '../../../src/baseline/series/read-monthly.ts'
import { longOrigins } from '../../../src/experiment/backtest/long-origins.ts'

/** Months of a list that loses 2% unreported, with clock starts by working days and 86 in 100 of them completed. */
function steadyTotals(count: number): MonthlyTotals[] {
  let month = '2022-01'
  let list = 5_600_000
  return Array.from({ length: count }, () => {
    month = nextMonth(month)
    const clockStarts = 38_000 * workingWeight(month)
    const completed = 0.86 * clockStarts
    const unreported = 0.02 * list
    list += clockStarts - completed - unreported
    return { month, list, within18: 0.6 * list, over52: 0.03 * list, clockStarts, completed, removals: completed + unreported }
  })
}

describe('forecasts from monthly totals', () => {
  it('find the list of months that go on as they were, better than any line', () => {
    const rows = longOrigins(steadyTotals(48))
    const size = (method: string): number => {
      const own = rows.filter((row) => row.method === method && row.monthsAhead === 11)
      return own.reduce((sum, { error }) => sum + Math.abs(error), 0) / own.length
    }
    expect(size('fairwait')).toBeLessThan(0.3)
    for (const method of ['last-value', 'last-year', 'trend']) expect(size(method)).toBeGreaterThan(0)
    expect(size('fairwait')).toBeLessThan(Math.max(size('last-value'), size('trend')))
  })

  it('know nothing of what follows their origin', () => {
    const totals = steadyTotals(40)
    const changed = totals.map((each, index) => (index < 30 ? each : { ...each, list: 1, clockStarts: 1, completed: 1, removals: 1 }))
    const before = (rows: ReturnType<typeof longOrigins>): number[] => rows.filter(({ origin }) => origin <= totals[29].month).map(({ projected }) => projected)
    expect(before(longOrigins(changed))).toEqual(before(longOrigins(totals)))
  })

  it('start where two years of totals are known, and leave out months without them', () => {
    const totals = steadyTotals(30)
    const gap = { ...totals[0], month: '2021-12', clockStarts: null }
    expect(longOrigins([gap, ...totals])[0].origin).toBe(totals[23].month)
    expect(longOrigins(totals.slice(0, 24))).toEqual([])
  })

  it('say which have the pandemic among the months they know or forecast', () => {
    const rows = longOrigins(steadyTotals(48).map((each) => ({ ...each, month: `${Number(each.month.slice(0, 4)) - 4}${each.month.slice(4)}` })))
    const of = (origin: string, ahead: number): boolean | undefined => rows.find((row) => row.origin === origin && row.monthsAhead === ahead && row.method === 'trend')?.pandemic
    expect(of('2020-01', 1)).toBe(true)
    expect(of('2020-01', 11)).toBe(true)
    expect(of('2021-12', 1)).toBe(true)
    expect(longOrigins(steadyTotals(48)).some(({ pandemic }) => pandemic)).toBe(false)
  })
})
