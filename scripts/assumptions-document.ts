/**
 * The assumptions log, `docs/assumptions.md`, and the table of parameters in `docs/model.md`, from the registries that
 * the schema, the command line and the report read. `npm run docs` writes them; a test holds the files against them.
 */
import { HEALTH_ASSUMPTIONS } from '../src/measures/distribution/registry.ts'
import { ASSUMPTION_KEYS, ASSUMPTIONS, assumptionEntry, PART_DEFAULTS, type AssumptionEntry, type Confidence } from '../src/scenario/assumptions.ts'
import { ATTENDANCE_ENTRIES } from '../src/scenario/registry/attendance.ts'
import { EXIT_ENTRIES } from '../src/scenario/registry/exits.ts'
import { FIT_ENTRIES } from '../src/scenario/registry/fit.ts'
import { NEED_ENTRIES } from '../src/scenario/registry/need.ts'
import { PATHWAY_ENTRIES } from '../src/scenario/registry/pathway.ts'
import { SLOT_ENTRIES } from '../src/scenario/registry/slots.ts'
import { capitalised, defaultOf, span, table, withBlock } from './document-words.ts'

/** By subject, in the order of the registry. */
const SUBJECTS = [
  ['Need, referral, unmet need', Object.keys(NEED_ENTRIES)],
  ['Attendance and cancellation', Object.keys(ATTENDANCE_ENTRIES)],
  ['The pathway', Object.keys(PATHWAY_ENTRIES)],
  ['Leaving untreated, deterioration', Object.keys(EXIT_ENTRIES)],
  ["A pack's fit: its drift, and how unsure it is", Object.keys(FIT_ENTRIES)],
  ['Slots and who may use them', Object.keys(SLOT_ENTRIES)],
] as const

const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  H: 'read in a published source',
  D: 'derived from published figures as stated',
  M: 'partial or indirect source',
  A: 'assumption, no source found',
}

const LOG_HEAD = ['assumption', 'default', 'allowed', 'source', 'confidence', 'remark'] as const

/** The assumptions log: its own words, then the registries. */
export function assumptionsDocument(current: string): string {
  return withBlock(current, 'log', log())
}

/** The model description with its table of the parameters that are not neutral. */
export function modelDocument(current: string): string {
  return withBlock(current, 'parameters', parameters())
}

function log(): string {
  const subjects = SUBJECTS.map(([title, ids]) => section(title, ids.map((id) => assumptionEntry(id))))
  return [counts(), ...subjects, section('Levels of priority, shocks: only where a study asks for them', PART_DEFAULTS), health()].join('\n\n')
}

function counts(): string {
  const all = [...ASSUMPTIONS, ...PART_DEFAULTS]
  const rows = (Object.keys(CONFIDENCE) as Confidence[]).map((confidence) => {
    const ofIt = all.filter((entry) => entry.confidence === confidence)
    const levers = ofIt.filter(({ id }) => id.startsWith('lever.')).length
    return [`${confidence}: ${CONFIDENCE[confidence]}`, String(ofIt.length - levers), String(levers)]
  })
  return table(['confidence', 'here', 'of levers'], rows)
}

function section(title: string, entries: readonly AssumptionEntry[]): string {
  return `## ${title}\n\n${table(LOG_HEAD, entries.map(logRow))}`
}

function logRow(entry: AssumptionEntry): string[] {
  const { id, label, unit, range, source, confidence, note, timeVarying } = entry
  const remark = timeVarying ? note : `${note} Read once, at the start.`
  return [`\`${id}\`: ${label}`, `${defaultOf(entry)} ${unit}`, span(range), capitalised(source), confidence, remark.trim()]
}

function health(): string {
  const rows = HEALTH_ASSUMPTIONS.map(({ id, label, value, unit, source, confidence, note }) => [
    `\`${id}\`: ${label}`,
    `${value} ${unit}`,
    '',
    capitalised(source),
    confidence,
    note,
  ])
  return `## Health\n\n${table(LOG_HEAD, rows)}`
}

function parameters(): string {
  const entries = ASSUMPTION_KEYS.map((key) => assumptionEntry(key))
  const notNeutral = entries.filter(isNotNeutral)
  const assumed = notNeutral.filter(({ confidence }) => confidence === 'A').length
  const rows = notNeutral.map((entry) => [`\`${entry.id}\``, `${defaultOf(entry)} ${entry.unit}`, capitalised(entry.source), entry.confidence])
  return [
    `Of ${entries.length} parameters ${notNeutral.length} are not neutral by default with a pack, ${assumed} of them assumptions. Times of
mechanisms that are off (diversion, tests, further and follow-up appointments) wait for the share beside them.`,
    table(['parameter', 'default, quintile 1 to 5', 'source', 'confidence'], rows),
  ].join('\n\n')
}

/** Whether a default differs from the number that leaves its mechanism off. */
function isNotNeutral({ value, inlineValue }: AssumptionEntry): boolean {
  return (typeof value === 'number' ? [value] : value).some((each) => each !== inlineValue)
}
