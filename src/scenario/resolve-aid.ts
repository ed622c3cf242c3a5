/** Slots that systems of a study offer each other, resolved. */
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { RANGES } from './ranges.ts'
import { reportDates } from './resolve-adjust.ts'
import type { AidFile } from './schema-scenario.ts'
import type { StudyFrame } from './study-frame.ts'
import type { MutualAid } from './study.ts'

/** Resolves an agreement; problems go to `reader`. */
export function resolveAid(aid: AidFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): MutualAid {
  if (frame.systems.length < 2) reader.report(path, text.aidNeedsSystems)
  else reportSystems(aid, path, frame, reader)
  if (aid.firstSlotsPerWeek === undefined && aid.admissionSlotsPerWeek === undefined) reader.report(path, text.aidNothing)
  reportDates({ from: aid.startsOn, to: aid.endsOn }, path, frame, reader, ['startsOn', 'endsOn'])
  const everybody = Array.from({ length: frame.groups }, () => 1)
  const uptake = reader.perGroup(aid.uptake, [...path, 'uptake'], RANGES.uptake, everybody)
  if (uptake.every((value) => value === 0)) reader.report([...path, 'uptake'], text.noAccess)
  return {
    from: aid.from,
    to: aid.to,
    specialties: aid.specialties ?? [],
    firstSlotsPerWeek: reader.read(aid.firstSlotsPerWeek ?? 0, [...path, 'firstSlotsPerWeek'], RANGES.aidSlotsPerWeek),
    admissionSlotsPerWeek: reader.read(aid.admissionSlotsPerWeek ?? 0, [...path, 'admissionSlotsPerWeek'], RANGES.aidSlotsPerWeek),
    uptake,
    startsOn: aid.startsOn ?? null,
    endsOn: aid.endsOn ?? null,
  }
}

function reportSystems(aid: AidFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): void {
  for (const end of ['from', 'to'] as const) {
    if (!frame.systemCodes.includes(aid[end])) reader.report([...path, end], unknownName('system', aid[end], frame.systemCodes))
  }
  if (aid.from === aid.to) reader.report([...path, 'to'], text.aidToItself)
  const [from, to] = [aid.from, aid.to].map((code) => frame.systems.find((system) => system.code === code))
  if (from === undefined || to === undefined) return
  if (aid.specialties === undefined && !from.specialtyCodes.some((code) => to.specialtyCodes.includes(code))) {
    reader.report(path, text.aidNoCommon(from.code, to.code))
  }
  for (const [index, code] of (aid.specialties ?? []).entries()) {
    const at: DocumentPath = [...path, 'specialties', index]
    const without = [from, to].find(({ specialtyCodes }) => !specialtyCodes.includes(code))
    if (!frame.specialtyCodes.includes(code)) reader.report(at, unknownName('specialty', code, frame.specialtyCodes))
    else if (without !== undefined) reader.report(at, text.aidSpecialty(code, without.code))
  }
}
