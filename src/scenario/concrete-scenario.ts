/** One scenario of a study → one draw of it: every number a number, or one number per step. */
import { assumptionEntry } from './assumptions.ts'
import { adjustmentRange } from './adjustment-range.ts'
import { concreteAcross, concreteAllocation, concreteBudget, concreteEnvelope } from './concrete-money.ts'
import type { DocumentPath } from './positions.ts'
import { LOSS_OR_GAIN, RANGES } from './ranges.ts'
import type {
  Adjustment,
  MutualAid,
  NumberSpec,
  Policy,
  Programme,
  Scenario,
  Series,
  Shock,
} from './study.ts'

/** Makes a number of the study concrete, inside its range; `path` keys its draw where nothing else does. */
export type Concretise = (spec: NumberSpec, path: DocumentPath, range: readonly [number, number]) => Series

/** The scenario as this draw has it. */
export function concreteScenario(scenario: Scenario, concretise: Concretise): Scenario<Series> {
  const path: DocumentPath = ['scenarios', scenario.id]
  const each = <In, Out>(list: readonly In[], key: string, make: (item: In, path: DocumentPath, concretise: Concretise) => Out) =>
    list.map((item, index) => make(item, [...path, key, index], concretise))
  return {
    id: scenario.id,
    title: scenario.title,
    description: scenario.description,
    invest: each(scenario.invest, 'invest', concreteProgramme),
    envelope: concreteEnvelope(scenario.envelope, [...path, 'envelope'], concretise),
    policies: each(scenario.policies, 'policy', concretePolicy),
    shocks: each(scenario.shocks, 'shocks', concreteShock),
    adjustments: each(scenario.adjustments, 'adjust', concreteAdjustment),
    mutualAid: each(scenario.mutualAid, 'mutualAid', concreteAid),
  }
}

/** A change of an assumption as this draw has it. */
export function concreteAdjustment(adjustment: Adjustment, path: DocumentPath, concretise: Concretise): Adjustment<Series> {
  const { assumption, change, value } = adjustment
  return { ...adjustment, value: concretise(value, [...path, change], adjustmentRange(assumption, change)) }
}

/** The same for numbers by group or level. */
export function concreteList(
  specs: readonly NumberSpec[],
  path: DocumentPath,
  range: readonly [number, number],
  concretise: Concretise,
): Series[] {
  return specs.map((spec, index) => concretise(spec, [...path, index], range))
}

function concreteProgramme(programme: Programme, path: DocumentPath, concretise: Concretise): Programme<Series> {
  const { budget, lever } = programme
  const parameters = Object.entries(programme.parameters).map(([name, spec]): [string, Series] => [
    name,
    concretise(spec, [...path, 'parameters', name], assumptionEntry(`lever.${lever}.${name}`).range),
  ])
  return {
    ...programme,
    budget: concreteBudget(budget, [...path, 'budget'], concretise),
    allocate: concreteAllocation(programme.allocate, [...path, 'allocate'], concretise),
    across: concreteAcross(programme.across, [...path, 'across'], concretise),
    parameters: Object.fromEntries(parameters),
  }
}

function concretePolicy(policy: Policy, path: DocumentPath, concretise: Concretise): Policy<Series> {
  const inTurn = (spec: NumberSpec | null, stage: string): Series | null =>
    spec === null ? null : concretise(spec, [...path, 'inTurnShare', stage], RANGES.inTurnShare)
  const { longWait } = policy
  const longPath = [...path, 'longWait']
  return {
    ...policy,
    headStartWeeks: concreteList(policy.headStartWeeks, [...path, 'headStartWeeks'], RANGES.headStartWeeks, concretise),
    chanceWeight: concreteList(policy.chanceWeight, [...path, 'chanceWeight'], RANGES.chanceWeight, concretise),
    inTurnShareFirst: inTurn(policy.inTurnShareFirst, 'firstAppointment'),
    inTurnShareAdmission: inTurn(policy.inTurnShareAdmission, 'admission'),
    longWait: longWait === null ? null : {
      fromWeeks: concretise(longWait.fromWeeks, [...longPath, 'fromWeeks'], RANGES.longWaitFromWeeks),
      headStartWeeks: concretise(longWait.headStartWeeks, [...longPath, 'headStartWeeks'], RANGES.headStartWeeks),
      chanceWeight: concretise(longWait.chanceWeight, [...longPath, 'chanceWeight'], RANGES.chanceWeight),
    },
    reservedShare: concreteList(policy.reservedShare, [...path, 'reservedShare'], RANGES.reservedShare, concretise),
  }
}

function concreteShock(shock: Shock, path: DocumentPath, concretise: Concretise): Shock<Series> {
  const list = (key: keyof Shock, specs: readonly NumberSpec[], range: readonly [number, number]): Series[] =>
    concreteList(specs, [...path, key], range, concretise)
  return {
    ...shock,
    capacityLoss: concretise(shock.capacityLoss, [...path, 'capacityLoss'], LOSS_OR_GAIN),
    recovered: concretise(shock.recovered, [...path, 'recovered'], RANGES.share),
    referralLoss: list('referralLoss', shock.referralLoss, RANGES.share),
    referralReturn: list('referralReturn', shock.referralReturn, RANGES.share),
    dnaOdds: list('dnaOdds', shock.dnaOdds, RANGES.factor),
    emergencyFactor: list('emergencyFactor', shock.emergencyFactor, RANGES.factor),
    deathFactor: list('deathFactor', shock.deathFactor, RANGES.factor),
    chanceWeight: list('chanceWeight', shock.chanceWeight, RANGES.chanceWeight),
  }
}

function concreteAid(aid: MutualAid, path: DocumentPath, concretise: Concretise): MutualAid<Series> {
  const slots = (spec: NumberSpec, key: string): Series => concretise(spec, [...path, key], RANGES.aidSlotsPerWeek)
  return {
    ...aid,
    firstSlotsPerWeek: slots(aid.firstSlotsPerWeek, 'firstSlotsPerWeek'),
    admissionSlotsPerWeek: slots(aid.admissionSlotsPerWeek, 'admissionSlotsPerWeek'),
    uptake: concreteList(aid.uptake, [...path, 'uptake'], RANGES.uptake, concretise),
  }
}
