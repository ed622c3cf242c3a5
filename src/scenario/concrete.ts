/**
 * Study → one draw of it: distributions become numbers, formulas become one number per step. A draw is keyed by
 * the study's seed, the number's key and the draw's number, so that it depends neither on order nor on what else
 * the study holds; by a design (`drawMethod`, `correlations`), on the design too.
 */
import seedrandom from 'seedrandom'
import { deriveBaseline } from '../baseline/derive.ts'
import type { Baseline, BaselinePack } from '../baseline/types.ts'
import { InputError } from '../errors.ts'
import { assumptionEntry, ASSUMPTION_KEYS, isPerGroup } from './assumptions.ts'
import { systemsOf } from './baselines.ts'
import { concretePrices } from './concrete-money.ts'
import { concreteAdjustment, concreteList, concreteScenario } from './concrete-scenario.ts'
import type { Concretise } from './concrete-scenario.ts'
import { distributionMean, sampleDistribution } from './distributions.ts'
import { designedDraws } from './draws/study-draws.ts'
import { formulaSeries, NotFiniteError, stepsOf } from './formula-series.ts'
import { text } from './messages.ts'
import { formatPath } from './positions.ts'
import type { DocumentPath } from './positions.ts'
import { PRIORITY_RANGES } from './registry/priority.ts'
import type { PriorityStage } from './registry/priority.ts'
import type { Assumptions, ConcreteStudy, Distribution, NumberSpec, Priority, Series, Study } from './study.ts'

type Range = readonly [number, number]

/**
 * One draw of a study.
 *
 * @param draw 0 to `draws` − 1; 0, with every distribution at its mean, where the study takes no draws
 * @throws InputError where a formula has no finite value in some week of this draw
 */
export function concreteStudy(study: Study, draw: number): ConcreteStudy {
  const concretise = concretiser(study, draw)
  const assumptions = concreteAssumptions(study.assumptions, concretise)
  const atStart = assumptionsAtStart(assumptions)
  const baselines = systemsOf(study.baseline).map((system) =>
    system.kind === 'inline' ? system.baseline : derived(system.pack, atStart),
  )
  return {
    name: study.name,
    seed: study.seed,
    draw,
    time: study.time,
    steps: stepsOf(study.time),
    reference: study.reference,
    sample: study.sample,
    baselines,
    assumptions,
    adjustments: study.adjustments.map((adjustment, index) => concreteAdjustment(adjustment, ['adjust', index], concretise)),
    dimensions: study.dimensions,
    ...(study.joint !== undefined && { joint: study.joint }),
    priority: concretePriority(study.priority, concretise),
    rebooking: study.rebooking,
    prices: concretePrices(study.prices, concretise),
    scenarios: study.scenarios.map((scenario) => concreteScenario(scenario, concretise)),
    counted: study.counted,
  }
}

/** What each pack was last derived to: from one draw or scenario to the next, the assumptions that it takes seldom change. */
const lastDerived = new WeakMap<BaselinePack, { readonly assumptions: string; readonly baseline: Baseline }>()

/** {@link deriveBaseline}, worked out again only where the pack or the assumptions are others. */
function derived(pack: BaselinePack, assumptions: Assumptions<number>): Baseline {
  const key = JSON.stringify(assumptions)
  const known = lastDerived.get(pack)
  if (known?.assumptions === key) return known.baseline
  const baseline = deriveBaseline(pack, assumptions)
  lastDerived.set(pack, { assumptions: key, baseline })
  return baseline
}

function concretiser(study: Study, draw: number): Concretise {
  const designed = designedDraws(study)
  const valueOf = (spec: Distribution, path: DocumentPath): number =>
    study.draws === 0
      ? distributionMean(spec)
      : (designed.get(spec.key ?? formatPath(path))?.[draw] ?? drawOf(study.seed, spec, path, draw))
  const parameters = new Map(
    Object.entries(study.parameters).map(([name, spec]): [string, number] => [
      name,
      typeof spec === 'number' ? spec : valueOf(spec, ['parameters', name]),
    ]),
  )
  return (spec, path, range) => {
    if (typeof spec === 'number') return spec
    if ('dist' in spec) return within(range, valueOf(spec, path))
    const series = seriesOf(spec, path, study, parameters)
    return typeof series === 'number' ? within(range, series) : series.map((value) => within(range, value))
  }
}

