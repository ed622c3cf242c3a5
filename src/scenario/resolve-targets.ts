/** The targets of a study file, resolved: one limit each, names and dates looked up. */
import { addDays, daysBetween } from '../baseline/calendar.ts'
import { equalityOf, MEASURES, TARGET_TIME_MEASURES } from '../measures/definitions.ts'
import { targetTitle, text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import type { StudyFile, TargetFile } from './schema.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Target } from './study.ts'
import { limitsOf } from './target-checks.ts'

/**
 * Resolves every target; problems go to `reader`. Scenarios that a run leaves out are left out of `requiredIn`.
 */
export function resolveTargets(file: StudyFile, frame: StudyFrame, reader: NumberReader): Target[] {
  return (file.targets ?? []).map((target, index) => {
    reportUnknown(target, ['targets', index], frame, reader)
    return resolveTarget(target, Object.keys(file.scenarios))
  })
}

function reportUnknown(target: TargetFile, at: DocumentPath, frame: StudyFrame, reader: NumberReader): void {
  const { specialty, group, by } = target
  if (specialty !== undefined && !frame.specialtyCodes.includes(specialty)) {
    reader.report([...at, 'specialty'], unknownName('specialty', specialty, frame.specialtyCodes))
  }
  if (group !== undefined && group > frame.groups) {
    reader.report([...at, 'group'], text.groupRange(String(group), frame.groups))
  }
  if (TARGET_TIME_MEASURES.some((measure) => measure === target.measure) && !hasTargetTimes(frame)) {
    reader.report([...at, 'measure'], text.noTargetTimes(target.measure))
  }
  const isOutside = daysBetween(frame.time.start, by) < 0 || daysBetween(by, frame.end) <= 0
  if (frame.datesMustFit && isOutside) {
    reader.report([...at, 'by'], text.dateOutside(frame.time.start, addDays(frame.end, -1)))
  }
}

const hasTargetTimes = ({ levels }: StudyFrame): boolean =>
  levels.some(({ targetWeeksFirst, targetWeeksAdmission }) => targetWeeksFirst !== null || targetWeeksAdmission !== null)

function resolveTarget(file: TargetFile, scenarioIds: readonly string[]): Target {
  // Checked before: exactly one limit, and a measure that exists.
  const [{ kind, limit }] = limitsOf(file)
  const { required = false } = file
  const target = {
    id: file.id,
    measure: file.measure,
    specialty: file.specialty ?? 'all',
    group: equalityOf(file.measure) === null ? String(file.group ?? 'all') : 'gap',
    limitKind: kind,
    limit,
    by: file.by,
    requiredIn: scenarioIds.filter((id) => (typeof required === 'boolean' ? required : required.includes(id))),
  }
  const info = MEASURES.find(({ id }) => id === file.measure)
  return { ...target, title: file.title ?? targetTitle(target, info?.label ?? file.measure, info?.unit ?? '') }
}
