/**
 * The `assumptions` block of a study file, resolved: defaults filled in, numbers by group laid out, and numbers that
 * vary by something else turned into adjustments.
 */
import { regionalDefaults } from '../baseline/gradients/fitted.ts'
import { ASSUMPTION_KEYS, assumptionEntry, isPerGroup } from './assumptions.ts'
import type { AssumptionKey } from './assumptions.ts'
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { DERIVES_RATES, EVERYWHERE } from './resolve-adjust.ts'
import type { StudyFile } from './schema.ts'
import { VARIES_BY } from './schema-assumptions.ts'
import type { VaryingFile } from './schema-assumptions.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Adjustment, Assumptions, NumberSpec, Where } from './study.ts'

/** Assumptions in force, and what sets them apart by specialty, system, priority or further group. */
export interface ResolvedAssumptions {
  readonly assumptions: Assumptions
  readonly varying: readonly Adjustment[]
}

type Written = NonNullable<StudyFile['assumptions']>[AssumptionKey]

/** Every assumption in force; problems go to `reader`. */
export function resolveAssumptions(file: StudyFile, frame: StudyFrame, reader: NumberReader): ResolvedAssumptions {
  const varying: Adjustment[] = regionalAdjustments(file, frame)
  const entries = ASSUMPTION_KEYS.map((key) => {
    const written: Written = file.assumptions?.[key]
    const path: DocumentPath = ['assumptions', key]
    if (!isVarying(written)) return [key, plainValue(key, written, path, frame, reader)]
    const base = plainValue(key, written.otherwise, [...path, 'otherwise'], frame, reader)
    for (const adjustment of varyingValues(key, written, path, frame, reader)) {
      // By deprivation it is the assumption's own list, which a pack's rates are derived from.
      if (written.by === 'deprivation' && Array.isArray(base)) base[Number(adjustment.where.deprivation[0]) - 1] = adjustment.value
      else varying.push(adjustment)
    }
    return [key, base]
  })
  const assumptions = Object.fromEntries(entries) as Assumptions
  for (const key of ['independentSectorAccess', 'hubAccess'] as const) {
    if (assumptions[key].every((value) => value === 0)) reader.report(['assumptions', key], text.noAccess)
  }
  return { assumptions, varying }
}

const isVarying = (written: Written): written is VaryingFile => typeof written === 'object' && 'by' in written

function plainValue(
  key: AssumptionKey,
  written: Exclude<Written, VaryingFile>,
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): NumberSpec | NumberSpec[] {
  const { range } = assumptionEntry(key)
  const usual = Array.from({ length: frame.groups }, (_, group) => defaultValue(key, frame, group))
  if (isPerGroup(key)) return reader.perGroup(written, path, range, usual)
  return written === undefined ? usual[0] : reader.read(written as NumberSpec, path, range)
}

/** A value for each code or id, as adjustments that set it. */
function varyingValues(
  key: AssumptionKey,
  { by, values }: VaryingFile,
  path: DocumentPath,
  frame: StudyFrame,
  reader: NumberReader,
): Adjustment[] {
  const problem = (message: string): Adjustment[] => {
    reader.report([...path, 'by'], message)
    return []
  }
  if (DERIVES_RATES.includes(key)) return problem(text.derivesRates(key))
  if (by !== 'specialty' && by !== 'system' && !isPerGroup(key)) return problem(text.wholeService(key))
  const valid = validNames(by, frame)
  if (valid === null) return problem(unknownName('way to vary', by, [...VARIES_BY, ...frame.dimensions.map(({ id }) => id)]))
  const kind = Object.hasOwn(KIND, by) ? KIND[by] : `group of ${by}`
  return Object.entries(values).flatMap(([name, spec]): Adjustment[] => {
    const at = [...path, 'values', name]
    if (!valid.includes(name)) {
      reader.report(at, unknownName(kind, name, valid), 'key')
      return []
    }
    const value = reader.read(spec, at, assumptionEntry(key).range)
    return [{ assumption: key, change: 'set', value, where: whereOf(by, name) }]
  })
}

const KIND: Readonly<Record<string, string>> = {
  specialty: 'specialty',
  system: 'system',
  deprivation: 'deprivation group',
  priority: 'priority level',
}

/** Names that a number can vary by; null where there is no such way. */
function validNames(by: string, frame: StudyFrame): readonly string[] | null {
  switch (by) {
    case 'specialty':
      return frame.specialtyCodes
    case 'system':
      return frame.systemCodes
    case 'deprivation':
      return Array.from({ length: frame.groups }, (_, group) => String(group + 1))
    case 'priority':
      return frame.levels.map(({ id }) => id)
    default:
      return frame.dimensions.find(({ id }) => id === by)?.groups.map(({ id }) => id) ?? null
  }
}

function whereOf(by: string, name: string): Where {
  switch (by) {
    case 'specialty':
      return { ...EVERYWHERE, specialties: [name] }
    case 'system':
      return { ...EVERYWHERE, systems: [name] }
    case 'deprivation':
      return { ...EVERYWHERE, deprivation: [name] }
    case 'priority':
      return { ...EVERYWHERE, priority: [name] }
    default:
      return { ...EVERYWHERE, dimensions: [{ dimension: by, groups: [name] }] }
  }
}

/** With a pack its region's value, else the registry's; where every system is written out, the mechanism is off. */
function defaultValue(key: AssumptionKey, frame: StudyFrame, group: number): number {
  const { value, inlineValue } = assumptionEntry(key)
  if (frame.inline) return inlineValue ?? NO_EFFECT[key] ?? 0
  const found = regionalDefaults(commonRegion(frame))[key] ?? value
  return typeof found === 'number' ? found : found[group]
}

/** The region of every system; null where there are several. */
function commonRegion({ systems }: StudyFrame): string | null {
  return systems.every(({ region }) => region === systems[0].region) ? systems[0].region : null
}

/** Where systems of several regions stand side by side: each region's values for its systems, unless the file sets the assumption. */
function regionalAdjustments(file: StudyFile, frame: StudyFrame): Adjustment[] {
  if (commonRegion(frame) !== null) return []
  return [...Map.groupBy(frame.systems, ({ region }) => region)].flatMap(([region, systems]) => {
    const where: Where = { ...EVERYWHERE, systems: systems.map(({ code }) => code) }
    return (Object.entries(regionalDefaults(region)) as [AssumptionKey, number | readonly number[]][])
      .filter(([key]) => file.assumptions?.[key] === undefined)
      .flatMap(([assumption, value]): Adjustment[] =>
        typeof value === 'number'
          ? [{ assumption, change: 'set', value, where }]
          : value.map((each, group) => ({ assumption, change: 'set', value: each, where: { ...where, deprivation: [String(group + 1)] } })),
      )
  })
}

/** What an assumption that an inline baseline has no use for holds, so that it would change nothing. */
const NO_EFFECT: Readonly<Partial<Record<AssumptionKey, number>>> = { admissionOdds: 1 }
