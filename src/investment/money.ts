/**
 * A programme's money through time: what falls into each step and financial year, and the ramp.
 *
 * A budget of £x a year accrues by the day, x ÷ the days of that financial year, so that every fully funded
 * financial year is £x exactly although steps straddle the first of April. Running totals are rounded to whole
 * pence, so nothing is lost over the years.
 */
import { addDays, daysBetween, financialYear } from '../baseline/calendar.ts'
import { valueAt, type Steps } from '../model/steps.ts'
import type { MoneyKind } from '../model/tables.ts'
import type { Budget, Programme, Series, YearlyMoney } from '../scenario/study.ts'
import type { PriceLevel } from './prices.ts'

/** What of a programme's money falls into one step and one financial year. */
export interface Tranche {
  readonly step: number
  /** By its first calendar year. */
  readonly financialYear: number
  readonly kind: MoneyKind
  /** Whole pence, 0 or more. */
  readonly pence: number
}

/** Pounds a year that hold in a step, by the financial year in which they are granted. */
type PoundsAYear = (step: number, financialYear: number) => number

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

/** Pounds a year of money that is written by the year, in prices of the day. */
export function poundsAYear({ perYear, byYear }: YearlyMoney<Series>, level: PriceLevel): PoundsAYear {
  return (step, year) => {
    const pounds = byYear.length === 0 ? perYear : (byYear.find(({ financialYear: own }) => own === year)?.pounds ?? 0)
    return valueAt(pounds, step) * level.money(year)
  }
}

/** Money that flows from a first day to the day before `end`, all of it `delayDays` later than it is granted. */
interface Stream {
  readonly from: string
  readonly end: string
  readonly delayDays: number
  /** Share of all the money, by step. */
  readonly share: (step: number) => number
}

/**
 * A programme's money, step by step. What falls before the study starts or after it ends is outside it and not counted.
 * @param yearly what its budget says, or its share of an envelope
 * @param capitalShare share of the money of a step that is capital, 0 to 1
 */
export function accrueMoney(budget: Budget<Series>, yearly: PoundsAYear, capitalShare: (step: number) => number, steps: Steps): Tranche[] {
  const tranches: Tranche[] = []
  const streams = streamsOf(budget)
  const account = { owed: 0, booked: 0, owedCapital: 0, bookedCapital: 0 }
  for (let step = 0; step < steps.count; step++) {
    const capital = capitalShare(step)
    for (const [year, pence] of penceInStep(streams, yearly, steps, step)) {
      account.owed += pence
      account.owedCapital += pence * capital
      const whole = Math.round(account.owed) - account.booked
      const wholeCapital = Math.min(whole, Math.max(0, Math.round(account.owedCapital) - account.bookedCapital))
      account.booked += whole
      account.bookedCapital += wholeCapital
      if (capital < 1) tranches.push({ step, financialYear: year, kind: 'revenue', pence: whole - wholeCapital })
      if (capital > 0) tranches.push({ step, financialYear: year, kind: 'capital', pence: wholeCapital })
    }
  }
  return tranches
}

/** What comes when it should, and what comes late. */
function streamsOf({ from, years, late }: Budget<Series>): Stream[] {
  const end = fundingEnd(from, years)
  if (late === null) return [{ from, end, delayDays: 0, share: () => 1 }]
  const delayDays = late.weeks * 7
  return [
    { from, end, delayDays: 0, share: (step) => 1 - valueAt(late.share, step) },
    { from: addDays(from, delayDays), end: addDays(end, delayDays), delayDays, share: (step) => valueAt(late.share, step) },
  ]
}

/** Pence of a step by the financial year in which they come, before rounding; late money is as much as was granted. */
function penceInStep(streams: readonly Stream[], yearly: PoundsAYear, steps: Steps, step: number): [number, number][] {
  const pence = new Map<number, number>()
  for (const { from, end, delayDays, share } of streams) {
    const grantedIn = Math.max(0, step - Math.round(delayDays / steps.stepDays))
    for (const { year, granted, days } of fundedDays(from, end, delayDays, steps, step)) {
      const part = ((yearly(grantedIn, granted) * 100 * days) / daysOfFinancialYear(granted)) * share(step)
      pence.set(year, (pence.get(year) ?? 0) + part)
    }
  }
  return [...pence].toSorted(([a], [b]) => a - b)
}

/** Share of full strength that the ramp has reached in the middle of a step, 0 to 1. */
export function rampStrength({ budget }: Programme<Series>, steps: Steps, step: number): number {
  if (budget.rampWeeks <= 0) return 1
  const weeksIn = (daysBetween(budget.from, steps.firstDays[step]) + steps.stepDays / 2) / 7
  return Math.max(0, Math.min(1, weeksIn / budget.rampWeeks))
}

/** Funded days of a step by the financial years in which money comes and was granted. */
function fundedDays(from: string, end: string, delayDays: number, steps: Steps, step: number): { year: number; granted: number; days: number }[] {
  const found: { year: number; granted: number; days: number }[] = []
  for (let day = 0; day < steps.stepDays; day++) {
    const date = addDays(steps.firstDays[step], day)
    if (date < from || date >= end) continue
    const year = financialYear(date)
    const granted = delayDays === 0 ? year : financialYear(addDays(date, -delayDays))
    const last = found.at(-1)
    if (last?.year === year && last.granted === granted) last.days++
    else found.push({ year, granted, days: 1 })
  }
  return found
}

/** Pence of an envelope by financial year: what its days within the study come to. */
export function yearlyPence(money: YearlyMoney<Series>, level: PriceLevel, steps: Steps): Map<number, number> {
  const yearly = poundsAYear(money, level)
  const pence = new Map<number, number>()
  for (let step = 0; step < steps.count; step++) {
    for (const { year, days } of fundedDays(steps.start, steps.firstDays[steps.count], 0, steps, step)) {
      pence.set(year, (pence.get(year) ?? 0) + (yearly(step, year) * 100 * days) / daysOfFinancialYear(year))
    }
  }
  // Rounded to a millionth first, since sums of daily parts of a whole number may fall just short of it.
  return new Map([...pence].map(([year, amount]) => [year, Math.floor(Number(amount.toFixed(6)))]))
}
