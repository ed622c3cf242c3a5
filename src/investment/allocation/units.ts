/** What an allocation may look at: residents, need and use of deprivation groups, systems and specialties. */
import type { Group } from '../../baseline/types.ts'
import type { NeedBasis } from '../../scenario/study.ts'

/** One of those that money is shared among. Rates are people a week, as things stand when the study starts. */
export interface Unit {
  /** Deprivation group's id (`1` is the most deprived), system code or specialty code. */
  readonly id: string
  readonly residents: number
  /** Clock starts. */
  readonly use: number
  /** Need that arises: clock starts ÷ the share of need that is referred. */
  readonly need: number
  /** Need that arises and is not referred. */
  readonly unmetNeed: number
}

/** One specialty of a system: people a week by deprivation group. */
export interface SpecialtyNeed {
  readonly code: string
  readonly use: readonly number[]
  readonly need: readonly number[]
}

/** One system that money may be for. */
export interface SystemNeed {
  readonly code: string
  readonly groups: readonly Group[]
  readonly specialties: readonly SpecialtyNeed[]
}

/** Everything that an allocation may look at: the systems that a programme is for, which have the same groups. */
export interface AllocationContext {
  readonly systems: readonly SystemNeed[]
  /** Where a programme is for some people only: the numbers of the systems are theirs alone. Left out for everybody. */
  readonly people?: MeantPeople
}

/** The people whom a programme is for. */
export interface MeantPeople {
  /** By class of each deprivation group, whether they are meant. */
  readonly classes: readonly boolean[]
  /** Residents of each system, meant or not. */
  readonly residents: Readonly<Record<string, number>>
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Deprivation groups over all the systems, most deprived first. */
export function groupUnits({ systems }: AllocationContext): Unit[] {
  return systems[0].groups.map(({ id }, group) => {
    const of = (key: 'use' | 'need'): number => sum(systems.map(({ specialties }) => sum(specialties.map((each) => each[key][group]))))
    return unitOf(id, sum(systems.map(({ groups }) => groups[group].population)), of('use'), of('need'))
  })
}

/** The systems, over all their groups. */
export function systemUnits({ systems }: AllocationContext): Unit[] {
  return systems.map(({ code, groups, specialties }) =>
    unitOf(code, residentsOf(groups), sum(specialties.map(({ use }) => sum(use))), sum(specialties.map(({ need }) => sum(need)))),
  )
}

/** Specialties over all the systems, in the order in which they first come; each is there for all residents. */
export function specialtyUnits({ systems }: AllocationContext, codes: readonly string[]): Unit[] {
  const residents = sum(systems.map(({ groups }) => residentsOf(groups)))
  return [...new Set(codes)].map((code) => {
    const own = systems.flatMap(({ specialties }) => specialties.filter((each) => each.code === code))
    return unitOf(code, residents, sum(own.map(({ use }) => sum(use))), sum(own.map(({ need }) => sum(need))))
  })
}

const residentsOf = (groups: readonly Group[]): number => sum(groups.map(({ population }) => population))

function unitOf(id: string, residents: number, use: number, need: number): Unit {
  return { id, residents, use, need, unmetNeed: Math.max(0, need - use) }
}

/** Need by the basis asked for, in people or a multiple of them. */
export function needOf(unit: Unit, basis: NeedBasis): number {
  if (typeof basis === 'object') return unit.residents * (basis.index[unit.id] ?? 0)
  switch (basis) {
    case 'use':
      return unit.need
    case 'population':
      return unit.residents
    case 'unmet-need':
      return unit.unmetNeed
  }
}
