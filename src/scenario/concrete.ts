/**
 * Study → one draw of it: distributions become numbers, formulas become one number per step. A draw is keyed by
 * the study's seed, the number's key and the draw's number, so that it depends neither on order nor on what else
 * the study holds.
 */
import seedrandom from 'seedrandom'
import { deriveBaseline } from '../baseline/derive.ts'
import { InputError } from '../errors.ts'
import { assumptionEntry, ASSUMPTION_KEYS } from './assumptions.ts'
import { distributionMean, sampleDistribution } from './distributions.ts'
import { formulaSeries, NotFiniteError, stepsOf } from './formula-series.ts'
import { text } from './messages.ts'
import { formatPath } from './positions.ts'
import type { DocumentPath } from './positions.ts'
import { RANGES } from './ranges.ts'
import type {
  Allocation,
  Assumptions,
  ConcreteStudy,
  Distribution,
  NumberSpec,
  Policy,
  Programme,
  Scenario,
  Series,
  Study,
} from './study.ts'

type Range = readonly [number, number]
/** Makes a number of the study concrete. */
type Concretise = (spec: NumberSpec, path: DocumentPath, range: Range) => Series

/**
 * One draw of a study.
 *
 * @param draw 0 to `draws` − 1; 0, with every distribution at its mean, where the study takes no draws
 * @throws InputError where a formula has no finite value in some week of this draw
 */
export function concreteStudy(study: Study, draw: number): ConcreteStudy {
  const valueOf = (spec: Distribution, path: DocumentPath): number =>
    study.draws === 0 ? distributionMean(spec) : drawOf(study.seed, spec, path, draw)
  const parameters = new Map(
    Object.entries(study.parameters).map(([name, spec]): [string, number] => [
      name,
      typeof spec === 'number' ? spec : valueOf(spec, ['parameters', name]),
    ]),
  )
  const concretise: Concretise = (spec, path, range) => {
    if (typeof spec === 'number') return spec
    if ('dist' in spec) return within(range, valueOf(spec, path))
    const series = seriesOf(spec, path, study, parameters)
    return typeof series === 'number' ? within(range, series) : series.map((value) => within(range, value))
  }
  const assumptions = concreteAssumptions(study.assumptions, concretise)
  const { baseline } = study
  return {
    name: study.name,
    seed: study.seed,
    draw,
    time: study.time,
    steps: stepsOf(study.time),
    reference: study.reference,
    baseline: baseline.kind === 'inline' ? baseline.baseline : deriveBaseline(baseline.pack, atStart(assumptions)),
    assumptions,
    scenarios: study.scenarios.map((scenario) => concreteScenario(scenario, concretise)),
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
    const spec: NumberSpec | readonly NumberSpec[] = assumptions[key]
    const { range } = assumptionEntry(key)
    const path = ['assumptions', key]
    const isPerGroup = (value: typeof spec): value is readonly NumberSpec[] => Array.isArray(value)
    return [
      key,
      isPerGroup(spec)
        ? spec.map((each, group) => concretise(each, [...path, group], range))
        : concretise(spec, path, range),
    ]
  })
  return Object.fromEntries(entries) as Assumptions<Series>
}

/** Assumptions in the first step: what a pack's rates are derived from. */
function atStart(assumptions: Assumptions<Series>): Assumptions<number> {
  // Key by key, since a series is itself a list and cannot be told from numbers by group.
  const first = (series: Series): number => (typeof series === 'number' ? series : series[0])
  const perGroup = (values: readonly Series[]): number[] => values.map(first)
  return {
    dnaRate: perGroup(assumptions.dnaRate),
    dischargeAfterDna: perGroup(assumptions.dischargeAfterDna),
    backfillShare: first(assumptions.backfillShare),
    unreportedRemovalShare: first(assumptions.unreportedRemovalShare),
    withdrawalShareOfRemovals: first(assumptions.withdrawalShareOfRemovals),
    privatePerWeek: perGroup(assumptions.privatePerWeek),
    emergencyPerWeek: perGroup(assumptions.emergencyPerWeek),
    deathPerWeek: perGroup(assumptions.deathPerWeek),
    admissionOdds: perGroup(assumptions.admissionOdds),
    referralPropensity: perGroup(assumptions.referralPropensity),
    unmetNeedResolutionPerWeek: first(assumptions.unmetNeedResolutionPerWeek),
    unmetNeedInitialWeeks: first(assumptions.unmetNeedInitialWeeks),
    inTurnShareFirst: first(assumptions.inTurnShareFirst),
    inTurnShareAdmission: first(assumptions.inTurnShareAdmission),
    independentSectorShareFirst: first(assumptions.independentSectorShareFirst),
    independentSectorShareAdmission: first(assumptions.independentSectorShareAdmission),
    independentSectorAccess: perGroup(assumptions.independentSectorAccess),
  }
}

function concreteScenario(scenario: Scenario, concretise: Concretise): Scenario<Series> {
  const path: DocumentPath = ['scenarios', scenario.id]
  return {
    id: scenario.id,
    title: scenario.title,
    description: scenario.description,
    invest: scenario.invest.map((programme, index) => concreteProgramme(programme, [...path, 'invest', index], concretise)),
    policy: concretePolicy(scenario.policy, [...path, 'policy'], concretise),
    shocks: scenario.shocks.map((shock, index) => ({
      ...shock,
      capacityLoss: concretise(shock.capacityLoss, [...path, 'shocks', index, 'capacityLoss'], RANGES.capacityLoss),
    })),
  }
}

function concreteProgramme(programme: Programme, path: DocumentPath, concretise: Concretise): Programme<Series> {
  const { budget, lever } = programme
  const parameters = Object.entries(programme.parameters).map(([name, spec]): [string, Series] => [
    name,
    concretise(spec, [...path, 'parameters', name], assumptionEntry(`lever.${lever}.${name}`).range),
  ])
  return {
    ...programme,
    budget: { ...budget, perYear: concretise(budget.perYear, [...path, 'budget', 'perYear'], RANGES.perYear) },
    allocate: concreteAllocation(programme.allocate, [...path, 'allocate'], concretise),
    parameters: Object.fromEntries(parameters),
  }
}

function concreteAllocation(allocate: Allocation, path: DocumentPath, concretise: Concretise): Allocation<Series> {
  return allocate.rule === 'proportionate'
    ? { rule: 'proportionate', theta: concretise(allocate.theta, [...path, 'theta'], RANGES.theta) }
    : allocate
}

function concretePolicy(policy: Policy, path: DocumentPath, concretise: Concretise): Policy<Series> {
  const inTurn = (spec: NumberSpec | null, stage: string): Series | null =>
    spec === null ? null : concretise(spec, [...path, 'inTurnShare', stage], RANGES.inTurnShare)
  return {
    ...policy,
    headStartWeeks: policy.headStartWeeks.map((spec, group) =>
      concretise(spec, [...path, 'headStartWeeks', group], RANGES.headStartWeeks),
    ),
    inTurnShareFirst: inTurn(policy.inTurnShareFirst, 'firstAppointment'),
    inTurnShareAdmission: inTurn(policy.inTurnShareAdmission, 'admission'),
  }
}
