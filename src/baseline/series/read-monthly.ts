/** Reading the published overview time series: England's list, clock starts and completed pathways by month. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { requireRegularFile } from '../regular-file.ts'
import { saySeries } from './messages.ts'

/** One month of the overview; null where it was not published. */
export interface MonthlyTotals {
  /** `YYYY-MM` */
  readonly month: string
  /** Incomplete pathways at the month's end, of them up to 18 weeks and over 52, all with estimates for missing providers. */
  readonly list: number | null
  readonly within18: number | null
  readonly over52: number | null
  /** In the month: clocks started; pathways completed; all removals, those that went unreported among them. */
  readonly clockStarts: number | null
  readonly completed: number | null
  readonly removals: number | null
  /** Waits of those on the list, weeks: the median, and what 92 in 100 are within; people over 65, 78 and 104 weeks. */
  readonly medianWeeks: number | null
  readonly ninetySecondWeeks: number | null
  readonly over65: number | null
  readonly over78: number | null
  readonly over104: number | null
  /** Pathways completed with an admission, and without, by how long they took. */
  readonly admitted: CompletedTotals | null
  readonly nonAdmitted: CompletedTotals | null
}

/** Completed pathways of one kind in a month, without estimates. */
export interface CompletedTotals {
  readonly people: number
  /** Of them, within 18 weeks and over 52. */
  readonly within18: number
  readonly over52: number
  /** Weeks: the median, and what 95 in 100 took at most; null where not published. */
  readonly medianWeeks: number | null
  readonly ninetyFifthWeeks: number | null
}

const COLUMNS = {
  list: 'inc_total_mil_est',
  within18: 'inc_le18_est',
  over52: 'inc_gt52_est',
  clockStarts: 'newrtt_est',
  completed: 'completed_est',
  removals: 'total_rem_est',
} as const
/** Columns that a table may lack: they serve to reconstruct bands, and nothing else. */
const WAIT_COLUMNS = {
  medianWeeks: 'inc_median_wk',
  ninetySecondWeeks: 'inc_p92_wk',
  over65: 'inc_gt65',
  over78: 'inc_gt78',
  over104: 'inc_gt104',
} as const
const LIMIT_ROW_CHARACTERS = 10_000

/**
 * Reads the overview time series.
 *
 * @returns months in order; months that are missing in between stay so
 * @throws InputError where the file is not such a table
 */
export async function readMonthlyTotals(file: string): Promise<MonthlyTotals[]> {
  const name = basename(file)
  const rows = recordsOf(await textOf(file, name), name)
  const [header] = rows
  for (const column of ['month', ...Object.values(COLUMNS)]) {
    if (header === undefined || !header.includes(column)) throw saySeries.notMonthly(name, column, header ?? [])
  }
  const months = rows.slice(1).map((row, index): MonthlyTotals => {
    const line = index + 2
    if (row.length !== header.length) throw saySeries.rowWidth(name, line, row.length, header.length)
    const month = row[header.indexOf('month')]
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw saySeries.badMonth(name, line, month)
    const number = (column: string): number | null => {
      const at = header.indexOf(column)
      const text = at < 0 ? '' : row[at]
      if (text === '') return null
      const value = Number(text)
      if (!Number.isFinite(value)) throw saySeries.notANumber(name, line, column, text)
      return value
    }
    return {
      month,
      list: number(COLUMNS.list),
      within18: number(COLUMNS.within18),
      over52: number(COLUMNS.over52),
      clockStarts: number(COLUMNS.clockStarts),
      completed: number(COLUMNS.completed),
      removals: number(COLUMNS.removals),
      medianWeeks: number(WAIT_COLUMNS.medianWeeks),
      ninetySecondWeeks: number(WAIT_COLUMNS.ninetySecondWeeks),
      over65: number(WAIT_COLUMNS.over65),
      over78: number(WAIT_COLUMNS.over78),
      over104: number(WAIT_COLUMNS.over104),
      admitted: completedOf('adm', number),
      nonAdmitted: completedOf('non', number),
    }
  })
  return months.toSorted((a, b) => (a.month < b.month ? -1 : 1))
}

/** Completed pathways of one kind; null where their number, or how many were within 18 or over 52 weeks, is not there. */
function completedOf(kind: 'adm' | 'non', number: (column: string) => number | null): CompletedTotals | null {
  const [people, within18, over52] = [number(`${kind}_n`), number(`${kind}_le18`), number(`${kind}_gt52`)]
  if (people === null || within18 === null || over52 === null) return null
  return { people, within18, over52, medianWeeks: number(`${kind}_median_wk`), ninetyFifthWeeks: number(`${kind}_p95_wk`) }
}

/** Text of a file. @throws InputError where it cannot be read */
export async function textOf(file: string, name: string): Promise<string> {
  try {
    await requireRegularFile(file)
    return await readFile(file, 'utf8')
  } catch (error) {
    throw saySeries.cannotRead(name, error instanceof Error && 'code' in error ? String(error.code) : String(error))
  }
}

/** Rows of a CSV text. @throws InputError where it is none */
export function recordsOf(text: string, name: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: LIMIT_ROW_CHARACTERS })
  } catch (error) {
    if (error instanceof CsvError) throw saySeries.badCsv(name, Number(error['lines'] ?? 1), error.message)
    throw error
  }
}
