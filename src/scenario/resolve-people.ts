/** Who waits: clinical priority and groupings beside deprivation, resolved. */
import { assumptionEntry } from './assumptions.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { PRIORITY_RANGES, STANDARD_LEVELS } from './registry/priority.ts'
import type { PriorityStage, StageNumber } from './registry/priority.ts'
import type { DimensionFile, PriorityFile } from './schema-people.ts'
import type { FurtherDimension, NumberSpec, Priority, PriorityLevel } from './study.ts'

/** Most cells of deprivation × further dimensions × priority levels in a system. */
const MAX_STRATA = 500
/** How far shares may be from summing to 1. */
const SHARE_TOLERANCE = 1e-9
/** Dimensions that a study has by itself, and other meanings of `by`. */
const RESERVED_DIMENSIONS: readonly string[] = ['deprivation', 'priority', 'specialty', 'system', 'system-deprivation', 'case-mix']

type StageFile = Exclude<PriorityFile, string>['firstAppointment']
type StageNumbers = Readonly<Record<StageNumber, readonly NumberSpec[]>>

/** A study without priority has one level, which changes nothing. */
const ONE_LEVEL: Priority = {
  levels: [{ id: 'all', title: 'All', targetWeeksFirst: null, targetWeeksAdmission: null }],
  sharesFirst: [1],
  sharesAdmission: [1],
  listSharesFirst: [1],
  listSharesAdmission: [1],
  headStartWeeksFirst: [0],
  headStartWeeksAdmission: [0],
  chanceWeightFirst: [1],
  chanceWeightAdmission: [1],
}

/** Clinical priority of a study; problems go to `reader`. */
export function resolvePriority(priority: PriorityFile | undefined, reader: NumberReader): Priority {
  if (priority === undefined) return ONE_LEVEL
  if (priority === 'standard') return standardPriority()
  const levels = priority.levels.map(({ id, title, targetWeeks }, index): PriorityLevel => {
    if (priority.levels.findIndex((other) => other.id === id) < index) {
      reader.report(['priority', 'levels', index, 'id'], text.duplicateId(id))
    }
    const both = typeof targetWeeks === 'number' ? { firstAppointment: targetWeeks, admission: targetWeeks } : targetWeeks
    return {
      id,
      title: title ?? id,
      targetWeeksFirst: both?.firstAppointment ?? null,
      targetWeeksAdmission: both?.admission ?? null,
    }
  })
  const first = resolveStage(priority.firstAppointment, 'firstAppointment', levels.length, reader)
  const admission = priority.admission === undefined ? first : resolveStage(priority.admission, 'admission', levels.length, reader)
  return priorityOf(levels, first, admission)
}

/** `priority: standard`, from the registry. */
function standardPriority(): Priority {
  const listed = (stage: PriorityStage, what: StageNumber | 'targetWeeks'): readonly number[] =>
    [assumptionEntry(`priority.${stage}.${what}`).value].flat()
  const numbers = (stage: PriorityStage): StageNumbers => ({
    shares: listed(stage, 'shares'),
    listShares: listed(stage, 'listShares'),
    headStartWeeks: listed(stage, 'headStartWeeks'),
    chanceWeight: listed(stage, 'chanceWeight'),
  })
  const levels = STANDARD_LEVELS.map((level, index) => ({
    ...level,
    targetWeeksFirst: listed('firstAppointment', 'targetWeeks')[index],
    targetWeeksAdmission: listed('admission', 'targetWeeks')[index],
  }))
  return priorityOf(levels, numbers('firstAppointment'), numbers('admission'))
}

function priorityOf(levels: readonly PriorityLevel[], first: StageNumbers, admission: StageNumbers): Priority {
  return {
    levels,
    sharesFirst: first.shares,
    sharesAdmission: admission.shares,
    listSharesFirst: first.listShares,
    listSharesAdmission: admission.listShares,
    headStartWeeksFirst: first.headStartWeeks,
    headStartWeeksAdmission: admission.headStartWeeks,
    chanceWeightFirst: first.chanceWeight,
    chanceWeightAdmission: admission.chanceWeight,
  }
}

