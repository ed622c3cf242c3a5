/**
 * The registry of default assumptions: each with value, unit, range, source and how sure we are. A study file
 * changes them in its `assumptions` block, and lever parameters in a programme's `parameters`. The entries stand
 * by subject in `registry/`.
 */
import { LEVER_ENTRIES } from './lever-parameters.ts'
import { ATTENDANCE_ENTRIES } from './registry/attendance.ts'
import type { AssumptionEntry, AssumptionKey, StudyEntries } from './registry/entry.ts'
import { EXIT_ENTRIES } from './registry/exits.ts'
import { FIT_ENTRIES } from './registry/fit.ts'
import { NEED_ENTRIES } from './registry/need.ts'
import { PATHWAY_ENTRIES } from './registry/pathway.ts'
import { PRIORITY_ENTRIES } from './registry/priority.ts'
import { SHOCK_ENTRIES } from './registry/shocks.ts'
import { SLOT_ENTRIES } from './registry/slots.ts'
import type { Assumptions, NumberSpec } from './study.ts'

export type { AssumptionEntry, AssumptionKey, Confidence } from './registry/entry.ts'

const STUDY_REGISTRY: StudyEntries = {
  ...NEED_ENTRIES,
  ...ATTENDANCE_ENTRIES,
  ...PATHWAY_ENTRIES,
  ...EXIT_ENTRIES,
  ...FIT_ENTRIES,
  ...SLOT_ENTRIES,
}

/** Keys of the `assumptions` block in their fixed order. */
export const ASSUMPTION_KEYS = Object.keys(STUDY_REGISTRY) as readonly AssumptionKey[]

/** Assumptions that say what is made of a pack's fit; a pack without one has no use for them. */
export const FIT_KEYS = Object.keys(FIT_ENTRIES) as readonly (keyof typeof FIT_ENTRIES)[]

/** Every assumption, those of the `assumptions` block first, then the levers' parameters. */
export const ASSUMPTIONS: readonly AssumptionEntry[] = [
  ...ASSUMPTION_KEYS.map((id) => ({ id, ...STUDY_REGISTRY[id] })),
  ...LEVER_ENTRIES.map((entry) => ({ ...entry, timeVarying: true, inlineValue: null })),
]

/** Defaults of parts that a study may leave out: levels of `priority: standard`, and shocks. */
export const PART_DEFAULTS: readonly AssumptionEntry[] = [...PRIORITY_ENTRIES, ...SHOCK_ENTRIES]

const BY_ID = new Map([...ASSUMPTIONS, ...PART_DEFAULTS].map((entry) => [entry.id, entry]))

/**
 * An entry of the registry.
 *
 * @throws Error where there is none, which is a defect of the caller
 */
export function assumptionEntry(id: string): AssumptionEntry {
  const entry = BY_ID.get(id)
  if (entry === undefined) throw new Error(`no assumption is called ${id}`)
  return entry
}

/** Keys of assumptions that are one number per deprivation group; the others are one number. */
export type PerGroupKey = { [Key in AssumptionKey]: Assumptions[Key] extends readonly NumberSpec[] ? Key : never }[AssumptionKey]

/** Whether an assumption is one number per deprivation group, and so can differ between people. */
export function isPerGroup(key: AssumptionKey): key is PerGroupKey {
  return typeof STUDY_REGISTRY[key].value !== 'number'
}

/** Whether an assumption is a probability or a share, whose odds mean something; a hazard is not. */
export function hasOdds({ range, unit }: AssumptionEntry): boolean {
  return range[0] >= 0 && range[1] <= 1 && !unit.startsWith('hazard')
}
