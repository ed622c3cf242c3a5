/** Finds numbers in a study's results by name. */
import { confidenceInterval } from '../measures/interval.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import { deprivationGroups } from '../results/row-plan.ts'
import type { ScenarioSummary, StudyResults } from '../results/types.ts'

/** A mean with its 95% limits, and its paired difference from the reference; NaN where undefined. */
export interface Estimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  readonly difference: number
  readonly differenceLower: number
  readonly differenceUpper: number
}

/** A study's results as the report reads them: all specialties together. */
export interface Reader {
  readonly results: StudyResults
  readonly scenarios: readonly ScenarioSummary[]
  readonly reference: ScenarioSummary
  /** Scenarios other than the reference. */
  readonly others: readonly ScenarioSummary[]
  /** Deprivation groups, most deprived first. */
  readonly groups: readonly string[]
  /** Index of the last date. */
  readonly last: number
  /** Indices of the dates that tables show. */
  readonly reporting: readonly number[]
  /** Indices of the dates that charts show: every fourth week, and the last. */
  readonly charted: readonly number[]
  /**
   * @param group `all`, a deprivation group, or `gap`
   * @throws Error for a series that the study does not report, which is a defect of Fairwait
   */
  at(scenario: ScenarioSummary, measure: string, group: string, date: number): Estimate
}

const CHARTED_WEEKS = 4

/** Indexes the catalogue. */
export function createReader(results: StudyResults): Reader {
  const { keys, dates } = results.catalogue
  const series = new Map<string, number>()
  for (const [index, { specialty, stage, group, measure, dimension }] of keys.entries()) {
    const isOurs = specialty === 'all' && stage === 'all' && (dimension === 'all' || dimension === 'deprivation')
    if (isOurs) series.set(`${group} ${measure}`, index)
  }
  const reference = results.scenarios.find(({ id }) => id === results.study.reference)
  if (reference === undefined) throw new Error(`the results have no scenario ${results.study.reference}`)
  const last = dates.length - 1
  return {
    results,
    scenarios: results.scenarios,
    reference,
    others: results.scenarios.filter((scenario) => scenario !== reference),
    groups: deprivationGroups(results.catalogue),
    last,
    reporting: reportingDateIndices(dates),
    charted: dates.map((_, index) => index).filter((index) => index % CHARTED_WEEKS === 0 || index === last),
    at(scenario, measure, group, date) {
      const index = series.get(`${group} ${measure}`)
      if (index === undefined) throw new Error(`the results have no series ${measure} of group ${group}`)
      return estimate(scenario, index * dates.length + date)
    },
  }
}

function estimate(scenario: ScenarioSummary, at: number): Estimate {
  const own = confidenceInterval(scenario.mean[at], scenario.sd[at], scenario.n[at])
  const against = confidenceInterval(scenario.difference[at], scenario.differenceSd[at], scenario.differenceN[at])
  return {
    mean: scenario.mean[at],
    lower: own.lower,
    upper: own.upper,
    difference: scenario.difference[at],
    differenceLower: against.lower,
    differenceUpper: against.upper,
  }
}
