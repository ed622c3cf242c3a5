/** The few numbers of a finished study that the command line prints, by scenario. */
import { groupSeries, type GroupSeries } from '../measures/group-series.ts'
import { confidenceInterval } from '../measures/interval.ts'
import type { SeriesCatalogue } from '../measures/types.ts'
import type { ScenarioSummary, StudyResults } from '../results/types.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

/** A mean with its 95% interval; the limits are NaN where there is a single run. */
export interface Estimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
}

/** Where a scenario stands on one date. */
export interface Standing {
  /** Pathways on the list. */
  readonly waiting: Estimate
  /** Share of the list, 0 to 1. */
  readonly within18Weeks: Estimate
  /** Share of the list, 0 to 1. */
  readonly over52Weeks: Estimate
  /** Slope index of the share within 18 weeks, most less least deprived: below 0 the most deprived wait longer. */
  readonly gapWithin18Weeks: Estimate
  /** Slope index of unmet need, people per 1,000 residents, most less least deprived. */
  readonly gapUnmetNeed: Estimate
  /** Pounds spent since the start. */
  readonly spendToDate: Estimate
}

/** A scenario at the end of the projection. */
export interface Headline extends Standing {
  readonly id: string
  readonly title: string
  /** Mean paired difference in pathways on the list from the reference; zeros for the reference itself. */
  readonly waitingDifference: Estimate
  /** Mean pathways on the list, by date. */
  readonly waitingOverTime: readonly number[]
  /** Mean slope index of the share within 18 weeks, by date. */
  readonly gapOverTime: readonly number[]
}

const SERIES = {
  waiting: { group: 'all', measure: 'waiting' },
  within18Weeks: { group: 'all', measure: 'within-18-weeks' },
  over52Weeks: { group: 'all', measure: 'over-52-weeks' },
  gapWithin18Weeks: { group: 'gap', measure: VISIBLE_GAP },
  gapUnmetNeed: { group: 'gap', measure: NEED_GAP },
  spendToDate: { group: 'all', measure: 'spend-to-date' },
} as const satisfies Record<keyof Standing, Pick<GroupSeries, 'group' | 'measure'>>

/** Every scenario at the end of the projection, as the study lists them. */
export function headlines(results: StudyResults): Headline[] {
  const { catalogue } = results
  const last = catalogue.dates.length - 1
  return results.scenarios.map((scenario) => ({
    id: scenario.id,
    title: scenario.title,
    ...standing(scenario, catalogue, last),
    waitingDifference: differenceAt(scenario, place(catalogue, 'waiting') + last),
    waitingOverTime: overTime(scenario, catalogue, 'waiting'),
    gapOverTime: overTime(scenario, catalogue, 'gapWithin18Weeks'),
  }))
}

/** Where every scenario starts: the same list, before anything differs. */
export function startingPoint(results: StudyResults): Standing {
  return standing(results.scenarios[0], results.catalogue, 0)
}

function standing(scenario: ScenarioSummary, catalogue: SeriesCatalogue, date: number): Standing {
  const at = (name: keyof Standing): Estimate => meanAt(scenario, place(catalogue, name) + date)
  return {
    waiting: at('waiting'),
    within18Weeks: at('within18Weeks'),
    over52Weeks: at('over52Weeks'),
    gapWithin18Weeks: at('gapWithin18Weeks'),
    gapUnmetNeed: at('gapUnmetNeed'),
    spendToDate: at('spendToDate'),
  }
}

/** Index of a series' first date. */
function place(catalogue: SeriesCatalogue, name: keyof Standing): number {
  const wanted = SERIES[name]
  const series = groupSeries(catalogue, { specialty: 'all', ...wanted })
  if (series < 0) throw new Error(`the results hold no series "${wanted.measure}"`)
  return series * catalogue.dates.length
}

function meanAt(scenario: ScenarioSummary, index: number): Estimate {
  const mean = scenario.mean[index]
  return { mean, ...confidenceInterval(mean, scenario.sd[index], scenario.n[index]) }
}

function differenceAt(scenario: ScenarioSummary, index: number): Estimate {
  const mean = scenario.difference[index]
  return { mean, ...confidenceInterval(mean, scenario.differenceSd[index], scenario.differenceN[index]) }
}

function overTime(scenario: ScenarioSummary, catalogue: SeriesCatalogue, name: keyof Standing): number[] {
  const from = place(catalogue, name)
  return [...scenario.mean.subarray(from, from + catalogue.dates.length)]
}
