/** Every message about a series of months: what was wrong, what is allowed, what next. */
import { InputError } from '../../errors.ts'
import { quoted } from '../../scenario/quoted.ts'
import { suggestion, wrong } from '../file-messages.ts'

const EXPECTED = 'a week-band table (month, area, part, tfc, w000 … w104, unknown_start, total), plain or .gz, or several monthly RTT full CSV files'

/** Messages by what happened; each returns the error to throw. */
export const saySeries = {
  cannotRead: (file: string, reason: string) => wrong(file, `cannot be read (${reason}); expected ${EXPECTED}`),
  notWeekBands: (file: string, missing: string, found: readonly string[]) =>
    wrong(file, `column "${missing}" is missing${suggestion(missing, found)} Expected ${EXPECTED}`),
  badCsv: (file: string, line: number, reason: string) => wrong(file, `is not readable as CSV: ${reason}`, line),
  rowWidth: (file: string, line: number, found: number, expected: number) =>
    wrong(file, `row has ${found} cells and the header ${expected}; the file may be cut short`, line),
  notACount: (file: string, line: number, column: string, text: string) =>
    wrong(file, `"${column}" is ${quoted(text)}; a count is a whole number from 0 to 99999999`, line),
  notMonthly: (file: string, missing: string, found: readonly string[]) =>
    wrong(file, `column "${missing}" is missing${suggestion(missing, found)} Expected the overview time series (month, inc_total_mil_est, newrtt_est, completed_est, total_rem_est, …)`),
  notParts: (file: string, missing: string, found: readonly string[]) =>
    wrong(file, `column "${missing}" is missing${suggestion(missing, found)} Expected lists by treatment function and month (month, tfc, list, over18, over52)`),
  notANumber: (file: string, line: number, column: string, text: string) => wrong(file, `"${column}" is ${quoted(text)}; a number or nothing is expected`, line),
  badMonth: (file: string, line: number, text: string) => wrong(file, `month is ${quoted(text)}; a month is written YYYY-MM`, line),
  badPart: (file: string, line: number, text: string, parts: readonly string[]) =>
    wrong(file, `part is ${quoted(text)}; it is one of ${parts.join(', ')}`, line),
  rowSum: (file: string, line: number, sum: number, total: number) =>
    wrong(file, `bands and unknown clock starts sum to ${sum} but "total" is ${total}`, line),
  twice: (file: string, line: number, what: string) => wrong(file, `${what} is there twice`, line),
  noRows: (file: string) => wrong(file, `has a header and no rows; expected ${EXPECTED}`),
  totalsDiffer: (file: string, what: string, sum: number, total: number) =>
    wrong(file, `${what} sums to ${sum} over treatment functions, but its total row (C_999) is ${total}; the file may be cut short or edited`),
  gap: (file: string, previous: string, month: string) =>
    wrong(file, `${month} follows ${previous}; a series needs every month in between`),
  tooShort: (months: number, least: number) =>
    new InputError({ message: `the series has ${months} months; at least ${least} consecutive month-ends are needed` }),
  unknownArea: (area: string, known: readonly string[]) =>
    new InputError({ path: '--area', message: `no rows for ${quoted(area)}${suggestion(area, known)} Known: ${known.join(', ')}` }),
  chooseArea: (known: readonly string[]) =>
    new InputError({ path: '--area', message: `the file has ${known.length} areas; name one of ${known.join(', ')}` }),
  unknownMonth: (option: string, month: string, first: string, last: string) =>
    new InputError({ path: option, message: `${quoted(month)} is not a month of the series; it has ${first} to ${last}` }),
} as const
