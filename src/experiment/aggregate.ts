/**
 * Runs → means, spreads and paired differences.
 *
 * Runs arrive in canonical task order (for draw, for replication, for scenario with the reference first), so that
 * sums are formed in one order however many threads there were. Means and spreads are Welford's, one pass and
 * stable; a difference is taken run by run from the reference of the same draw and replication, which shares its
 * random numbers.
 */
import type { Task } from '../execution/types.ts'
import type { RunValues } from '../measures/types.ts'
import type { RunRows, ScenarioSummary } from '../results/types.ts'

/** What the aggregator must know of a study. */
export interface AggregationShape {
  /** Scenario ids in the study's order. */
  readonly scenarioIds: readonly string[]
  /** Index of the reference among them. */
  readonly reference: number
  /** Number of series. */
  readonly series: number
  /** Number of dates of each series. */
  readonly dates: number
  /** Dates at which single runs are kept. */
  readonly dateIndices: readonly number[]
  /**
   * What spreads and intervals are over: single runs, or, where several replications share a draw, the means of draws.
   * Runs of one draw share their parameters, so that only draws are independent. Runs by default.
   */
  readonly unit?: 'run' | 'draw'
}

/** The numbers of a {@link ScenarioSummary}. */
export type ScenarioMoments = Pick<
  ScenarioSummary,
  'mean' | 'sd' | 'n' | 'difference' | 'differenceSd' | 'differenceN'
>

/** Gathers runs one at a time; holds one set of moments per scenario, never the runs themselves. */
export interface Aggregator {
  /**
   * Takes the next run in canonical order. `values` may be kept, and must not be changed afterwards.
   * @throws Error where the reference of the same draw and replication has not come before, or the block has
   *   another length: defects of the caller
   */
  add(task: Task, values: RunValues): void
  /** Ends the aggregation. Moments are in the order of `scenarioIds`; the aggregator takes no more runs. */
  finish(): { readonly scenarios: ScenarioMoments[]; readonly runRows: RunRows }
}

/** Running mean and sum of squared deviations of each value, over the runs in which it is defined. */
interface RunningMoments {
  readonly mean: Float64Array
  readonly squares: Float64Array
  readonly n: Int32Array
}

/** Takes the runs of one quantity, or the means of its draws. */
interface Gathered {
  add(draw: number, run: Float64Array): void
  /** Moments over everything added; nothing can be added afterwards. */
  close(): RunningMoments
}

function gatherRuns(size: number): Gathered {
  const moments = createMoments(size)
  return { add: (_, run) => addRun(moments, run), close: () => moments }
}

/** Each draw counts once, however many of its runs had a value. */
function gatherDraws(size: number): Gathered {
  const moments = createMoments(size)
  let inDraw = createMoments(size)
  let current = 0
  const endDraw = (): void => {
    addRun(moments, inDraw.mean.map((mean, cell) => (inDraw.n[cell] === 0 ? Number.NaN : mean)))
    inDraw = createMoments(size)
  }
  return {
    add(draw, run) {
      if (draw !== current) endDraw()
      current = draw
      addRun(inDraw, run)
    },
    close() {
      endDraw()
      return moments
    },
  }
}

/** @param shape what is to be aggregated; memory is about 40 bytes per scenario, series and date, twice that by draws */
export function createAggregator(shape: AggregationShape): Aggregator {
  const size = shape.series * shape.dates
  const gather = shape.unit === 'draw' ? gatherDraws : gatherRuns
  const values = shape.scenarioIds.map(() => gather(size))
  // The reference differs from itself by nothing; its differences need no memory while runs arrive.
  const differences = shape.scenarioIds.map((_, index) => (index === shape.reference ? null : gather(size)))
  const runs: RunRows['runs'][number][][] = shape.scenarioIds.map(() => [])
  const difference = new Float64Array(size)
  let reference: { readonly task: Task; readonly values: RunValues } | null = null

  return {
    add(task, run) {
      if (run.length !== size) throw new Error(`a run has ${run.length} values instead of ${size}`)
      if (task.scenario === shape.reference) reference = { task, values: run }
      if (reference === null || !isPair(reference.task, task)) throw new Error('a run came before its reference')
      values[task.scenario].add(task.draw, run)
      differences[task.scenario]?.add(task.draw, subtract(run, reference.values, difference))
      runs[task.scenario].push(runRow(shape, task, run))
    },
    finish() {
      return {
        scenarios: values.map((each, index) => scenarioMoments(each.close(), differences[index]?.close() ?? null)),
        runRows: { dateIndices: shape.dateIndices, runs: runs.flat() },
      }
    },
  }
}

function isPair(reference: Task, task: Task): boolean {
  return reference.draw === task.draw && reference.replication === task.replication
}

function createMoments(size: number): RunningMoments {
  return { mean: new Float64Array(size), squares: new Float64Array(size), n: new Int32Array(size) }
}

/** Welford's update; a value that is NaN in this run is left out. */
function addRun({ mean, squares, n }: RunningMoments, run: Float64Array): void {
  for (let cell = 0; cell < run.length; cell += 1) {
    const value = run[cell]
    if (Number.isNaN(value)) continue
    const count = n[cell] + 1
    const deviation = value - mean[cell]
    mean[cell] += deviation / count
    squares[cell] += deviation * (value - mean[cell])
    n[cell] = count
  }
}

function subtract(run: Float64Array, reference: Float64Array, out: Float64Array): Float64Array {
  for (let cell = 0; cell < out.length; cell += 1) out[cell] = run[cell] - reference[cell]
  return out
}

function runRow({ scenarioIds, series, dates, dateIndices }: AggregationShape, task: Task, run: RunValues) {
  const kept = new Float64Array(series * dateIndices.length)
  for (let index = 0; index < series; index += 1) {
    dateIndices.forEach((date, k) => {
      kept[index * dateIndices.length + k] = run[index * dates + date]
    })
  }
  const { draw, replication } = task
  return { scenario: scenarioIds[task.scenario], draw, replication, values: kept }
}

function scenarioMoments(values: RunningMoments, differences: RunningMoments | null): ScenarioMoments {
  const { mean, sd, n } = closeMoments(values)
  if (differences === null) {
    const none = mean.map((value) => (Number.isNaN(value) ? value : 0))
    return { mean, sd, n, difference: none, differenceSd: none, differenceN: n }
  }
  const closed = closeMoments(differences)
  return { mean, sd, n, difference: closed.mean, differenceSd: closed.sd, differenceN: closed.n }
}

/** Turns sums of squares into standard deviations, in place; NaN where no run had a value. */
function closeMoments({ mean, squares, n }: RunningMoments) {
  for (let cell = 0; cell < n.length; cell += 1) {
    if (n[cell] === 0) {
      mean[cell] = Number.NaN
      squares[cell] = Number.NaN
    } else if (n[cell] > 1) {
      squares[cell] = Math.sqrt(squares[cell] / (n[cell] - 1))
    }
  }
  return { mean, sd: squares, n }
}
