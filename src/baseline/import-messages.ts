/** Every message of the import: what was wrong, what is allowed, what next. */
import { InputError, UserError } from '../errors.ts'
import { quoted } from '../scenario/quoted.ts'
import { suggestion, wrong } from './file-messages.ts'

const EXPECTED = "NHS England's RTT full CSV data file (one month; weekly bands to 104 weeks, April 2021 or later)"

/** Messages by what happened; each returns the error to throw. */
export const say = {
  cannotRead: (file: string, reason: string) => wrong(file, `cannot be read (${reason})`),
  noHeader: (file: string) => wrong(file, `no header row with "Period" and "RTT Part Type" found; expected ${EXPECTED}`),
  missingColumn: (file: string, name: string, found: readonly string[]) =>
    wrong(file, `column "${name}" is missing${suggestion(name, found)} Expected ${EXPECTED}`),
  noRows: (file: string) => wrong(file, `has a header and no rows; expected ${EXPECTED}`),
  badCsv: (file: string, line: number, reason: string) => wrong(file, `is not readable as CSV: ${reason}`, line),
  rowWidth: (file: string, line: number, found: number, expected: number) =>
    wrong(file, `row has ${found} cells and the header ${expected}; the file may be cut short`, line),
  rowSum: (file: string, line: number, sum: number, total: number) =>
    wrong(file, `bands and unknown clock starts sum to ${sum} but "Total All" is ${total}`, line),
  notACount: (file: string, line: number, column: string, text: string) =>
    wrong(file, `"${column}" is ${quoted(text)}; a count is a whole number from 0 to 99999999`, line),
  unknownPart: (file: string, line: number, text: string, parts: readonly string[]) =>
    wrong(file, `RTT part type ${quoted(text)} is not one of ${parts.join(', ')}${suggestion(text, parts)}`, line),
  unknownPeriod: (file: string, line: number, text: string) =>
    wrong(file, `period ${quoted(text)} is not of the form "RTT-January-2026"`, line),
  unknownSpecialty: (file: string, line: number, text: string) =>
    wrong(file, `treatment function ${quoted(text)} is not known; a code is like "C_110" or "X02"`, line),
  mixedMonths: (file: string, line: number, first: string, other: string) =>
    wrong(file, `holds two months, ${first} and ${other}; give one file for each month`, line),
  missingPart: (file: string, part: string) => wrong(file, `has no rows of ${part}; the file may be cut short`),
  totalsDiffer: (file: string, area: string, part: string, sum: number, total: number) =>
    wrong(
      file,
      `${part} of ${area === '' ? 'commissioners without an ICB' : area} sums to ${sum} over treatment functions, ` +
        `but its total rows (C_999) to ${total}; the file may be cut short or edited`,
    ),
  duplicateMonth: (file: string, month: string, other: string) => wrong(file, `is for ${month}, as ${other} is; give each month once`),
  notConsecutive: (file: string, month: string, previous: string) =>
    wrong(file, `is for ${month}, and the month before it given is ${previous}; months must follow one another`),
  notAZip: (file: string) => wrong(file, 'is not a whole ZIP file (no directory at its end); it may be cut short'),
  zipEntries: (file: string, count: number) => wrong(file, `holds ${count} CSV files; expected one`),
  zipDamaged: (file: string, reason: string) => wrong(file, `the ZIP file is damaged (${reason})`),
  zipCrypt: (file: string) => wrong(file, 'the ZIP file is encrypted or compressed in a way other than deflate'),
  tooBig: (file: string, limitMegabytes: number) =>
    wrong(file, `unpacks to more than ${limitMegabytes} MB; a month of RTT data is about 90 MB`),
  tooWide: (file: string, line: number) => wrong(file, 'a row is far longer than any RTT row', line),
  unknownIcb: (code: string, known: readonly string[]) =>
    new InputError({ path: '--icb', message: `no ICB has the code ${quoted(code)}${suggestion(code, known)} Known: ${known.join(', ')}` }),
  icbNotInFile: (file: string, code: string, name: string) => wrong(file, `has no rows for ${code} (${name})`),
  areaWithoutReference: (file: string, code: string) =>
    wrong(file, `has rows for ICB ${quoted(code)}, whose residents are not in the reference table; import --england or a known --icb`),
  twoSelections: () => new UserError('give one of --icb CODE, --england and --all-icbs', 2),
} as const

/** Texts of the `import rtt` command. */
export const importText = {
  group: 'make a baseline from published statistics or your own',
  description: "make baseline packs from NHS England's RTT full CSV data file",
  files: 'ZIP or CSV files: one month, or several consecutive months',
  out: 'folder that receives the packs, CODE-YYYY-MM.json',
  icb: 'one integrated care board, e.g. QYG',
  england: 'England: every commissioner',
  allIcbs: 'every integrated care board',
  json: 'print one JSON object instead of a table',
  quiet: 'no progress',
  help: [
    '',
    'Without --icb, --england or --all-icbs, England and every board are made.',
    '',
    'Examples:',
    '  fairwait import rtt Full-CSV-data-file-Jan26.zip --icb QYG --out packs',
    '  fairwait import rtt jan.zip feb.zip --england --out baselines',
  ].join('\n'),
  reading: (file: string, index: number, files: number) => `reading ${file} (${index + 1} of ${files})\n`,
  written: (path: string, name: string, list: number) => `${path}  ${name}: ${list.toLocaleString('en-GB')} waiting\n`,
} as const
