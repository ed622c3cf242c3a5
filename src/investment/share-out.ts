/**
 * Where a programme's money goes: systems → deprivation groups → specialties, each by its own rule. Without a rule for
 * systems, groups are taken over all of them together, and the lever shares a group's money among all services. Where
 * money tells classes of people apart, a group's money is shared among those that are meant by what the lever can reach
 * of each, so that it does to all of them alike.
 */
import { InputError } from '../errors.ts'
import type { Steps } from '../model/steps.ts'
import type { Allocation, Programme, Series } from '../scenario/study.ts'
import { allocationShares, wholeShares, type ShareMoment } from './allocation/shares.ts'
import { splitPence } from './allocation/split-pence.ts'
import { groupUnits, specialtyUnits, systemUnits, type AllocationContext, type MeantPeople, type Unit } from './allocation/units.ts'
import type { DraftService } from './draft.ts'
import type { Lever } from './levers/index.ts'
import { text } from './messages.ts'

/** Services that share money by one rule for groups: those of one system, or of all. */
interface Part {
  readonly groups: readonly Unit[]
  readonly residents: number
  /** Indices into the programme's services. */
  readonly services: readonly number[]
  /** The lever's weight of each of them, by group. */
  readonly weights: readonly (readonly number[])[]
  readonly codes: readonly string[]
}

/** Shares of one part in a step. */
interface PartShares {
  readonly part: Part
  /** Of the programme's money. */
  readonly share: number
  readonly ofGroups: readonly number[]
  /** By group, of the part's services; null where none of them can use the group's money. */
  readonly ofServices: readonly (readonly number[] | null)[]
}

/** How money of one step is shared out. */
export interface StepShares {
  /** Whole pence by service and deprivation group; the last service stands for money that none of them can use. */
  readonly split: (pence: number) => number[][]
  /** A service's pence by deprivation group, as pence by its draft's groups. */
  readonly amongClasses: (service: number, pence: readonly number[]) => number[]
  /** The money's share of each of the draft's groups ÷ the group's share of residents, by service. */
  readonly tilts: readonly (readonly number[])[]
}

/** Prepares the sharing of a programme's money among its services. */
export function shareOut(
  programme: Programme<Series>,
  lever: Lever,
  services: readonly DraftService[],
  context: AllocationContext,
  steps: Steps,
): (step: number) => StepShares {
  const { systems } = programme.across
  const areas = systems === null ? [context] : context.systems.map((system): AllocationContext => ({ ...context, systems: [system] }))
  const parts = areas.map((area) => partOf(area, lever, services))
  const areaUnits = systems === null ? [] : systemUnits(context)
  const specialties = specialtyUnits(context, services.map(({ baseline }) => baseline.code))
  return (step) => {
    const moment: ShareMoment = { step, yearsIn: steps.financialYears[step] - steps.financialYears[0] }
    const ofGroups = parts.map(({ groups }) => allocationShares(programme.allocate, groups, moment, true))
    const wanted = systems === null ? [1] : allocationShares(systems, areaUnits, moment, false)
    // A system in which nobody is meant leaves its money to the others.
    const reached = wanted === null ? null : wholeShares(wanted.map((share, index) => (ofGroups[index] === null ? 0 : share)))
    if (reached === null) throw nobody(programme, systems === null || wanted !== null ? 'groups' : 'systems')
    const bySpecialty = specialtyShares(programme, programme.across.specialties, specialties, moment)
    const shares = parts.flatMap((part, index): PartShares[] => {
      const own = ofGroups[index]
      return own === null ? [] : [{ part, share: reached[index], ofGroups: own, ofServices: serviceShares(part, bySpecialty) }]
    })
    return {
      split: (pence) => splitAll(pence, shares, services.length),
      amongClasses: (service, pence) => splitAmongClasses(services[service], pence, lever, context.people),
      tilts: tiltsOf(shares, services, context.people),
    }
  }
}

