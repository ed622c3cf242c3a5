/** What programmes' rules for sharing money may look at: residents, use and need of the systems that a programme is for. */
import type { AllocationContext, SpecialtyNeed } from '../../investment/allocation/units.ts'
import type { Baseline, SpecialtyBaseline } from '../../baseline/types.ts'
import type { ConcreteStudy, Programme, Series } from '../../scenario/study.ts'
import { valueInRun, type RunCalendar } from './calendar.ts'

/**
 * Use is clock starts, need is use × need factor ÷ referral propensity, both by the assumptions' own values at the start of the
 * projection; adjustments for single specialties or other groups do not move money.
 */
export function allocationContext(programme: Programme<Series>, study: ConcreteStudy, run: RunCalendar): AllocationContext {
  const { systems: named } = programme
  const systems = study.baselines.filter(({ system }) => named.length === 0 || named.includes(system.code))
  return { systems: systems.map(({ system, groups, specialties }) => ({ code: system.code, groups, specialties: specialties.map((each) => needOf(each, study, run)) })) }
}

/** The same of one specialty of one system. */
export function serviceContext(system: Baseline, specialty: SpecialtyBaseline, study: ConcreteStudy, run: RunCalendar): AllocationContext {
  return { systems: [{ code: system.system.code, groups: system.groups, specialties: [needOf(specialty, study, run)] }] }
}

function needOf({ code, clockStartsPerWeek }: SpecialtyBaseline, { assumptions }: ConcreteStudy, run: RunCalendar): SpecialtyNeed {
  const today = (series: Series): number => valueInRun(series, run, run.warmUp)
  const use = clockStartsPerWeek.map((starts, group) => starts * today(assumptions.needFactor[group]))
  return { code, use, need: use.map((starts, group) => starts / today(assumptions.referralPropensity[group])) }
}