function resolveStage(stage: StageFile, name: PriorityStage, levels: number, reader: NumberReader): StageNumbers {
  const byLevel = (what: StageNumber, otherwise: readonly NumberSpec[]): readonly NumberSpec[] => {
    const path: DocumentPath = ['priority', name, what]
    const written = stage[what]
    if (written === undefined) return otherwise
    if (written.length !== levels) reader.report(path, text.onePerLevel(levels, written.length))
    const values = written.map((spec, index) => reader.read(spec, [...path, index], PRIORITY_RANGES[what]))
    const sum = values.reduce((total: number, spec) => total + reader.meanOf(spec), 0)
    const isShare = what === 'shares' || what === 'listShares'
    if (isShare && written.length === levels && Math.abs(sum - 1) > SHARE_TOLERANCE) reader.report(path, text.sharesSum(sum))
    return values
  }
  const all = (value: number): number[] => Array.from({ length: levels }, () => value)
  const shares = byLevel('shares', [])
  return {
    shares,
    listShares: byLevel('listShares', shares),
    headStartWeeks: byLevel('headStartWeeks', all(0)),
    chanceWeight: byLevel('chanceWeight', all(1)),
  }
}

/** Groupings beside deprivation; problems go to `reader`. */
export function resolveDimensions(
  dimensions: readonly DimensionFile[],
  deprivationGroups: number,
  levels: number,
  reader: NumberReader,
): FurtherDimension[] {
  const strata = dimensions.reduce((product, { groups }) => product * groups.length, deprivationGroups * levels)
  if (strata > MAX_STRATA) reader.report([dimensions.length > 0 ? 'dimensions' : 'priority'], text.tooManyStrata(strata, MAX_STRATA))
  return dimensions.map((dimension, index) => {
    const path: DocumentPath = ['dimensions', index]
    if (RESERVED_DIMENSIONS.includes(dimension.id)) reader.report([...path, 'id'], text.reservedDimension(dimension.id))
    if (dimensions.findIndex(({ id }) => id === dimension.id) < index) reader.report([...path, 'id'], text.duplicateId(dimension.id))
    for (const [group, { id }] of dimension.groups.entries()) {
      if (dimension.groups.findIndex((other) => other.id === id) < group) reader.report([...path, 'groups', group, 'id'], text.duplicateId(id))
    }
    return resolveDimension(dimension, path, deprivationGroups, reader)
  })
}

function resolveDimension(dimension: DimensionFile, path: DocumentPath, deprivationGroups: number, reader: NumberReader): FurtherDimension {
  const rows = (key: 'residents' | 'clockStarts' | 'list', otherwise: readonly (readonly number[])[]): readonly (readonly number[])[] => {
    const written = dimension[key]
    if (written === undefined) return otherwise
    const byGroup = isTable(written)
    const found = byGroup ? written : [written]
    for (const [index, row] of found.entries()) {
      const at: DocumentPath = byGroup ? [...path, key, index] : [...path, key]
      const sum = row.reduce((a, b) => a + b, 0)
      if (row.length !== dimension.groups.length) reader.report(at, text.rowLength(dimension.groups.length, row.length))
      else if (Math.abs(sum - 1) > SHARE_TOLERANCE) reader.report(at, text.sharesSum(sum))
    }
    if (!byGroup) return Array.from({ length: deprivationGroups }, () => written)
    if (written.length !== deprivationGroups) reader.report([...path, key], text.rowCount(deprivationGroups, written.length))
    return written
  }
  const residents = rows('residents', [])
  const clockStarts = rows('clockStarts', residents)
  return {
    id: dimension.id,
    title: dimension.title ?? dimension.id,
    ordered: dimension.ordered ?? false,
    groups: dimension.groups.map(({ id, label }) => ({ id, label: label ?? id })),
    residents,
    clockStarts,
    list: rows('list', clockStarts),
  }
}

const isTable = (rows: readonly number[] | readonly (readonly number[])[]): rows is readonly (readonly number[])[] =>
  Array.isArray(rows[0])
