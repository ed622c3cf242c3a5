/** `fairwait assumptions [STUDY] [--json]` */
import type { Command } from 'commander'
import type { HealthAssumption } from '../measures/distribution/registry.ts'
import type { AssumptionEntry } from '../scenario/assumptions.ts'
import type { Adjustment, NumberSpec, Study, Where } from '../scenario/study.ts'
import { studyMessages } from './study-messages.ts'

const COLUMNS = 80

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('assumptions')
    .summary(studyMessages.assumptionsSummary)
    .description(studyMessages.assumptionsSummary)
    .argument('[study]', studyMessages.assumptionsArgument)
    .option('--json', studyMessages.assumptionsJson)
    .action(async (path: string | undefined, options: { json?: boolean }) => {
      const { ASSUMPTIONS, PART_DEFAULTS } = await import('../scenario/assumptions.ts')
      const study = path === undefined ? null : (await (await import('./load-study.ts')).loadStudy(path)).study
      const listed = listAssumptions([...ASSUMPTIONS, ...PART_DEFAULTS], study)
      const { HEALTH_ASSUMPTIONS, healthAssumptions } = await import('../measures/distribution/registry.ts')
      const health = study === null ? HEALTH_ASSUMPTIONS : healthAssumptions(study.health)
      process.stdout.write(options.json === true ? assumptionsJson(listed, health, study) : assumptionsText(listed, study, health))
    })
}

/** One change that a study makes of an assumption. */
export interface AssumptionChange {
  /** `study`, a scenario, or `scenario/programme`; then the conditions under which it holds. */
  readonly where: string
  /** What is done with the value; it replaces the default where nothing is said. */
  readonly change?: Adjustment['change']
  readonly value: NumberSpec | readonly NumberSpec[]
}

/** An assumption and what a study makes of it. */
export interface ListedAssumption extends AssumptionEntry {
  /** Where a study changes it; empty where it does not. */
  readonly changes: readonly AssumptionChange[]
}

/** The registry beside what a study changes. */
export function listAssumptions(registry: readonly AssumptionEntry[], study: Study | null): ListedAssumption[] {
  return registry.map((entry) => ({ ...entry, changes: study === null ? [] : changesIn(entry, study) }))
}

function changesIn(entry: AssumptionEntry, study: Study): ListedAssumption['changes'] {
  const [block, lever, name] = entry.id.split('.')
  if (block === 'lever') {
    return study.scenarios.flatMap((scenario) =>
      scenario.invest
        .filter((programme) => programme.lever === lever && programme.parameters[name] !== entry.value)
        .map((programme) => ({ where: `${scenario.id}/${programme.id}`, value: programme.parameters[name] })),
    )
  }
  if (block === 'priority' || block === 'shock') return []
  const key = entry.id as keyof Study['assumptions']
  const isDefault = !study.assumptionsSet.includes(key) && study.baseline.kind === 'pack'
  return [
    ...(isDefault ? [] : [{ where: STUDY, value: study.assumptions[key] }]),
    ...adjustmentsOf(key, STUDY, study.adjustments),
    ...study.scenarios.flatMap(({ id, adjustments }) => adjustmentsOf(key, id, adjustments)),
  ]
}

const STUDY = 'study'

function adjustmentsOf(key: string, owner: string, adjustments: readonly Adjustment[]): AssumptionChange[] {
  return adjustments
    .filter(({ assumption }) => assumption === key)
    .map(({ change, value, where }) => ({ where: [owner, ...conditions(where)].join(', '), change, value }))
}

/** Conditions in words, as the study file names them. */
function conditions({ specialties, systems, deprivation, priority, dimensions, from, to }: Where): string[] {
  const named: readonly (readonly [string, readonly string[]])[] = [
    ['specialties', specialties],
    ['systems', systems],
    ['deprivation', deprivation],
    ['priority', priority],
    ...dimensions.map(({ dimension, groups }) => [dimension, groups] as const),
    ['from', from === null ? [] : [from]],
    ['to', to === null ? [] : [to]],
  ]
  return named.filter(([, names]) => names.length > 0).map(([what, names]) => `${what} ${names.join(' ')}`)
}

function assumptionsJson(listed: readonly ListedAssumption[], health: readonly HealthAssumption[], study: Study | null): string {
  return `${JSON.stringify({ schemaVersion: 1, study: study?.name ?? null, assumptions: listed, health }, null, 2)}\n`
}

/** The list as text of at most 80 columns. */
export function assumptionsText(
  listed: readonly ListedAssumption[],
  study: Study | null,
  health: readonly HealthAssumption[] = [],
): string {
  const lines = [...wrap(studyMessages.assumptionsHeading, 0), ...wrap(studyMessages.confidenceKey, 0)]
  if (study !== null) lines.push(...wrap(studyMessages.assumptionsOf(study.name), 0))
  const levers = listed.filter((entry) => entry.id.startsWith('lever.'))
  const parts = listed.filter((entry) => /^(priority|shock)\./.test(entry.id))
  const others = listed.filter((entry) => !levers.includes(entry) && !parts.includes(entry))
  lines.push('', studyMessages.studyHeading, ...others.flatMap(entryLines))
  lines.push('', studyMessages.leverHeading, ...levers.flatMap(entryLines))
  if (parts.length > 0) lines.push('', studyMessages.partsHeading, ...parts.flatMap(entryLines))
  if (health.length > 0) lines.push('', studyMessages.healthHeading, ...health.flatMap(healthLines))
  return `${lines.join('\n')}\n`
}

function healthLines({ id, label, value, unit, source, confidence, note, isSet }: HealthAssumption): string[] {
  return [
    '',
    `${isSet ? '*' : ' '} ${id}  [${confidence}]`,
    ...wrap(label, 4),
    ...wrap(`${value} ${unit}`, 4),
    ...wrap(`${isSet ? 'Source of the default' : 'Source'}: ${source}`, 4),
    ...wrap(note, 4),
  ]
}

function entryLines(entry: ListedAssumption): string[] {
  const mark = entry.changes.length > 0 ? '*' : ' '
  return [
    '',
    `${mark} ${entry.id}  [${entry.confidence}]`,
    ...wrap(entry.label, 4),
    ...wrap(`${showValue(entry.value)} ${entry.unit} (range ${entry.range[0]} to ${entry.range[1]})`, 4),
    ...entry.changes.flatMap(({ where, change, value }) =>
      wrap(`${where}: ${change === undefined ? '' : `${change} `}${showValue(value)}`, 4),
    ),
    ...wrap(`Source: ${entry.source}`, 4),
    ...wrap(entry.note, 4),
  ]
}

function showValue(value: NumberSpec | readonly NumberSpec[]): string {
  if (Array.isArray(value)) return value.map((each: NumberSpec) => showValue(each)).join(' / ')
  const spec = value as NumberSpec
  if (typeof spec === 'number') return String(spec)
  if ('formula' in spec) return `"${spec.formula}"`
  const shown = Object.entries(spec).filter(([name]) => name !== 'dist' && name !== 'key')
  return `${spec.dist} (${shown.map(([name, part]) => `${name} ${String(part)}`).join(', ')})`
}

/** Words broken into lines of at most 80 columns; a longer word stands alone. */
function wrap(words: string, indent: number): string[] {
  const margin = ' '.repeat(indent)
  const lines: string[] = []
  let line = margin
  for (const word of words.split(' ')) {
    if (line.length + word.length + 1 > COLUMNS && line.trim() !== '') {
      lines.push(line)
      line = margin
    }
    line += line === margin ? word : ` ${word}`
  }
  return [...lines, line]
}
