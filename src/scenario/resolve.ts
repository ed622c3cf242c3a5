/**
 * Checked study file + baseline → {@link Study}: every default filled in, every name looked up.
 */
import { addDays } from '../baseline/calendar.ts'
import { InputError } from '../errors.ts'
import { ASSUMPTION_KEYS, assumptionEntry } from './assumptions.ts'
import type { AssumptionKey } from './assumptions.ts'
import { distributionMean } from './distributions.ts'
import { inlineToBaseline } from './inline-baseline.ts'
import type { InlineBaseline } from './inline-schema.ts'
import { text } from './messages.ts'
import { labelled, NumberReader } from './number-reader.ts'
import type { Positions } from './positions.ts'
import { resolveScenario } from './resolve-scenario.ts'
import { resolveTargets } from './resolve-targets.ts'
import type { StudyFile } from './schema.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Assumptions, Distribution, NumberSpec, Study, StudyBaseline, StudyTime } from './study.ts'

export { concreteStudy } from './concrete.ts'

/** Random runs of each scenario where a file does not say. */
export const DEFAULT_REPLICATIONS = 10

/** How to resolve. */
export interface ResolveOptions {
  /**
   * Whether money, shocks and targets must lie within the study, as they must in the file itself. A study cut short for
   * a quick look leaves them outside.
   */
  readonly datesMustFit?: boolean
}

/**
 * Resolves a study.
 *
 * @param positions for messages; `NO_POSITIONS` for a study that came from no file
 * @throws InputError with every problem of names, dates and ranges
 */
export function resolveStudy(
  file: StudyFile,
  baseline: StudyBaseline,
  positions: Positions,
  options: ResolveOptions = {},
): Study {
  const frame = studyFrame(file, baseline, options)
  const parameters = resolveParameters(file)
  const means = Object.entries(parameters).map(([name, spec]): [string, number] => [name, meanOf(spec)])
  const reader = new NumberReader(frame.time, positions, new Map(means))
  if (baseline.kind === 'pack' && frame.time.start !== listDate(baseline)) {
    reader.report(['time', 'start'], text.packStart(listDate(baseline)))
  }
  const scenarios = Object.entries(file.scenarios).map(([id, scenario]) => resolveScenario(id, scenario, frame, reader))
  const study: Study = {
    schemaVersion: 1,
    name: file.name,
    title: file.title ?? file.name,
    description: file.description ?? '',
    baseline,
    time: frame.time,
    seed: String(file.seed ?? file.name),
    replications: file.replications ?? DEFAULT_REPLICATIONS,
    draws: file.draws ?? 0,
    sample: 1,
    reference: file.reference ?? scenarios[0].id,
    parameters,
    assumptions: resolveAssumptions(file, baseline, frame.groups, reader),
    assumptionsSet: ASSUMPTION_KEYS.filter((key) => file.assumptions?.[key] !== undefined),
    scenarios,
    targets: resolveTargets(file, frame, reader),
  }
  if (reader.problems.length > 0) throw new InputError(reader.problems)
  return study
}

/**
 * The inline baseline of a study file as a study holds it.
 *
 * @param file a checked file, which says when it starts
 */
export function inlineStudyBaseline(file: StudyFile, inline: InlineBaseline): StudyBaseline {
  return { kind: 'inline', baseline: inlineToBaseline(inline, file.time.start ?? '') }
}

/** First day after a baseline's list was counted. */
function listDate(baseline: StudyBaseline): string {
  if (baseline.kind === 'inline') return baseline.baseline.asOf
  const last = baseline.pack.months.at(-1) ?? ''
  return `${addDays(`${last}-01`, 31).slice(0, 7)}-01`
}

function studyFrame(file: StudyFile, baseline: StudyBaseline, options: ResolveOptions): StudyFrame {
  const inline = baseline.kind === 'inline'
  const time: StudyTime = {
    start: file.time.start ?? listDate(baseline),
    weeks: file.time.weeks,
    stepDays: 7,
    workingDays: file.time.workingDays ?? !inline,
  }
  return {
    time,
    end: addDays(time.start, time.weeks * 7),
    groups: inline ? baseline.baseline.groups.length : baseline.pack.deprivation.population.length,
    specialtyCodes: (inline ? baseline.baseline : baseline.pack).specialties.map((specialty) => specialty.code),
    datesMustFit: options.datesMustFit ?? true,
  }
}