const within = ([min, max]: Range, value: number): number => Math.min(max, Math.max(min, value))

/** The draw of one distribution. Two numbers with the same key get the same draw. */
function drawOf(seed: string, spec: Distribution, path: DocumentPath, draw: number): number {
  const key = spec.key ?? formatPath(path)
  const generator = seedrandom(JSON.stringify(['fairwait', 'draw', seed, key, draw]))
  return sampleDistribution(spec, () => generator())
}

function seriesOf(
  spec: Exclude<NumberSpec, number | Distribution>,
  path: DocumentPath,
  study: Study,
  parameters: ReadonlyMap<string, number>,
): Series {
  try {
    return formulaSeries(spec, study.time, parameters)
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error
    throw new InputError({ path: formatPath(path), message: text.notFinite(error.week) })
  }
}

function concreteAssumptions(assumptions: Assumptions, concretise: Concretise): Assumptions<Series> {
  const entries = ASSUMPTION_KEYS.map((key) => {
    const { range } = assumptionEntry(key)
    const path = ['assumptions', key]
    return [
      key,
      isPerGroup(key) ? concreteList(assumptions[key], path, range, concretise) : concretise(assumptions[key], path, range),
    ]
  })
  return Object.fromEntries(entries) as Assumptions<Series>
}

/** Assumptions in the first step: what a pack's rates are derived from. */
function assumptionsAtStart(assumptions: Assumptions<Series>): Assumptions<number> {
  // By key, since a series is itself a list and cannot be told from numbers by group.
  const first = (series: Series): number => (typeof series === 'number' ? series : series[0])
  const entries = ASSUMPTION_KEYS.map((key) => [key, isPerGroup(key) ? assumptions[key].map(first) : first(assumptions[key])])
  return Object.fromEntries(entries) as Assumptions<number>
}

function concretePriority(priority: Priority, concretise: Concretise): Priority<Series> {
  const list = (specs: readonly NumberSpec[], stage: PriorityStage, what: keyof typeof PRIORITY_RANGES): Series[] =>
    concreteList(specs, ['priority', stage, what], PRIORITY_RANGES[what], concretise)
  return {
    levels: priority.levels,
    sharesFirst: wholeShares(list(priority.sharesFirst, 'firstAppointment', 'shares')),
    sharesAdmission: wholeShares(list(priority.sharesAdmission, 'admission', 'shares')),
    listSharesFirst: wholeShares(list(priority.listSharesFirst, 'firstAppointment', 'listShares')),
    listSharesAdmission: wholeShares(list(priority.listSharesAdmission, 'admission', 'listShares')),
    headStartWeeksFirst: list(priority.headStartWeeksFirst, 'firstAppointment', 'headStartWeeks'),
    headStartWeeksAdmission: list(priority.headStartWeeksAdmission, 'admission', 'headStartWeeks'),
    chanceWeightFirst: list(priority.chanceWeightFirst, 'firstAppointment', 'chanceWeight'),
    chanceWeightAdmission: list(priority.chanceWeightAdmission, 'admission', 'chanceWeight'),
  }
}

/** Shares drawn apart need not sum to 1: they keep their ratios, and sum to 1 again. Shares do not change with time. */
function wholeShares(shares: readonly Series[]): Series[] {
  const numbers = shares.map((share) => (typeof share === 'number' ? share : share[0]))
  const sum = numbers.reduce((a, b) => a + b, 0)
  return sum > 0 ? numbers.map((share) => share / sum) : numbers.map(() => 1 / numbers.length)
}
