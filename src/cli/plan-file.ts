/** Queues from a planner's CSV file. */
import { CsvError, parse } from 'csv-parse/sync'
import { ALL, type Queue } from '../baseline/plan/plan.ts'
import { INDEPENDENT_CV } from '../baseline/plan/queues.ts'
import { InputError, type Problem } from '../errors.ts'
import { nearest } from '../scenario/suggest.ts'
import { PROBLEMS, TOTALS } from './plan-messages.ts'

const NUMBERS = ['clock_starts_per_week', 'capacity_per_week', 'waiting', 'mean_wait_weeks'] as const
const REQUIRED = ['specialty', ...NUMBERS] as const
const OPTIONAL = ['group', 'cv_demand', 'cv_capacity'] as const
const COLUMNS = [...REQUIRED, ...OPTIONAL] as const
type Column = (typeof COLUMNS)[number]
type NumberColumn = (typeof NUMBERS)[number] | 'cv_demand' | 'cv_capacity'

/** Largest number of each column. */
const MOST: Readonly<Record<NumberColumn, number>> = {
  clock_starts_per_week: 10_000_000,
  capacity_per_week: 10_000_000,
  waiting: 100_000_000,
  mean_wait_weeks: 1040,
  cv_demand: 100,
  cv_capacity: 100,
}
const MAX_ROWS = 10_000
const MAX_NAME = 120
const MAX_PROBLEMS = 20
/** A row is a few short cells. */
const MAX_ROW_CHARACTERS = 10_000
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

interface Row {
  readonly line: number
  readonly cells: Readonly<Partial<Record<Column, string>>>
}

/**
 * One queue per row of a CSV file.
 *
 * @param file its name, for messages
 * @throws InputError with every problem of the file, up to 20, by line
 */
export function queuesOfCsv(text: string, file: string): Queue[] {
  const records = parseRecords(text, file)
  const columns = columnsOf(records, file)
  const rows = records.slice(1).map(({ cells, line }): Row => ({
    line,
    cells: Object.fromEntries(columns.map((column, index) => [column, cells[index]])),
  }))
  refuse(file, records.slice(1).flatMap(({ cells, line }) => (cells.length === columns.length ? [] : [{ line, message: PROBLEMS.cells(cells.length, columns.length) }])))
  const grouped = rows.some(({ cells }) => (cells.group ?? '') !== '')
  refuse(file, [...nameProblems(rows, grouped), ...rows.flatMap(numberProblems)])
  return rows.map(({ cells }): Queue => ({
    specialty: cells.specialty ?? '',
    name: cells.specialty ?? '',
    group: grouped ? (cells.group ?? '') : ALL,
    groupLabel: grouped ? (cells.group ?? '') : TOTALS.groups,
    demandPerWeek: Number(cells.clock_starts_per_week),
    capacityPerWeek: Number(cells.capacity_per_week),
    waiting: Number(cells.waiting),
    meanWaitWeeks: Number(cells.mean_wait_weeks),
    cvDemand: coefficient(cells.cv_demand),
    cvCapacity: coefficient(cells.cv_capacity),
  }))
}

const coefficient = (cell: string | undefined): number => (cell === undefined || cell === '' ? INDEPENDENT_CV : Number(cell))

interface CsvRecord {
  readonly cells: readonly string[]
  readonly line: number
}

function parseRecords(text: string, file: string): CsvRecord[] {
  try {
    const found = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
      max_record_size: MAX_ROW_CHARACTERS,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    // A row that spreadsheets pad with nothing but commas is no queue.
    return found.filter(({ record }) => record.some((cell) => cell !== '')).map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? { line: error['lines'] } : {}
    throw new InputError({ file, ...line, message: PROBLEMS.badCsv(error.message.slice(0, 200)) })
  }
}

function columnsOf(records: readonly CsvRecord[], file: string): Column[] {
  if (records.length === 0) throw new InputError({ file, message: PROBLEMS.empty })
  const [{ cells: names, line }] = records
  if (names.length === 1 && names[0].includes(';')) throw new InputError({ file, line, message: PROBLEMS.semicolons })
  const problems: Problem[] = []
  for (const name of REQUIRED) {
    if (!names.includes(name)) problems.push({ line, message: PROBLEMS.missingColumn(name, nearest(name, names), names) })
  }
  for (const [index, name] of names.entries()) {
    if (!isColumn(name)) problems.push({ line, message: PROBLEMS.unknownColumn(name, nearest(name, COLUMNS), COLUMNS) })
    else if (names.indexOf(name) < index) problems.push({ line, message: PROBLEMS.repeatedColumn(name) })
  }
  refuse(file, problems)
  if (records.length === 1) throw new InputError({ file, message: PROBLEMS.noRows })
  if (records.length > MAX_ROWS + 1) throw new InputError({ file, message: PROBLEMS.tooManyRows(MAX_ROWS) })
  return names.filter(isColumn)
}

const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name)

function nameProblems(rows: readonly Row[], grouped: boolean): Problem[] {
  const problems: Problem[] = []
  const lineOf = new Map<string, number>()
  for (const { line, cells } of rows) {
    for (const path of grouped ? (['specialty', 'group'] as const) : (['specialty'] as const)) {
      const name = cells[path] ?? ''
      if (name === '') problems.push({ line, path, message: path === 'group' ? PROBLEMS.groupMissing : PROBLEMS.noName })
      if (name.length > MAX_NAME) problems.push({ line, path, message: PROBLEMS.longName(MAX_NAME) })
      if (name.toLowerCase() === ALL) problems.push({ line, path, message: PROBLEMS.reserved(name) })
    }
    const queue = JSON.stringify([cells.specialty, cells.group])
    const before = lineOf.get(queue)
    if (before !== undefined) problems.push({ line, path: 'specialty', message: PROBLEMS.repeatedQueue(before) })
    else lineOf.set(queue, line)
  }
  return problems
}

function numberProblems({ line, cells }: Row): Problem[] {
  return (Object.keys(MOST) as NumberColumn[]).flatMap((path) => {
    const text = cells[path] ?? ''
    if (text === '' && (path === 'cv_demand' || path === 'cv_capacity')) return []
    const value = NUMBER.test(text) ? Number(text) : Number.NaN
    return value <= MOST[path] ? [] : [{ line, path, message: PROBLEMS.notANumber(text, MOST[path]) }]
  })
}

function refuse(file: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const inOrder = problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  throw new InputError(inOrder.slice(0, MAX_PROBLEMS).map((problem) => ({ file, ...problem })))
}
