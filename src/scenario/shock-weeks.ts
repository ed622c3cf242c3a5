/** When a shock hits: the weeks of a study, from dates, a first and last day, or the same days of every year. */
import { addDays, daysBetween } from '../baseline/calendar.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { reportDates } from './resolve-adjust.ts'
import type { ShockFile } from './schema-shocks.ts'
import type { StudyFrame } from './study-frame.ts'

/** Days of a week that must lie between the first and the last day for the week to be hit. */
const MOST_OF_A_WEEK = 4

/** First and last day, ISO dates. */
interface Days {
  readonly from: string
  readonly to: string
}

/** A date in each week that is hit, rising where the study works them out; problems go to `reader`. */
export function shockWeeks(shock: ShockFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): string[] {
  const said = [
    ...(shock.weeks === undefined ? [] : ['weeks']),
    ...(shock.from === undefined && shock.to === undefined ? [] : [shock.from === undefined ? 'to' : 'from']),
    ...(shock.everyYear === undefined ? [] : ['everyYear']),
  ]
  if (said.length === 0) reader.report(path, text.noWeeks)
  if (said.length > 1) reader.report([...path, said[1]], text.twoTimes(said[0], said[1]), 'key')
  if (said.length !== 1) return []
  if (shock.weeks !== undefined) return listedWeeks(shock.weeks, [...path, 'weeks'], frame, reader)
  const found = reader.problems.length
  reportDates(shock, path, frame, reader)
  const { from = frame.time.start, to = addDays(frame.end, -1), everyYear } = shock
  const weeks = everyYear === undefined ? weeksIn({ from, to }, frame) : weeksOfYears(everyYear, frame)
  if (weeks.length === 0 && frame.datesMustFit && reader.problems.length === found) reader.report([...path, said[0]], text.noWeekHit)
  return weeks
}

function listedWeeks(dates: readonly string[], path: DocumentPath, frame: StudyFrame, reader: NumberReader): string[] {
  const weeks = new Set<number>()
  for (const [index, date] of dates.entries()) {
    const days = daysBetween(frame.time.start, date)
    const week = Math.floor(days / 7)
    if (frame.datesMustFit && (days < 0 || week >= frame.time.weeks)) {
      reader.report([...path, index], text.dateOutside(frame.time.start, frame.end))
    } else if (weeks.has(week)) reader.report([...path, index], text.sameWeek)
    weeks.add(week)
  }
  return [...dates]
}

function weeksOfYears({ from, to }: Days, frame: StudyFrame): string[] {
  const first = Number(frame.time.start.slice(0, 4)) - 1
  const last = Number(frame.end.slice(0, 4))
  const overNewYear = to < from ? 1 : 0
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const weeks = years.flatMap((year) => weeksIn({ from: `${year}-${from}`, to: `${year + overNewYear}-${to}` }, frame))
  return [...new Set(weeks)]
}

/**
 * First days of the study's weeks most of which lie between two days; of a shorter time, the week that holds the most
 * of it.
 */
function weeksIn({ from, to }: Days, { time, end }: StudyFrame): string[] {
  const firstDay = daysBetween(time.start, from)
  const lastDay = daysBetween(time.start, to)
  const daysIn = (week: number): number => Math.min(lastDay, week * 7 + 6) - Math.max(firstDay, week * 7) + 1
  const candidates: number[] = []
  const lastWeek = Math.min(Math.floor(lastDay / 7), daysBetween(time.start, end) / 7 - 1)
  for (let week = Math.max(0, Math.floor(firstDay / 7)); week <= lastWeek; week++) candidates.push(week)
  const most = candidates.filter((week) => daysIn(week) >= MOST_OF_A_WEEK)
  const isShort = lastDay - firstDay + 1 < 2 * MOST_OF_A_WEEK - 1
  const hit = most.length > 0 || !isShort ? most : candidates.toSorted((a, b) => daysIn(b) - daysIn(a)).slice(0, 1)
  return hit.map((week) => addDays(time.start, week * 7))
}
