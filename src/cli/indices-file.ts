/** A table of groups from a CSV file → populations, values and what is published about their precision. */
import { readFile, stat } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { InputError, type Problem } from '../errors.ts'
import { requireRegularFile } from '../baseline/regular-file.ts'
import { scaleOf } from '../measures/indices/scales.ts'
import type { Precision } from '../measures/indices/standard-errors.ts'
import type { ValueType } from '../measures/indices/types.ts'
import { nearest } from '../scenario/suggest.ts'
import { PROBLEMS } from './indices-messages.ts'

const MAX_FILE_MEGABYTES = 10
const MAX_GROUPS = 1000
const MAX_PROBLEMS = 20

const REQUIRED = ['group', 'population', 'value'] as const
const OPTIONAL = ['count', 'standard_error', 'lower_cl', 'upper_cl'] as const
const COLUMNS = [...REQUIRED, ...OPTIONAL] as const
type Column = (typeof COLUMNS)[number]
type NumberColumn = Exclude<Column, 'group'>

/** How the values are to be read. */
export interface FileReading {
  readonly valueType: ValueType
  readonly transform: boolean
  readonly ordered: boolean
}

/** A checked table. */
export interface GroupTable {
  readonly groups: readonly string[]
  readonly population: readonly number[]
  readonly values: readonly number[]
  readonly precision: Precision
  /** Columns of the file that mean nothing here. */
  readonly ignored: readonly string[]
}

/** One row: its line and its cells by column, trimmed. */
interface Row {
  readonly line: number
  readonly cells: Readonly<Partial<Record<Column, string>>>
}

/**
 * Reads and checks a table.
 * @throws InputError with every problem of the file, up to 20, by line
 */
export async function readGroupTable(file: string, reading: FileReading): Promise<GroupTable> {
  const records = parseRecords(file, await readText(file))
  const header = readHeader(file, records)
  const rows = records.slice(1).map(({ record, line }) => rowOf(header.columns, record, line))
  const used = usedColumns(rows)
  refuse(file, [...groupProblems(rows, reading.ordered), ...rows.flatMap((row) => rowProblems(row, used, reading))])
  const numbers = (column: NumberColumn): number[] => rows.map((row) => numberIn(row, column))
  return {
    groups: rows.map(({ cells }) => cells.group ?? ''),
    population: numbers('population'),
    values: numbers('value'),
    precision: {
      limits: used.has('lower_cl') ? { lower: numbers('lower_cl'), upper: numbers('upper_cl') } : null,
      standardErrors: used.has('standard_error') ? numbers('standard_error') : null,
      counts: used.has('count') ? numbers('count') : null,
    },
    ignored: header.ignored,
  }
}

function refuse(file: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const inOrder = problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  throw new InputError(inOrder.slice(0, MAX_PROBLEMS).map((problem) => ({ file, ...problem })))
}

