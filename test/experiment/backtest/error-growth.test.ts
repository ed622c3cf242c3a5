import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { nextMonth } from '../../../src/baseline/calendar.ts'
import type { MonthlyTotals } from '../../../src/baseline/series/read-monthly.ts'
import { errorGrowth } from '../../../src/experiment/backtest/error-growth.ts'

const NOT_THERE = { clockStarts: null, completed: null, removals: null, medianWeeks: null, ninetySecondWeeks: null, over65: null, over78: null, over104: null, admitted: null, nonAdmitted: null }

/** Months whose list moves by steps; shares of it stay. */
function totalsOf(count: number, step: (index: number) => number, first = '2006-12'): MonthlyTotals[] {
  let month = first
  let logarithm = Math.log(4e6)
  return Array.from({ length: count }, (_, index) => {
    month = nextMonth(month)
    logarithm += step(index)
    const list = Math.exp(logarithm)
    return { month, list, within18: 0.6 * list, over52: 0.02 * list, ...NOT_THERE }
  })
}

const walk = (seed: string): ((index: number) => number) => {
  const random = seedrandom(seed)
  return () => 0.01 * (random() - 0.5)
}

describe('growth of errors', () => {
  it('is about none for a random walk', () => {
    const growth = errorGrowth(totalsOf(150, walk('a')))('2019-06', 11)
    expect(growth.list).toBeLessThan(1.4)
    expect(growth.list).toBeGreaterThanOrEqual(1)
  })

  it('is large for a list that goes up for years and then down for years', () => {
    const noise = walk('b')
    const growth = errorGrowth(totalsOf(150, (index) => (index % 72 < 36 ? 0.006 : -0.006) + noise(index)))
    expect(growth('2019-06', 11).list).toBeGreaterThan(2)
    expect(growth('2019-06', 3).list).toBeLessThan(growth('2019-06', 11).list)
  })

  it('knows nothing after the origin, and nothing of the pandemic', () => {
    const totals = totalsOf(220, walk('c'))
    const changed = totals.map((each) => (each.month > '2018-06' ? { ...each, list: 1e6 } : each))
    expect(errorGrowth(changed)('2018-06', 11)).toEqual(errorGrowth(totals)('2018-06', 11))
    const stopped = totals.map((each) => (each.month >= '2020-02' && each.month <= '2021-03' ? { ...each, list: 1e6 } : each))
    expect(errorGrowth(stopped)('2024-06', 11)).toEqual(errorGrowth(totals)('2024-06', 11))
  })

  it('is none where too few months are known to tell', () => {
    expect(errorGrowth(totalsOf(30, () => 0.01))('2030-01', 11)).toEqual({ list: 1, within18: 1, over52: 1 })
  })
})
