/** The parts of the study file's schema that say what is assumed, and how it varies. */
import { z } from 'zod'
import { ASSUMPTION_KEYS, assumptionEntry, isPerGroup } from './assumptions.ts'
import type { AssumptionEntry, AssumptionKey, PerGroupKey } from './assumptions.ts'
import { GROUP_KEY_RULE, VARIES_KEY_RULE } from './messages.ts'
import { anyNumber, closed, isoDate, MAX_GROUPS, numberSpec, perGroup, specialtyList, systemList } from './numbers.ts'
import { groupId, levelId } from './schema-people.ts'

/** Most adjustments in a list. */
const MAX_ADJUSTMENTS = 200

/** What `by` may name besides the study's own dimensions. */
export const VARIES_BY = ['specialty', 'system', 'deprivation', 'priority'] as const

/** Label, unit and default of an assumption, for editor completion. */
export function describeEntry(entry: AssumptionEntry): string {
  const value = typeof entry.value === 'number' ? String(entry.value) : entry.value.join(', ')
  return `${entry.label} (${entry.unit}). Default ${value}; confidence ${entry.confidence}.`
}

function varying(range: readonly [number, number]) {
  const number = numberSpec(range)
  return closed({
    by: z.string().min(1).max(60).describe('specialty, system, deprivation, priority, or the id of a dimension of the study.'),
    values: z
      .record(z.string().regex(/^.{1,40}$/, VARIES_KEY_RULE), number)
      .describe('The value for each code or id.'),
    otherwise: number.describe('The value for all others; the default of the assumption where it is left out.').optional(),
  })
}

function perGroupValue(range: readonly [number, number]) {
  return z.union([...perGroup(range).options, varying(range)])
}

function singleValue(range: readonly [number, number]) {
  return z.union([...numberSpec(range).options, varying(range)])
}

type AssumptionShape = {
  [Key in AssumptionKey]: z.ZodOptional<ReturnType<Key extends PerGroupKey ? typeof perGroupValue : typeof singleValue>>
}

function assumptionsBlock() {
  const shape: Record<string, z.ZodOptional> = {}
  for (const key of ASSUMPTION_KEYS) {
    const entry = assumptionEntry(key)
    const value = isPerGroup(key) ? perGroupValue(entry.range) : singleValue(entry.range)
    shape[key] = value.describe(describeEntry(entry)).optional()
  }
  return closed(shape as AssumptionShape)
}

/** Assumptions by name. */
export const assumptions = assumptionsBlock().describe('Assumptions instead of the defaults.')

/** Groups of further dimensions by dimension. */
export const furtherGroups = z.record(z.string().max(60), z.array(groupId).min(1).max(30))

const adjustment = closed({
  assumption: z.enum(ASSUMPTION_KEYS).describe('The assumption that changes.'),
  set: anyNumber.describe('It takes this value.').optional(),
  multiply: anyNumber.describe('It is multiplied by this.').optional(),
  add: anyNumber.describe('This is added to it.').optional(),
  odds: anyNumber.describe('Its odds are multiplied by this, for probabilities and shares.').optional(),
  specialties: specialtyList.optional(),
  systems: systemList.optional(),
  deprivation: z.array(z.int({ error: GROUP_KEY_RULE }).min(1)).min(1).max(MAX_GROUPS).describe('Deprivation groups, 1 the most deprived; all by default.').optional(),
  priority: z.array(levelId).min(1).max(10).describe('Priority levels; all by default.').optional(),
  dimensions: furtherGroups.describe('Groups of further dimensions, all of which must match; everybody by default.').optional(),
  from: isoDate.describe('First day of the change; the start of the study by default.').optional(),
  to: isoDate.describe('Last day of the change; the end of the study by default.').optional(),
}).meta({ id: 'adjustment', description: 'A change of one assumption where some things hold.' })

/** Changes of assumptions, in order. */
export const adjust = z
  .array(adjustment)
  .max(MAX_ADJUSTMENTS)
  .describe('Changes of assumptions where some things hold, in order; the result is kept in the range of the assumption.')

/** An adjustment as read. */
export type AdjustmentFile = z.infer<typeof adjustment>
/** A number that varies by something, as read. */
export type VaryingFile = z.infer<ReturnType<typeof varying>>
