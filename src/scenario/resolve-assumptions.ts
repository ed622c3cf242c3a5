/** The `assumptions` block of a study file, resolved: defaults filled in, numbers by group laid out. */
import { ASSUMPTION_KEYS, assumptionEntry, isPerGroup } from './assumptions.ts'
import type { AssumptionKey, PerGroupKey } from './assumptions.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { StudyFile } from './schema.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Assumptions, NumberSpec } from './study.ts'

/** Every assumption in force; problems go to `reader`. */
export function resolveAssumptions(file: StudyFile, frame: StudyFrame, reader: NumberReader): Assumptions {
  const entries = ASSUMPTION_KEYS.map((key) => [key, isPerGroup(key) ? perGroup(key, file, frame, reader) : single(key, file, frame, reader)])
  const assumptions = Object.fromEntries(entries) as Assumptions
  for (const key of ['independentSectorAccess', 'hubAccess'] as const) {
    if (assumptions[key].every((value) => value === 0)) reader.report(['assumptions', key], text.noAccess)
  }
  return assumptions
}

function perGroup(key: PerGroupKey, file: StudyFile, frame: StudyFrame, reader: NumberReader): NumberSpec[] {
  const values = Array.from({ length: frame.groups }, (_, group): NumberSpec => defaultValue(key, frame, group))
  const written = file.assumptions?.[key]
  const { range } = assumptionEntry(key)
  if (written === undefined) return values
  if (typeof written !== 'object' || !('deprivation' in written)) {
    return values.fill(reader.read(written, ['assumptions', key], range))
  }
  for (const [group, spec] of Object.entries(written.deprivation)) {
    const path = ['assumptions', key, 'deprivation', group]
    if (Number(group) > frame.groups) reader.report(path, text.groupRange(group, frame.groups), 'key')
    else values[Number(group) - 1] = reader.read(spec, path, range)
  }
  return values
}

function single(key: AssumptionKey, file: StudyFile, frame: StudyFrame, reader: NumberReader): NumberSpec {
  const written = file.assumptions?.[key]
  // The schema takes numbers by group for keys that vary by group only.
  if (written === undefined || (typeof written === 'object' && 'deprivation' in written)) return defaultValue(key, frame, 0)
  return reader.read(written, ['assumptions', key], assumptionEntry(key).range)
}

/** With a pack the registry's value; where every system is written out, the mechanism is off. */
function defaultValue(key: AssumptionKey, frame: StudyFrame, group: number): number {
  const { value, inlineValue } = assumptionEntry(key)
  if (frame.inline) return inlineValue ?? NO_EFFECT[key] ?? 0
  return typeof value === 'number' ? value : value[group]
}

/** What an assumption that an inline baseline has no use for holds, so that it would change nothing. */
const NO_EFFECT: Readonly<Partial<Record<AssumptionKey, number>>> = { admissionOdds: 1 }
