/** The assumptions in force, each with value, unit, source and how sure we are. */
import { healthAssumptions, type HealthAssumption } from '../measures/distribution/registry.ts'
import { LOST_SLOT_REFERENCE } from '../measures/definitions.ts'
import { ASSUMPTIONS, assumptionEntry, type AssumptionEntry, type AssumptionKey, type Confidence } from '../scenario/assumptions.ts'
import type { Adjustment, NumberSpec, Study } from '../scenario/study.ts'
import { dateText } from './dates.ts'
import { dataTable, type Markup } from './html.ts'

const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  H: 'High: read in a published source',
  M: 'Medium: partial or indirect',
  D: 'Derived from published figures',
  A: 'Assumption: no source found',
}
const LEVER_PREFIX = 'lever.'

/** Headings of {@link assumptionRows}. */
export const ASSUMPTION_HEADINGS = ['Assumption', 'Value', 'Unit', 'Source', 'Confidence', 'Note'] as const

/** Every assumption that the study uses; those that its file sets itself are marked. */
export function assumptionsTable(study: Study): Markup {
  return dataTable('Assumptions in force', ASSUMPTION_HEADINGS, assumptionRows(study))
}

/** The table's rows, as report and workbook show them. */
export function assumptionRows(study: Study): string[][] {
  const rows = ASSUMPTIONS.flatMap((entry) =>
    entry.id.startsWith(LEVER_PREFIX) ? leverRows(study, entry) : [studyRow(study, entry)],
  )
  return [
    ...rows,
    ...lostSlotRows(study),
    ...priorityRows(study),
    ...study.adjustments.map((adjustment) => adjustmentRow(adjustment, 'in every scenario')),
    ...study.scenarios.flatMap(({ title, adjustments }) => adjustments.map((adjustment) => adjustmentRow(adjustment, `in “${title}”`))),
    ...healthAssumptions(study.health).map(healthRow),
  ]
}

function healthRow({ label, value, unit, source, confidence, note, isSet }: HealthAssumption): string[] {
  return isSet
    ? [label, value, unit, 'Set by the study file', 'As its author says', `Default: ${source}`]
    : [label, value, unit, source, CONFIDENCE[confidence], note]
}

/** What slots lost are costed at, whatever programmes pay. */
function lostSlotRows({ counted }: Study): string[][] {
  const entry = assumptionEntry(LOST_SLOT_REFERENCE)
  return counted.includes('slotsLost') ? [rowOf({ ...entry, label: 'Cost of a slot lost, as of a first appointment' }, specText(entry.value), false)] : []
}

/** Numbers of each priority level, from the least urgent on; those that differ from the standard levels' are the study's own. */
function priorityRows({ priority }: Study): string[][] {
  const { levels } = priority
  if (levels.length === 1) return []
  const names = levels.map(({ id }) => id).join(', ')
  const values: Readonly<Record<string, readonly (NumberSpec | null)[]>> = {
    'priority.firstAppointment.targetWeeks': levels.map(({ targetWeeksFirst }) => targetWeeksFirst),
    'priority.firstAppointment.shares': priority.sharesFirst,
    'priority.firstAppointment.listShares': priority.listSharesFirst,
    'priority.firstAppointment.headStartWeeks': priority.headStartWeeksFirst,
    'priority.firstAppointment.chanceWeight': priority.chanceWeightFirst,
    'priority.admission.targetWeeks': levels.map(({ targetWeeksAdmission }) => targetWeeksAdmission),
    'priority.admission.shares': priority.sharesAdmission,
    'priority.admission.listShares': priority.listSharesAdmission,
    'priority.admission.headStartWeeks': priority.headStartWeeksAdmission,
    'priority.admission.chanceWeight': priority.chanceWeightAdmission,
  }
  return Object.entries(values).map(([id, own]) => {
    const entry = assumptionEntry(id)
    const text = (list: readonly (NumberSpec | null)[]): string => list.map((each) => (each === null ? 'none' : specText(each))).join(' / ')
    const label = `${entry.label.slice(0, entry.label.indexOf(':'))}: ${names}`
    return rowOf({ ...entry, label }, text(own), text(own) !== text([entry.value].flat()))
  })
}

const CHANGE: Readonly<Record<Adjustment['change'], string>> = { set: 'set to', multiply: '×', add: 'plus', odds: 'odds ×' }

function adjustmentRow(adjustment: Adjustment, scope: string): string[] {
  const { label, unit } = assumptionEntry(adjustment.assumption)
  const conditions = conditionsOf(adjustment)
  const place = conditions === '' ? scope : `${scope}: ${conditions}`
  return [label, changeOf(adjustment), unit, 'Set by the study file', 'As its author says', `Adjusted ${place}`]
}

/** An adjustment in words: what it adjusts and where, and how. */
export function adjustmentText(adjustment: Adjustment): { readonly what: string; readonly value: string } {
  const { label, unit } = assumptionEntry(adjustment.assumption)
  const conditions = conditionsOf(adjustment)
  return { what: conditions === '' ? label : `${label} (${conditions})`, value: `${changeOf(adjustment)} (${unit})` }
}

const changeOf = ({ change, value }: Adjustment): string => `${CHANGE[change]} ${specText(value)}`

function conditionsOf({ where }: Adjustment): string {
  return [
    ...where.specialties,
    ...where.systems,
    ...where.deprivation.map((id) => `deprivation ${id}`),
    ...where.priority,
    ...where.dimensions.map(({ dimension, groups }) => `${dimension} ${groups.join(', ')}`),
    ...(where.from === null ? [] : [`from ${dateText(where.from)}`]),
    ...(where.to === null ? [] : [`to ${dateText(where.to)}`]),
  ].join('; ')
}

function studyRow(study: Study, entry: AssumptionEntry): string[] {
  const value = specText(study.assumptions[entry.id as AssumptionKey])
  return rowOf(entry, value, study.assumptionsSet.includes(entry.id))
}

/** One row per value in use: programmes may differ. Levers that no programme uses have none. */
function leverRows(study: Study, entry: AssumptionEntry): string[][] {
  const [lever, parameter] = entry.id.slice(LEVER_PREFIX.length).split('.')
  const values = new Set<string>()
  for (const scenario of study.scenarios) {
    for (const programme of scenario.invest) {
      const value = programme.lever === lever ? programme.parameters[parameter] : undefined
      if (value !== undefined) values.add(specText(value))
    }
  }
  return [...values].map((value) => rowOf(entry, value, value !== specText(entry.value)))
}

function rowOf({ label, unit, source, confidence, note }: AssumptionEntry, value: string, isSet: boolean): string[] {
  return isSet
    ? [label, value, unit, 'Set by the study file', 'As its author says', `Default: ${source}`]
    : [label, value, unit, source, CONFIDENCE[confidence], note]
}

/** A number, a list by deprivation group, a distribution or a formula, in words. */
export function specText(spec: NumberSpec | readonly NumberSpec[]): string {
  if (typeof spec === 'number') return String(spec)
  if (isList(spec)) return spec.every((each) => each === spec[0]) ? specText(spec[0]) : spec.map(specText).join(' / ')
  if ('formula' in spec) return `formula ${spec.formula}`
  const { dist, ...parameters } = spec
  return `${dist} (${Object.entries(parameters)
    .map(([name, value]) => `${name} ${[value].flat().join(', ')}`)
    .join(', ')})`
}

function isList(spec: NumberSpec | readonly NumberSpec[]): spec is readonly NumberSpec[] {
  return Array.isArray(spec)
}
