/** Every message of an import from a record-level extract. */
import { InputError } from '../../errors.ts'
import { quoted } from '../../scenario/quoted.ts'
import { didYouMean } from '../../scenario/suggest.ts'
import { wrong } from '../file-messages.ts'

/** Why a row is not used; the words of the import's report. */
export const REASONS = {
  cells: 'another number of cells than the header',
  clockStart: 'clock start missing or no date',
  future: 'clock start after the day of the list',
  old: 'clock start more than 20 years before',
  decision: 'decision to admit no date, before the clock start, or after the day of the list',
  specialty: 'specialty unknown',
  deprivation: 'deprivation neither a group nor a value for not recorded',
  age: 'age no whole number from 0 to 130',
} as const
export type Reason = keyof typeof REASONS

/** Messages by what happened; each returns the error to throw. */
export const extractSay = {
  empty: (file: string) => wrong(file, 'is empty; an extract has a header and a row for each pathway'),
  noRows: (file: string) => wrong(file, 'has a header and no rows'),
  cannotRead: (file: string, reason: string) => wrong(file, `cannot be read (${reason})`),
  notUtf8: (file: string) => wrong(file, 'is not UTF-8 text; save it as CSV UTF-8'),
  badCsv: (file: string, line: number, reason: string) => wrong(file, `is not readable as CSV: ${reason}`, line),
  tooWide: (file: string, line: number) => wrong(file, 'a row is longer than 100,000 characters; a quote may not be closed', line),
  tooManyRows: (file: string, most: number) => wrong(file, `has more than ${most.toLocaleString('en-GB')} rows`),
  semicolons: (file: string) => wrong(file, 'its columns are separated by semicolons; separate them with commas', 1),
  missingColumn: (file: string, key: string, name: string, near: string | null, found: readonly string[]) =>
    wrong(file, `column ${quoted(name)}, mapped to ${key}, is missing${near === null ? `; found ${found.slice(0, 12).map(quoted).join(', ')}` : didYouMean(near)}`, 1),
  repeatedColumn: (file: string, name: string) => wrong(file, `column ${quoted(name)} is there twice; rename one`, 1),
  tooManyInvalid: (file: string, invalid: number, rows: number, most: number, reasons: readonly string[]) =>
    wrong(
      file,
      `${invalid.toLocaleString('en-GB')} of ${rows.toLocaleString('en-GB')} rows cannot be used, more than the share allowed, ${most} `
        + `(maxInvalidShare of the map): ${reasons.join('; ')}`,
    ),
  nobody: (file: string, threshold: number) => wrong(file, `has fewer than ${threshold} people waiting in every specialty; nothing could be written`),
  flowsDiffer: (waiting: string, published: number, name: string) =>
    new InputError({
      path: '--map flows',
      message:
        `the extract has about ${waiting} people waiting, and the published list of ${name} ${published.toLocaleString('en-GB')}, so that its clock starts and stops `
        + 'are not those of the extract; if the extract is a part of it, say "flows: in-proportion", which scales each specialty\'s flows to its list',
    }),
  otherSpecialty: (code: string, near: string | null, codes: readonly string[]) =>
    `the published pack has no specialty ${quoted(code)}${near === null ? `; it has ${codes.join(', ')}` : didYouMean(near)}`,
  tenthsNeedResidents: 'tenths need "residents": ten numbers of residents, most deprived first; the published pack has fifths',
  residentsLength: (groups: number, found: number) => `must have one number per deprivation group, ${groups}; it has ${found}`,
  bandsRise: 'must rise from one entry to the next, from 0',
  groupWithoutColumn: (key: string) => `has no effect without a column; map columns.${key}`,
  noDate: (text: string) => `${quoted(text)} is no date of the calendar; write YYYY-MM-DD`,
} as const

/** Texts of the `import extract` command. */
export const extractText = {
  summary: 'make a baseline pack from an extract of your own',
  description: `Make a baseline pack from an extract of your own: a CSV file with a row for each
pathway waiting. Clock starts and stops, which an extract does not hold, come
from the published pack of the system that the map names.

No count below the threshold is written: counts are rounded to multiples of it.

Examples:
  fairwait import extract list.csv --map map.yaml --as-at 2026-01-31 --out own`,
  file: 'CSV file with a header',
  map: 'which column is what; YAML (see docs/baselines.md)',
  asAt: 'day on which the list stood as the extract has it, YYYY-MM-DD',
  out: 'folder that receives the pack and its groups',
  threshold: 'least count written; all counts are rounded to multiples of it',
  thresholdRule: 'It must be a whole number from 2 to 1,000.',
  json: 'print one JSON object in place of the report',
  report: (used: number, rows: number): string => `${used.toLocaleString('en-GB')} of ${rows.toLocaleString('en-GB')} rows used`,
  reason: (count: number, reason: Reason): string => `  ${count.toLocaleString('en-GB')} not used: ${REASONS[reason]}`,
  unmapped: (count: number, column: string): string => `  ${count.toLocaleString('en-GB')} used, ${column} as not recorded: the map does not know the value`,
  unrecorded: (count: number): string => `  ${count.toLocaleString('en-GB')} used, deprivation not recorded: shared out as the others are`,
  written: (path: string): string => `written: ${path}`,
} as const
