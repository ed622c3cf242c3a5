/** series.parquet, differences.parquet and runs.parquet: the tidy tables for pandas, R, DuckDB. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { confidenceInterval } from '../measures/interval.ts'
import type { SeriesKey } from '../measures/types.ts'
import type { OutputFile } from './output-file.ts'
import { CodedColumn, NumberColumn, type ParquetColumn } from './parquet-columns.ts'
import {
  DIFFERENCE_COLUMNS,
  differenceRows,
  RUN_COLUMNS,
  SERIES_COLUMNS,
  seriesRows,
  spreadOf,
  systemColumn,
  type Moments,
  type SeriesRows,
} from './row-plan.ts'
import type { ScenarioSummary, StudyResults } from './types.ts'

/** Rows that are encoded together: large enough to compress, small enough to hold. */
const ROW_GROUP_ROWS = 100_000
const INTEGER_COLUMNS: readonly string[] = ['n', 'draw', 'replication']
const NUMBER_COLUMNS: readonly string[] = ['mean', 'difference', 'sd', 'lower', 'upper', 'value']

/** Writes the same rows and columns as series.csv; an undefined number is null. */
export async function writeSeriesParquet(results: StudyResults, file: OutputFile): Promise<void> {
  await writeMoments(results, createTable(SERIES_COLUMNS, results.catalogue.dates.length, file), seriesRows(results), 'mean', (scenario) => scenario)
}

/** Writes each scenario's paired difference from the reference, with its own spread and interval. */
export async function writeDifferencesParquet(results: StudyResults, file: OutputFile): Promise<void> {
  const table = createTable(DIFFERENCE_COLUMNS, results.catalogue.dates.length, file)
  await writeMoments(results, table, differenceRows(results), 'difference', ({ difference, differenceSd, differenceN }) => ({
    mean: difference,
    sd: differenceSd,
    n: differenceN,
  }))
}

/** @param value the column that takes the mean */
async function writeMoments(
  results: StudyResults,
  table: Table,
  rows: Iterable<SeriesRows>,
  value: string,
  momentsOf: (scenario: ScenarioSummary) => Moments,
): Promise<void> {
  const { dates } = results.catalogue
  const system = systemColumn(results)
  const date = table.coded('date')
  const n = table.coded('n')
  const [mean, sd, lower, upper] = [value, 'sd', 'lower', 'upper'].map((name) => table.numbers(name))
  const dateCodes = dates.map((each) => date.code(each))
  for (const { scenario, key, offset, dateIndices } of rows) {
    const moments = momentsOf(scenario)
    const first = table.addRows(dateIndices.length, { scenario: scenario.id, system: system(key), ...names(key) })
    for (let k = 0; k < dateIndices.length; k++) {
      const row = first + k
      const at = offset + dateIndices[k]
      const interval = confidenceInterval(moments.mean[at], moments.sd[at], moments.n[at])
      date.codes[row] = dateCodes[dateIndices[k]]
      mean.values[row] = moments.mean[at]
      sd.values[row] = spreadOf(moments, at)
      lower.values[row] = interval.lower
      upper.values[row] = interval.upper
      n.codes[row] = n.code(moments.n[at])
    }
    await table.flushWhenFull()
  }
  await table.finish()
}

/** Writes the value of each run and series at the reporting dates. */
export async function writeRunsParquet(results: StudyResults, file: OutputFile): Promise<void> {
  const { dateIndices, runs } = results.runRows
  const system = systemColumn(results)
  const table = createTable(RUN_COLUMNS, dateIndices.length, file)
  const date = table.coded('date')
  const value = table.numbers('value')
  const dateCodes = dateIndices.map((index) => date.code(results.catalogue.dates[index]))
  for (const { scenario, draw, replication, values } of runs) {
    for (const [series, key] of results.catalogue.keys.entries()) {
      const first = table.addRows(dateIndices.length, { scenario, draw, replication, system: system(key), ...names(key) })
      for (let k = 0; k < dateIndices.length; k++) {
        date.codes[first + k] = dateCodes[k]
        value.values[first + k] = values[series * dateIndices.length + k]
      }
      await table.flushWhenFull()
    }
  }
  await table.finish()
}

function names({ specialty, stage, dimension, group, measure }: SeriesKey): Record<string, string> {
  return { specialty, stage, dimension, group, measure }
}

/** A Parquet table under construction. */
interface Table {
  coded(name: string): CodedColumn
  numbers(name: string): NumberColumn
  /** Makes room for rows, sets the columns in which they are all the same, and returns the index of the first. */
  addRows(count: number, same: Readonly<Record<string, string | number>>): number
  flushWhenFull(): Promise<void>
  finish(): Promise<void>
}

/** @param mostRowsAtOnce most rows that one call of `addRows` asks for */
function createTable(columnNames: readonly string[], mostRowsAtOnce: number, file: OutputFile): Table {
  const capacity = ROW_GROUP_ROWS + mostRowsAtOnce
  const codedColumns = new Map<string, CodedColumn>()
  const numberColumns = new Map<string, NumberColumn>()
  const columns = columnNames.map((name): ParquetColumn => {
    if (NUMBER_COLUMNS.includes(name)) return kept(numberColumns, name, new NumberColumn(name, capacity))
    return kept(
      codedColumns,
      name,
      new CodedColumn(name, INTEGER_COLUMNS.includes(name) ? 'integer' : 'text', capacity),
    )
  })
  const sink = createSink(columns, file)
  let rows = 0
  const flush = async (): Promise<void> => {
    await sink.writeRowGroup(rows)
    rows = 0
  }
  const coded = (name: string): CodedColumn => found(codedColumns, name)
  return {
    coded,
    numbers: (name) => found(numberColumns, name),
    addRows(count, same) {
      const first = rows
      rows += count
      for (const name in same) {
        const column = coded(name)
        column.codes.fill(column.code(same[name]), first, rows)
      }
      return first
    },
    async flushWhenFull() {
      if (rows >= ROW_GROUP_ROWS) await flush()
    },
    async finish() {
      if (rows > 0) await flush()
      await sink.finish()
    },
  }
}

function kept<Column>(columns: Map<string, Column>, name: string, column: Column): Column {
  columns.set(name, column)
  return column
}

function found<Column>(columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name)
  if (column === undefined) throw new Error(`the table has no such column: ${name}`)
  return column
}

/** Where row groups go: the library keeps the footer, and bytes leave memory after each row group. */
function createSink(columns: readonly ParquetColumn[], file: OutputFile) {
  const writer = new ByteWriter(8 * 1024 * 1024)
  const schema = [{ name: 'root', num_children: columns.length }, ...columns.map((column) => column.schema)]
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'fairwait' })
  const drain = async (): Promise<void> => {
    await file.write(writer.getBytes())
    writer.index = 0
  }
  return {
    async writeRowGroup(rows: number): Promise<void> {
      const chunks = columns.map((column) => {
        const start = BigInt(writer.offset)
        return { file_offset: start, meta_data: column.writeChunk(writer, rows) }
      })
      parquet.num_rows += BigInt(rows)
      parquet.row_groups.push({
        columns: chunks,
        num_rows: BigInt(rows),
        total_byte_size: chunks.reduce((bytes, { meta_data }) => bytes + meta_data.total_uncompressed_size, 0n),
        total_compressed_size: chunks.reduce((bytes, { meta_data }) => bytes + meta_data.total_compressed_size, 0n),
      })
      await drain()
    },
    async finish(): Promise<void> {
      await parquet.finish()
      await drain()
    },
  }
}
