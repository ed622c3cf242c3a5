/** What a backtest scores, and what it says of it. */

/** Months ahead that are scored. */
export const HORIZONS: readonly number[] = [1, 3, 6, 11]

/**
 * What a projection was told of the months after its origin: their clock starts and stops; their unreported removals too;
 * or nothing.
 */
export const MODES = ['given-flows', 'given-removals', 'forecast'] as const
export type BacktestMode = (typeof MODES)[number]

/**
 * Fairwait's fitted law; the same without its drift, as a study from a pack runs by default; its lists and flows with everybody in turn, or in random order; and lines drawn through the
 * published figures themselves: the last value, the change of the year before, the trend of the last twelve months.
 */
export const METHODS = ['fairwait', 'held-level', 'first-come-first-served', 'random-order', 'last-value', 'last-year', 'trend'] as const
export type BacktestMethod = (typeof METHODS)[number]

/** Measures with an interval. */
export const MEASURES = ['list', 'within18', 'over52'] as const
export type BacktestMeasure = (typeof MEASURES)[number]

/** Values of the measures: people; per cent of the list within 18 weeks, and over 52. */
export type BacktestValues = Readonly<Record<BacktestMeasure, number>>

/** One projection of one month, held against what was published. */
export interface BacktestRow {
  readonly area: string
  /** Treatment function; `C_999` for all together. */
  readonly specialty: string
  /** Last month known, and the month projected, `YYYY-MM`. */
  readonly origin: string
  readonly month: string
  readonly monthsAhead: number
  readonly mode: BacktestMode
  readonly method: BacktestMethod
  readonly projected: BacktestValues
  readonly published: BacktestValues
  /** Projected less published: list in per cent of it, shares in percentage points. */
  readonly error: BacktestValues
  /** Total variation distance of the list by week band, 0 to 1; null for methods that project no bands. */
  readonly distance: number | null
  /** The two lists by week band, of all treatment functions together; null for single ones and methods without bands. */
  readonly bands: { readonly projected: Float64Array; readonly published: Float64Array } | null
  /** Intervals of a forecast; null elsewhere. */
  readonly intervals: BacktestIntervals | null
}

/** Lower and upper ends by measure. */
export interface BacktestIntervals {
  /** Standard deviation of a random walk at that distance, on so many degrees of freedom: the list's relative, shares' in points. */
  readonly spread: BacktestValues
  readonly freedom: number
  readonly level80: Readonly<Record<BacktestMeasure, readonly [number, number]>>
  readonly level95: Readonly<Record<BacktestMeasure, readonly [number, number]>>
}