function partOf(area: AllocationContext, lever: Lever, services: readonly DraftService[]): Part {
  const groups = groupUnits(area)
  const codes = area.systems.map(({ code }) => code)
  const own = services.flatMap(({ system }, index) => (codes.includes(system) ? [index] : []))
  return {
    groups,
    residents:
      area.people === undefined
        ? groups.reduce((sum, { residents }) => sum + residents, 0)
        : codes.reduce((sum, code) => sum + (area.people?.residents[code] ?? 0), 0),
    services: own,
    weights: own.map((index) => groups.map((_, group) => classWeights(services[index], group, lever, area.people).reduce((sum, weight) => sum + weight, 0))),
    codes: own.map((index) => services[index].baseline.code),
  }
}

/** Share of each specialty by code; null where the lever decides. */
function specialtyShares(
  programme: Programme<Series>,
  allocation: Allocation<Series> | null,
  units: readonly Unit[],
  moment: ShareMoment,
): ReadonlyMap<string, number> | null {
  if (allocation === null || units.length === 0) return null
  const shares = allocationShares(allocation, units, moment, false)
  if (shares === null) throw nobody(programme, 'specialties')
  return new Map(units.map(({ id }, index) => [id, shares[index]]))
}

/** By group: a specialty's share is given to its services by the lever's weights; one without any leaves it to the others. */
function serviceShares({ weights, codes, groups }: Part, bySpecialty: ReadonlyMap<string, number> | null): (number[] | null)[] {
  return groups.map((_, group) => {
    const own = weights.map((byGroup) => byGroup[group])
    if (bySpecialty === null) return wholeShares(own)
    const totals = new Map<string, number>()
    own.forEach((weight, index) => totals.set(codes[index], (totals.get(codes[index]) ?? 0) + weight))
    return wholeShares(own.map((weight, index) => (weight > 0 ? ((bySpecialty.get(codes[index]) ?? 0) * weight) / (totals.get(codes[index]) ?? 1) : 0)))
  })
}

function splitAll(pence: number, shares: readonly PartShares[], services: number): number[][] {
  const parts = Array.from({ length: services + 1 }, () => shares[0].ofGroups.map(() => 0))
  splitPence(pence, shares.map(({ share }) => share)).forEach((ofPart, index) => {
    const { part, ofGroups, ofServices } = shares[index]
    splitPence(ofPart, ofGroups).forEach((ofGroup, group) => {
      const byService = ofServices[group]
      if (byService === null) parts[services][group] += ofGroup
      else splitPence(ofGroup, byService).forEach((own, k) => (parts[part.services[k]][group] = own))
    })
  })
  return parts
}

function tiltsOf(shares: readonly PartShares[], services: readonly DraftService[], people: MeantPeople | undefined): number[][] {
  const tilts = services.map((): number[] => [])
  for (const { part, ofGroups } of shares) {
    const tilt = ofGroups.map((share, group) => (share === 0 ? 0 : share / (part.groups[group].residents / part.residents)))
    for (const index of part.services) tilts[index] = tilt.flatMap((each) => meantClasses(services[index], people).map((isMeant) => (isMeant ? each : 0)))
  }
  return tilts
}

/** By class of a service's deprivation groups, whether the money is for it. */
function meantClasses({ classes }: DraftService, people: MeantPeople | undefined): readonly boolean[] {
  return people?.classes ?? Array.from({ length: classes }, () => true)
}

/** The lever's weight of each class of a deprivation group; 0 of those not meant. */
function classWeights(service: DraftService, group: number, lever: Lever, people: MeantPeople | undefined): number[] {
  return meantClasses(service, people).map((isMeant, each) => (isMeant ? lever.specialtyWeight(service, group * service.classes + each) : 0))
}

function splitAmongClasses(service: DraftService, pence: readonly number[], lever: Lever, people: MeantPeople | undefined): number[] {
  return pence.flatMap((ofGroup, group) => {
    const shares = wholeShares(classWeights(service, group, lever, people))
    // A group that no class of can use the money of has none.
    return shares === null ? Array.from({ length: service.classes }, () => 0) : splitPence(ofGroup, shares)
  })
}

function nobody({ id }: Programme<Series>, among: string): InputError {
  return new InputError({ path: `invest.${id}`, message: text.reachesNobody(id, among) })
}
