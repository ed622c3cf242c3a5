/** Reading week-band tables: months of published counts by area, part, treatment function and week band. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { nextMonth } from '../calendar.ts'
import { BANDS } from '../types.ts'
import { saySeries } from './messages.ts'
import { ALL_SPECIALTIES, type AreaSeries, type MonthCounts, type SpecialtySeries } from './types.ts'

const TABLE_PARTS = ['1A', '1B', '2', '2A', '3'] as const
type TablePart = (typeof TABLE_PARTS)[number]

const BAND_COLUMNS = Array.from({ length: BANDS }, (_, band) => `w${String(band).padStart(3, '0')}`)
const COLUMNS = ['month', 'area', 'part', 'tfc', ...BAND_COLUMNS, 'unknown_start', 'total'] as const
const GZIP_SIGNATURE = [0x1f, 0x8b]
/** A row of 110 counts of eight digits is under a thousand characters. */
const LIMIT_ROW_CHARACTERS = 5_000
const LIMIT_BYTES = 400_000_000

/** One row: counts of a part by week band; those of unknown clock start are spread as the others are. */
interface Cell {
  readonly bands: Float64Array
  readonly total: number
}

/** Counts by `area tfc month part`. */
type Cells = Map<string, Cell>

/**
 * Reads a week-band table.
 *
 * @param file plain or gzip-compressed CSV
 * @param wanted areas to keep; null for all
 * @returns areas in the order of their codes, each with its treatment functions and all of them together
 * @throws InputError where the file is not such a table, is cut short, or a month is missing in between
 */
export async function readWeekBands(file: string, wanted: ReadonlySet<string> | null): Promise<AreaSeries[]> {
  const name = basename(file)
  const text = await textOf(file, name)
  const cells: Cells = new Map()
  const areas = new Set<string>()
  const codes = new Set<string>()
  const months = new Set<string>()
  let places: readonly number[] | undefined
  const take = (record: readonly string[], line: number): void => {
    if (places === undefined) {
      places = placesOf(record, name)
      return
    }
    if (record.length !== places.length) throw saySeries.rowWidth(name, line, record.length, places.length)
    const row = readRow(record, places, name, line)
    areas.add(row.area)
    months.add(row.month)
    if (wanted !== null && !wanted.has(row.area)) return
    codes.add(row.code)
    const key = keyOf(row.area, row.code, row.month, row.part)
    if (cells.has(key)) throw saySeries.twice(name, line, `part ${row.part} of ${row.code}, ${row.area}, ${row.month}`)
    cells.set(key, row.cell)
  }
  parseAll(text, name, take)
  if (months.size === 0) throw saySeries.noRows(name)
  const unknown = wanted === null ? undefined : [...wanted].find((area) => !areas.has(area))
  if (unknown !== undefined) throw saySeries.unknownArea(unknown, [...areas].toSorted())
  const inOrder = consecutive([...months].toSorted(), name)
  return [...areas]
    .filter((area) => wanted === null || wanted.has(area))
    .toSorted()
    .map((area) => areaSeries(area, [...codes].toSorted(), inOrder, cells, name))
}

async function textOf(file: string, name: string): Promise<string> {
  try {
    const bytes = await readFile(file)
    const isGzip = GZIP_SIGNATURE.every((byte, index) => bytes[index] === byte)
    return (isGzip ? gunzipSync(bytes, { maxOutputLength: LIMIT_BYTES }) : bytes).toString('utf8')
  } catch (error) {
    throw saySeries.cannotRead(name, error instanceof Error && 'code' in error ? String(error.code) : String(error))
  }
}

function parseAll(text: string, name: string, take: (record: readonly string[], line: number) => void): void {
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LIMIT_ROW_CHARACTERS,
      on_record: (record: string[], context) => {
        take(record, context.lines)
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) throw saySeries.badCsv(name, Number(error['lines'] ?? 1), error.message)
    throw error
  }
}

function placesOf(header: readonly string[], name: string): number[] {
  const missing = COLUMNS.find((column) => !header.includes(column))
  if (missing !== undefined) throw saySeries.notWeekBands(name, missing, header)
  return COLUMNS.map((column) => header.indexOf(column))
}

function keyOf(area: string, code: string, month: string, part: TablePart): string {
  return `${area} ${code} ${month} ${part}`
}

