/** Scores of a backtest as CSV: one row a projection. */
import type { BacktestRow } from '../experiment/backtest/types.ts'

const HEADER = [
  'area', 'specialty', 'origin', 'month', 'monthsAhead', 'mode', 'method',
  'listProjected', 'listPublished', 'listErrorPercent',
  'within18Projected', 'within18Published', 'within18ErrorPoints',
  'over52Projected', 'over52Published', 'over52ErrorPoints',
  'distance', 'listLower80', 'listUpper80', 'listLower95', 'listUpper95',
  'within18Lower95', 'within18Upper95', 'over52Lower95', 'over52Upper95',
]

/** The table, with a header, lines ended by CR LF. */
export function scoresCsv(rows: readonly BacktestRow[]): string {
  return `${[HEADER, ...rows.map(lineOf)].map((cells) => cells.join(',')).join('\r\n')}\r\n`
}

function lineOf(row: BacktestRow): string[] {
  const { projected, published, error, intervals } = row
  const ends = intervals === null ? Array.from({ length: 8 }, () => '') : endsOf(intervals)
  return [
    row.area, row.specialty, row.origin, row.month, String(row.monthsAhead), row.mode, row.method,
    projected.list.toFixed(0), published.list.toFixed(0), error.list.toFixed(3),
    projected.within18.toFixed(3), published.within18.toFixed(3), error.within18.toFixed(3),
    projected.over52.toFixed(3), published.over52.toFixed(3), error.over52.toFixed(3),
    row.distance === null ? '' : row.distance.toFixed(5),
    ...ends,
  ]
}

function endsOf({ level80, level95 }: NonNullable<BacktestRow['intervals']>): string[] {
  const people = (ends: readonly [number, number]): string[] => ends.map((end) => end.toFixed(0))
  const shares = (ends: readonly [number, number]): string[] => ends.map((end) => end.toFixed(3))
  return [...people(level80.list), ...people(level95.list), ...shares(level95.within18), ...shares(level95.over52)]
}
