/**
 * Strata: cells of deprivation × further dimensions × case mix × clinical priority, system by system.
 *
 * The study's order is systems, then deprivation, then further dimensions in their order, then case mix, then priority
 * level, which varies fastest. Every system has the same strata, so that a stratum is a system and an *own index*.
 */
import type { Group } from '../../baseline/types.ts'
import { InputError } from '../../errors.ts'
import { crossedGroup, crossingOf, type PlaceDimension } from '../../scenario/place-dimensions.ts'
import type { ConcreteStudy, FurtherDimension, JointShares } from '../../scenario/study.ts'
import type { Dimension } from '../tables.ts'
import { CASE_MIX, limitedSources, type LimitedSource } from './case-mix.ts'
import { text } from './messages.ts'

/** The Core20 are the most deprived fifth. */
const CORE20_SHARE = 0.2
/** Core20PLUS against everybody else, the former first as the most deprived are. */
const CORE20PLUS_GROUPS: readonly Omit<Group, 'population'>[] = [
  { id: 'core20plus', label: 'Core20PLUS' },
  { id: 'others', label: 'Others' },
]

/** A stratum within its system. */
export interface OwnStratum {
  /** Deprivation group, 0 the most deprived. */
  readonly group: number
  /** Group of each further dimension of the study, in their order. */
  readonly further: readonly number[]
  /** Case-mix class: 0 is accepted by every source. */
  readonly caseMix: number
  /** Priority level, 0 the least urgent. */
  readonly level: number
  /** Shares of the deprivation group's clock starts, list and residents in the stratum's further groups; neither case mix nor levels. */
  readonly clockStartsShare: number
  readonly listShare: number
  readonly residentsShare: number
}

/** The strata of a study. */
export interface Strata {
  /** Strata of one system, in order. */
  readonly own: readonly OwnStratum[]
  readonly groups: number
  readonly levels: number
  /** Sources of slots that refuse some people; none where there is no case mix. */
  readonly limited: readonly LimitedSource[]
  readonly systems: readonly string[]
}

/**
 * Lays out the strata of a study.
 * @throws InputError where systems have different numbers of deprivation groups
 */
export function layOutStrata(study: ConcreteStudy): Strata {
  const groups = study.baselines[0].groups.length
  for (const { system, groups: own } of study.baselines) {
    if (own.length !== groups) throw new InputError({ path: 'baseline', message: text.noGroupsInCommon(system.code, own.length, groups) })
  }
  const levels = study.priority.levels.length
  const limited = limitedSources(study)
  const further = combinations(study.dimensions.map((dimension) => dimension.groups.length))
  const own = range(groups).flatMap((group) =>
    further.flatMap((combination, place) => {
      const shares = study.joint === undefined ? independentShares(study.dimensions, group, combination) : jointShares(study.joint, group, place)
      return range(limited.length + 1).flatMap((caseMix) =>
        range(levels).map((level): OwnStratum => ({ group, further: combination, caseMix, level, ...shares })),
      )
    }),
  )
  return { own, groups, levels, limited, systems: study.baselines.map(({ system }) => system.code) }
}

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)

/** Every combination of indices, the last varying fastest; one empty combination where there is nothing to combine. */
function combinations(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>((before, size) => before.flatMap((combination) => range(size).map((index) => [...combination, index])), [[]])
}

type Shares = Pick<OwnStratum, 'clockStartsShare' | 'listShare' | 'residentsShare'>

/** The fitted shares of a combination, by its place among {@link combinations}. */
function jointShares(joint: JointShares, group: number, place: number): Shares {
  return {
    clockStartsShare: joint.clockStarts[group][place],
    listShare: joint.list[group][place],
    residentsShare: joint.residents[group][place],
  }
}

/** Groups of different dimensions are taken as independent within a deprivation group: only margins are known. */
function independentShares(dimensions: readonly FurtherDimension[], group: number, further: readonly number[]): Shares {
  const product = (rows: (dimension: FurtherDimension) => readonly (readonly number[])[]): number =>
    dimensions.reduce((share, dimension, index) => share * rows(dimension)[group][further[index]], 1)
  return {
    clockStartsShare: product((dimension) => dimension.clockStarts),
    listShare: product((dimension) => dimension.list),
    residentsShare: product((dimension) => dimension.residents),
  }
}

/**
 * Residents by stratum of the whole study, and the dimensions that it is reported by: deprivation over all systems,
 * further dimensions, each of them crossed with deprivation, then Core20PLUS where the study says who belongs to it, case
 * mix, priority, systems and their regions where there is more than one.
 */
