/** Reading a series from whatever holds one: a week-band table, or several months of RTT full CSV files. */
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { nextMonth } from '../calendar.ts'
import { readRttFile } from '../read-rtt-file.ts'
import { requireRegularFile } from '../regular-file.ts'
import { ENGLAND } from '../reference/reference.ts'
import { sumAreas, type AreaTally, type MonthTally, type SpecialtyTally } from '../rtt-tally.ts'
import { BANDS } from '../types.ts'
import { saySeries } from './messages.ts'
import { countsOfMonth, readWeekBands } from './read-week-bands.ts'
import { totalOf, type AreaSeries, type MonthCounts } from './types.ts'

/** Months from which anything can be fitted: one pair of month-ends is not enough for a trend, three are. */
const LEAST_MONTHS = 4
const HEAD_BYTES = 65_536

/**
 * Reads a series.
 *
 * @param files one week-band table (plain or .gz), or RTT full CSV files of consecutive months in any order
 * @param area code of the area wanted, `all` for each, or null where the file holds one; of RTT files England is `ENG`
 * @throws InputError where a file is not one of these, months are missing, or the area is not there
 */
export async function readSeries(files: readonly string[], area: string | null): Promise<AreaSeries[]> {
  const wanted = area === null || area === 'all' ? null : new Set([area])
  const isTable = files.length === 1 && (await isWeekBandTable(files[0]))
  const areas = isTable ? await readWeekBands(files[0], wanted) : await seriesOfMonths(files, area)
  if (area === null && areas.length > 1) throw saySeries.chooseArea(areas.map((each) => each.area))
  const months = areas[0].specialties[0].months.length
  if (months < LEAST_MONTHS) throw saySeries.tooShort(months, LEAST_MONTHS)
  return areas
}

async function isWeekBandTable(file: string): Promise<boolean> {
  const head = await headOf(file)
  return head.split('\n', 1)[0].includes('w000')
}

/** First characters of a file; of a gzip file those of what it holds. */
async function headOf(file: string): Promise<string> {
  try {
    await requireRegularFile(file)
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      const bytes = buffer.subarray(0, bytesRead)
      // The rest of the stream is missing on purpose: what the head unpacks to is enough.
      return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { finishFlush: 2 }).toString('utf8') : bytes.toString('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw saySeries.cannotRead(basename(file), error instanceof Error && 'code' in error ? String(error.code) : String(error))
  }
}

async function seriesOfMonths(files: readonly string[], area: string | null): Promise<AreaSeries[]> {
  const months: MonthTally[] = []
  for (const file of files) months.push(await readRttFile(file))
  const inOrder = months.toSorted((a, b) => (a.month < b.month ? -1 : 1))
  for (const [index, { file, month }] of inOrder.entries()) {
    if (index > 0 && month !== nextMonth(inOrder[index - 1].month)) throw saySeries.gap(basename(file), inOrder[index - 1].month, month)
  }
  const known = [ENGLAND, ...[...inOrder[0].areas.keys()].filter((code) => code !== '').toSorted()]
  const wanted = area === 'all' ? known : [area ?? ENGLAND]
  return wanted.map((code) => {
    if (!known.includes(code)) throw saySeries.unknownArea(code, known)
    return areaOf(code, inOrder)
  })
}

function areaOf(area: string, months: readonly MonthTally[]): AreaSeries {
  const tallies = months.map(({ areas }): AreaTally => (area === ENGLAND ? sumAreas(areas.values()) : (areas.get(area) ?? new Map<string, SpecialtyTally>())))
  const codes = [...new Set(tallies.flatMap((tally) => [...tally.keys()]))].toSorted()
  return { area, specialties: codes.map((code) => ({ code, months: months.map(({ month }, index) => countsOf(month, tallies[index].get(code))) })) }
}

function countsOf(month: string, tally: SpecialtyTally | undefined): MonthCounts {
  const bandsOf = (part: 'Part_1A' | 'Part_1B' | 'Part_2' | 'Part_2A'): Float64Array => {
    if (tally === undefined) return new Float64Array(BANDS)
    const known = tally.bands[part]
    const total = totalOf(known)
    return total > 0 ? known.map((people) => people * (1 + tally.unknownStart[part] / total)) : known
  }
  return countsOfMonth(month, tally?.clockStarts ?? 0, {
    nonAdmitted: bandsOf('Part_1B'),
    admitted: bandsOf('Part_1A'),
    waiting: bandsOf('Part_2'),
    withDecision: bandsOf('Part_2A'),
  })
}
