/**
 * Groupings of people beside deprivation, resolved: shares by deprivation group, as written or fitted to a margin; and
 * who belongs to which groups at once, fitted to those shares.
 */
import { cellAt, fitToMargins, indicesOf, type Margin, type NoFit } from '../baseline/groups/fit-margins.ts'
import { groupsIn } from './baselines.ts'
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import { isCrossing, PLACE_DIMENSIONS } from './place-dimensions.ts'
import type { DocumentPath } from './positions.ts'
import { SHARE_TOLERANCE } from './resolve-people.ts'
import type { DimensionFile, JointCountFile, MarginFile } from './schema-people.ts'
import type { FurtherDimension, JointShares, SystemBaseline } from './study.ts'

/** Most cells of deprivation × further dimensions × priority levels in a system. */
const MAX_STRATA = 500
/** Dimensions that a study has by itself, beside crossings, and other meanings of `by`. */
const RESERVED_DIMENSIONS: readonly string[] = [
  'deprivation', 'priority', 'specialty', ...PLACE_DIMENSIONS, 'case-mix', 'core20plus',
]
/** Deprivation groups come in fifths where their number is a multiple of this, so that the Core20 is whole groups. */
const FIFTHS = 5

type Table = readonly (readonly number[])[]
type PeopleKind = 'residents' | 'clockStarts' | 'list'

/** Share of residents, clock starts and list in each deprivation group, over all systems; each sums to 1. */
export type DeprivationShares = Readonly<Record<PeopleKind, readonly number[]>>

