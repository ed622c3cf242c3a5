/** What is allowed in a study and seldom meant: told, not refused. */
import { addDays, daysBetween } from '../baseline/calendar.ts'
import { FIT_KEYS } from './assumptions.ts'
import { codeOf, systemsOf } from './baselines.ts'
import { text } from './messages.ts'
import type { Adjustment, Programme, Scenario, Study } from './study.ts'

/** Something to look at, and where. */
export interface Notice {
  /** Place in the study file. */
  readonly path: string
  readonly message: string
}

const DAYS_A_YEAR = 365.25
/** Days by which money may end before the study without a word: years are not whole numbers of weeks. */
const SLACK_DAYS = 28

/** Notices of a sound study, in the order of its scenarios. */
export function studyNotices({ scenarios, time, assumptionsSet, baseline }: Pick<Study, 'scenarios' | 'time' | 'assumptionsSet' | 'baseline'>): Notice[] {
  const end = addDays(time.start, time.weeks * 7)
  return [...fitsWithoutUse(assumptionsSet, baseline), ...scenarios.flatMap((scenario) => [...referralsAlone(scenario), ...unfundedRunning(scenario, end)])]
}

/** Assumptions about a pack's fit where a pack does not hold what they speak of. */
function fitsWithoutUse(assumptionsSet: readonly string[], baseline: Study['baseline']): Notice[] {
  return FIT_KEYS.filter((key) => assumptionsSet.includes(key)).flatMap((key): Notice[] => {
    const holds = key === 'fittedDrift' ? 'drift' : 'spread'
    const without = systemsOf(baseline).filter((system) => system.kind === 'inline' || system.pack.specialties.every(({ fitted }) => fitted?.[holds] === undefined))
    return without.length === 0 ? [] : [{ path: `assumptions.${key}`, message: text.nothingFitted(holds, without.map(codeOf)) }]
  })
}

/**
 * A scenario that changes `referralPropensity` refers nobody more or fewer by it: clock starts are data, and need is what
 * they and the propensity say. Where the same people's `needFactor` changes too, it is meant.
 */
function referralsAlone({ id, adjustments }: Scenario): Notice[] {
  return adjustments.flatMap((adjustment, index): Notice[] =>
    adjustment.assumption === 'referralPropensity' && !adjustments.some((other) => other.assumption === 'needFactor' && isOfSamePeople(other, adjustment))
      ? [{ path: `scenarios.${id}.adjust[${index}]`, message: text.referralAlone }]
      : [],
  )
}

function isOfSamePeople({ where: one }: Adjustment, { where: other }: Adjustment): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What capital has built acts after its money has ended, and nobody is charged for running it, but for another programme of the lever later. */
function unfundedRunning({ id, invest }: Scenario, end: string): Notice[] {
  return invest.flatMap((programme, index): Notice[] => {
    if (programme.parameters['runningCostShare'] === undefined) return []
    const last = invest.filter(({ lever }) => lever === programme.lever).map(lastDay).toSorted().at(-1) ?? end
    return daysBetween(last, end) > SLACK_DAYS ? [{ path: `scenarios.${id}.invest[${index}]`, message: text.runsWithoutMoney(programme.lever, last) }] : []
  })
}

function lastDay({ budget: { from, years } }: Programme): string {
  return addDays(from, Math.round(years * DAYS_A_YEAR))
}
