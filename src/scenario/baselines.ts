/** The baselines of a study: one system's, or those of several systems. */
import { addDays } from '../baseline/calendar.ts'
import type { StudyBaseline, SystemBaseline } from './study.ts'

/** Every system's baseline, in the order of the file. */
export function systemsOf(baseline: StudyBaseline): readonly SystemBaseline[] {
  return baseline.kind === 'systems' ? baseline.systems : [baseline]
}

/** The system's code, such as `QYG`. */
export function codeOf(system: SystemBaseline): string {
  return (system.kind === 'inline' ? system.baseline : system.pack).system.code
}

/** Number of its deprivation groups. */
export function groupsIn(system: SystemBaseline): number {
  return system.kind === 'inline' ? system.baseline.groups.length : system.pack.deprivation.population.length
}

/** Codes of its specialties. */
export function specialtyCodesIn(system: SystemBaseline): string[] {
  return (system.kind === 'inline' ? system.baseline : system.pack).specialties.map(({ code }) => code)
}

/** First day after its list was counted, ISO date. */
export function listDate(system: SystemBaseline): string {
  if (system.kind === 'inline') return system.baseline.asOf
  const last = system.pack.months.at(-1) ?? ''
  return `${addDays(`${last}-01`, 31).slice(0, 7)}-01`
}
