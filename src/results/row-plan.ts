/**
 * Which rows the tables hold, and in which order: scenario, then series, then date. Every writer walks this one
 * plan, so that series.csv and series.parquet are the same table.
 */
import type { SeriesCatalogue, SeriesKey } from '../measures/types.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import { systemsOf } from '../scenario/baselines.ts'
import { crossingOf, isPlaces, isPlacesCrossed } from '../scenario/place-dimensions.ts'
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

/** Column names of differences.parquet, in order. */
export const DIFFERENCE_COLUMNS = [
  'scenario',
  'date',
  'system',
  'specialty',
  'stage',
  'dimension',
  'group',
  'measure',
  'difference',
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

/** With more systems than this, week by week of each and of its groups would be more than a gigabyte that nobody reads. */
const MOST_SYSTEMS_BY_WEEK = 8

/** At which dates a series stands: indices into `catalogue.dates`. */
export type DatesOfSeries = (key: SeriesKey) => readonly number[]

/** In a study of many systems: systems and regions at reporting dates; their groups, and single specialties, at the end; others as `otherwise` says. */
function sparingly(results: StudyResults, otherwise: DatesOfSeries): DatesOfSeries {
  if (systemsIn(results).length <= MOST_SYSTEMS_BY_WEEK) return otherwise
  const reporting = reportingDateIndices(results.catalogue.dates)
  const end = reporting.slice(-1)
  return (key) => {
    if (isPlacesCrossed(key.dimension) || key.specialty !== 'all') return end
    return isPlaces(key.dimension) ? reporting : otherwise(key)
  }
}

/**
 * The rows of series.csv in order. All specialties together stand week by week in every measure; a single one in
 * its list and flows, from which the list can be reckoned on, and in the other measures at reporting dates. Of many
 * systems less is written ({@link sparingly}).
 */
export function* seriesRows(results: StudyResults): Generator<SeriesRows> {
  const { keys, dates } = results.catalogue
  const weekly = dates.map((_, index) => index)
  const reporting = reportingDateIndices(dates)
  const datesOf = sparingly(results, ({ specialty, stage, measure }) =>
    specialty === 'all' || (WEEKLY_MEASURES.has(measure) && stage === 'all') ? weekly : reporting,
  )
  for (const scenario of results.scenarios) {
    for (const [series, key] of keys.entries()) yield { scenario, key, offset: series * dates.length, dateIndices: datesOf(key) }
  }
}

/** Dates of the rows of summary.json: all specialties together at every reporting date, single ones at the last. */
export function summaryDates(results: StudyResults): DatesOfSeries {
  const reporting = reportingDateIndices(results.catalogue.dates)
  return sparingly(results, ({ specialty }) => (specialty === 'all' ? reporting : reporting.slice(-1)))
}

/**
 * The rows of differences.parquet in order: scenarios other than the reference; all specialties together week by week,
 * single ones at reporting dates.
 */
export function* differenceRows(results: StudyResults): Generator<SeriesRows> {
  const { keys, dates } = results.catalogue
  const weekly = dates.map((_, index) => index)
  const reporting = reportingDateIndices(dates)
  const datesOf = sparingly(results, ({ specialty }) => (specialty === 'all' ? weekly : reporting))
  for (const scenario of results.scenarios) {
    if (scenario.id === results.study.reference) continue
    for (const [series, key] of keys.entries()) yield { scenario, key, offset: series * dates.length, dateIndices: datesOf(key) }
  }
}

/** A mean with what is known of its spread, by place. */
export interface Moments {
  readonly mean: Float64Array
  readonly sd: Float64Array
  readonly n: Int32Array
}

/** Standard deviation over runs as it is written: undefined where fewer than two runs had a value, which say nothing of it. */
export function spreadOf({ sd, n }: Pick<Moments, 'sd' | 'n'>, at: number): number {
  return n[at] > 1 ? sd[at] : Number.NaN
}

/** Dimensions whose groups are systems, or parts of one, named `system` or `system/group`. */
const SYSTEM_DIMENSIONS: readonly string[] = ['system', crossingOf('system')]

/** What the `system` column holds: the code of the study's one system; of several, that of the row's, or `all`. */
export function systemColumn(results: StudyResults): (key: SeriesKey) => string {
  const systems = systemsIn(results)
  if (systems.length === 1) return () => systems[0].code
  return ({ dimension, group }) => (SYSTEM_DIMENSIONS.includes(dimension) ? group.split('/')[0] : 'all')
}

/** Codes and names of the systems that the study is about. */
function systemsIn({ study }: StudyResults): readonly { readonly code: string; readonly name: string }[] {
  return systemsOf(study.baseline).map((system) => (system.kind === 'pack' ? system.pack : system.baseline).system)
}

/** Code and name of the study's system; of several, all of them, as a heading says it. */
export function systemOf(results: StudyResults): { readonly code: string; readonly name: string } {
  const systems = systemsIn(results)
  const listed = (of: (system: (typeof systems)[number]) => string): string => new Intl.ListFormat('en-GB').format(systems.map(of))
  return { code: listed(({ code }) => code), name: listed(({ name }) => name) }
}

/** Deprivation groups in the catalogue's order, most deprived first, without the gap. */
export function deprivationGroups(catalogue: SeriesCatalogue): string[] {
  const groups = new Set<string>()
  for (const { dimension, group } of catalogue.keys) {
    if (dimension === 'deprivation' && group !== 'gap') groups.add(group)
  }
  return [...groups]
}