const meanOf = (spec: number | Distribution): number => (typeof spec === 'number' ? spec : distributionMean(spec))

function resolveParameters(file: StudyFile): Study['parameters'] {
  return Object.fromEntries(
    Object.entries(file.parameters ?? {}).map(([name, spec]) => [
      name,
      typeof spec === 'number' ? spec : labelled(spec, ['parameters', name]),
    ]),
  )
}

/** Keys of assumptions that are one number per group. */
type PerGroupKey = { [Key in AssumptionKey]: Assumptions[Key] extends readonly NumberSpec[] ? Key : never }[AssumptionKey]

function resolveAssumptions(
  file: StudyFile,
  baseline: StudyBaseline,
  groups: number,
  reader: NumberReader,
): Assumptions {
  const perGroup = (key: PerGroupKey): NumberSpec[] => {
    const values = Array.from({ length: groups }, (_, group): NumberSpec => defaultValue(key, baseline, group))
    const written = file.assumptions?.[key]
    const { range } = assumptionEntry(key)
    if (written === undefined) return values
    if (typeof written !== 'object' || !('deprivation' in written)) {
      return values.fill(reader.read(written, ['assumptions', key], range))
    }
    for (const [group, spec] of Object.entries(written.deprivation)) {
      const path = ['assumptions', key, 'deprivation', group]
      if (Number(group) > groups) reader.report(path, text.groupRange(group, groups), 'key')
      else values[Number(group) - 1] = reader.read(spec, path, range)
    }
    return values
  }
  const single = (key: Exclude<AssumptionKey, PerGroupKey>): NumberSpec => {
    const written = file.assumptions?.[key]
    // The schema takes numbers by group for keys that vary by group only.
    if (written === undefined || (typeof written === 'object' && 'deprivation' in written)) return defaultValue(key, baseline, 0)
    return reader.read(written, ['assumptions', key], assumptionEntry(key).range)
  }
  const access = perGroup('independentSectorAccess')
  if (access.every((value) => value === 0)) reader.report(['assumptions', 'independentSectorAccess'], text.noAccess)
  return {
    dnaRate: perGroup('dnaRate'),
    dischargeAfterDna: perGroup('dischargeAfterDna'),
    backfillShare: single('backfillShare'),
    unreportedRemovalShare: single('unreportedRemovalShare'),
    withdrawalShareOfRemovals: single('withdrawalShareOfRemovals'),
    privatePerWeek: perGroup('privatePerWeek'),
    emergencyPerWeek: perGroup('emergencyPerWeek'),
    deathPerWeek: perGroup('deathPerWeek'),
    admissionOdds: perGroup('admissionOdds'),
    referralPropensity: perGroup('referralPropensity'),
    unmetNeedResolutionPerWeek: single('unmetNeedResolutionPerWeek'),
    unmetNeedInitialWeeks: single('unmetNeedInitialWeeks'),
    inTurnShareFirst: single('inTurnShareFirst'),
    inTurnShareAdmission: single('inTurnShareAdmission'),
    independentSectorShareFirst: single('independentSectorShareFirst'),
    independentSectorShareAdmission: single('independentSectorShareAdmission'),
    independentSectorAccess: access,
  }
}

/** With a pack the registry's value; with an inline baseline the mechanism is off. */
function defaultValue(key: AssumptionKey, baseline: StudyBaseline, group: number): number {
  const { value, inlineValue } = assumptionEntry(key)
  if (baseline.kind === 'inline') return inlineValue ?? NO_EFFECT[key] ?? 0
  return typeof value === 'number' ? value : value[group]
}

/** What an assumption that an inline baseline has no use for holds, so that it would change nothing. */
const NO_EFFECT: Readonly<Partial<Record<AssumptionKey, number>>> = { admissionOdds: 1 }
