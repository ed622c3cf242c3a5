/** Who money is for, resolved: rules for groups, systems and specialties, with every id looked up. */
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { RANGES } from './ranges.ts'
import { reportGroups } from './resolve-adjust.ts'
import type { AcrossFile, AllocationFile, ByIdFile, NeedFile } from './schema-money.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Across, Allocation, Destination, NeedBasis } from './study.ts'

/** How far shares that are to sum to 1 may be from it, for rounding. */
const SHARE_TOLERANCE = 1e-6

/** What money is shared among. */
interface Among {
  readonly kind: 'deprivation group' | 'system' | 'specialty'
  readonly ids: readonly string[]
}

/** Deprivation groups by number, which are their ids. */
export const groupIds = ({ groups }: StudyFrame): string[] => Array.from({ length: groups }, (_, index) => String(index + 1))

/** How a programme's money is shared among deprivation groups; problems go to `reader`. */
export function resolveAllocation(file: AllocationFile | undefined, path: DocumentPath, frame: StudyFrame, reader: NumberReader): Allocation {
  if (file === undefined) return { rule: 'universal' }
  return allocationAmong(file, path, { kind: 'deprivation group', ids: groupIds(frame) }, frame, reader)
}

/**
 * How a programme's money is shared among systems and specialties.
 * @param systems codes of those that the programme is for
 * @param specialties codes of those that it acts on
 */
export function resolveAcross(
  file: AcrossFile | undefined,
  path: DocumentPath,
  { systems, specialties }: { readonly systems: readonly string[]; readonly specialties: readonly string[] },
  frame: StudyFrame,
  reader: NumberReader,
): Across {
  const among = (key: 'systems' | 'specialties', kind: Among['kind'], ids: readonly string[]): Allocation | null => {
    const rule = file?.[key]
    return rule === undefined ? null : allocationAmong(rule, [...path, key], { kind, ids }, frame, reader)
  }
  return { systems: among('systems', 'system', systems), specialties: among('specialties', 'specialty', specialties) }
}

function allocationAmong(file: AllocationFile, path: DocumentPath, among: Among, frame: StudyFrame, reader: NumberReader): Allocation {
  if (file.rule !== 'pace-of-change') return destination(file, path, among, frame, reader)
  const { from } = file
  return {
    rule: 'pace-of-change',
    from: from === undefined || from === 'use' ? 'use' : shares(from, [...path, 'from'], among, reader),
    to: destination(file.to, [...path, 'to'], among, frame, reader),
    perYear: reader.read(file.perYear, [...path, 'perYear'], RANGES.share),
    floor: file.floor ?? 0,
    cap: file.cap ?? Number.MAX_SAFE_INTEGER,
  }
}

type DestinationFile = Exclude<AllocationFile, { rule: 'pace-of-change' }>

function destination(file: DestinationFile, path: DocumentPath, among: Among, frame: StudyFrame, reader: NumberReader): Destination {
  switch (file.rule) {
    case 'universal':
      return { rule: 'universal' }
    case 'need':
    case 'level-up':
      return { rule: file.rule, need: resolveNeed(file.need, [...path, 'need'], among, reader) }
    case 'proportionate':
      return { rule: 'proportionate', theta: reader.read(file.theta, [...path, 'theta'], RANGES.theta), need: resolveNeed(file.need, [...path, 'need'], among, reader) }
    case 'targeted':
      reportGroups(file.groups, [...path, 'groups'], frame, reader)
      return { rule: 'targeted', groups: file.groups }
    case 'custom':
      return { rule: 'custom', weights: customWeights(file, path, among, reader) }
  }
}

/** What need is counted by; an index names everybody. */
export function resolveNeed(file: NeedFile | undefined, path: DocumentPath, among: Among, reader: NumberReader): NeedBasis {
  if (file === undefined) return 'use'
  if (typeof file === 'string') return file
  const index = byId(file.index, [...path, 'index'], among, reader)
  const missing = among.ids.filter((id) => index[id] === undefined)
  if (missing.length > 0) reader.report([...path, 'index'], text.noNumberFor(among.kind, missing[0]))
  if (Object.values(index).every((value) => value === 0)) reader.report([...path, 'index'], text.noWeight)
  return { index }
}

function customWeights(file: Extract<AllocationFile, { rule: 'custom' }>, path: DocumentPath, among: Among, reader: NumberReader): Record<string, number> {
  if (file.shares !== undefined && file.weights !== undefined) reader.report([...path, 'weights'], text.oneOfTwo('shares', 'weights'), 'key')
  if (file.shares !== undefined) return shares(file.shares, [...path, 'shares'], among, reader)
  if (file.weights === undefined) {
    reader.report(path, text.noShares)
    return {}
  }
  const weights = byId(file.weights, [...path, 'weights'], among, reader)
  if (Object.values(weights).every((weight) => weight === 0)) reader.report([...path, 'weights'], text.noWeight)
  return weights
}

function shares(file: ByIdFile, path: DocumentPath, among: Among, reader: NumberReader): Record<string, number> {
  const found = byId(file, path, among, reader)
  const sum = Object.values(found).reduce((total, share) => total + share, 0)
  if (Math.abs(sum - 1) > SHARE_TOLERANCE) reader.report(path, text.sharesSum(sum))
  return found
}

/** Numbers by id; a list is in the order of the deprivation groups. */
function byId(file: ByIdFile, path: DocumentPath, { kind, ids }: Among, reader: NumberReader): Record<string, number> {
  if (Array.isArray(file)) {
    if (kind !== 'deprivation group') reader.report(path, text.listIsForGroups(kind))
    else if (file.length !== ids.length) reader.report(path, text.perGroupLength(ids.length, file.length))
    return Object.fromEntries(file.map((value, index): [string, number] => [String(index + 1), value]))
  }
  for (const id of Object.keys(file)) if (!ids.includes(id)) reader.report([...path, id], unknownName(kind, id, ids), 'key')
  return file
}
