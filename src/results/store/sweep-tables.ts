/**
 * The tables of a collected sweep, written point by point: no more of them is in memory than one row group.
 *
 *     runs.csv, runs.parquet          every value kept of every run
 *     summary.csv, summary.parquet    means, intervals, paired differences and variances at each point
 *     points.csv                      what each factor is at each point
 */
import type { SeriesKey } from '../../measures/types.ts'
import { CsvBytes } from '../csv-bytes.ts'
import { csvText } from '../csv-text.ts'
import type { OutputFile } from '../output-file.ts'
import { addRun, runTableColumns, seriesColumns } from './batch-file.ts'
import type { StoredRun } from './batch-file.ts'
import { TidyParquet } from './tidy-parquet.ts'
import type { TidyColumn } from './tidy-parquet.ts'

/** Numbers of a row of the summary, in order. NaN where undefined. */
export const SUMMARY_NUMBERS = [
  'mean',
  'sd',
  'lower',
  'upper',
  'difference',
  'difference_sd',
  'difference_lower',
  'difference_upper',
  'variance_reduction',
  'variance_parameters',
  'variance_random',
  'difference_variance_parameters',
  'difference_variance_random',
] as const
export type SummaryNumber = (typeof SUMMARY_NUMBERS)[number]

/** A row of the summary. */
export interface SummaryRow {
  readonly point: number
  readonly scenario: string
  readonly date: string
  readonly key: SeriesKey
  readonly n: number
  readonly numbers: Readonly<Record<SummaryNumber, number>>
}

/** Bytes that are gathered before they are written. */
const FLUSH_BYTES = 1 << 20

/** A pair of tables, CSV and Parquet, that hold the same rows. */
export interface TablePair<Row> {
  add(row: Row): Promise<void>
  finish(): Promise<void>
}

/** Writes the table of runs. */
export function runTables(key: SeriesKey, csv: OutputFile, parquet: OutputFile): TablePair<StoredRun> {
  const columns = runTableColumns(key)
  const text = csvTable(columns, csv)
  const table = new TidyParquet(columns, MOST_DATES)
  const middlesOf = middlesMaker()
  return {
    async add(run) {
      const full: Uint8Array[] = []
      addRun(table, run, (bytes) => full.push(bytes))
      for (const bytes of full) await parquet.write(bytes)
      addRunLines(text.bytes, run, middlesOf(run))
      await text.flushWhenFull()
    },
    async finish() {
      await parquet.write(table.finish())
      await text.finish()
    },
  }
}

/** Dates that a study can have at most, 1,040 weeks and the start, by day. */
const MOST_DATES = 7281

function addRunLines(bytes: CsvBytes, { id, point, scenario, draw, replication, values }: StoredRun, middles: readonly Buffer[]): void {
  const head = Buffer.from(`${id},${point},${csvText(scenario)},${draw},${replication},`)
  for (const [cell, middle] of middles.entries()) {
    bytes.raw(head)
    bytes.raw(middle)
    bytes.exact(values[cell])
    bytes.raw(LINE_END)
  }
}

/** Date and names of each value of a run, which are the same for all runs of a point and mostly of all points. */
function middlesMaker(): (run: StoredRun) => readonly Buffer[] {
  let known: { readonly keys: StoredRun['keys']; readonly dates: StoredRun['dates']; readonly middles: Buffer[] } | null = null
  return ({ keys, dates }) => {
    if (known?.keys !== keys || known.dates !== dates) {
      const middles = keys.flatMap((key) => {
        const names = Object.values(key).map((each: string) => csvText(each)).join(',')
        return dates.map((date) => Buffer.from(`${date},${names},`))
      })
      known = { keys, dates, middles }
    }
    return known.middles
  }
}

const LINE_END = Buffer.from('\n')

/** Columns of the summary. */
export function summaryColumns(key: SeriesKey): TidyColumn[] {
  return [
    { name: 'point', kind: 'integer' },
    { name: 'scenario', kind: 'text' },
    { name: 'date', kind: 'text' },
    ...seriesColumns(key),
    { name: 'n', kind: 'integer' },
    ...SUMMARY_NUMBERS.map((name) => ({ name, kind: 'number' }) as const),
  ]
}

/** Writes the summary. */
export function summaryTables(key: SeriesKey, csv: OutputFile, parquet: OutputFile): TablePair<SummaryRow> {
  const columns = summaryColumns(key)
  const text = csvTable(columns, csv)
  const table = new TidyParquet(columns, 1)
  return {
    async add({ point, scenario, date, key: names, n, numbers }) {
      const row = table.addRows(1, { point, scenario, date, ...names, n })
      text.bytes.raw(Buffer.from([point, csvText(scenario), date, ...Object.values(names).map(String).map(csvText), n].join(',')))
      for (const name of SUMMARY_NUMBERS) {
        table.numbers(name).values[row] = numbers[name]
        text.bytes.comma()
        text.bytes.exact(numbers[name])
      }
      text.bytes.raw(LINE_END)
      await text.flushWhenFull()
      if (table.isFull) await parquet.write(table.flush())
    },
    async finish() {
      await parquet.write(table.finish())
      await text.finish()
    },
  }
}

/** A point and what became of it. */
export interface PointRow {
  readonly point: number
  /** In the order of the columns. */
  readonly values: readonly (string | number | boolean | null)[]
  readonly replications: number
  /** `precise` or `cap` under a stopping rule; `complete`, `incomplete`, or `refused` where the values make no study. */
  readonly outcome: string
}

/** Writes points.csv. @param paths of the factors */
export function pointTable(paths: readonly string[], csv: OutputFile): TablePair<PointRow> {
  const names = ['point', ...paths, 'replications', 'outcome']
  const text = csvTable(names.map((name) => ({ name, kind: 'text' })), csv)
  return {
    async add({ point, values, replications, outcome }) {
      const cells = values.map((value) => (typeof value === 'string' ? csvText(value) : (value ?? '')))
      text.bytes.raw(Buffer.from(`${[point, ...cells, replications, outcome].join(',')}\n`))
      await text.flushWhenFull()
    },
    finish: () => text.finish(),
  }
}

function csvTable(columns: readonly TidyColumn[], file: OutputFile) {
  const bytes = new CsvBytes(FLUSH_BYTES * 2)
  bytes.raw(Buffer.from(`${columns.map(({ name }) => csvText(name)).join(',')}\n`))
  const flush = async (): Promise<void> => {
    await file.write(bytes.view())
    bytes.clear()
  }
  return {
    bytes,
    async flushWhenFull() {
      if (bytes.length >= FLUSH_BYTES) await flush()
    },
    finish: flush,
  }
}
