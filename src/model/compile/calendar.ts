/**
 * The calendar of a run: the warm-up's steps, then the projection's.
 *
 * During the warm-up the calendar runs backwards from the start, so that its weeks have working days and seasons of
 * their own, while no scenario, shock or money acts and every formula stands at its first value.
 */
import { addDays, daysBetween } from '../../baseline/calendar.ts'
import type { Series, StudyTime } from '../../scenario/study.ts'
import { layOutSteps, valueAt, type Steps } from '../steps.ts'

/** Steps of a run with what the calendar says of each. */
export interface RunCalendar {
  /** Steps simulated, the warm-up among them. */
  readonly count: number
  /** Steps of warm-up; step `warmUp` is the first of the projection. */
  readonly warmUp: number
  readonly stepsPerWeek: number
  /** First day of each step, ISO dates, and the day after the last. */
  readonly firstDays: readonly string[]
  /** Clock starts, and slots, of the step relative to those of a standard week: working days × season. */
  readonly clockStartsShare: Float64Array
  readonly slotsShare: Float64Array
  /** Steps of the projection alone, in which money and scenarios act. */
  readonly projection: Steps
}

/** Lays out the calendar of a study. */
export function layOutRun(time: StudyTime): RunCalendar {
  const projection = layOutSteps(time)
  const warmUpDays = time.warmUpWeeks * 7
  const whole = warmUpDays === 0
    ? projection
    : layOutSteps({ ...time, start: addDays(time.start, -warmUpDays), weeks: time.weeks + time.warmUpWeeks })
  const { clockStarts, capacity } = time.seasonality
  return {
    count: whole.count,
    warmUp: whole.count - projection.count,
    stepsPerWeek: 7 / time.stepDays,
    firstDays: whole.firstDays,
    clockStartsShare: withSeason(whole, clockStarts),
    slotsShare: withSeason(whole, capacity),
    projection,
  }
}

/** Working days × the season, a step that straddles two months taking each month by its days. */
function withSeason({ workingShare, firstDays, stepDays }: Steps, months: readonly number[] | null): Float64Array {
  if (months === null) return workingShare
  return workingShare.map((share, step) => {
    let season = 0
    for (let day = 0; day < stepDays; day++) season += months[Number(addDays(firstDays[step], day).slice(5, 7)) - 1]
    return (share * season) / stepDays
  })
}

/** Value of a series of the projection in a step of the run: its first value during the warm-up. */
export function valueInRun(series: Series, { warmUp }: RunCalendar, step: number): number {
  return valueAt(series, Math.max(0, step - warmUp))
}

/**
 * Steps in which named dates fall, by the study's weeks: each date stands for the seven days from the study's start
 * that hold it. Dates before the start or after the end are left out.
 */
export function stepsOfWeeks(dates: readonly string[], { projection, warmUp, stepsPerWeek }: RunCalendar): number[] {
  const weeks = new Set(dates.map((date) => Math.floor(daysBetween(projection.start, date) / 7)))
  const steps = [...weeks].flatMap((week) => Array.from({ length: stepsPerWeek }, (_, day) => week * stepsPerWeek + day))
  return steps
    .filter((step) => step >= 0 && step < projection.count)
    .map((step) => step + warmUp)
    .toSorted((a, b) => a - b)
}

/** A test whether a step of the projection starts within two dates, both included; null is open. Never in the warm-up. */
export function within(from: string | null, to: string | null, { firstDays, warmUp }: RunCalendar): (step: number) => boolean {
  return (step) => step >= warmUp && (from === null || firstDays[step] >= from) && (to === null || firstDays[step] <= to)
}
