/**
 * Values of a formula through the steps of a study.
 */
import { runProgram, symbolsOf } from './formula-program.ts'
import type { Formula, Series, StudyTime } from './study.ts'

/** Weeks in a year of a formula: `year` is `week` ÷ 52.18. */
const WEEKS_PER_YEAR = 52.18

/** The formula has no finite value. */
export class NotFiniteError extends Error {
  /** 0-based week in which that happens first. */
  readonly week: number
  constructor(week: number) {
    super(`no finite value in week ${week}`)
    this.week = week
  }
}

/** Number of steps of a study. */
export function stepsOf(time: StudyTime): number {
  return Math.round((time.weeks * 7) / time.stepDays)
}

/** Whether a formula changes from week to week. */
export function changesWithTime(formula: Formula): boolean {
  return symbolsOf(formula.program).some((name) => name === 'week' || name === 'year')
}

/**
 * A formula's value at each step, or one number where it uses neither week nor year.
 *
 * @param parameters values of the study's named parameters
 * @throws NotFiniteError with the first week without a finite value
 */
export function formulaSeries(formula: Formula, time: StudyTime, parameters: ReadonlyMap<string, number>): Series {
  const valueIn = (step: number): number => {
    const week = (step * time.stepDays) / 7
    const value = runProgram(formula.program, (name) => {
      if (name === 'week') return week
      return name === 'year' ? week / WEEKS_PER_YEAR : (parameters.get(name) ?? Number.NaN)
    })
    if (!Number.isFinite(value)) throw new NotFiniteError(week)
    return value
  }
  if (!changesWithTime(formula)) return valueIn(0)
  return Array.from({ length: stepsOf(time) }, (_, step) => valueIn(step))
}
