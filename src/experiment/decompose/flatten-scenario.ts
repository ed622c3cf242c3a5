/** A scenario without what it does differently for deprivation groups. */
import type { MutualAid, NumberSpec, Policy, Programme, Scenario, Series, Shock } from '../../scenario/study.ts'
import { flattenAdjustments, type AdjustmentGround } from './flatten-adjustments.ts'
import type { MechanismId, WeightKind } from './mechanisms.ts'
import { flattened } from './number-mean.ts'

/** @param drawn the same scenario in one draw */
export function flattenScenario(scenario: Scenario, drawn: Scenario<Series>, ground: AdjustmentGround): Scenario {
  const mean = meanOver(ground)
  return {
    ...scenario,
    invest: scenario.invest.map((programme) => flattenProgramme(programme, ground.flat)),
    policies: scenario.policies.map((policy, index) => flattenPolicy(policy, drawn.policies[index], ground.flat, mean)),
    shocks: scenario.shocks.map((shock, index) => flattenShock(shock, drawn.shocks[index], ground.flat, mean)),
    mutualAid: scenario.mutualAid.map((aid, index) => flattenAid(aid, drawn.mutualAid[index], ground.flat, mean)),
    adjustments: flattenAdjustments(scenario.adjustments, drawn.adjustments, ground),
  }
}

type Mean = (specs: readonly NumberSpec[], drawn: readonly Series[], weight: WeightKind) => readonly NumberSpec[]

function meanOver({ weights }: AdjustmentGround): Mean {
  return (specs, drawn, weight) =>
    flattened(
      specs.map((spec, group) => ({ spec, value: drawn[group] })),
      weights[weight],
    )
}

/** Money that is the same per head, whatever the rule was. */
function flattenProgramme(programme: Programme, flat: ReadonlySet<MechanismId>): Programme {
  return flat.has('order-policy') ? { ...programme, allocate: { rule: 'universal' } } : programme
}

/** Head starts and chances at their mean; slots kept for groups are open to all, so that none is lost. */
function flattenPolicy(policy: Policy, drawn: Policy<Series>, flat: ReadonlySet<MechanismId>, mean: Mean): Policy {
  if (!flat.has('order-policy')) return policy
  return {
    ...policy,
    headStartWeeks: mean(policy.headStartWeeks, drawn.headStartWeeks, 'waiting'),
    chanceWeight: mean(policy.chanceWeight, drawn.chanceWeight, 'waiting'),
    reservedShare: policy.reservedShare.map(() => 0),
    levelling: null,
  }
}

function flattenShock(shock: Shock, drawn: Shock<Series>, flat: ReadonlySet<MechanismId>, mean: Mean): Shock {
  return {
    ...shock,
    ...(flat.has('referral') && {
      referralLoss: mean(shock.referralLoss, drawn.referralLoss, 'clock-starts'),
      referralReturn: mean(shock.referralReturn, drawn.referralReturn, 'clock-starts'),
    }),
    ...(flat.has('attendance') && { dnaOdds: mean(shock.dnaOdds, drawn.dnaOdds, 'clock-starts') }),
    ...(flat.has('exits') && {
      emergencyFactor: mean(shock.emergencyFactor, drawn.emergencyFactor, 'waiting'),
      deathFactor: mean(shock.deathFactor, drawn.deathFactor, 'waiting'),
    }),
    ...(flat.has('order-policy') && { chanceWeight: mean(shock.chanceWeight, drawn.chanceWeight, 'waiting') }),
  }
}

function flattenAid(aid: MutualAid, drawn: MutualAid<Series>, flat: ReadonlySet<MechanismId>, mean: Mean): MutualAid {
  return flat.has('independent-sector') ? { ...aid, uptake: mean(aid.uptake, drawn.uptake, 'clock-starts') } : aid
}
