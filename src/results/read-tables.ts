/**
 * The Parquet tables of a results folder, read back into the arrays that they were written from. Knows no files: the
 * same code reads them in Node and in a browser.
 */
import { InputError } from '../errors.ts'
import type { SeriesKey } from '../measures/types.ts'
import { readMessages } from './messages.ts'
import type { Moments } from './row-plan.ts'
import type { RunRows } from './types.ts'

/** Bytes of a file of the folder, by its name. */
export type ReadFile = (name: string) => Promise<Uint8Array>

/** What the tables' rows are held against. */
export interface TableFrame {
  readonly scenarioIds: readonly string[]
  /** ISO dates of the columns of every array, rising. */
  readonly dates: readonly string[]
  /** Number of series. */
  readonly series: number
}

/** One column of the rows of a row group. */
type Column = ArrayLike<unknown>

const KEY_COLUMNS = ['specialty', 'stage', 'dimension', 'group', 'measure'] as const satisfies readonly (keyof SeriesKey)[]

/** Names of series, in the order in which a table of moments first has them. */
export interface SeriesNames {
  readonly keys: SeriesKey[]
}

/**
 * Reads series.parquet or differences.parquet.
 * @param value the column that holds the mean
 * @param names series are numbered as they stand here; an empty list is filled in the order of the first scenario
 * @returns moments by scenario id, at series × dates + date; NaN with n 0 where the table has no row
 * @throws InputError where rows do not fit the frame
 */
export async function readMoments(
  read: ReadFile,
  name: string,
  value: string,
  { scenarioIds, dates, series }: TableFrame,
  names: SeriesNames,
): Promise<Map<string, Moments>> {
  const found = new Map<string, Moments>()
  const dateIndex = new Map(dates.map((date, index) => [date, index]))
  const walk = createSeriesWalk(name, names, series)
  let [scenario, moments]: [string | null, Moments] = [null, emptyMoments(0)]
  await eachRowGroup(read, name, ['scenario', 'date', ...KEY_COLUMNS, value, 'sd', 'n'], (columns, rows) => {
    const [scenarios, days, ...rest] = columns
    const [means, sds, counts] = rest.slice(KEY_COLUMNS.length)
    for (let row = 0; row < rows; row += 1) {
      if (scenarios[row] !== scenario) {
        scenario = scenarios[row] as string
        if (!scenarioIds.includes(scenario) || found.has(scenario)) throw doesNotFit(name)
        moments = emptyMoments(series * dates.length)
        found.set(scenario, moments)
        walk.restart()
      }
      const date = dateIndex.get(days[row] as string)
      if (date === undefined) throw doesNotFit(name)
      const at = walk.next(rest, row) * dates.length + date
      moments.mean[at] = numberOf(means[row])
      moments.n[at] = counts[row] as number
      // A single run has no spread; the table says so, and the arrays have 0.
      moments.sd[at] = counts[row] === 1 ? 0 : numberOf(sds[row])
    }
  })
  return found
}

/**
 * Reads runs.parquet.
 * @param names the series, all of them
 * @throws InputError where rows do not fit the frame
 */
export async function readRuns(read: ReadFile, { scenarioIds, dates, series }: TableFrame, names: SeriesNames, dateIndices: readonly number[]): Promise<RunRows> {
  const name = 'runs.parquet'
  const runs: RunRows['runs'][number][] = []
  const dateIndex = new Map(dateIndices.map((date, k) => [dates[date], k]))
  const walk = createSeriesWalk(name, names, series)
  await eachRowGroup(read, name, ['scenario', 'draw', 'replication', 'date', ...KEY_COLUMNS, 'value'], (columns, rows) => {
    const [scenarios, draws, replications, days, ...rest] = columns
    const [values] = rest.slice(KEY_COLUMNS.length)
    for (let row = 0; row < rows; row += 1) {
      const task = { scenario: scenarios[row] as string, draw: draws[row] as number, replication: replications[row] as number }
      let run = runs.at(-1)
      if (run === undefined || run.scenario !== task.scenario || run.draw !== task.draw || run.replication !== task.replication) {
        if (!scenarioIds.includes(task.scenario)) throw doesNotFit(name)
        run = { ...task, values: new Float64Array(series * dateIndices.length).fill(Number.NaN) }
        runs.push(run)
        walk.restart()
      }
      const k = dateIndex.get(days[row] as string)
      if (k === undefined) throw doesNotFit(name)
      run.values[walk.next(rest, row) * dateIndices.length + k] = numberOf(values[row])
    }
  })
  return { dateIndices, runs }
}

/** Follows a table's rows through its series, which every scenario and run has in the same order. */
function createSeriesWalk(name: string, { keys }: SeriesNames, series: number) {
  let current = -1
  const isCurrent = (columns: readonly Column[], row: number): boolean =>
    current >= 0 && KEY_COLUMNS.every((column, index) => keys[current][column] === columns[index][row])
  return {
    restart(): void {
      current = -1
    },
    /** Number of the series of a row. @param columns those of `KEY_COLUMNS` first */
    next(columns: readonly Column[], row: number): number {
      if (isCurrent(columns, row)) return current
      current += 1
      if (current === keys.length && keys.length < series) {
        const [specialty, stage, dimension, group, measure] = columns.map((column) => column[row] as string)
        keys.push({ specialty, stage, dimension, group, measure })
      }
      if (current >= keys.length || !isCurrent(columns, row)) throw doesNotFit(name)
      return current
    },
  }
}

function emptyMoments(size: number): Moments {
  return { mean: new Float64Array(size).fill(Number.NaN), sd: new Float64Array(size).fill(Number.NaN), n: new Int32Array(size) }
}

/** Null is undefined: NaN. */
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)

const doesNotFit = (file: string): InputError => new InputError({ file, message: readMessages.doesNotFit })

/**
 * Hands over a table's columns, one row group at a time, so that a table of millions of rows never stands in memory.
 * @throws InputError where the bytes are no such table
 */
async function eachRowGroup(
  read: ReadFile,
  name: string,
  columns: readonly string[],
  take: (columns: Column[], rows: number) => void,
): Promise<void> {
  const bytes = await read(name)
  try {
    // Heavy, and needed here alone.
    const { parquetScan } = await import('hyparquet')
    // A copy of its own: a view of Node's may share its buffer with others.
    const file = { byteLength: bytes.length, slice: (start: number, end?: number) => new Uint8Array(bytes.subarray(start, end)).buffer }
    const scan = await parquetScan({ file, columns: [...columns] })
    for (const range of scan.ranges) {
      const group: Column[] = []
      for (const column of columns) group.push(await scan.readColumn({ column, ...range }))
      take(group, range.rowEnd - range.rowStart)
    }
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError({ file: name, message: readMessages.damaged })
  }
}