function readRow(
  record: readonly string[],
  places: readonly number[],
  name: string,
  line: number,
): { area: string; code: string; month: string; part: TablePart; cell: Cell } {
  const [month, area, partText, code] = places.slice(0, 4).map((place) => record[place])
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw saySeries.badMonth(name, line, month)
  const part = TABLE_PARTS.find((each) => each === partText)
  if (part === undefined) throw saySeries.badPart(name, line, partText, TABLE_PARTS)
  const count = (column: number): number => {
    const text = record[places[column]]
    if (!/^\d{1,8}$/.test(text)) throw saySeries.notACount(name, line, COLUMNS[column], text)
    return Number(text)
  }
  const bands = Float64Array.from({ length: BANDS }, (_, band) => count(4 + band))
  const unknown = count(4 + BANDS)
  const total = count(5 + BANDS)
  const known = bands.reduce((sum, people) => sum + people, 0)
  if (part !== '3' && known + unknown !== total) throw saySeries.rowSum(name, line, known + unknown, total)
  const spread = part !== '3' && unknown > 0 && known > 0 ? bands.map((people) => (people * total) / known) : bands
  return { area, code, month, part, cell: { bands: spread, total } }
}

function consecutive(months: readonly string[], name: string): readonly string[] {
  for (let index = 1; index < months.length; index++) {
    if (months[index] !== nextMonth(months[index - 1])) throw saySeries.gap(name, months[index - 1], months[index])
  }
  return months
}

function areaSeries(area: string, codes: readonly string[], months: readonly string[], cells: Cells, name: string): AreaSeries {
  checkTotals(area, codes, months, cells, name)
  const single = codes.filter((code) => code !== ALL_SPECIALTIES)
  const specialties = single.map((code): SpecialtySeries => ({ code, months: months.map((month) => monthCounts(area, code, month, cells)) }))
  return { area, specialties }
}

/** Total rows are checked against, and never counted. */
function checkTotals(area: string, codes: readonly string[], months: readonly string[], cells: Cells, name: string): void {
  for (const month of months) {
    for (const part of TABLE_PARTS) {
      const total = cells.get(keyOf(area, ALL_SPECIALTIES, month, part))?.total
      if (total === undefined) continue
      const sum = codes.reduce((people, code) => people + (code === ALL_SPECIALTIES ? 0 : (cells.get(keyOf(area, code, month, part))?.total ?? 0)), 0)
      if (sum !== total) throw saySeries.totalsDiffer(name, `part ${part} of ${area}, ${month},`, sum, total)
    }
  }
}

function monthCounts(area: string, code: string, month: string, cells: Cells): MonthCounts {
  const bandsOf = (part: TablePart): Float64Array => cells.get(keyOf(area, code, month, part))?.bands ?? new Float64Array(BANDS)
  return countsOfMonth(month, cells.get(keyOf(area, code, month, '3'))?.total ?? 0, {
    nonAdmitted: bandsOf('1B'),
    admitted: bandsOf('1A'),
    waiting: bandsOf('2'),
    withDecision: bandsOf('2A'),
  })
}

/** A month's counts; a band where more have a decision than wait at all (a provider's error) holds as many as wait. */
export function countsOfMonth(
  month: string,
  clockStarts: number,
  bands: Readonly<Record<'nonAdmitted' | 'admitted' | 'waiting' | 'withDecision', Float64Array>>,
): MonthCounts {
  const waitingAdmission = bands.withDecision.map((people, band) => Math.min(people, bands.waiting[band]))
  return {
    month,
    clockStarts,
    nonAdmitted: bands.nonAdmitted,
    admitted: bands.admitted,
    waitingAdmission,
    waitingFirst: bands.waiting.map((people, band) => people - waitingAdmission[band]),
  }
}

/** All treatment functions together. */
export function together(specialties: readonly SpecialtySeries[]): SpecialtySeries {
  const [first] = specialties
  const added = (index: number, pick: (month: MonthCounts) => Float64Array): Float64Array =>
    Float64Array.from({ length: BANDS }, (_, band) => specialties.reduce((sum, { months }) => sum + pick(months[index])[band], 0))
  const months = first.months.map(({ month }, index): MonthCounts => ({
    month,
    clockStarts: specialties.reduce((sum, specialty) => sum + specialty.months[index].clockStarts, 0),
    nonAdmitted: added(index, (counts) => counts.nonAdmitted),
    admitted: added(index, (counts) => counts.admitted),
    waitingFirst: added(index, (counts) => counts.waitingFirst),
    waitingAdmission: added(index, (counts) => counts.waitingAdmission),
  }))
  return { code: ALL_SPECIALTIES, months }
}
