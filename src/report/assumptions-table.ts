/** The assumptions in force, each with value, unit, source and how sure we are. */
import { healthAssumptions, type HealthAssumption } from '../measures/distribution/registry.ts'
import { ASSUMPTIONS, type AssumptionEntry, type AssumptionKey, type Confidence } from '../scenario/assumptions.ts'
import type { NumberSpec, Study } from '../scenario/study.ts'
import { dataTable, type Markup } from './html.ts'

const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  H: 'High: read in a published source',
  M: 'Medium: partial or indirect',
  D: 'Derived from published figures',
  A: 'Assumption: no source found',
}
const LEVER_PREFIX = 'lever.'

/** Every assumption that the study uses; those that its file sets itself are marked. */
export function assumptionsTable(study: Study): Markup {
  const rows = ASSUMPTIONS.flatMap((entry) =>
    entry.id.startsWith(LEVER_PREFIX) ? leverRows(study, entry) : [studyRow(study, entry)],
  )
  const health = healthAssumptions(study.health).map(healthRow)
  return dataTable('Assumptions in force', ['Assumption', 'Value', 'Unit', 'Source', 'Confidence', 'Note'], [
    ...rows,
    ...health,
  ])
}

function healthRow({ label, value, unit, source, confidence, note, isSet }: HealthAssumption): string[] {
  return isSet
    ? [label, value, unit, 'Set by the study file', 'As its author says', `Default: ${source}`]
    : [label, value, unit, source, CONFIDENCE[confidence], note]
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
function specText(spec: NumberSpec | readonly NumberSpec[]): string {
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
