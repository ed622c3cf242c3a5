/**
 * A programme's money through time: what falls into each step and financial year, and the ramp.
 *
 * A budget of £x a year accrues by the day, x ÷ the days of that financial year, so that every fully funded
 * financial year is £x exactly although steps straddle the first of April. Running totals are rounded to whole
 * pence, so nothing is lost over the years.
 */
import { addDays, daysBetween, financialYear } from '../baseline/calendar.ts'
import { valueAt, type Steps } from '../model/steps.ts'
import type { Programme, Series } from '../scenario/study.ts'

/** What of a programme's money falls into one step and one financial year. */
export interface Tranche {
  readonly step: number
  /** By its first calendar year. */
  readonly financialYear: number
  /** Whole pence, 0 or more. */
  readonly pence: number
}

/** The day after the last funded one: the same day of the year, `years` later; part years by days. */
export function fundingEnd(from: string, years: number): string {
  const whole = Math.floor(years)
  const sameDay = `${String(Number(from.slice(0, 4)) + whole).padStart(4, '0')}${from.slice(4)}`
  const anniversary = from.endsWith('-02-29') ? addDays(sameDay.replace('-02-29', '-02-28'), 1) : sameDay
  return addDays(anniversary, Math.round((years - whole) * 365.25))
}

/** Days of a financial year given by its first calendar year. */
function daysOfFinancialYear(year: number): number {
  return daysBetween(`${year}-04-01`, `${year + 1}-04-01`)
}

/** A programme's money, step by step. What falls before the study starts or after it ends is outside it and not counted. */
export function accrueMoney(programme: Programme<Series>, steps: Steps): Tranche[] {
  const tranches: Tranche[] = []
  const end = fundingEnd(programme.budget.from, programme.budget.years)
  let owed = 0
  let booked = 0
  for (let step = 0; step < steps.count; step++) {
    for (const { year, days } of fundedDays(programme.budget.from, end, steps, step)) {
      owed += (valueAt(programme.budget.perYear, step) * 100 * days) / daysOfFinancialYear(year)
      const pence = Math.round(owed) - booked
      booked += pence
      tranches.push({ step, financialYear: year, pence })
    }
  }
  return tranches
}

/** Share of full strength that the ramp has reached in the middle of a step, 0 to 1. */
export function rampStrength({ budget }: Programme<Series>, steps: Steps, step: number): number {
  if (budget.rampWeeks <= 0) return 1
  const weeksIn = (daysBetween(budget.from, steps.firstDays[step]) + steps.stepDays / 2) / 7
  return Math.max(0, Math.min(1, weeksIn / budget.rampWeeks))
}

/** Funded days of a step by financial year. */
function fundedDays(from: string, end: string, steps: Steps, step: number): { year: number; days: number }[] {
  const found: { year: number; days: number }[] = []
  for (let day = 0; day < steps.stepDays; day++) {
    const date = addDays(steps.firstDays[step], day)
    if (date < from || date >= end) continue
    const year = financialYear(date)
    const last = found.at(-1)
    if (last?.year === year) last.days++
    else found.push({ year, days: 1 })
  }
  return found
}
