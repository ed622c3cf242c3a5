/**
 * A programme's money through time: budget by step, the ramp, and the account that it reconciles to.
 *
 * A budget of £x a year accrues by the day, x ÷ the days of that financial year, so that every fully funded
 * financial year is £x exactly although steps straddle the first of April. Running totals are rounded to whole
 * pence, so nothing is lost over the years.
 */
import { addDays, daysBetween, financialYear } from '../baseline/calendar.ts'
import { valueAt, type Steps } from '../model/steps.ts'
import type { BudgetLine } from '../model/tables.ts'
import type { Programme, Series } from '../scenario/study.ts'
import { allocationShares, splitPence, type AllocationContext } from './allocate.ts'

/** The part of a step that lies in one financial year. */
interface Segment {
  readonly step: number
  readonly financialYear: number
  /** Budget by group, whole pence. */
  readonly budgetPence: readonly number[]
}

/** A programme's money by step and group, whole pence: index step × groups + group. */
export interface ProgrammeMoney {
  readonly segments: readonly Segment[]
  readonly budgetPence: Float64Array
  /** What the ramp lets through; at most the budget. */
  readonly availablePence: Float64Array
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

/** Lays out a programme's money. What falls before the study starts or after it ends is outside it and not counted. */
export function layOutMoney(programme: Programme<Series>, steps: Steps, context: AllocationContext): ProgrammeMoney {
  const groups = context.groups.length
  const segments: Segment[] = []
  const budgetPence = new Float64Array(steps.count * groups)
  const availablePence = new Float64Array(steps.count * groups)
  const end = fundingEnd(programme.budget.from, programme.budget.years)
  const accrual = { owed: 0, booked: 0 }
  for (let step = 0; step < steps.count; step++) {
    const shares = allocationShares(programme.allocate, context, step)
    const strength = rampStrength(programme, steps, step)
    for (const { year, days } of fundedDays(programme.budget.from, end, steps, step)) {
      accrual.owed += (valueAt(programme.budget.perYear, step) * 100 * days) / daysOfFinancialYear(year)
      const whole = Math.round(accrual.owed) - accrual.booked
      accrual.booked += whole
      const parts = splitPence(whole, shares)
      segments.push({ step, financialYear: year, budgetPence: parts })
      parts.forEach((part, group) => {
        budgetPence[step * groups + group] += part
      })
    }
    for (let index = step * groups; index < (step + 1) * groups; index++) {
      availablePence[index] = Math.floor(budgetPence[index] * strength)
    }
  }
  return { segments, budgetPence, availablePence }
}

/** Share of full strength that the ramp has reached in the middle of a step. */
function rampStrength(programme: Programme<Series>, steps: Steps, step: number): number {
  const { from, rampWeeks } = programme.budget
  if (rampWeeks <= 0) return 1
  const weeksIn = (daysBetween(from, steps.firstDays[step]) + steps.stepDays / 2) / 7
  return Math.max(0, Math.min(1, weeksIn / rampWeeks))
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

/**
 * The account of a programme by group and financial year: budget = spent + unspent, to the penny.
 * @param spentPence whole pence, index step × groups + group; at most the budget in each
 */
export function reconcile(programme: Programme<Series>, groups: number, money: ProgrammeMoney, spentPence: Float64Array): BudgetLine[] {
  const lines = new Map<string, { financialYear: number; group: number; budget: number; spent: number }>()
  const bookedOfStep = new Float64Array(spentPence.length)
  const budgetSoFar = new Float64Array(spentPence.length)
  for (const { step, financialYear: year, budgetPence } of money.segments) {
    budgetPence.forEach((budget, group) => {
      const index = step * groups + group
      // A step across the first of April splits its spend as its budget; the last part takes what is left.
      budgetSoFar[index] += budget
      const whole = money.budgetPence[index]
      const upTo = budgetSoFar[index] === whole ? spentPence[index] : Math.floor((spentPence[index] * budgetSoFar[index]) / whole)
      const spent = upTo - bookedOfStep[index]
      bookedOfStep[index] = upTo
      const key = `${year}/${group}`
      const line = lines.get(key) ?? { financialYear: year, group, budget: 0, spent: 0 }
      line.budget += budget
      line.spent += spent
      lines.set(key, line)
    })
  }
  return [...lines.values()]
    .toSorted((a, b) => a.financialYear - b.financialYear || a.group - b.group)
    .map(({ financialYear: year, group, budget, spent }) => ({
      programme: programme.id,
      lever: programme.lever,
      kind: 'revenue',
      system: 'all',
      specialty: 'all',
      group,
      financialYear: year,
      budgetPence: budget,
      spentPence: spent,
      unspentPence: budget - spent,
    }))
}
