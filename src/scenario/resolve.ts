/**
 * Checked study file + baseline → {@link Study}: every default filled in, every name looked up.
 */
import { addDays } from '../baseline/calendar.ts'
import { InputError } from '../errors.ts'
import { ASSUMPTION_KEYS } from './assumptions.ts'
import { codeOf, groupsIn, listDate, regionOf, reportSystems, specialtyCodesIn, studyBaseline, systemsOf } from './baselines.ts'
import { countsSpokenOf } from './counts.ts'
import { distributionMean } from './distributions.ts'
import { reportLimits } from './limits.ts'
import { labelled, NumberReader } from './number-reader.ts'
import { inFileOrder, type Positions } from './positions.ts'
import { resolveAdjustments } from './resolve-adjust.ts'
import { resolveAssumptions } from './resolve-assumptions.ts'
import { resolvePrices } from './resolve-budget.ts'
import { resolveHealth } from './resolve-health.ts'
import { reportDraws } from './resolve-draws.ts'
import { deprivationShares, resolveDimensions, resolveJoint } from './resolve-groups.ts'
import { resolvePriority } from './resolve-people.ts'
import { resolveRebooking } from './resolve-policy.ts'
import { resolveScenario } from './resolve-scenario.ts'
import { resolveTargets } from './resolve-targets.ts'
import type { StudyFile } from './schema.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Distribution, Study, StudyBaseline, StudyTime, SystemBaseline } from './study.ts'

export { concreteStudy } from './concrete.ts'

/** Random runs of each scenario where a file does not say. */
const DEFAULT_REPLICATIONS = 10

/** People waiting below which a group of a further dimension is left out of results where a file does not say. */
const DEFAULT_SMALL_NUMBERS = 10

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
  const time = resolveTime(file, baseline)
  const parameters = resolveParameters(file)
  const means = Object.entries(parameters).map(([name, spec]): [string, number] => [name, meanOf(spec)])
  const reader = new NumberReader(time, positions, new Map(means))
  reportSystems(baseline, time.start, reader)
  const priority = resolvePriority(file.priority, reader)
  const systems = systemsOf(baseline)
  const shares = deprivationShares(systems)
  const dimensions = resolveDimensions(file.dimensions ?? [], shares, priority.levels.length, reader)
  const joint = resolveJoint(file.jointCounts, dimensions, shares, reader)
  const frame = studyFrame(systems, time, { levels: priority.levels, dimensions }, options)
  const rebooking = resolveRebooking(file.rebooking)
  const scenarios = Object.entries(file.scenarios).map(([id, scenario]) =>
    resolveScenario(id, scenario, rebooking, frame, reader),
  )
  const { assumptions, varying } = resolveAssumptions(file, frame, reader)
  const uncounted: Omit<Study, 'counted'> = {
    schemaVersion: 1,
    name: file.name,
    title: file.title ?? file.name,
    description: file.description ?? '',
    baseline,
    time,
    seed: String(file.seed ?? file.name),
    replications: file.replications ?? DEFAULT_REPLICATIONS,
    draws: file.draws ?? 0,
    drawMethod: file.drawMethod ?? 'independent',
    correlations: file.correlations ?? [],
    sample: file.sample ?? 1,
    reference: file.reference ?? scenarios[0].id,
    parameters,
    assumptions,
    assumptionsSet: ASSUMPTION_KEYS.filter((key) => file.assumptions?.[key] !== undefined),
    adjustments: [...varying, ...resolveAdjustments(file.adjust ?? [], ['adjust'], frame, reader)],
    dimensions,
    ...(joint !== null && { joint }),
    priority,
    rebooking,
    prices: resolvePrices(file.prices, frame, reader),
    health: resolveHealth(file.health, frame, reader),
    smallNumbers: file.smallNumbers ?? DEFAULT_SMALL_NUMBERS,
    scenarios,
    targets: resolveTargets(file, frame, reader),
  }
  const study: Study = { ...uncounted, counted: countsSpokenOf(uncounted) }
  reportLimits(study, reader)
  reportDraws(study, file, reader)
  if (reader.problems.length > 0) throw new InputError(inFileOrder(reader.problems))
  return study
}

/**
 * The baseline of a study file that needs no packs.
 *
 * @param file a checked file, which says when it starts
 * @param inline its baseline, written out
 */
export function inlineStudyBaseline(file: StudyFile, inline: Exclude<StudyFile['baseline'], string>): StudyBaseline {
  return studyBaseline({ ...file, baseline: inline }, new Map())
}

function resolveTime(file: StudyFile, baseline: StudyBaseline): StudyTime {
  const systems = systemsOf(baseline)
  const { clockStarts, capacity } = file.seasonality ?? {}
  return {
    start: file.time.start ?? listDate(systems.find(({ kind }) => kind === 'pack') ?? systems[0]),
    weeks: file.time.weeks,
    stepDays: file.time.stepDays ?? 7,
    workingDays: file.time.workingDays ?? systems.some(({ kind }) => kind === 'pack'),
    warmUpWeeks: file.time.warmUpWeeks ?? 0,
    seasonality: { clockStarts: meanOfOne(clockStarts), capacity: meanOfOne(capacity) },
  }
}

/** Numbers by month, brought to a mean of 1; null for none. */
function meanOfOne(months: readonly number[] | undefined): number[] | null {
  if (months === undefined) return null
  const mean = months.reduce((a, b) => a + b, 0) / months.length
  return months.map((month) => month / mean)
}

function studyFrame(
  systems: readonly SystemBaseline[],
  time: StudyTime,
  people: Pick<StudyFrame, 'levels' | 'dimensions'>,
  options: ResolveOptions,
): StudyFrame {
  return {
    time,
    end: addDays(time.start, time.weeks * 7),
    inline: systems.every(({ kind }) => kind === 'inline'),
    groups: groupsIn(systems[0]),
    systems: systems.map((system) => ({ code: codeOf(system), region: regionOf(system), specialtyCodes: specialtyCodesIn(system) })),
    specialtyCodes: [...new Set(systems.flatMap(specialtyCodesIn))],
    systemCodes: systems.map(codeOf),
    ...people,
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
