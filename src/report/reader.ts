/** Finds numbers in a study's results by name. */
import { confidenceInterval } from '../measures/interval.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import type { DimensionInfo } from '../measures/types.ts'
import { deprivationGroups } from '../results/row-plan.ts'
import type { ScenarioSummary, StudyResults } from '../results/types.ts'
import { dateText } from './dates.ts'

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
  /** The same with their labels. */
  readonly deprivation: DimensionInfo
  /** Index of the last date. */
  readonly last: number
  /**
   * When scenarios are compared: the end, and before it, where they are half a year or more apart, the end of the
   * money. What money does to a gap may be gone by the end, and must not be hidden by it.
   */
  readonly moments: readonly Moment[]
  /** Indices of the dates that tables show. */
  readonly reporting: readonly number[]
  /** Indices of the dates that charts show: every fourth week, and the last. */
  readonly charted: readonly number[]
  /**
   * @param group `all`, a group of the dimension, or `gap`
   * @param dimension deprivation by default
   * @throws Error for a series that the study does not report, which is a defect of Fairwait
   */
  at(scenario: ScenarioSummary, measure: string, group: string, date: number, dimension?: string): Estimate
  /** Whether the study reports a measure of a dimension's groups. */
  has(measure: string, group: string, dimension?: string): boolean
}

/** A date at which scenarios are compared. */
export interface Moment {
  readonly date: number
  /** How a sentence says it, e.g. `on 25 January 2031`. */
  readonly words: string
}

const CHARTED_WEEKS = 4
/** Between the end of the money and the end of the projection, for both to be shown. */
const WEEKS_APART = 26

/** Indexes the catalogue. */
export function createReader(results: StudyResults): Reader {
  const { keys, dates } = results.catalogue
  const series = new Map<string, number>()
  for (const [index, { specialty, stage, group, measure, dimension }] of keys.entries()) {
    if (specialty === 'all' && stage === 'all') series.set(nameOf(measure, group, dimension), index)
  }
  const reference = results.scenarios.find(({ id }) => id === results.study.reference)
  if (reference === undefined) throw new Error(`the results have no scenario ${results.study.reference}`)
  const last = dates.length - 1
  const at: Reader['at'] = (scenario, measure, group, date, dimension = 'deprivation') => {
    const index = series.get(nameOf(measure, group, dimension))
    if (index === undefined) throw new Error(`the results have no series ${measure} of ${dimension} ${group}`)
    return estimate(scenario, index * dates.length + date)
  }
  return {
    results,
    scenarios: results.scenarios,
    reference,
    others: results.scenarios.filter((scenario) => scenario !== reference),
    groups: deprivationGroups(results.catalogue),
    deprivation: deprivationOf(results),
    last,
    moments: momentsOf(results, at),
    reporting: reportingDateIndices(dates),
    charted: dates.map((_, index) => index).filter((index) => index % CHARTED_WEEKS === 0 || index === last),
    at,
    has: (measure, group, dimension = 'deprivation') => series.has(nameOf(measure, group, dimension)),
  }
}

function deprivationOf({ catalogue }: StudyResults): DimensionInfo {
  const known = catalogue.dimensions.find(({ id }) => id === 'deprivation')
  const groups = deprivationGroups(catalogue).map((id) => ({ id, label: id, population: Number.NaN }))
  return known ?? { id: 'deprivation', ordered: true, ofResidents: true, groups }
}

/** Everybody is one series, whichever dimension asks for it. */
function nameOf(measure: string, group: string, dimension: string): string {
  return JSON.stringify([group === 'all' ? 'all' : dimension, group, measure])
}

function momentsOf(results: StudyResults, at: Reader['at']): Moment[] {
  const { dates } = results.catalogue
  const last = dates.length - 1
  const end = { date: last, words: `on ${dateText(dates[last])}` }
  let moneyEnds = last
  while (moneyEnds > 0 && results.scenarios.every((scenario) => !(at(scenario, 'spend', 'all', moneyEnds).mean > 0)))
    moneyEnds--
  if (moneyEnds === 0 || last - moneyEnds < WEEKS_APART) return [end]
  return [{ date: moneyEnds, words: `as the money ends, on ${dateText(dates[moneyEnds])}` }, end]
}

/** A scenario's numbers at a place of its summary's arrays. */
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
