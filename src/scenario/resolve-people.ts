/** Who waits: clinical priority, resolved. Groupings beside deprivation are in `resolve-groups.ts`. */
import { assumptionEntry } from './assumptions.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { PRIORITY_RANGES, STANDARD_LEVELS } from './registry/priority.ts'
import type { PriorityStage, StageNumber } from './registry/priority.ts'
import type { PriorityFile } from './schema-people.ts'
import type { NumberSpec, Priority, PriorityLevel } from './study.ts'

/** How far shares may be from summing to 1. */
export const SHARE_TOLERANCE = 1e-9

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
