/** Reading a record-level extract: bytes → CSV records → counts, in bounded memory. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { CsvError, parse, type Parser } from 'csv-parse'
import { InputError } from '../../errors.ts'
import { nearest } from '../../scenario/suggest.ts'
import { fileSource } from '../read-rtt-file.ts'
import { sourceChunks } from '../byte-source.ts'
import { DEFAULT_MAX_INVALID_SHARE, type ExtractMap } from './map.ts'
import { extractSay, REASONS } from './messages.ts'
import { createTallier, type ExtractRow, type ExtractTally, type Tallier } from './tally.ts'

/** Every row of England's list five times over. */
const MOST_ROWS = 50_000_000
const MOST_ROW_CHARACTERS = 100_000

/** An extract's counts, and the checksum of its file. */
export interface ReadExtract {
  readonly tally: ExtractTally
  readonly sha256: string
}

/**
 * Reads an extract.
 *
 * @param file path as the user gave it
 * @param asAt ISO date of the list
 * @param codes specialty codes of the published pack
 * @throws InputError where the file cannot be read or is no CSV, a mapped column is missing, or too many rows are invalid
 */
export async function readExtract(file: string, map: ExtractMap, asAt: string, codes: readonly string[]): Promise<ReadExtract> {
  const tallier = createTallier(map, asAt, codes)
  const sink = createSink(file, map, tallier)
  const hash = createHash('sha256')
  try {
    await parseFile(file, sink, (bytes) => void hash.update(bytes))
  } catch (error) {
    throw explain(error, file)
  }
  const { tally } = tallier
  if (!sink.hasHeader()) throw extractSay.empty(file)
  if (tally.rows === 0) throw extractSay.noRows(file)
  checkInvalid(tally, map, file)
  return { tally, sha256: hash.digest('hex') }
}

interface Sink {
  take(record: readonly string[]): void
  hasHeader(): boolean
}

/** The first record is the header; the others are rows. */
function createSink(file: string, map: ExtractMap, tallier: Tallier): Sink {
  let header: readonly (readonly [keyof ExtractRow, number])[] | null = null
  let width = 0
  return {
    take(record) {
      if (header === null) {
        header = columnsOf(record, map, file)
        width = record.length
        return
      }
      // Spreadsheets pad with rows of commas.
      if (isBlank(record)) return
      if (record.length === width) {
        const row: Partial<Record<keyof ExtractRow, string>> = {}
        for (const [key, index] of header) row[key] = record[index]
        tallier.add(row)
        if (tallier.tally.rows > MOST_ROWS) throw extractSay.tooManyRows(file, MOST_ROWS)
      } else tallier.addMalformed()
    },
    hasHeader: () => header !== null,
  }
}

const isBlank = (record: readonly string[]): boolean => record[0] === '' && record.every((cell) => cell.trim() === '')

function columnsOf(record: readonly string[], map: ExtractMap, file: string): (readonly [keyof ExtractRow, number])[] {
  const names = record.map((name) => name.trim())
  if (names.length === 1 && names[0].includes(';')) throw extractSay.semicolons(file)
  return (Object.keys(map.columns) as (keyof ExtractRow)[]).flatMap((key) => {
    const name = map.columns[key]
    if (name === undefined) return []
    const index = names.indexOf(name)
    if (index < 0) throw extractSay.missingColumn(file, key, name, nearest(name, names), names)
    if (names.lastIndexOf(name) !== index) throw extractSay.repeatedColumn(file, name)
    return [[key, index] as const]
  })
}

async function parseFile(file: string, sink: Sink, onBytes: (bytes: Uint8Array) => void): Promise<void> {
  const handle = await open(file)
  try {
    const parser = parse({
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MOST_ROW_CHARACTERS,
      on_record: (record: string[]) => {
        sink.take(record)
        return null
      },
    })
    await feed(sourceChunks(await fileSource(handle)), parser, file, onBytes)
  } finally {
    await handle.close()
  }
}

/** Feeds chunks one at a time, so that no more than one waits in memory. */
async function feed(chunks: AsyncIterable<Uint8Array>, parser: Parser, file: string, onBytes: (bytes: Uint8Array) => void): Promise<void> {
  let failure: Error | undefined
  parser.on('error', (error: Error) => (failure ??= error))
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve)
    parser.on('close', resolve)
  })
  parser.resume()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of chunks) {
    if (failure !== undefined) break
    onBytes(chunk)
    if (chunk.includes(0) || !isUtf8(decoder, chunk)) {
      parser.destroy()
      throw extractSay.notUtf8(file)
    }
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()))
  }
  if (failure === undefined) parser.end()
  await ended
  if (failure !== undefined) throw failure
}

function isUtf8(decoder: TextDecoder, chunk: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: true })
    return true
  } catch {
    return false
  }
}

function checkInvalid(tally: ExtractTally, map: ExtractMap, file: string): void {
  const most = map.maxInvalidShare ?? DEFAULT_MAX_INVALID_SHARE
  const invalid = tally.rows - tally.used
  if (invalid <= most * tally.rows && tally.used > 0) return
  const reasons = [...tally.invalid].toSorted(([, a], [, b]) => b - a).map(([reason, count]) => `${count.toLocaleString('en-GB')} ${REASONS[reason]}`)
  throw extractSay.tooManyInvalid(file, invalid, tally.rows, most, reasons)
}

/** What the parser and the file system throw, as errors that a user can act on. */
function explain(error: unknown, file: string): unknown {
  if (error instanceof InputError || !(error instanceof Error)) return error
  if (error instanceof CsvError) {
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    return error.code === 'CSV_MAX_RECORD_SIZE' ? extractSay.tooWide(file, line) : extractSay.badCsv(file, line, error.code.toLowerCase().replace(/^csv_/, '').replaceAll('_', ' '))
  }
  return 'code' in error && typeof error.code === 'string' ? extractSay.cannotRead(file, error.code) : error
}
