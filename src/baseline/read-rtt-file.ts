/** Reading one published file: bytes → CSV records → a month's counts, in bounded memory. */
import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { CsvError, parse, type Parser } from 'csv-parse'
import { InputError } from '../errors.ts'
import { say } from './import-messages.ts'
import { createRowReader, isHeader, readHeader, type RttRow } from './rtt-table.ts'
import { Tally, type MonthTally } from './rtt-tally.ts'
import { fileChunks, zipCsvChunks } from './zip-csv.ts'

/** Five times a month's file; more is no RTT file. */
const LIMIT_BYTES = 450_000_000
/** The header, the longest row published, is under 4,000 characters. */
const LIMIT_ROW_CHARACTERS = 50_000
/** Titles and notes above the header are a few rows. */
const LIMIT_PREAMBLE_ROWS = 50
const ZIP_SIGNATURE = [0x50, 0x4b]

/** Takes records one by one: preamble, header, then rows into the tally. */
interface RecordSink {
  take(record: readonly string[], line: number): void
  /** Whether the header row has been found. */
  hasHeader(): boolean
}

function createRecordSink(file: string, tally: Tally): RecordSink {
  let readRow: ((record: readonly string[], line: number) => RttRow) | undefined
  let preamble = 0
  return {
    take(record, line) {
      if (readRow !== undefined) {
        tally.add(readRow(record, line), line)
      } else if (isHeader(record)) {
        readRow = createRowReader(readHeader(record, file), file)
      } else if (++preamble > LIMIT_PREAMBLE_ROWS) {
        throw say.noHeader(file)
      }
    },
    hasHeader: () => readRow !== undefined,
  }
}

function createParser(take: (record: readonly string[], line: number) => void): Parser {
  return parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LIMIT_ROW_CHARACTERS,
    on_record: (record: string[], context) => {
      take(record, context.lines)
      return null
    },
  })
}

/** Feeds chunks to the parser one at a time, so that no more than one waits in memory. */
async function feed(chunks: AsyncIterable<Uint8Array>, parser: Parser): Promise<void> {
  let failure: Error | undefined
  parser.on('error', (error: Error) => (failure ??= error))
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve)
    parser.on('close', resolve)
  })
  parser.resume()
  for await (const chunk of chunks) {
    if (failure !== undefined) break
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()))
  }
  if (failure === undefined) parser.end()
  await ended
  if (failure !== undefined) throw failure
}

async function startsAsZip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(2), 0, 2, 0)
    return bytesRead === 2 && ZIP_SIGNATURE.every((byte, index) => buffer[index] === byte)
  } finally {
    await handle.close()
  }
}

async function* plainChunks(file: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  const handle = await open(file)
  try {
    let size = 0
    for await (const chunk of fileChunks(handle)) {
      size += chunk.length
      if (size > LIMIT_BYTES) throw say.tooBig(file, LIMIT_BYTES / 1_000_000)
      onBytes(chunk)
      yield chunk
    }
  } finally {
    await handle.close()
  }
}

async function chunksOf(file: string, hash: Hash): Promise<AsyncIterable<Uint8Array>> {
  const onBytes = (bytes: Uint8Array): void => void hash.update(bytes)
  const zipped = /\.zip$/i.test(file) || (await startsAsZip(file))
  return zipped ? zipCsvChunks(file, LIMIT_BYTES, onBytes) : plainChunks(file, onBytes)
}

/** Turns what csv-parse and the file system throw into an error that a user can act on. */
function explain(error: unknown, file: string): unknown {
  if (error instanceof InputError) return error
  if (error instanceof CsvError) {
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    if (error.code === 'CSV_MAX_RECORD_SIZE') return say.tooWide(file, line)
    return say.badCsv(file, line, error.code.toLowerCase().replace(/^csv_/, '').replaceAll('_', ' '))
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? say.cannotRead(file, code) : error
}

/**
 * Reads one month's RTT full CSV data file, as published: a ZIP file or the CSV file in it.
 *
 * @param file path as the user gave it
 * @throws InputError where the file is not one, is damaged, or holds an impossible number; see `import-messages.ts`
 */
export async function readRttFile(file: string): Promise<MonthTally> {
  const tally = new Tally(file)
  const hash = createHash('sha256')
  const sink = createRecordSink(file, tally)
  try {
    await feed(await chunksOf(file, hash), createParser((record, line) => sink.take(record, line)))
    if (!sink.hasHeader()) throw say.noHeader(file)
    return tally.finish(hash.digest('hex'))
  } catch (error) {
    throw error instanceof CsvError && !sink.hasHeader() ? say.noHeader(file) : explain(error, file)
  }
}