async function readText(file: string): Promise<string> {
  try {
    await requireRegularFile(file)
    if ((await stat(file)).size > MAX_FILE_MEGABYTES * 1_000_000) {
      throw new InputError({ file, message: PROBLEMS.tooLarge(MAX_FILE_MEGABYTES) })
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (error instanceof InputError) throw error
    if (error instanceof TypeError) throw new InputError({ file, message: PROBLEMS.notUtf8 })
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    const message = { ENOENT: PROBLEMS.noFile, EISDIR: PROBLEMS.folder }[code] ?? PROBLEMS.unreadable(code)
    throw new InputError({ file, message })
  }
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly line: number
}

function parseRecords(file: string, text: string): CsvRecord[] {
  try {
    const found = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    // A row that spreadsheets pad with nothing but commas is no group.
    return found
      .filter(({ record }) => record.some((cell) => cell !== ''))
      .map(({ record, info }) => ({ record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new InputError({ file, message: PROBLEMS.badCsv(error.message) })
  }
}

interface Header {
  readonly columns: readonly (Column | null)[]
  readonly ignored: readonly string[]
}

function readHeader(file: string, records: readonly CsvRecord[]): Header {
  if (records.length === 0) throw new InputError({ file, message: PROBLEMS.empty })
  const names = records[0].record
  const line = records[0].line
  if (names.length === 1 && names[0].includes(';')) throw new InputError({ file, line, message: PROBLEMS.semicolons })
  const problems: Problem[] = []
  for (const name of REQUIRED) {
    if (!names.includes(name)) problems.push({ line, message: PROBLEMS.missingColumn(name, nearest(name, names), names) })
  }
  for (const name of COLUMNS) {
    if (names.indexOf(name) !== names.lastIndexOf(name)) problems.push({ line, message: PROBLEMS.repeatedColumn(name) })
  }
  const unknown = names.filter((name) => !isColumn(name))
  for (const name of unknown) {
    const near = nearest(name, OPTIONAL)
    if (near !== null) problems.push({ line, message: PROBLEMS.unknownColumn(name, near) })
  }
  for (const [given, missing] of [['lower_cl', 'upper_cl'], ['upper_cl', 'lower_cl']]) {
    if (names.includes(given) && !names.includes(missing)) {
      problems.push({ line, message: PROBLEMS.halfLimits(given, missing) })
    }
  }
  refuse(file, problems)
  const groups = records.length - 1
  if (groups < 2) throw new InputError({ file, message: PROBLEMS.tooFew(groups) })
  if (groups > MAX_GROUPS) throw new InputError({ file, message: PROBLEMS.tooManyGroups(MAX_GROUPS) })
  return {
    columns: names.map((name) => (isColumn(name) ? name : null)),
    ignored: unknown.filter((name) => name !== ''),
  }
}

function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name)
}

function rowOf(columns: readonly (Column | null)[], record: readonly string[], line: number): Row {
  const cells: Partial<Record<Column, string>> = {}
  columns.forEach((column, index) => {
    if (column !== null) cells[column] = record[index]
  })
  return { line, cells }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu

/** NaN where the cell is not a number. */
function numberIn({ cells }: Row, column: NumberColumn): number {
  const text = cells[column] ?? ''
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : Number.NaN
}

/** Names: there, each once, and in the order that they themselves say. */
function groupProblems(rows: readonly Row[], ordered: boolean): Problem[] {
  const problems: Problem[] = []
  const lineOf = new Map<string, number>()
  for (const { line, cells } of rows) {
    const name = cells.group ?? ''
    const before = lineOf.get(name)
    if (name === '') problems.push({ line, path: 'group', message: PROBLEMS.emptyGroup })
    else if (before !== undefined) problems.push({ line, path: 'group', message: PROBLEMS.repeatedGroup(name, before) })
    lineOf.set(name, line)
  }
  return ordered && problems.length === 0 ? orderProblems(rows) : problems
}

/** Names with one whole number each (1, Quintile 2, Q3) must count up; named ends must stand at the ends. */
function orderProblems(rows: readonly Row[]): Problem[] {
  const names = rows.map(({ cells }) => cells.group ?? '')
  const numbers = names.map((name) => name.match(/\d+/gu) ?? [])
  if (numbers.every((found) => found.length === 1)) {
    const at = names.findIndex((_, row) => row > 0 && Number(numbers[row][0]) <= Number(numbers[row - 1][0]))
    if (at > 0) {
      return [{ line: rows[at].line, path: 'group', message: PROBLEMS.outOfOrder(names[at], names[at - 1]) }]
    }
  }
  const most = names.findIndex((name) => /^most deprived/iu.test(name))
  const least = names.findIndex((name) => /^least deprived/iu.test(name))
  const problems: Problem[] = []
  if (most > 0) {
    problems.push({ line: rows[most].line, path: 'group', message: PROBLEMS.mostDeprivedFirst(names[most]) })
  }
  if (least >= 0 && least < names.length - 1) {
    problems.push({ line: rows[least].line, path: 'group', message: PROBLEMS.leastDeprivedLast(names[least]) })
  }
  return problems
}

/** Columns with something in at least one row: an empty column is as good as none. */
function usedColumns(rows: readonly Row[]): ReadonlySet<Column> {
  return new Set(COLUMNS.filter((column) => rows.some(({ cells }) => (cells[column] ?? '') !== '')))
}

function rowProblems(row: Row, used: ReadonlySet<Column>, reading: FileReading): Problem[] {
  const unreadable = cellProblems(row, used)
  return unreadable.length > 0 ? unreadable : valueProblems(row, used, reading)
}

/** Cells that must hold a number and do not. */
function cellProblems(row: Row, used: ReadonlySet<Column>): Problem[] {
  const needed: NumberColumn[] = ['population', 'value']
  for (const column of OPTIONAL) {
    const pair = column === 'lower_cl' ? 'upper_cl' : column === 'upper_cl' ? 'lower_cl' : column
    if (used.has(column) || used.has(pair)) needed.push(column)
  }
  return needed
    .filter((column) => Number.isNaN(numberIn(row, column)))
    .map((column) => ({ line: row.line, path: column, message: PROBLEMS.notANumber(row.cells[column] ?? '') }))
}

/** Numbers that cannot be. */
function valueProblems(row: Row, used: ReadonlySet<Column>, { valueType, transform }: FileReading): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, message: string): void => void problems.push({ line: row.line, path, message })
  const population = numberIn(row, 'population')
  const value = numberIn(row, 'value')
  const onScale = Number.isFinite(scaleOf(valueType).to(value))
  if (population <= 0) add('population', PROBLEMS.population(population))
  if (valueType === 'rate' && value < 0) add('value', PROBLEMS.negativeRate(value))
  else if (valueType === 'proportion' && (value < 0 || value > 1)) add('value', PROBLEMS.proportion(value))
  else if (transform && !onScale) {
    add('value', valueType === 'rate' ? PROBLEMS.zeroRate : PROBLEMS.boundProportion(value))
  }
  if (used.has('standard_error')) {
    const error = numberIn(row, 'standard_error')
    if (error < 0) add('standard_error', PROBLEMS.standardError(error))
  }
  if (used.has('count')) addCountProblem(numberIn(row, 'count'), population, valueType, add)
  if (used.has('lower_cl')) addLimitProblem(row, valueType, onScale, add)
  return problems
}

type Add = (path: string, message: string) => void

function addCountProblem(count: number, population: number, valueType: ValueType, add: Add): void {
  if (count < 0 || !Number.isInteger(count)) add('count', PROBLEMS.count(count))
  else if (valueType === 'proportion' && count > population) {
    add('count', PROBLEMS.countAbovePopulation(count, population))
  }
}

function addLimitProblem(row: Row, valueType: ValueType, onScale: boolean, add: Add): void {
  const lower = numberIn(row, 'lower_cl')
  const upper = numberIn(row, 'upper_cl')
  const value = numberIn(row, 'value')
  if (!(lower <= value && value <= upper)) {
    add('lower_cl', PROBLEMS.limitOrder(lower, value, upper))
    return
  }
  if (!onScale) return
  for (const [column, limit] of [['lower_cl', lower], ['upper_cl', upper]] as const) {
    if (!Number.isFinite(scaleOf(valueType).to(limit))) add(column, PROBLEMS.limitOffScale(limit, valueType))
  }
}
