/**
 * Need and how it reaches the list, in each step and for each group:
 *
 *     need referred = baseline × calendar × need factor × what prevention leaves
 *       less what shocks keep away, plus what of that returns                        = referrals
 *       less what advice and guidance answers, plus those who are referred again      = clock starts
 *     unmet need arising = need not referred + referrals lost for good in shocks
 *
 * Somebody whom a shock keeps away and who will return is counted nowhere in between. People diverted before the run
 * began are not known, so nobody of them returns.
 */
import { CarriedRounding } from '../../baseline/whole-people.ts'
import { exp } from '../elementary.ts'
import type { ServiceTables, UnmetNeedTables } from '../tables.ts'
import { at } from './adjustments.ts'
import { valueInRun } from './calendar.ts'
import { byCell, byStep, unlessAll, type ServiceContext } from './context.ts'
import { factorInRun, type ServiceDraft } from './drafts.ts'
import { byMoneyCell } from './money-cells.ts'
import { afterLosses, type Shocks } from './shocks.ts'

/** The part of the tables that says who joins. */
export type NeedTables = Pick<ServiceTables, 'clockStarts' | 'directStarts' | 'clockStartsSpread' | 'diverted' | 'unmetNeed'>

/** Compiles need; `directShare` by own stratum. */
export function compileNeed({ context, draft, unmetNeed }: ServiceDraft, shocks: Shocks, directShare: Float64Array): NeedTables {
  const { run, strata, study, specialty, values, clockStartsShare } = context
  const { sample } = study
  const width = strata.own.length
  const cells = (): Float64Array => new Float64Array(run.count * width)
  const [clockStarts, directStarts, diverted, arising] = [cells(), cells(), cells(), cells()]
  strata.own.forEach(({ group, level }, own) => {
    const needFactor = values.ofStratum('needFactor', own)
    const need = byStep(run, (step) => specialty.clockStartsPerWeek[group] * run.clockStartsShare[step] * clockStartsShare[own] * at(needFactor, step) * factorInRun(draft.needFactor, context, own, step) * sample)
    const { kept: referrals, gone } = afterLosses(need, shocks.referrals[group])
    const answered = divert(referrals, own, context, draft.divertedShare)
    const propensity = values.ofStratum('referralPropensity', own)
    for (let step = 0; step < run.count; step++) {
      const cell = step * width + own
      const joining = answered.remaining[step]
      const shareFirst = valueInRun(study.priority.sharesFirst[level], run, step)
      clockStarts[cell] = joining * (1 - directShare[own]) * shareFirst
      directStarts[cell] = joining * directShare[own] * valueInRun(study.priority.sharesAdmission[level], run, step)
      diverted[cell] = answered.diverted[step] * shareFirst
      if (level !== context.unmetLevel) continue
      const referred = at(propensity, step)
      arising[cell] = (need[step] * (1 - referred)) / referred + (gone === null ? 0 : gone[step])
    }
  })
  return {
    clockStarts,
    directStarts: unlessAll(directStarts, 0),
    clockStartsSpread: values.fixedOfService('clockStartsSpread'),
    diverted: unlessAll(diverted, 0),
    unmetNeed: { arising, ...unmetPool(context, unmetNeed, draft.additionalStarts) },
  }
}

/**
 * Referrals answered by advice and guidance, and those that remain with those who come back. Money answers its share of
 * what the assumption leaves.
 */
function divert(referrals: Float64Array, own: number, { values, run, money }: ServiceContext, bought: Float64Array): { diverted: Float64Array; remaining: Float64Array } {
  const share = values.ofStratum('diversionShare', own)
  const returning = values.ofStratum('diversionReturnShare', own)
  const lag = Math.max(1, Math.round(values.fixedOfService('diversionReturnWeeks') * run.stepsPerWeek))
  const boughtIn = (step: number): number => (step < run.warmUp ? 0 : bought[(step - run.warmUp) * money.count + money.ofStratum[own]])
  const diverted = referrals.map((people, step) => people * (at(share, step) + (1 - at(share, step)) * boughtIn(step)))
  const back = (step: number): number => (step < lag ? 0 : diverted[step - lag] * at(returning, step - lag))
  return { diverted, remaining: referrals.map((people, step) => people - diverted[step] + back(step)) }
}

/** The pool at the start, what outreach finds of it, and how it empties. */
function unmetPool(context: ServiceContext, unmetNeed: Float64Array, additionalStarts: Float64Array): Omit<UnmetNeedTables, 'arising'> {
  const { run, values, study, unmetLevel, strata } = context
  const perStep = (perWeek: number): number => 1 - exp(-perWeek / run.stepsPerWeek)
  const hazard = (key: 'latePresentationPerWeek' | 'unmetNeedEmergencyPerWeek'): Float64Array | null => {
    const curves = strata.own.map(({ level }, own) => (level === unmetLevel ? values.ofStratum(key, own) : 0))
    return unlessAll(byCell(context, (step, own) => perStep(at(curves[own], step))), 0)
  }
  return {
    initial: wholeUnmetNeed(context, unmetNeed),
    found: additionalStarts.some((people) => people > 0) ? found(context, unmetNeed, additionalStarts, study.sample) : null,
    late: hazard('latePresentationPerWeek'),
    emergency: hazard('unmetNeedEmergencyPerWeek'),
    lost: perStep(values.fixedOfService('unmetNeedResolutionPerWeek')),
  }
}

/** Whole people by own stratum; a group's strata add up to the group's own rounding. */
function wholeUnmetNeed({ strata, study }: ServiceContext, unmetNeed: Float64Array): Int32Array {
  const whole = new Int32Array(strata.own.length)
  for (let group = 0; group < strata.groups; group++) {
    const members = [...strata.own.keys()].filter((own) => strata.own[own].group === group)
    const amounts = members.map((own) => unmetNeed[own] * study.sample)
    const total = Math.round(amounts.reduce((sum, people) => sum + people, 0))
    new CarriedRounding(members.length).next(amounts, total).forEach((people, index) => (whole[members[index]] = people))
  }
  return whole
}

/** What outreach finds of those whom money tells apart is shared among their strata as their unmet need at the start is. */
function found(context: ServiceContext, unmetNeed: Float64Array, additionalStarts: Float64Array, sample: number): Float64Array {
  const { strata, run, money } = context
  const ofCell = byMoneyCell(money, unmetNeed)
  const share = strata.own.map((_, own) => (ofCell[money.ofStratum[own]] > 0 ? unmetNeed[own] / ofCell[money.ofStratum[own]] : 0))
  return byCell(context, (step, own) =>
    step < run.warmUp ? 0 : additionalStarts[(step - run.warmUp) * money.count + money.ofStratum[own]] * share[own] * sample,
  )
}
