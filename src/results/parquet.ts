/** series.parquet and runs.parquet: the tidy tables for pandas, R, DuckDB. Loads the Parquet writer only here. */
import type { SchemaElement } from 'hyparquet'
import { confidenceInterval } from '../measures/interval.ts'
import type { OutputFile } from './output-file.ts'
import { RUN_COLUMNS, seriesRows, SERIES_COLUMNS, systemCode, type SeriesRows } from './row-plan.ts'
import type { StudyResults } from './types.ts'

/** Rows that are encoded together: large enough to compress, small enough to hold. */
const ROW_GROUP_ROWS = 100_000
const INTEGER_COLUMNS: readonly string[] = ['n', 'draw', 'replication']
const NUMBER_COLUMNS: readonly string[] = ['mean', 'sd', 'lower', 'upper', 'value']

type Cell = string | number | null

/** Writes the same rows and columns as series.csv; an undefined number is null. */
export async function writeSeriesParquet(results: StudyResults, file: OutputFile): Promise<void> {
  const table = await createTable(SERIES_COLUMNS, file)
  const system = systemCode(results)
  for (const rows of seriesRows(results)) {
    addSeries(table, rows, results.catalogue.dates, system)
    await table.flushWhenFull()
  }
  await table.finish()
}

/** Writes the value of each run and series at the reporting dates. */
export async function writeRunsParquet(results: StudyResults, file: OutputFile): Promise<void> {
  const table = await createTable(RUN_COLUMNS, file)
  const { columns } = table
  const system = systemCode(results)
  const { dateIndices, runs } = results.runRows
  const dates = dateIndices.map((index) => results.catalogue.dates[index])
  for (const { scenario, draw, replication, values } of runs) {
    for (const [series, { specialty, stage, dimension, group, measure }] of results.catalogue.keys.entries()) {
      const first = table.addRows(dates.length)
      fill(columns, first, dates.length, { scenario, draw, replication, system, specialty, stage, dimension, group, measure })
      for (let k = 0; k < dates.length; k++) {
        columns.date[first + k] = dates[k]
        columns.value[first + k] = orNull(values[series * dates.length + k])
      }
      await table.flushWhenFull()
    }
  }
  await table.finish()
}

function addSeries(table: Table<(typeof SERIES_COLUMNS)[number]>, rows: SeriesRows, dates: readonly string[], system: string): void {
  const { columns } = table
  const { id, mean, sd, n } = rows.scenario
  const first = table.addRows(rows.dateIndices.length)
  fill(columns, first, rows.dateIndices.length, { scenario: id, system, ...rows.key })
  rows.dateIndices.forEach((index, k) => {
    const at = rows.offset + index
    const row = first + k
    const { lower, upper } = confidenceInterval(mean[at], sd[at], n[at])
    columns.date[row] = dates[index]
    columns.mean[row] = orNull(mean[at])
    columns.sd[row] = Number.isNaN(mean[at]) ? null : sd[at]
    columns.lower[row] = orNull(lower)
    columns.upper[row] = orNull(upper)
    columns.n[row] = n[at]
  })
}

/** Sets the columns that are the same for several rows. */
function fill<Name extends string>(
  columns: Readonly<Record<Name, Cell[]>>, first: number, count: number, constants: Readonly<Partial<Record<Name, Cell>>>,
): void {
  for (const name in constants) {
    const column = columns[name]
    const value = constants[name] ?? null
    for (let row = first; row < first + count; row++) column[row] = value
  }
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

/** A Parquet table under construction. */
interface Table<Name extends string> {
  /** The rows not yet written, by column. */
  readonly columns: Readonly<Record<Name, Cell[]>>
  /** Makes room for rows and returns the index of the first. */
  addRows(count: number): number
  flushWhenFull(): Promise<void>
  finish(): Promise<void>
}

async function createTable<Name extends string>(names: readonly Name[], file: OutputFile): Promise<Table<Name>> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const writer = new ByteWriter(8 * 1024 * 1024)
  // Without statistics a reader cannot skip row groups; with them, writing takes half as long again.
  const parquet = new ParquetWriter({ writer, schema: schemaOf(names), statistics: false, createdBy: 'fairwait' })
  const columns = Object.fromEntries(names.map((name) => [name, new Array<Cell>(ROW_GROUP_ROWS)])) as Record<Name, Cell[]>
  let rows = 0

  const drain = async (): Promise<void> => {
    await file.write(writer.getBytes())
    writer.index = 0
  }
  const flush = async (): Promise<void> => {
    const columnData = names.map((name) => {
      const data = columns[name].slice(0, rows)
      // Looking doubles up in a dictionary is slow, and few of them repeat.
      return NUMBER_COLUMNS.includes(name) ? { name, data, encoding: 'PLAIN' as const } : { name, data }
    })
    await parquet.write({ columnData, rowGroupSize: rows })
    rows = 0
    await drain()
  }
  return {
    columns,
    addRows(count) {
      rows += count
      return rows - count
    },
    async flushWhenFull() {
      if (rows >= ROW_GROUP_ROWS) await flush()
    },
    async finish() {
      if (rows > 0) await flush()
      await parquet.finish()
      await drain()
    },
  }
}

function schemaOf(names: readonly string[]): SchemaElement[] {
  return [{ name: 'root', num_children: names.length }, ...names.map(columnSchema)]
}

function columnSchema(name: string): SchemaElement {
  if (INTEGER_COLUMNS.includes(name)) return { name, type: 'INT32', repetition_type: 'REQUIRED' }
  if (NUMBER_COLUMNS.includes(name)) return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }
  return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }
}
