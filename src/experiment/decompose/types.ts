/** What a decomposition asks and what it answers. Plain data. */
import type { MechanismId } from './mechanisms.ts'

/** What is to be explained. */
export interface DecompositionQuestion {
  /** Scenario id; the reference, or one that is also compared with it. */
  readonly scenario: string
  /** Gap measure of the catalogue, e.g. `slope-index:within-18-weeks`. */
  readonly measure: string
  /** Index into the catalogue's dates. */
  readonly dateIndex: number
  /** Most runs; null for what up to eight mechanisms need exactly. */
  readonly maxRuns: number | null
}

/** A mean over runs with its 95% interval, in the unit of the measure; limits are NaN after one run. */
export interface Estimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
}

/** What one mechanism makes. */
export interface MechanismShare {
  readonly id: MechanismId
  readonly title: string
  /** Its Shapley share. */
  readonly contribution: Estimate
  /**
   * Half the 95% interval that comes from having sampled orders rather than taken all; 0 where all were taken.
   * It is not part of the interval of `contribution`, which is over runs.
   */
  readonly samplingError: number
  /** The gap (or its change) less what is left of it when this gradient alone is taken out. */
  readonly takenOutAlone: Estimate
}

/** One whole and its parts: `whole = rest + explained`, and `explained` is the sum of all contributions. */
export interface Explanation {
  /** `gap`: the gap under the scenario; `change`: the scenario's gap less the reference's. */
  readonly question: 'gap' | 'change'
  /** Distance from equality: a ratio counts less 1. */
  readonly whole: Estimate
  /** What the mechanisms make together: the gap with all gradients less the gap with none. */
  readonly explained: Estimate
  /** What is left with none of the gradients: chance, and what belongs to no mechanism. */
  readonly rest: Estimate
  /** In the fixed order of mechanisms. */
  readonly mechanisms: readonly MechanismShare[]
}

/** A finished decomposition. */
export interface Decomposition {
  readonly scenario: { readonly id: string; readonly title: string }
  readonly reference: { readonly id: string; readonly title: string }
  /** Gap measure of the catalogue. */
  readonly measure: string
  /** ISO date of the census. */
  readonly date: string
  readonly method: 'exact' | 'sampled'
  /** Coalitions of gradients that were run. */
  readonly coalitions: number
  /** Orders of mechanisms that were sampled; 0 where all were taken. */
  readonly orders: number
  /** Runs of the model. */
  readonly runs: number
  /** Replications (of each draw) that the answers rest on. */
  readonly replications: number
  /** Of them, left out because the gap was undefined in some coalition. */
  readonly leftOut: number
  /** Mechanisms that do not differ by group in this study. */
  readonly withoutGradient: readonly MechanismId[]
  /** The gap; and its change, where the scenario is not the reference. */
  readonly explanations: readonly Explanation[]
}
