/** What programmes' rules for sharing money may look at: residents, use and need of the systems that a programme is for. */
import type { AllocationContext, MeantPeople, SpecialtyNeed, SystemNeed } from '../../investment/allocation/units.ts'
import type { Baseline, SpecialtyBaseline } from '../../baseline/types.ts'
import type { ConcreteStudy, Programme, Series } from '../../scenario/study.ts'
import { valueInRun, type RunCalendar } from './calendar.ts'
import type { MoneyCells } from './money-cells.ts'
import type { OwnStratum, Strata } from './strata.ts'

/**
 * Use is clock starts, need is use × need factor ÷ referral propensity, both by the assumptions' own values at the start of the
 * projection; adjustments for single specialties or other groups do not move money. Where a programme is for people of
 * further groups, all of it is theirs alone.
 */
export function allocationContext(programme: Programme<Series>, study: ConcreteStudy, run: RunCalendar, strata: Strata, cells: MoneyCells): AllocationContext {
  const { systems: named } = programme
  const systems = study.baselines.filter(({ system }) => named.length === 0 || named.includes(system.code))
  const everybody = systems.map(({ system, groups, specialties }): SystemNeed => ({ code: system.code, groups, specialties: specialties.map((each) => needOf(each, study, run)) }))
  if (programme.people === undefined) return { systems: everybody }
  const classes = cells.meant(programme)
  const residents = Object.fromEntries(everybody.map(({ code, groups }) => [code, groups.reduce((sum, { population }) => sum + population, 0)]))
  return { systems: everybody.map((system) => ofPeople(system, strata, cells, classes)), people: { classes, residents } satisfies MeantPeople }
}

/** A system's numbers of those who are meant alone: of its residents, and of the clock starts and need of its specialties. */
function ofPeople({ code, groups, specialties }: SystemNeed, { own }: Strata, { ofStratum, classes: count }: MoneyCells, classes: readonly boolean[]): SystemNeed {
  const share = (of: (stratum: OwnStratum) => number): number[] =>
    groups.map((_, group) => {
      // Case mix and priority repeat a further group's shares: one of each counts.
      const members = own.filter((stratum, index) => stratum.group === group && stratum.caseMix === 0 && stratum.level === 0 && classes[ofStratum[index] % count])
      return members.reduce((sum, stratum) => sum + of(stratum), 0)
    })
  const residents = share(({ residentsShare }) => residentsShare)
  const starts = share(({ clockStartsShare }) => clockStartsShare)
  return {
    code,
    groups: groups.map((group, index) => ({ ...group, population: group.population * residents[index] })),
    specialties: specialties.map(({ code: specialty, use, need }) => ({
      code: specialty,
      use: use.map((people, group) => people * starts[group]),
      need: need.map((people, group) => people * starts[group]),
    })),
  }
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