/** How a study's people divide into deprivation groups, over all its systems. */
export function deprivationShares(systems: readonly SystemBaseline[]): DeprivationShares {
  const groups = groupsIn(systems[0])
  const shares = (peopleIn: (system: SystemBaseline) => readonly number[]): number[] => {
    const people = Array.from({ length: groups }, () => 0)
    for (const system of systems) for (const [group, count] of peopleIn(system).entries()) if (group < groups) people[group] += count
    const all = sum(people)
    return people.map((count) => (all > 0 ? count / all : 1 / groups))
  }
  return { residents: shares(residentsOf), clockStarts: shares(clockStartsOf), list: shares(listOf) }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function residentsOf(system: SystemBaseline): readonly number[] {
  return system.kind === 'pack' ? system.pack.deprivation.population : system.baseline.groups.map(({ population }) => population)
}

function clockStartsOf(system: SystemBaseline): readonly number[] {
  if (system.kind === 'inline') return byGroup(system, ({ clockStartsPerWeek }, group) => clockStartsPerWeek[group])
  const starts = sum(system.pack.specialties.map(({ clockStarts }) => clockStarts))
  return system.pack.deprivation.startShare.map((share) => share * starts)
}

function listOf(system: SystemBaseline): readonly number[] {
  if (system.kind === 'inline') return byGroup(system, ({ waitingFirst, waitingAdmission }, group) => sum(waitingFirst[group]) + sum(waitingAdmission[group]))
  const waiting = sum(system.pack.specialties.flatMap((each) => [...each.waitingWithDecision, ...each.waitingWithoutDecision]))
  return system.pack.deprivation.listShare.map((share) => share * waiting)
}

type Inline = Extract<SystemBaseline, { readonly kind: 'inline' }>

function byGroup({ baseline }: Inline, valueOf: (specialty: Inline['baseline']['specialties'][number], group: number) => number): number[] {
  return baseline.groups.map((_, group) => sum(baseline.specialties.map((specialty) => valueOf(specialty, group))))
}

/** Groupings beside deprivation; problems go to `reader`. */
export function resolveDimensions(
  dimensions: readonly DimensionFile[],
  deprivation: DeprivationShares,
  levels: number,
  reader: NumberReader,
): FurtherDimension[] {
  const deprivationGroups = deprivation.residents.length
  const strata = dimensions.reduce((product, { groups }) => product * groups.length, deprivationGroups * levels)
  if (strata > MAX_STRATA) reader.report([dimensions.length > 0 ? 'dimensions' : 'priority'], text.tooManyStrata(strata, MAX_STRATA))
  return dimensions.map((dimension, index) => {
    const path: DocumentPath = ['dimensions', index]
    if (RESERVED_DIMENSIONS.includes(dimension.id) || isCrossing(dimension.id)) reader.report([...path, 'id'], text.reservedDimension(dimension.id))
    if (dimensions.findIndex(({ id }) => id === dimension.id) < index) reader.report([...path, 'id'], text.duplicateId(dimension.id))
    for (const [group, { id, plus }] of dimension.groups.entries()) {
      if (dimension.groups.findIndex((other) => other.id === id) < group) reader.report([...path, 'groups', group, 'id'], text.duplicateId(id))
      if (plus === true && deprivationGroups % FIFTHS !== 0) reader.report([...path, 'groups', group, 'plus'], text.noCore20(deprivationGroups))
    }
    return resolveDimension(dimension, path, deprivation, reader)
  })
}

function resolveDimension(dimension: DimensionFile, path: DocumentPath, deprivation: DeprivationShares, reader: NumberReader): FurtherDimension {
  const rows = (kind: PeopleKind, otherwise: Table): Table => {
    const written = dimension[kind]
    if (written === undefined) return otherwise
    const at: DocumentPath = [...path, kind]
    if (!Array.isArray(written)) return fittedRows(written, dimension, at, deprivation[kind], reader)
    return writtenRows(written, dimension.groups.length, at, deprivation[kind].length, reader)
  }
  const residents = rows('residents', [])
  const clockStarts = rows('clockStarts', residents)
  return {
    id: dimension.id,
    title: dimension.title ?? dimension.id,
    ordered: dimension.ordered ?? false,
    groups: dimension.groups.map(({ id, label, plus }) => ({ id, label: label ?? id, ...(plus === true && { plus }) })),
    residents,
    clockStarts,
    list: rows('list', clockStarts),
  }
}

/** Rows as the file writes them: one for all deprivation groups, or one for each. */
function writtenRows(written: readonly number[] | Table, groups: number, at: DocumentPath, deprivationGroups: number, reader: NumberReader): Table {
  if (!isTable(written)) {
    checkShares(written, groups, at, reader)
    return Array.from({ length: deprivationGroups }, () => written)
  }
  for (const [index, row] of written.entries()) checkShares(row, groups, [...at, index], reader)
  if (written.length !== deprivationGroups) reader.report(at, text.rowCount(deprivationGroups, written.length))
  return written
}

const isTable = (rows: readonly number[] | Table): rows is Table => Array.isArray(rows[0])

function checkShares(row: readonly number[], groups: number, at: DocumentPath, reader: NumberReader): boolean {
  if (row.length !== groups) reader.report(at, text.rowLength(groups, row.length))
  else if (Math.abs(sum(row) - 1) > SHARE_TOLERANCE) reader.report(at, text.sharesSum(sum(row)))
  else return true
  return false
}

/** Rows that meet a margin over all deprivation groups, by the seed's association with deprivation. */
function fittedRows(written: MarginFile, { id, groups }: DimensionFile, at: DocumentPath, deprivation: readonly number[], reader: NumberReader): Table {
  const { margin, seed } = written
  const same = deprivation.map(() => margin)
  if (!checkShares(margin, groups.length, [...at, 'margin'], reader) || seed === undefined) return same
  if (seed.length !== deprivation.length) {
    reader.report([...at, 'seed'], text.seedRows(deprivation.length, seed.length))
    return same
  }
  const wrong = seed.findIndex((row) => row.length !== groups.length)
  if (wrong >= 0) {
    reader.report([...at, 'seed', wrong], text.rowLength(groups.length, seed[wrong].length))
    return same
  }
  const fit = fitToMargins(seed.flat(), [deprivation.length, groups.length], [
    { name: 'deprivation', axes: [0], people: deprivation },
    { name: id, axes: [1], people: margin },
  ])
  if ('cells' in fit) return rowsOf(fit.cells, deprivation, same)
  const whereOf = ({ margin: name, cell: [group] }: PlacedNoFit): string => (name === id ? `${id} ${groups[group].id}` : deprivationName(group))
  reader.report(at, noFitText(fit.noFit, whereOf))
  return same
}

const deprivationName = (group: number): string => `deprivation group ${group + 1}`

/** Shares within each deprivation group of a table whose first axis is deprivation; `otherwise` where a group has nobody. */
function rowsOf(cells: readonly number[], deprivation: readonly number[], otherwise: Table): Table {
  const width = cells.length / deprivation.length
  return deprivation.map((_, group) => {
    const row = cells.slice(group * width, (group + 1) * width)
    const all = sum(row)
    return all === 0 ? otherwise[group] : row.map((people) => people / all)
  })
}

type PlacedNoFit = Extract<NoFit, { readonly cell: readonly number[] }>

function noFitText(noFit: NoFit, whereOf: (noFit: PlacedNoFit) => string): string {
  // Every margin here is of shares that sum to 1, as has been checked before.
  if (noFit.kind === 'totals') return text.sharesSum(noFit.people)
  return noFit.kind === 'empty' ? text.marginEmpty(whereOf(noFit), noFit.people) : text.marginMisfit(whereOf(noFit), noFit.people, noFit.fitted)
}

/**
 * Shares of every combination of groups in each deprivation group, fitted from counts to the shares of each dimension.
 * Problems go to `reader`.
 *
 * @returns null without counts, or where something is wrong
 */
export function resolveJoint(
  counts: readonly JointCountFile[] | undefined,
  dimensions: readonly FurtherDimension[],
  deprivation: DeprivationShares,
  reader: NumberReader,
): JointShares | null {
  if (counts === undefined) return null
  if (dimensions.length === 0) {
    reader.report(['jointCounts'], text.jointNeedsDimensions)
    return null
  }
  const before = reader.problems.length
  const sizes = [deprivation.residents.length, ...dimensions.map(({ groups }) => groups.length)]
  const seed = seedOf(counts, dimensions, sizes, reader)
  if (reader.problems.length > before) return null
  const shares = (kind: PeopleKind): Table => jointRows(kind, seed, sizes, dimensions, deprivation[kind], reader)
  const joint = { residents: shares('residents'), clockStarts: shares('clockStarts'), list: shares('list') }
  return reader.problems.length > before ? null : joint
}

/** Counts by cell of deprivation × dimensions; combinations that are not listed have nobody. */
function seedOf(counts: readonly JointCountFile[], dimensions: readonly FurtherDimension[], sizes: readonly number[], reader: NumberReader): number[] {
  const [deprivationGroups] = sizes
  const seed = Array.from({ length: sizes.reduce((product, size) => product * size, 1) }, () => 0)
  const counted = new Set<number>()
  for (const [index, { deprivation, groups, people }] of counts.entries()) {
    const path: DocumentPath = ['jointCounts', index]
    const further = furtherGroups(groups, dimensions, path, reader)
    if (deprivation !== undefined && deprivation > deprivationGroups) {
      reader.report([...path, 'deprivation'], text.groupRange(String(deprivation), deprivationGroups))
      continue
    }
    if (further === null) continue
    const inGroups = deprivation === undefined ? Array.from({ length: deprivationGroups }, (_, group) => group) : [deprivation - 1]
    const cells = inGroups.map((group) => cellAt([group, ...further], sizes))
    if (cells.some((cell) => counted.has(cell))) reader.report(path, text.jointTwice)
    for (const cell of cells) {
      counted.add(cell)
      seed[cell] = people
    }
  }
  return seed
}

/** Index of the named group of every dimension; null where a name is missing or unknown. */
function furtherGroups(
  named: Readonly<Record<string, string>>,
  dimensions: readonly FurtherDimension[],
  path: DocumentPath,
  reader: NumberReader,
): number[] | null {
  const before = reader.problems.length
  const ids = dimensions.map(({ id }) => id)
  for (const id of Object.keys(named)) if (!ids.includes(id)) reader.report([...path, 'groups', id], unknownName('dimension', id, ids))
  const found = dimensions.map(({ id, groups }) => {
    const name = named[id]
    if (name === undefined) reader.report([...path, 'groups'], text.jointNeedsGroup(id))
    const group = groups.findIndex((each) => each.id === name)
    if (name !== undefined && group < 0) reader.report([...path, 'groups', id], unknownName('group', name, groups.map((each) => each.id)))
    return group
  })
  return reader.problems.length > before ? null : found
}

function jointRows(
  kind: PeopleKind,
  seed: readonly number[],
  sizes: readonly number[],
  dimensions: readonly FurtherDimension[],
  deprivation: readonly number[],
  reader: NumberReader,
): Table {
  const margins = dimensions.map((dimension, index): Margin => ({
    name: dimension.id,
    axes: [0, index + 1],
    people: dimension[kind].flatMap((row, group) => row.map((share) => share * deprivation[group])),
  }))
  const independent = deprivation.map((_, group) => productRow(dimensions.map((dimension) => dimension[kind][group])))
  const fit = fitToMargins(seed, sizes, margins)
  if ('cells' in fit) return rowsOf(fit.cells, deprivation, independent)
  reader.report(['jointCounts'], noFitText(fit.noFit, ({ margin, cell: [group, of] }) => {
    const dimension = dimensions.find(({ id }) => id === margin)
    return `${margin} ${dimension?.groups[of].id ?? ''} in ${deprivationName(group)} (${kind})`
  }))
  return independent
}

/** Shares of combinations where groups are independent, the last varying fastest. */
function productRow(rows: Table): number[] {
  const sizes = rows.map((row) => row.length)
  const cells = sizes.reduce((product, size) => product * size, 1)
  return Array.from({ length: cells }, (_, cell) => indicesOf(cell, sizes).reduce((share, group, axis) => share * rows[axis][group], 1))
}
