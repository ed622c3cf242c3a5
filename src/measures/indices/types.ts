/**
 * Inequality indices of one table: what goes in, and what each index is. `docs/indices.md` gives the formulas.
 *
 * Groups stand in rank order, most deprived first. Signed indices read **least deprived against most deprived**:
 * above 0 (above 1 for a ratio), the value rises with affluence. `measures/gaps.ts`, which reports simulated
 * scenarios, reads the same line from the other end.
 */

/**
 * What the values are: a mean or index of any sign; events per person-time, at least 0; a share from 0 to 1.
 * Rates vary on the logarithmic and proportions on the logit scale.
 */
export const VALUE_TYPES = ['continuous', 'rate', 'proportion'] as const
export type ValueType = (typeof VALUE_TYPES)[number]

/** One table of groups and how to read it. */
export interface IndexTable {
  readonly valueType: ValueType
  /** Fit the slope index on the scale of the value type (log or logit) instead of on the values. */
  readonly transform: boolean
  /**
   * Not 0. Its size is the factor of every absolute index (100 turns shares into percentage points). Its sign is
   * the direction: above 0, higher values are better; below 0, worse, and signed indices turn round.
   */
  readonly multiplier: number
  /** Whether the order of the groups is a rank. */
  readonly ordered: boolean
  /** Position of the group that `meanDifferenceFromReference` compares with, or null for none. */
  readonly reference: number | null
  /** People, or person-time for rates, by group; all above 0. At least two groups. */
  readonly population: readonly number[]
  /** One per group. */
  readonly values: readonly number[]
}

/**
 * Indices in the order of the report. An absolute index has the unit of the values; a relative one has none, and
 * does not change when values are multiplied.
 */
export const INDEX_KEYS = [
  'slopeIndex',
  'relativeIndex',
  'intercept',
  'logisticSlopeIndex',
  'logisticRelativeIndex',
  'difference',
  'ratio',
  'absoluteConcentrationIndex',
  'relativeConcentrationIndex',
  'erreygers',
  'wagstaff',
  'betweenGroupVariance',
  'betweenGroupStandardDeviation',
  'coefficientOfVariation',
  'theil',
  'meanLogDeviation',
  'indexOfDisparity',
  'indexOfDisparityWeighted',
  'meanDifferenceFromBest',
  'meanDifferenceFromBestWeighted',
  'meanDifferenceFromMean',
  'meanDifferenceFromMeanWeighted',
  'meanDifferenceFromReference',
  'meanDifferenceFromReferenceWeighted',
  'populationAttributableRisk',
  'populationAttributableFraction',
  'atkinson',
  'kolm',
] as const
export type IndexKey = (typeof INDEX_KEYS)[number]

/** Every index of one set of values; NaN where an index is undefined. */
export type IndexValues = Readonly<Record<IndexKey, number>>

/** Why an index has no value. */
export type UndefinedReason =
  | 'no-order'
  | 'line-not-positive'
  | 'no-ratio'
  | 'mean-not-positive'
  | 'negative-value'
  | 'value-not-positive'
  | 'not-a-proportion'
  | 'mean-at-bound'
  | 'no-reference'
  | 'no-fit'
  | 'not-finite'
