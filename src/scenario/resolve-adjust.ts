/** Changes of assumptions where some things hold, resolved: every name looked up. */
import { daysBetween } from '../baseline/calendar.ts'
import { adjustmentRange } from './adjustment-range.ts'
import { assumptionEntry, FIT_KEYS, hasOdds, isPerGroup } from './assumptions.ts'
import type { AssumptionKey } from './assumptions.ts'
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import type { AdjustmentFile } from './schema-assumptions.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Adjustment, Where } from './study.ts'

const CHANGES = ['set', 'multiply', 'add', 'odds'] as const

/** Assumptions that a pack's rates are derived from as a whole. */
export const DERIVES_RATES: readonly AssumptionKey[] = ['unreportedRemovalShare', 'withdrawalShareOfRemovals', ...FIT_KEYS]
/** Assumptions that say who the patients are. */
const OF_PATIENTS: readonly AssumptionKey[] = ['independentSectorSuitable', 'hubSuitable']

/** Conditions that hold everywhere, to be narrowed. */
export const EVERYWHERE: Where = {
  specialties: [],
  systems: [],
  deprivation: [],
  priority: [],
  dimensions: [],
  from: null,
  to: null,
}

/**
 * Resolves adjustments; problems go to `reader`.
 *
 * @param path of the list in the file: the study's own, or a scenario's
 */
export function resolveAdjustments(
  list: readonly AdjustmentFile[],
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): Adjustment[] {
  return list.flatMap((file, index): Adjustment[] => {
    const at: DocumentPath = [...path, index]
    const { assumption } = file
    reportMisplaced(file, at, frame, reader)
    const [first, second] = CHANGES.filter((change) => file[change] !== undefined)
    if (second !== undefined) reader.report([...at, second], text.twoChanges(first, second), 'key')
    const value = file[first]
    if (value === undefined) {
      reader.report(at, text.noChange)
      return []
    }
    if (first === 'odds' && !hasOdds(assumptionEntry(assumption))) reader.report([...at, 'odds'], text.noOdds, 'key')
    return [
      {
        assumption,
        change: first,
        value: reader.read(value, [...at, first], adjustmentRange(assumption, first)),
        where: resolveWhere(file, at, frame, reader),
      },
    ]
  })
}

/** Conditions under which an assumption cannot change. */
function reportMisplaced(file: AdjustmentFile, at: DocumentPath, { time }: StudyFrame, reader: NumberReader): void {
  const { assumption } = file
  const ofScenario = at[0] === 'scenarios'
  const { timeVarying } = assumptionEntry(assumption)
  if (DERIVES_RATES.includes(assumption)) reader.report([...at, 'assumption'], text.derivesRates(assumption))
  else if (ofScenario && OF_PATIENTS.includes(assumption)) reader.report([...at, 'assumption'], text.sharedByScenarios(assumption))
  else if (ofScenario && !timeVarying && time.warmUpWeeks > 0) reader.report([...at, 'assumption'], text.fixedAtWarmUp(assumption))
  for (const key of ['deprivation', 'priority', 'dimensions'] as const) {
    if (file[key] !== undefined && !isPerGroup(assumption)) reader.report([...at, key], text.wholeService(assumption), 'key')
  }
  for (const key of ['from', 'to'] as const) {
    if (file[key] !== undefined && !timeVarying) reader.report([...at, key], text.readOnce(assumption), 'key')
  }
}

function resolveWhere(file: AdjustmentFile, at: DocumentPath, frame: StudyFrame, reader: NumberReader): Where {
  reader.names('specialty', file.specialties ?? [], frame.specialtyCodes, [...at, 'specialties'])
  reader.names('system', file.systems ?? [], frame.systemCodes, [...at, 'systems'])
  reader.names('priority level', file.priority ?? [], frame.levels.map(({ id }) => id), [...at, 'priority'])
  reportGroups(file.deprivation ?? [], [...at, 'deprivation'], frame, reader)
  const dimensions = resolveFurtherGroups(file.dimensions ?? {}, [...at, 'dimensions'], frame, reader)
  reportDates(file, at, frame, reader)
  return {
    specialties: file.specialties ?? [],
    systems: file.systems ?? [],
    deprivation: (file.deprivation ?? []).map(String),
    priority: file.priority ?? [],
    dimensions,
    from: file.from ?? null,
    to: file.to ?? null,
  }
}

/** Groups of further dimensions, every name looked up. */
export function resolveFurtherGroups(file: Readonly<Record<string, readonly string[]>>, at: DocumentPath, frame: StudyFrame, reader: NumberReader): Where['dimensions'] {
  return Object.entries(file).map(([id, groups]) => {
    const path: DocumentPath = [...at, id]
    const dimension = frame.dimensions.find((other) => other.id === id)
    const known = frame.dimensions.map((other) => other.id)
    if (dimension === undefined) reader.report(path, unknownDimension(id, known), 'key')
    else reader.names(`group of ${id}`, groups, dimension.groups.map((group) => group.id), path)
    return { dimension: id, groups }
  })
}

/** An unknown dimension; a study without any says so. */
function unknownDimension(id: string, known: readonly string[]): string {
  return known.length === 0 ? text.noDimensions(id) : unknownName('dimension', id, known)
}

/** Reports deprivation groups that there are not, and those listed twice. */
export function reportGroups(groups: readonly number[], path: DocumentPath, frame: StudyFrame, reader: NumberReader): void {
  for (const [index, group] of groups.entries()) {
    if (group > frame.groups) reader.report([...path, index], text.groupRange(String(group), frame.groups))
    else if (groups.indexOf(group) < index) reader.report([...path, index], text.repeated(`group ${group}`))
  }
}

/** Reports a first day after the last, and days that leave nothing within the study. */
export function reportDates(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  at: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
  keys: readonly [string, string] = ['from', 'to'],
): void {
  const { time, end, datesMustFit } = frame
  if (from !== undefined && to !== undefined && daysBetween(from, to) < 0) {
    reader.report([...at, keys[1]], text.endsBeforeStart(keys[0]))
  }
  if (!datesMustFit) return
  if (from !== undefined && daysBetween(from, end) <= 0) reader.report([...at, keys[0]], text.dateOutside(time.start, end))
  if (to !== undefined && daysBetween(time.start, to) < 0) reader.report([...at, keys[1]], text.dateOutside(time.start, end))
}
