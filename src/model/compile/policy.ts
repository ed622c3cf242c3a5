/**
 * Policies in force, step by step. Where several hold at once, the later one's settings that are not neutral win, each
 * setting by itself; none holds in the warm-up.
 */
import type { Policy, RebookPlace, Rebooking, Scenario, Series } from '../../scenario/study.ts'
import { BACK, FRONT, OWN_PLACE, type Attendance, type LongWaitRule } from '../tables.ts'
import { valueInRun, within, type RunCalendar } from './calendar.ts'

/** No waiting time reaches this age in steps. */
const NEVER_THAT_OLD = 0x7fffffff

/** Codes of the places of those rebooked, by step. */
export type RebookPlaces = Pick<Attendance, 'placeAfterDna' | 'placeAfterPatient' | 'placeAfterHospital'>

/** What the policies of a scenario set in a step of the run. Groups are deprivation groups. */
export interface PolicyInForce {
  readonly headStartWeeks: (group: number, step: number) => number
  readonly chanceWeight: (group: number, step: number) => number
  /** In-turn share instead of the assumption's; null leaves it. */
  readonly inTurnShareFirst: (step: number) => number | null
  readonly inTurnShareAdmission: (step: number) => number | null
  readonly reservedShare: (group: number, step: number) => number
  /** Share of NHS slots that nobody gets. */
  readonly closedShare: (step: number) => number
  readonly levelling: (step: number) => Policy<Series>['levelling']
  /** Codes of the places of those rebooked, by step. */
  readonly rebooking: RebookPlaces
  readonly longWait: LongWaitRule | null
}

/**
 * The policies of a scenario.
 * @param rebooking the study's own rules
 */
export function readPolicies(scenario: Scenario<Series>, rebooking: Rebooking, run: RunCalendar): PolicyInForce {
  const latestFirst = scenario.policies.map((policy) => ({ policy, holds: within(policy.from, policy.to, run) })).toReversed()
  const read = (series: Series, step: number): number => valueInRun(series, run, step)
  /** The first setting that is not neutral among the policies in force, the latest policy first. */
  const setting = <T>(step: number, neutral: T, of: (policy: Policy<Series>) => T): T => {
    for (const { policy, holds } of latestFirst) {
      const own = holds(step) ? of(policy) : neutral
      if (own !== neutral) return own
    }
    return neutral
  }
  return {
    headStartWeeks: (group, step) => setting(step, 0, (policy) => read(policy.headStartWeeks[group], step)),
    chanceWeight: (group, step) => setting(step, 1, (policy) => read(policy.chanceWeight[group], step)),
    inTurnShareFirst: (step) => setting(step, null, ({ inTurnShareFirst: share }) => (share === null ? null : read(share, step))),
    inTurnShareAdmission: (step) => setting(step, null, ({ inTurnShareAdmission: share }) => (share === null ? null : read(share, step))),
    reservedShare: (group, step) => setting(step, 0, (policy) => read(policy.reservedShare[group], step)),
    closedShare: () => 0,
    levelling: (step) => setting<Policy<Series>['levelling']>(step, null, ({ levelling }) => levelling),
    rebooking: rebookPlaces((step) => setting<Rebooking | null>(step, null, (policy) => policy.rebooking) ?? rebooking, run),
    longWait: longWaitRule((step) => setting<Policy<Series>['longWait']>(step, null, ({ longWait }) => longWait), run),
  }
}

function longWaitRule(ruleIn: (step: number) => Policy<Series>['longWait'], run: RunCalendar): LongWaitRule | null {
  const fromAge = new Int32Array(run.count).fill(NEVER_THAT_OLD)
  const headStart = new Int32Array(run.count)
  const weight = new Float64Array(run.count).fill(1)
  for (let step = 0; step < run.count; step++) {
    const rule = ruleIn(step)
    if (rule === null) continue
    fromAge[step] = Math.round(valueInRun(rule.fromWeeks, run, step) * run.stepsPerWeek)
    headStart[step] = Math.round(valueInRun(rule.headStartWeeks, run, step) * run.stepsPerWeek)
    weight[step] = valueInRun(rule.chanceWeight, run, step)
  }
  return fromAge.some((age) => age < NEVER_THAT_OLD) ? { fromAge, headStart, weight } : null
}

const PLACE_CODE: Readonly<Record<RebookPlace, number>> = { 'own-place': OWN_PLACE, back: BACK, front: FRONT }

function rebookPlaces(ruleIn: (step: number) => Rebooking, run: RunCalendar): RebookPlaces {
  const rules = Array.from({ length: run.count }, (_, step) => ruleIn(step))
  const places = (key: keyof Rebooking): Uint8Array => Uint8Array.from(rules, (rule) => PLACE_CODE[rule[key]])
  return { placeAfterDna: places('afterDna'), placeAfterPatient: places('afterPatientCancellation'), placeAfterHospital: places('afterHospitalCancellation') }
}
