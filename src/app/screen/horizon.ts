/**
 * What a study says of a time beyond its horizon. The screen runs such a study without it; the command line refuses the
 * file, so that whoever shortens the horizon is offered both ways out: look far enough, or leave it out.
 */
import { addDays, daysBetween } from '../../baseline/calendar.ts'
import type { StudyFile } from '../contract.ts'
import { text } from '../messages.ts'
import { scenarioTitle } from './edits.ts'

const DAYS_A_WEEK = 7

type ScenarioFile = StudyFile['scenarios'][string]
type ProgrammeFile = NonNullable<ScenarioFile['invest']>[number]
type ShockFile = NonNullable<ScenarioFile['shocks']>[number]

/** What lies beyond the horizon, and the horizon that would hold it. */
export interface Beyond {
  /** In words, one an item. */
  readonly items: readonly string[]
  /** Weeks from the start that reach the last of it. */
  readonly weeks: number
}

interface Dated {
  readonly words: string
  readonly day: string
}

/** @param start first day of the study, ISO date */
export function beyondHorizon(file: StudyFile, start: string): Beyond {
  const end = endOf(file, start)
  const targets = (file.targets ?? []).map(({ title, id, by }): Dated => ({ words: text.beyond.target(title ?? id), day: by }))
  const inScenarios = Object.entries(file.scenarios).flatMap(([id, scenario]) => datesIn(scenario, scenarioTitle(file, id)))
  const late = [...targets, ...inScenarios].filter(({ day }) => isLate(day, end))
  const farthest = Math.max(0, ...late.map(({ day }) => daysBetween(start, day)))
  return { items: [...new Set(late.map(({ words }) => words))], weeks: Math.floor(farthest / DAYS_A_WEEK) + 1 }
}

/** The file without what lies beyond its horizon. */
export function withinHorizon(file: StudyFile, start: string): StudyFile {
  const end = endOf(file, start)
  const targets = file.targets?.filter(({ by }) => !isLate(by, end))
  const scenarios = Object.fromEntries(Object.entries(file.scenarios).map(([id, scenario]) => [id, scenarioWithin(scenario, end)]))
  return { ...file, scenarios, ...(targets !== undefined && { targets }) }
}

const endOf = (file: StudyFile, start: string): string => addDays(start, file.time.weeks * DAYS_A_WEEK)

/** The last day of a study is the one before its end. */
const isLate = (day: string, end: string): boolean => daysBetween(day, end) <= 0

const firstDayOf = ({ budget }: ProgrammeFile): string | undefined => budget.from

function datesIn({ invest = [], shocks = [] }: ScenarioFile, title: string): Dated[] {
  const money = invest.flatMap((programme) => firstDayOf(programme) ?? []).map((day): Dated => ({ words: text.beyond.money(title), day }))
  const weeks = shocks.flatMap(({ weeks: listed = [], from }) => [...listed, ...(from === undefined ? [] : [from])])
  return [...money, ...weeks.map((day): Dated => ({ words: text.beyond.shock(title), day }))]
}

function scenarioWithin(scenario: ScenarioFile, end: string): ScenarioFile {
  const { invest, shocks } = scenario
  return {
    ...scenario,
    ...(invest !== undefined && { invest: invest.filter((programme) => !isLate(firstDayOf(programme) ?? '', end)) }),
    ...(shocks !== undefined && { shocks: shocks.flatMap((shock) => shockWithin(shock, end)) }),
  }
}

/** The shock in the weeks that are left of it; nothing where none is. */
function shockWithin(shock: ShockFile, end: string): ShockFile[] {
  if (shock.weeks === undefined) return shock.from !== undefined && isLate(shock.from, end) ? [] : [shock]
  const weeks = shock.weeks.filter((day) => !isLate(day, end))
  return weeks.length === 0 ? [] : [{ ...shock, weeks }]
}
