/**
 * One batch's runs as one Parquet file: a row for each value kept.
 */
import { parquetRead } from 'hyparquet'
import type { SeriesKey } from '../../measures/types.ts'
import { ROW_GROUP_ROWS, TidyParquet } from './tidy-parquet.ts'
import type { TidyColumn } from './tidy-parquet.ts'

/** A run's values and what they are called. */
export interface StoredRun {
  readonly id: string
  /** Number of the design point in the sweep that ran it; 0 outside sweeps. */
  readonly point: number
  readonly scenario: string
  readonly draw: number
  readonly replication: number
  readonly keys: readonly SeriesKey[]
  /** ISO dates. */
  readonly dates: readonly string[]
  /** At key × dates + date; NaN where undefined. */
  readonly values: Float64Array
}

/** Columns of every table of single runs, in order. */
const RUN_TABLE_COLUMNS = [
  { name: 'run', kind: 'text' },
  { name: 'point', kind: 'integer' },
  { name: 'scenario', kind: 'text' },
  { name: 'draw', kind: 'integer' },
  { name: 'replication', kind: 'integer' },
  { name: 'date', kind: 'text' },
] as const satisfies readonly TidyColumn[]

/** Columns that name a series, in order: those that the model's series have. */
export function seriesColumns(key: SeriesKey): TidyColumn[] {
  return Object.keys(key).map((name) => ({ name, kind: 'text' }))
}

/** Columns of a table of runs with such series. */
export function runTableColumns(key: SeriesKey): TidyColumn[] {
  return [...RUN_TABLE_COLUMNS, ...seriesColumns(key), { name: 'value', kind: 'number' }]
}

/** Adds a run's rows; `flushed` takes the bytes of row groups that fill up on the way. */
export function addRun(table: TidyParquet, run: StoredRun, flushed: (bytes: Uint8Array) => void): void {
  const { id, point, scenario, draw, replication, keys, dates, values } = run
  for (const [series, key] of keys.entries()) {
    const first = table.addRows(dates.length, { run: id, point, scenario, draw, replication, ...key })
    const date = table.coded('date')
    const value = table.numbers('value')
    for (let k = 0; k < dates.length; k += 1) {
      date.codes[first + k] = date.code(dates[k])
      value.values[first + k] = values[series * dates.length + k]
    }
    if (table.isFull) flushed(table.flush().slice())
  }
}

/** A batch file's bytes; equal runs give equal bytes. */
export function batchBytes(runs: readonly StoredRun[]): Uint8Array {
  const rows = runs.reduce((sum, { values }) => sum + values.length, 0)
  const mostDates = Math.max(...runs.map(({ dates }) => dates.length))
  const table = new TidyParquet(runTableColumns(runs[0].keys[0]), mostDates, Math.min(ROW_GROUP_ROWS, rows))
  const parts: Uint8Array[] = []
  for (const run of runs) addRun(table, run, (bytes) => parts.push(bytes))
  parts.push(table.finish())
  return Buffer.concat(parts)
}

/** The value column of a batch file; null is NaN. */
export async function batchValues(bytes: Uint8Array): Promise<Float64Array> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const parts: { readonly start: number; readonly data: ArrayLike<unknown> }[] = []
  await parquetRead({
    file,
    columns: ['value'],
    onChunk: ({ columnData, rowStart }) => parts.push({ start: rowStart, data: columnData }),
  })
  const rows = parts.reduce((most, { start, data }) => Math.max(most, start + data.length), 0)
  const values = new Float64Array(rows)
  for (const { start, data } of parts) {
    for (let row = 0; row < data.length; row += 1) values[start + row] = (data[row] as number | null) ?? Number.NaN
  }
  return values
}
