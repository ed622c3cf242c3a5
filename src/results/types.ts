/**
 * A finished study as the writers and the report read it. Built by `experiment`, aggregated over runs in
 * canonical order so that it never depends on which thread finished first.
 */
import type { TargetOutcome } from '../measures/targets.ts'
import type { MeasureInfo, RunTable, SeriesCatalogue } from '../measures/types.ts'
import type { BudgetLine } from '../model/tables.ts'
import type { Study } from '../scenario/study.ts'

/**
 * Over the runs of one scenario: index series × dates + date; NaN where undefined in every run. Intervals are
 * not stored: `confidenceInterval(mean, sd, n)` in `measures/interval.ts` gives them. In a study of several draws with
 * several replications each, the mean of a draw takes the place of a run: runs that share their parameters are not
 * independent.
 */
export interface ScenarioSummary {
  readonly id: string
  readonly title: string
  readonly mean: Float64Array
  /** Standard deviation over runs (n − 1); 0 where n is 1. */
  readonly sd: Float64Array
  /** Runs in which the value was defined. */
  readonly n: Int32Array
  /** Mean paired difference from the reference, run by run; zeros for the reference itself. */
  readonly difference: Float64Array
  readonly differenceSd: Float64Array
  /** Runs in which both values were defined. */
  readonly differenceN: Int32Array
  readonly budgets: readonly BudgetLine[]
}

/** Values of single runs at the reporting dates only, in canonical order: scenario, then draw, then replication. */
export type RunRows = RunTable

/** How long it took; never enters a file that must be byte-identical. */
export interface Performance {
  /** Pathways simulated over all runs (initial list and clock starts). */
  readonly pathways: number
  /** Seconds inside the kernel, summed over threads. */
  readonly kernelSeconds: number
  readonly wallSeconds: number
  readonly workers: number
}

/** Everything a finished study holds. */
export interface StudyResults {
  readonly study: Study
  readonly catalogue: SeriesCatalogue
  readonly measures: readonly MeasureInfo[]
  readonly scenarios: readonly ScenarioSummary[]
  readonly runRows: RunRows
  /** What each scenario makes of each target: by scenario, then by target; empty for a study without targets. */
  readonly targets: readonly TargetOutcome[]
  readonly performance: Performance
}
