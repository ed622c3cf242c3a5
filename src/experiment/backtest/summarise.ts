/** Scores over origins, areas and treatment functions. Pure. */
import { MEASURES, METHODS, MODES, type BacktestMeasure, type BacktestMethod, type BacktestMode, type BacktestRow } from './types.ts'

/** Scores of one method at one distance ahead. */
export interface BacktestSummary {
  readonly mode: BacktestMode
  readonly method: BacktestMethod
  readonly monthsAhead: number
  /** Projections that the means are over. */
  readonly projections: number
  /** Mean size of the error, and mean error: list in per cent, shares in points. */
  readonly size: Readonly<Record<BacktestMeasure, number>>
  readonly bias: Readonly<Record<BacktestMeasure, number>>
  /** Mean distance by week band; null where the method projects none. */
  readonly distance: number | null
  /** Share of published values inside the 80% and the 95% interval; null where there are no intervals. */
  readonly coverage80: Readonly<Record<BacktestMeasure, number>> | null
  readonly coverage95: Readonly<Record<BacktestMeasure, number>> | null
}

/** More months ahead than are ever scored. */
const MOST_AHEAD = 100

/** Summaries by mode, method and months ahead, in the order of their lists. */
export function summarise(rows: readonly BacktestRow[]): BacktestSummary[] {
  const groups = new Map<string, BacktestRow[]>()
  for (const row of rows) {
    const key = `${row.mode} ${row.method} ${row.monthsAhead}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  const place = ({ mode, method, monthsAhead }: BacktestSummary): number => (MODES.indexOf(mode) * METHODS.length + METHODS.indexOf(method)) * MOST_AHEAD + monthsAhead
  return [...groups.values()].map(summaryOf).toSorted((a, b) => place(a) - place(b))
}

function summaryOf(rows: readonly BacktestRow[]): BacktestSummary {
  const [{ mode, method, monthsAhead, distance, intervals }] = rows
  const mean = (value: (row: BacktestRow) => number): number => rows.reduce((sum, row) => sum + value(row), 0) / rows.length
  const byMeasure = (value: (row: BacktestRow, measure: BacktestMeasure) => number): Record<BacktestMeasure, number> => ({
    list: mean((row) => value(row, 'list')),
    within18: mean((row) => value(row, 'within18')),
    over52: mean((row) => value(row, 'over52')),
  })
  const coverage = (level: 'level80' | 'level95'): Record<BacktestMeasure, number> | null =>
    intervals === null ? null : byMeasure((row, measure) => (isCovered(row, level, measure) ? 1 : 0))
  return {
    mode,
    method,
    monthsAhead,
    projections: rows.length,
    size: byMeasure((row, measure) => Math.abs(row.error[measure])),
    bias: byMeasure((row, measure) => row.error[measure]),
    distance: distance === null ? null : mean((row) => row.distance ?? 0),
    coverage80: coverage('level80'),
    coverage95: coverage('level95'),
  }
}

function isCovered({ intervals, published }: BacktestRow, level: 'level80' | 'level95', measure: BacktestMeasure): boolean {
  if (intervals === null) return false
  const [lower, upper] = intervals[level][measure]
  return published[measure] >= lower && published[measure] <= upper
}

/** Share of all published values inside their intervals, over measures and months ahead; null where there are none. */
export function coverageOf(rows: readonly BacktestRow[], level: 'level80' | 'level95'): number | null {
  const held = rows.filter(({ intervals }) => intervals !== null).flatMap((row) => MEASURES.map((measure) => isCovered(row, level, measure)))
  return held.length === 0 ? null : held.filter(Boolean).length / held.length
}
