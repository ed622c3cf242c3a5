/**
 * The columns and rows of NHS England's "RTT full CSV data file": which column is which, and what one row says.
 * Pure; every complaint about a file's content is raised here.
 */
import { BANDS } from './types.ts'
import { say } from './import-messages.ts'

/** Parts of the collection: admitted stops, other stops, waiting, waiting with decision to admit, clock starts. */
export const PARTS = ['Part_1A', 'Part_1B', 'Part_2', 'Part_2A', 'Part_3'] as const
export type Part = (typeof PARTS)[number]

/** Treatment function code of the published rows that total all the others. */
export const TOTAL_CODE = 'C_999'

/** Where the columns are. */
export interface RttColumns {
  readonly width: number
  readonly period: number
  /** Commissioner's parent: the ICB, empty where another body pays. */
  readonly area: number
  readonly part: number
  /** −1 where the file has names only. */
  readonly code: number
  readonly name: number
  readonly bands: readonly number[]
  readonly unknownStart: number
  readonly totalAll: number
}

/** One row: counts of one provider, commissioner, part and treatment function. */
export interface RttRow {
  /** `YYYY-MM` */
  readonly month: string
  /** ICB code, or empty where the commissioner belongs to none. */
  readonly area: string
  readonly part: Part
  readonly code: string
  readonly name: string
  /** By whole weeks waited, {@link BANDS} entries; reused by the next row, so read it at once. Zero in Part_3. */
  readonly bands: Int32Array
  readonly unknownStart: number
  /** All pathways of the row. */
  readonly total: number
}

const NAMED_COLUMNS = {
  period: 'Period',
  area: 'Commissioner Parent Org Code',
  part: 'RTT Part Type',
  name: 'Treatment Function Name',
  unknownStart: 'Patients with unknown clock start date',
  totalAll: 'Total All',
} as const
const CODE_COLUMN = 'Treatment Function Code'

/** Codes by name, for files whose rows carry names only. */
const CODE_OF_NAME: Readonly<Record<string, string>> = {
  'general surgery': 'C_100',
  urology: 'C_101',
  'trauma and orthopaedic': 'C_110',
  'ear nose and throat': 'C_120',
  ophthalmology: 'C_130',
  'oral surgery': 'C_140',
  neurosurgical: 'C_150',
  'plastic surgery': 'C_160',
  'cardiothoracic surgery': 'C_170',
  'general internal medicine': 'C_300',
  gastroenterology: 'C_301',
  cardiology: 'C_320',
  dermatology: 'C_330',
  'respiratory medicine': 'C_340',
  neurology: 'C_400',
  rheumatology: 'C_410',
  'elderly medicine': 'C_430',
  gynaecology: 'C_502',
  'other - medical services': 'X02',
  'other - mental health services': 'X03',
  'other - paediatric services': 'X04',
  'other - surgical services': 'X05',
  'other - other services': 'X06',
  total: TOTAL_CODE,
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** Whether a record is the header row; some files have a title or notes above it. */
export function isHeader(record: readonly string[]): boolean {
  const cells = record.map((cell) => cell.trim())
  return cells.includes(NAMED_COLUMNS.period) && cells.includes(NAMED_COLUMNS.part)
}

/**
 * Finds the columns in a header row.
 *
 * @throws InputError naming the column that is missing
 */
export function readHeader(record: readonly string[], file: string): RttColumns {
  const cells = record.map((cell) => cell.trim())
  const find = (name: string): number => {
    const index = cells.indexOf(name)
    if (index < 0) throw say.missingColumn(file, name, cells)
    return index
  }
  return {
    width: cells.length,
    period: find(NAMED_COLUMNS.period),
    area: find(NAMED_COLUMNS.area),
    part: find(NAMED_COLUMNS.part),
    code: cells.indexOf(CODE_COLUMN),
    name: find(NAMED_COLUMNS.name),
    bands: Array.from({ length: BANDS }, (_, band) => find(bandColumn(band))),
    unknownStart: find(NAMED_COLUMNS.unknownStart),
    totalAll: find(NAMED_COLUMNS.totalAll),
  }
}

/** Column of a band: `Gt 00 To 01 Weeks SUM 1` … `Gt 103 To 104 Weeks SUM 1`, `Gt 104 Weeks SUM 1`. */
function bandColumn(band: number): string {
  const weeks = (count: number): string => String(count).padStart(2, '0')
  return band === BANDS - 1 ? `Gt ${band} Weeks SUM 1` : `Gt ${weeks(band)} To ${weeks(band + 1)} Weeks SUM 1`
}

/** Reads rows of one file. The row it returns shares one array of bands with the next. */
export function createRowReader(columns: RttColumns, file: string): (record: readonly string[], line: number) => RttRow {
  const bands = new Int32Array(BANDS)
  return (record, line) => {
    if (record.length !== columns.width) throw say.rowWidth(file, line, record.length, columns.width)
    const count = (index: number, name: string): number => readCount(record[index], file, line, name)
    const part = readPart(record[columns.part], file, line)
    let sum = 0
    for (let band = 0; band < BANDS; band++) {
      const value = count(columns.bands[band], bandColumn(band))
      bands[band] = value
      sum += value
    }
    const unknownStart = count(columns.unknownStart, NAMED_COLUMNS.unknownStart)
    const total = count(columns.totalAll, NAMED_COLUMNS.totalAll)
    if (part !== 'Part_3' && sum + unknownStart !== total) throw say.rowSum(file, line, sum + unknownStart, total)
    return {
      month: readMonth(record[columns.period], file, line),
      area: readArea(record[columns.area]),
      part,
      code: readCode(record, columns, file, line),
      name: record[columns.name].trim(),
      bands,
      unknownStart,
      total,
    }
  }
}

function readCount(text: string, file: string, line: number, column: string): number {
  if (text === '' || text === '0') return 0
  if (!/^\d{1,8}$/.test(text)) throw say.notACount(file, line, column, text)
  return Number(text)
}

function readPart(text: string, file: string, line: number): Part {
  const part = PARTS.find((known) => known === text)
  if (part === undefined) throw say.unknownPart(file, line, text, PARTS)
  return part
}

/** `NONE` and an empty cell both mean that the commissioner belongs to no ICB. */
function readArea(text: string): string {
  const code = text.trim()
  return code === 'NONE' ? '' : code
}

/** `RTT-January-2026` → `2026-01`. */
function readMonth(text: string, file: string, line: number): string {
  const match = /^RTT-([A-Za-z]+)-(\d{4})$/.exec(text.trim())
  const month = match === null ? -1 : MONTHS.indexOf(match[1].toLowerCase())
  if (match === null || month < 0) throw say.unknownPeriod(file, line, text)
  return `${match[2]}-${String(month + 1).padStart(2, '0')}`
}

function readCode(record: readonly string[], columns: RttColumns, file: string, line: number): string {
  if (columns.code < 0) {
    const name = record[columns.name].trim()
    const code = CODE_OF_NAME[name.toLowerCase().replace(/ service$/, '')]
    if (code === undefined) throw say.unknownSpecialty(file, line, name)
    return code
  }
  const code = record[columns.code].trim()
  if (!/^(C_\d{3}|X\d{2})$/.test(code)) throw say.unknownSpecialty(file, line, code)
  return code
}