export function reportedDimensions(study: ConcreteStudy, strata: Strata): { readonly population: Float64Array; readonly dimensions: readonly Dimension[] } {
  const { own, systems, levels, limited } = strata
  const classes = limited.length + 1
  const cells = systems.flatMap((_, system) => own.map((stratum) => ({ system, ...stratum })))
  const population = Float64Array.from(cells, ({ system, group, residentsShare }) => (study.baselines[system].groups[group].population * residentsShare) / classes / levels)
  const dimension = (parts: Omit<Dimension, 'groups' | 'groupOfStratum'>, names: readonly Omit<Group, 'population'>[], groupOf: (cell: (typeof cells)[number]) => number): Dimension => {
    const groupOfStratum = cells.map(groupOf)
    return { ...parts, groups: names.map((name, index) => ({ ...name, population: residentsOf(population, groupOfStratum, index) })), groupOfStratum }
  }
  const { groups } = study.baselines[0]
  const deprivation = dimension({ id: 'deprivation', ordered: true, ofResidents: true }, groups, ({ group }) => group)
  const dimensions = [
    // Residents of a group are the published ones, not a sum of shares of them.
    { ...deprivation, groups: groups.map((group, index) => ({ ...group, population: study.baselines.reduce((sum, baseline) => sum + baseline.groups[index].population, 0) })) },
    ...study.dimensions.map((further, index) => dimension({ id: further.id, ordered: further.ordered, ofResidents: true }, further.groups, (cell) => cell.further[index])),
    ...study.dimensions.map((further, index) => {
      const crossed = groups.flatMap(({ id, label }) => further.groups.map((other) => ({ id: crossedGroup(further.id, other.id, id), label: `${label}, ${other.label}` })))
      return dimension({ id: crossingOf(further.id), ordered: false, ofResidents: true }, crossed, (cell) => cell.group * further.groups.length + cell.further[index])
    }),
  ]
  const plus = study.dimensions.map((further) => further.groups.map((each) => each.plus === true))
  if (plus.flat().includes(true)) {
    const core20 = groups.length * CORE20_SHARE
    const isMember = (cell: OwnStratum): boolean => cell.group < core20 || cell.further.some((of, index) => plus[index][of])
    dimensions.push(dimension({ id: 'core20plus', ordered: true, ofResidents: true }, CORE20PLUS_GROUPS, (cell) => (isMember(cell) ? 0 : 1)))
  }
  if (limited.length > 0) dimensions.push(dimension({ id: CASE_MIX.id, ordered: false, ofResidents: false }, CASE_MIX.groups(limited.length), ({ caseMix }) => caseMix))
  if (levels > 1) {
    const names = study.priority.levels.map(({ id, title }) => ({ id, label: title }))
    dimensions.push(dimension({ id: 'priority', ordered: false, ofResidents: false }, names, ({ level }) => level))
  }
  for (const { id: place, names, placeOfSystem } of [systemsOf(study), regionsOf(study)].filter((each) => each.names.length > 1)) {
    const crossed = names.flatMap((name) => groups.map(({ id, label }) => ({ id: crossedGroup(place, name.id, id), label: `${name.label}, ${label}` })))
    dimensions.push(
      dimension({ id: place, ordered: false, ofResidents: true }, names, ({ system }) => placeOfSystem[system]),
      dimension({ id: crossingOf(place), ordered: false, ofResidents: true }, crossed, ({ system, group }) => placeOfSystem[system] * groups.length + group),
    )
  }
  return { population, dimensions }
}

/** Places that a study is reported by, and which of them each system is in. */
interface Places {
  readonly id: PlaceDimension
  readonly names: readonly Omit<Group, 'population'>[]
  readonly placeOfSystem: readonly number[]
}

function systemsOf({ baselines }: ConcreteStudy): Places {
  return { id: 'system', names: baselines.map(({ system }) => ({ id: system.code, label: system.name })), placeOfSystem: range(baselines.length) }
}

/** NHS England's regions, by name; none where a system's is not known. */
function regionsOf({ baselines }: ConcreteStudy): Places {
  const regions = baselines.flatMap(({ system }) => system.region ?? [])
  if (regions.length < baselines.length) return { id: 'region', names: [], placeOfSystem: [] }
  const names = [...new Set(regions)].toSorted()
  return { id: 'region', names: names.map((name) => ({ id: name, label: name })), placeOfSystem: regions.map((region) => names.indexOf(region)) }
}

function residentsOf(population: Float64Array, groupOfStratum: readonly number[], group: number): number {
  return population.reduce((sum, people, stratum) => (groupOfStratum[stratum] === group ? sum + people : sum), 0)
}
