/**
 * Mutual aid: which systems share a specialty, what they lend, and to whom.
 *
 * Systems that any scenario of the study links share a service in all of them, so that scenarios meet the same people.
 * A lent slot comes out of the lender's open NHS slots, is open to the borrower's people with their take-up, and goes
 * back to the lender's own when nobody takes it.
 */
import type { ConcreteStudy, MutualAid, Scenario, Series } from '../../scenario/study.ts'
import { valueInRun, within, type RunCalendar } from './calendar.ts'

/** Slots wanted of one specialty of a lending system for one borrower. */
export interface LendingOfService {
  readonly aid: MutualAid<Series>
  /** By step of the run. */
  readonly first: Float64Array
  readonly admission: Float64Array
}

/** What a scenario asks of a specialty of a system, in the order of the scenario's list. */
export function lendingOf(scenario: Scenario<Series>, lender: string, specialty: string, study: ConcreteStudy, run: RunCalendar): LendingOfService[] {
  return scenario.mutualAid
    .filter((aid) => aid.from === lender && concerns(aid, specialty, study))
    .map((aid) => {
      const holds = within(aid.startsOn, aid.endsOn, run)
      const slots = (perWeek: Series): Float64Array =>
        run.slotsShare.map((share, step) => (holds(step) ? valueInRun(perWeek, run, step) * share : 0))
      return { aid, first: slots(aid.firstSlotsPerWeek), admission: slots(aid.admissionSlotsPerWeek) }
    })
}

/** Whether aid is for a specialty, and both systems have it. */
function concerns({ from, to, specialties }: MutualAid<Series>, specialty: string, study: ConcreteStudy): boolean {
  return (specialties.length === 0 || specialties.includes(specialty)) && from !== to && [from, to].every((code) => hasSpecialty(study, code, specialty))
}

function hasSpecialty({ baselines }: ConcreteStudy, system: string, specialty: string): boolean {
  return baselines.some((baseline) => baseline.system.code === system && baseline.specialties.some(({ code }) => code === specialty))
}

/** Indices of the systems that have a specialty, those that share it together; both in the study's order. */
export function sharingSystems(study: ConcreteStudy, specialty: string): number[][] {
  const links = study.scenarios.flatMap(({ mutualAid }) => mutualAid.filter((aid) => concerns(aid, specialty, study)))
  const sets = study.baselines.flatMap(({ system }, index) => (hasSpecialty(study, system.code, specialty) ? [[index]] : []))
  const codes = (set: readonly number[]): string[] => set.map((index) => study.baselines[index].system.code)
  return links
    .reduce((before, { from, to }) => {
      const joined = before.filter((set) => codes(set).some((code) => code === from || code === to))
      return [...before.filter((set) => !joined.includes(set)), joined.flat().toSorted((a, b) => a - b)]
    }, sets)
    .toSorted((a, b) => a[0] - b[0])
}
