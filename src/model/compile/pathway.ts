/** What lies between an attended first appointment and its outcome, and what the outcome is. */
import type { DraftService } from '../../investment/draft.ts'
import type { Pathway } from '../tables.ts'
import { at, withOdds, type GroupKey } from './adjustments.ts'
import { valueInRun } from './calendar.ts'
import { unlessAll, type ServiceContext } from './context.ts'
import type { ServiceDraft } from './drafts.ts'

/** Compiles further appointments, tests, the least time of a pathway and follow-ups. */
export function compilePathway({ context, draft }: ServiceDraft): Pathway {
  const { values, strata, run } = context
  const shares = (key: GroupKey): Float64Array | null => unlessAll(Float64Array.from(strata.own, (_, own) => values.fixedOfStratum(key, own)), 0)
  const steps = (weeks: number): number => Math.round(weeks * run.stepsPerWeek)
  const testWeeks = values.ofService('testWeeks')
  return {
    furtherShare: shares('furtherAppointmentShare'),
    furtherSteps: Math.max(1, steps(values.fixedOfService('furtherAppointmentWeeks'))),
    testShare: shares('testShare'),
    testSteps: Int32Array.from({ length: run.count }, (_, step) => steps(at(testWeeks, step) * testFactor(draft, step - run.warmUp))),
    minimumSteps: steps(values.fixedOfService('minimumPathwayWeeks')),
    followUps: values.fixedOfService('followUpsPerAppointment'),
    followUpSteps: Math.max(1, steps(values.fixedOfService('followUpWeeks'))),
  }
}

/** Tests take one time for all: what is left of it, in the mean over first appointments of the groups; 1 in the warm-up. */
function testFactor({ testFactor: factor, appointmentsOffered, groups }: DraftService, step: number): number {
  if (step < 0) return 1
  const own = factor.subarray(step * groups, (step + 1) * groups)
  if (own.every((value) => value === 1)) return 1
  const offered = appointmentsOffered.subarray(step * groups, (step + 1) * groups)
  const all = offered.reduce((sum, appointments) => sum + appointments, 0)
  return own.reduce((sum, value, group) => sum + value * (all > 0 ? offered[group] / all : 1 / groups), 0)
}

/**
 * A share that the baseline gives by deprivation group, with the odds that adjustments of `admissionOdds` give a stratum
 * against its group's own.
 */
export function convertedShare({ values, strata, study, run }: ServiceContext, ofGroup: readonly number[]): Float64Array {
  return Float64Array.from(strata.own, ({ group }, own) => {
    const base = valueInRun(study.assumptions.admissionOdds[group], run, run.warmUp)
    return withOdds(ofGroup[group], values.fixedOfStratum('admissionOdds', own) / base)
  })
}

/** Cumulative probability of each level at the decision to admit, index stratum × levels + level; null where there is one level. */
export function levelAtDecision({ strata, study, run }: ServiceContext): Float64Array | null {
  const { levels } = strata
  if (levels === 1) return null
  const shares = study.priority.sharesAdmission.map((share) => valueInRun(share, run, run.warmUp))
  const cumulative = shares.map((_, level) => (level === levels - 1 ? 1 : shares.slice(0, level + 1).reduce((sum, share) => sum + share, 0)))
  return Float64Array.from({ length: strata.own.length * levels }, (_, index) => cumulative[index % levels])
}
