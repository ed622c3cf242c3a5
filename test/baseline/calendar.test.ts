import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysBetween,
  englandBankHolidays,
  financialYear,
  firstDayOfMonth,
  isIsoDate,
  nextMonth,
  weekday,
  workingDays,
} from '../../src/baseline/calendar.ts'

// As published on gov.uk/bank-holidays for England and Wales.
const PUBLISHED: Readonly<Record<number, readonly string[]>> = {
  2020: ['01-01', '04-10', '04-13', '05-08', '05-25', '08-31', '12-25', '12-28'],
  2021: ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
  2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
  2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
}

describe('bank holidays of England', () => {
  for (const [year, days] of Object.entries(PUBLISHED)) {
    it(`are those published for ${year}`, () => {
      expect(englandBankHolidays(Number(year))).toEqual(days.map((day) => `${year}-${day}`))
    })
  }

  it('are at least eight weekdays in any year, all different', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2200 }), (year) => {
        const days = englandBankHolidays(year)
        expect(new Set(days).size).toBe(days.length)
        expect(days.length).toBeGreaterThanOrEqual(8)
        for (const day of days) expect([1, 2, 3, 4, 5]).toContain(weekday(day))
      }),
    )
  })
})

describe('working days', () => {
  it('are 21 in January 2026 and 22 in January 2025', () => {
    expect(workingDays('2026-01-01', '2026-02-01')).toBe(21)
    expect(workingDays('2025-01-01', '2025-02-01')).toBe(22)
  })

  it('are 253 in 2025', () => expect(workingDays('2025-01-01', '2026-01-01')).toBe(253))

  it('are none in an empty or backward interval', () => {
    expect(workingDays('2026-03-02', '2026-03-02')).toBe(0)
    expect(workingDays('2026-03-04', '2026-03-02')).toBe(0)
  })

  it('add up over any split of an interval', () => {
    const dates = fc.tuple(fc.nat(4000), fc.nat(500), fc.nat(500))
    fc.assert(
      fc.property(dates, ([start, first, second]) => {
        const from = addDays('2015-01-01', start)
        const middle = addDays(from, first)
        const to = addDays(middle, second)
        expect(workingDays(from, middle) + workingDays(middle, to)).toBe(workingDays(from, to))
      }),
    )
  })
})

describe('dates', () => {
  it('count days across leap years and back', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(daysBetween('2024-02-28', '2025-02-28')).toBe(366)
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })

  it('put 31 March and 1 April in different financial years', () => {
    expect(financialYear('2026-03-31')).toBe(2025)
    expect(financialYear('2026-04-01')).toBe(2026)
  })

  it('give the next month over a year end', () => {
    expect(nextMonth('2025-12')).toBe('2026-01')
    expect(firstDayOfMonth('2026-02')).toBe('2026-02-01')
  })

  it('refuse a date that is not in the calendar', () => {
    expect(isIsoDate('2026-02-30')).toBe(false)
    expect(isIsoDate('2026-2-3')).toBe(false)
    expect(isIsoDate('9999-99-99')).toBe(false)
    expect(isIsoDate('2028-02-29')).toBe(true)
    expect(() => addDays('2026-02-30', 1)).toThrow('2026-02-30')
  })
})
