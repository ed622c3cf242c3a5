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

/** The rows of series.csv in order. Gap rows of a single specialty stand at reporting dates only. */
export function* seriesRows(results: StudyResults): Generator<SeriesRows> {
  const { keys, dates } = results.catalogue
  const weekly = dates.map((_, index) => index)
  const reporting = reportingDateIndices(dates)
  for (const scenario of results.scenarios) {
    for (const [series, key] of keys.entries()) {
      const dateIndices = key.group === 'gap' && key.specialty !== 'all' ? reporting : weekly
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
