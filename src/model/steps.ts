/** The calendar of a study in steps: dates, working days, and which step holds a date. */
import { addDays, financialYear, workingDays } from '../baseline/calendar.ts'
import type { Series, StudyTime } from '../scenario/study.ts'

/** Steps of a study with what the calendar says of each. */
export interface Steps {
  readonly count: number
  readonly stepDays: number
  readonly start: string
  /** First day of each step, and the day after the last. */
  readonly firstDays: readonly string[]
  /** Working days of the step ÷ 5 (weeks) or as share of an average day (daily steps); 1 where not followed. */
  readonly workingShare: Float64Array
  /** Financial year of the step's first day. */
  readonly financialYears: readonly number[]
}

/** Lays out the steps of a study. */
export function layOutSteps(time: StudyTime): Steps {
  const count = Math.round((time.weeks * 7) / time.stepDays)
  const firstDays = Array.from({ length: count + 1 }, (_, step) => addDays(time.start, step * time.stepDays))
  const share = (step: number): number => (time.workingDays ? workingDays(firstDays[step], firstDays[step + 1]) / 5 : time.stepDays / 7)
  return {
    count,
    stepDays: time.stepDays,
    start: time.start,
    firstDays,
    workingShare: Float64Array.from({ length: count }, (_, step) => share(step)),
    financialYears: firstDays.slice(0, count).map(financialYear),
  }
}

/** Value of a series in a step. */
export function valueAt(series: Series, step: number): number {
  return typeof series === 'number' ? series : series[step]
}
