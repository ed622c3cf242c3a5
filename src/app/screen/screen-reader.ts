/** Finds numbers in what the engine sends, by name. */
import { reportingDateIndices } from '../../measures/reporting-dates.ts'
import type { Estimate } from '../../report/reader.ts'
import type { ScreenResults, ScreenSeries } from '../contract.ts'

/** A scenario of the results. */
export interface ShownScenario {
  readonly id: string
  readonly title: string
}

/** Results as the screen reads them. */
export interface ScreenReader {
  readonly results: ScreenResults
  readonly reference: ShownScenario
  readonly scenarios: readonly ShownScenario[]
  /** Scenarios other than the reference. */
  readonly others: readonly ShownScenario[]
  /** Deprivation groups, most deprived first. */
  readonly groups: readonly { readonly id: string; readonly label: string }[]
  /** Index of the last date. */
  readonly last: number
  /** Indices of the dates that tables show. */
  readonly reporting: readonly number[]
  /** Indices of the dates that charts show: every fourth week, and the last. */
  readonly charted: readonly number[]
  /** The estimate; NaN throughout where the results have no such series. */
  at(scenario: string, measure: string, group: string, date: number): Estimate
  /** Whether the results have a measure at all. */
  has(measure: string): boolean
}

const CHARTED_WEEKS = 4
const UNKNOWN: Estimate = {
  mean: Number.NaN,
  lower: Number.NaN,
  upper: Number.NaN,
  difference: Number.NaN,
  differenceLower: Number.NaN,
  differenceUpper: Number.NaN,
}

/** Indexes results. */
export function readScreen(results: ScreenResults): ScreenReader {
  const { dates, scenarios, study } = results
  const series = new Map<string, ScreenSeries>()
  const measures = new Set<string>()
  for (const each of results.series) {
    if (each.dimension !== 'all' && each.dimension !== 'deprivation') continue
    series.set(keyOf(each.scenario, each.measure, each.group), each)
    measures.add(each.measure)
  }
  const reference = scenarios.find(({ id }) => id === study.reference) ?? scenarios[0]
  const last = dates.length - 1
  return {
    results,
    reference,
    scenarios,
    others: scenarios.filter(({ id }) => id !== reference.id),
    groups: results.dimensions.find(({ id }) => id === 'deprivation')?.groups ?? [],
    last,
    reporting: reportingDateIndices(dates),
    charted: dates.map((_, index) => index).filter((index) => index % CHARTED_WEEKS === 0 || index === last),
    at(scenario, measure, group, date) {
      const found = series.get(keyOf(scenario, measure, group))
      return found === undefined ? UNKNOWN : estimateAt(found, date)
    },
    has: (measure) => measures.has(measure),
  }
}

const keyOf = (scenario: string, measure: string, group: string): string => JSON.stringify([scenario, measure, group])

function estimateAt(series: ScreenSeries, date: number): Estimate {
  return {
    mean: series.mean[date],
    lower: series.lower[date],
    upper: series.upper[date],
    difference: series.difference[date],
    differenceLower: series.differenceLower[date],
    differenceUpper: series.differenceUpper[date],
  }
}
