/** Rules for who is next, resolved. */
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { RANGES } from './ranges.ts'
import { reportDates } from './resolve-adjust.ts'
import { groupIds, resolveNeed } from './resolve-allocation.ts'
import type { ScenarioFile } from './schema-scenario.ts'
import type { PolicyFile, RebookingFile } from './schema-policy.ts'
import type { StudyFrame } from './study-frame.ts'
import type { NumberSpec, Policy, Rebooking } from './study.ts'

/** What a study that says nothing of rebooking does. */
const DEFAULT_REBOOKING: Rebooking = {
  afterDna: 'own-place',
  afterPatientCancellation: 'own-place',
  afterHospitalCancellation: 'front',
}

/** How far shares that are to sum to at most 1 may be above it, for rounding. */
const SHARE_TOLERANCE = 1e-9

/** Rules of rebooking; what is left out is as in `otherwise`. */
export function resolveRebooking(file: RebookingFile | undefined, otherwise: Rebooking = DEFAULT_REBOOKING): Rebooking {
  return {
    afterDna: file?.afterDna ?? otherwise.afterDna,
    afterPatientCancellation: file?.afterPatientCancellation ?? otherwise.afterPatientCancellation,
    afterHospitalCancellation: file?.afterHospitalCancellation ?? otherwise.afterHospitalCancellation,
  }
}

/**
 * A scenario's policies; problems go to `reader`.
 *
 * @param path of `policy` in the file, which may be one or a list
 * @param rebooking the study's own rules
 */
export function resolvePolicies(
  policy: ScenarioFile['policy'],
  path: DocumentPath,
  rebooking: Rebooking,
  frame: StudyFrame,
  reader: NumberReader,
): Policy[] {
  if (policy === undefined) return []
  return Array.isArray(policy)
    ? policy.map((each, index) => resolvePolicy(each, [...path, index], rebooking, frame, reader))
    : [resolvePolicy(policy, path, rebooking, frame, reader)]
}

function resolvePolicy(
  policy: PolicyFile,
  path: DocumentPath,
  rebooking: Rebooking,
  frame: StudyFrame,
  reader: NumberReader,
): Policy {
  const byGroup = (key: 'headStartWeeks' | 'chanceWeight' | 'reservedShare', otherwise: number): NumberSpec[] =>
    reader.perGroup(policy[key], [...path, key], RANGES[key], Array.from({ length: frame.groups }, () => otherwise))
  const inTurn = (stage: 'firstAppointment' | 'admission'): NumberSpec | null => {
    const spec = policy.inTurnShare?.[stage]
    return spec === undefined ? null : reader.read(spec, [...path, 'inTurnShare', stage], RANGES.inTurnShare)
  }
  const reservedShare = byGroup('reservedShare', 0)
  const reserved = reservedShare.reduce((sum: number, spec) => sum + reader.meanOf(spec), 0)
  if (reserved > 1 + SHARE_TOLERANCE) reader.report([...path, 'reservedShare'], text.reservedSum(reserved))
  reportDates(policy, path, frame, reader)
  return {
    headStartWeeks: byGroup('headStartWeeks', 0),
    chanceWeight: byGroup('chanceWeight', 1),
    inTurnShareFirst: inTurn('firstAppointment'),
    inTurnShareAdmission: inTurn('admission'),
    longWait: resolveLongWait(policy.longWait, [...path, 'longWait'], reader),
    reservedShare,
    levelling: resolveLevelling(policy, path, frame, reader),
    rebooking: policy.rebooking === undefined ? null : resolveRebooking(policy.rebooking, rebooking),
    from: policy.from ?? null,
    to: policy.to ?? null,
  }
}

function resolveLevelling({ levelling, reservedShare }: PolicyFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): Policy['levelling'] {
  if (levelling === undefined) return null
  if (reservedShare !== undefined) reader.report([...path, 'levelling'], text.oneOfTwo('reservedShare', 'levelling'), 'key')
  const { rule, need } = typeof levelling === 'string' ? { rule: levelling, need: undefined } : levelling
  return { rule, need: resolveNeed(need, [...path, 'levelling', 'need'], { kind: 'deprivation group', ids: groupIds(frame) }, reader) }
}

function resolveLongWait(rule: PolicyFile['longWait'], path: DocumentPath, reader: NumberReader): Policy['longWait'] {
  if (rule === undefined) return null
  const { fromWeeks, headStartWeeks, chanceWeight } = rule
  if (headStartWeeks === undefined && chanceWeight === undefined) reader.report(path, text.longWaitNothing)
  return {
    fromWeeks: reader.read(fromWeeks, [...path, 'fromWeeks'], RANGES.longWaitFromWeeks),
    headStartWeeks: reader.read(headStartWeeks ?? 0, [...path, 'headStartWeeks'], RANGES.headStartWeeks),
    chanceWeight: reader.read(chanceWeight ?? 1, [...path, 'chanceWeight'], RANGES.chanceWeight),
  }
}
