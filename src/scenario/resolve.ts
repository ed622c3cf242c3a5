/**
 * Checked study file + baseline → {@link Study}: every default filled in, every name looked up.
 */
import { addDays } from '../baseline/calendar.ts'
import { InputError } from '../errors.ts'
import { ASSUMPTION_KEYS } from './assumptions.ts'
import { codeOf, groupsIn, listDate, specialtyCodesIn, systemsOf } from './baselines.ts'
import { distributionMean } from './distributions.ts'
import { inlineToBaseline } from './inline-baseline.ts'
import type { InlineBaseline } from './inline-schema.ts'
import { text } from './messages.ts'
import { labelled, NumberReader } from './number-reader.ts'
import type { Positions } from './positions.ts'
import { resolveAssumptions } from './resolve-assumptions.ts'
import { resolveScenario } from './resolve-scenario.ts'
import { resolveTargets } from './resolve-targets.ts'
import type { StudyFile } from './schema.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Distribution, Study, StudyBaseline, StudyTime, SystemBaseline } from './study.ts'

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
    assumptions: resolveAssumptions(file, frame, reader),
    assumptionsSet: ASSUMPTION_KEYS.filter((key) => file.assumptions?.[key] !== undefined),
    adjustments: [],
    dimensions: [],
    priority: { levels: [{ id: 'all', title: 'All', targetWeeksFirst: null, targetWeeksAdmission: null }], sharesFirst: [1], sharesAdmission: [1], listSharesFirst: [1], listSharesAdmission: [1], headStartWeeksFirst: [0], headStartWeeksAdmission: [0], chanceWeightFirst: [1], chanceWeightAdmission: [1] },
    rebooking: { afterDna: 'own-place', afterPatientCancellation: 'own-place', afterHospitalCancellation: 'front' },
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
export function inlineStudyBaseline(file: StudyFile, inline: InlineBaseline): SystemBaseline {
  return { kind: 'inline', baseline: inlineToBaseline(inline, file.time.start ?? '') }
}

function studyFrame(file: StudyFile, baseline: StudyBaseline, options: ResolveOptions): StudyFrame {
  const systems = systemsOf(baseline)
  const inline = systems.every(({ kind }) => kind === 'inline')
  const time: StudyTime = {
    start: file.time.start ?? listDate(systems[0]),
    weeks: file.time.weeks,
    stepDays: 7,
    workingDays: file.time.workingDays ?? !inline,
    warmUpWeeks: 0,
    seasonality: { clockStarts: null, capacity: null },
  }
  return {
    time,
    end: addDays(time.start, time.weeks * 7),
    inline,
    groups: groupsIn(systems[0]),
    specialtyCodes: [...new Set(systems.flatMap(specialtyCodesIn))],
    systemCodes: systems.map(codeOf),
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
