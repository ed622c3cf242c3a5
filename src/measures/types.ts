/**
 * What a run reports: a flat block of numbers, addressed by a catalogue of series that worker, aggregator and
 * writers all build from the same study, so that no names cross a thread.
 */

/** One series: a measure of one group of one specialty through time. */
export interface SeriesKey {
  /** Specialty code, or `all`. */
  readonly specialty: string
  /** `all`, `first-appointment` or `admission`. */
  readonly stage: string
  /** `all` or a dimension's id such as `deprivation`. */
  readonly dimension: string
  /** `all`, a group's id, or `gap` for an inequality index across the dimension's groups. */
  readonly group: string
  /** e.g. `waiting`, `within-18-weeks`, `slope-index:within-18-weeks`. */
  readonly measure: string
}

/** What a measure means, for tables, reports and the data package. */
export interface MeasureInfo {
  readonly id: string
  readonly label: string
  /** e.g. `pathways`, `share`, `weeks`, `£`, `per 1,000 residents`. */
  readonly unit: string
  /** Whether a higher value is worse, better, or neither. */
  readonly direction: 'higher-is-worse' | 'higher-is-better' | 'neutral'
  readonly meaning: string
}

/** A way in which a study groups people, as indices across its groups need it. */
export interface DimensionInfo {
  readonly id: string
  /** Whether the groups have a rank, first to last (most to least deprived). */
  readonly ordered: boolean
  /** Whether its groups are of residents, so that rates per head mean something; priority levels are not. */
  readonly ofResidents: boolean
  /** `population` is residents. */
  readonly groups: readonly { readonly id: string; readonly label: string; readonly population: number }[]
}

/** The catalogue of a study: one entry per series; values are stored [series][date]. */
export interface SeriesCatalogue {
  readonly keys: readonly SeriesKey[]
  /** Dimensions of the series, in their order. */
  readonly dimensions: readonly DimensionInfo[]
  /** ISO dates of census rows, `steps + 1` of them. */
  readonly dates: readonly string[]
}

/** One run's values: index series × dates.length + date; NaN where a measure is undefined (e.g. nobody waiting). */
export type RunValues = Float64Array

/** Values of single runs at a few dates. */
export interface RunTable {
  /** Indices into `catalogue.dates`, rising. */
  readonly dateIndices: readonly number[]
  readonly runs: readonly {
    readonly scenario: string
    readonly draw: number
    readonly replication: number
    /** Index series × dateIndices.length + k. */
    readonly values: Float64Array
  }[]
}
