/**
 * Which rows the tables hold, and in which order: scenario, then series, then date. Every writer walks this one
 * plan, so that series.csv and series.parquet are the same table.
 */
import type { SeriesCatalogue, SeriesKey } from '../measures/types.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import type { ScenarioSummary, StudyResults } from './types.ts'

/** Column names of series.csv and series.parquet, in order. */
export const SERIES_COLUMNS = [
  'scenario',
  'date',
  'system',
  'specialty',
  'stage',
  'dimension',
  'group',
  'measure',
  'mean',
  'sd',
  'lower',
  'upper',
  'n',
] as const

/** Column names of runs.parquet, in order. */
export const RUN_COLUMNS = [
  'scenario',
  'draw',
  'replication',
  'date',
  'system',
  'specialty',
  'stage',
  'dimension',
  'group',
  'measure',
  'value',
] as const

/** The rows of one series of one scenario. */
export interface SeriesRows {
  readonly scenario: ScenarioSummary
  readonly key: SeriesKey
  /** Where the series' values begin in the summary's arrays. */
  readonly offset: number
  /** Indices into `catalogue.dates` of the rows written. */
  readonly dateIndices: readonly number[]
}

/** Measures of a single specialty that stand week by week: the list and every flow that changes it. */
const WEEKLY_MEASURES: ReadonlySet<string> = new Set([
  'waiting',
  'clock-starts',
  'clock-stops-admitted',
  'clock-stops-non-admitted',
  'removed',
  'withdrew',
  'private',
  'emergency',
  'died',
  'discharged-after-dna',
])

/**
 * The rows of series.csv in order. All specialties together stand week by week in every measure; a single one in
 * its list and flows, from which the list can be reckoned on, and in the other measures at reporting dates.
 */
export function* seriesRows(results: StudyResults): Generator<SeriesRows> {
  const { keys, dates } = results.catalogue
  const weekly = dates.map((_, index) => index)
  const reporting = reportingDateIndices(dates)
  for (const scenario of results.scenarios) {
    for (const [series, key] of keys.entries()) {
      const everyWeek = key.specialty === 'all' || (WEEKLY_MEASURES.has(key.measure) && key.stage === 'all')
      const dateIndices = everyWeek ? weekly : reporting
      yield { scenario, key, offset: series * dates.length, dateIndices }
    }
  }
}

/** Code of the system that the study is about, for the `system` column. */
export function systemCode(results: StudyResults): string {
  return systemOf(results).code
}

/** Code and name of the system that the study is about. */
export function systemOf(results: StudyResults): { readonly code: string; readonly name: string } {
  const { baseline } = results.study
  return baseline.kind === 'pack' ? baseline.pack.system : baseline.baseline.system
}

/** Deprivation groups in the catalogue's order, most deprived first, without the gap. */
export function deprivationGroups(catalogue: SeriesCatalogue): string[] {
  const groups = new Set<string>()
  for (const { dimension, group } of catalogue.keys) {
    if (dimension === 'deprivation' && group !== 'gap') groups.add(group)
  }
  return [...groups]
}
