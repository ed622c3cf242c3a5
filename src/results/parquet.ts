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
    addSeries(table.columns, rows, results.catalogue.dates, system)
    await table.flushWhenFull()
  }
  await table.finish()
}

/** Writes the value of each run and series at the reporting dates. */
export async function writeRunsParquet(results: StudyResults, file: OutputFile): Promise<void> {
  const table = await createTable(RUN_COLUMNS, file)
  const system = systemCode(results)
  const { dateIndices, runs } = results.runRows
  const dates = dateIndices.map((index) => results.catalogue.dates[index])
  for (const { scenario, draw, replication, values } of runs) {
    for (const [series, { specialty, stage, dimension, group, measure }] of results.catalogue.keys.entries()) {
      for (let k = 0; k < dates.length; k++) {
        const value = orNull(values[series * dates.length + k])
        append(table.columns, [scenario, draw, replication, dates[k], system, specialty, stage, dimension, group, measure, value])
      }
      await table.flushWhenFull()
    }
  }
  await table.finish()
}

function addSeries(columns: readonly Cell[][], rows: SeriesRows, dates: readonly string[], system: string): void {
  const { specialty, stage, dimension, group, measure } = rows.key
  const { id, mean, sd, n } = rows.scenario
  for (const index of rows.dateIndices) {
    const at = rows.offset + index
    const { lower, upper } = confidenceInterval(mean[at], sd[at], n[at])
    const spread = Number.isNaN(mean[at]) ? null : sd[at]
    append(columns, [
      id, dates[index], system, specialty, stage, dimension, group, measure, orNull(mean[at]), spread, orNull(lower), orNull(upper), n[at],
    ])
  }
}

function append(columns: readonly Cell[][], row: readonly Cell[]): void {
  for (let c = 0; c < columns.length; c++) columns[c].push(row[c])
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

/** A Parquet table under construction. */
interface Table {
  /** One array per column, in order, of the rows not yet written. */
  readonly columns: readonly Cell[][]
  flushWhenFull(): Promise<void>
  finish(): Promise<void>
}

async function createTable(names: readonly string[], file: OutputFile): Promise<Table> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const writer = new ByteWriter(8 * 1024 * 1024)
  // Without statistics a reader cannot skip row groups; with them, writing takes half as long again.
  const parquet = new ParquetWriter({ writer, schema: schemaOf(names), statistics: false, createdBy: 'fairwait' })
  const columns: Cell[][] = names.map(() => [])

  const drain = async (): Promise<void> => {
    await file.write(writer.getBytes())
    writer.index = 0
  }
  const flush = async (): Promise<void> => {
    const rows = columns[0].length
    await parquet.write({ columnData: names.map((name, c) => ({ name, data: columns[c] })), rowGroupSize: rows })
    for (const column of columns) column.length = 0
    await drain()
  }
  return {
    columns,
    async flushWhenFull() {
      if (columns[0].length >= ROW_GROUP_ROWS) await flush()
    },
    async finish() {
      if (columns[0].length > 0) await flush()
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
