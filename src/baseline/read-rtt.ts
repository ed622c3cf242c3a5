/** Reading one published month: bytes → CSV records → counts, in bounded memory, wherever the bytes are. */
import { CsvError, parse, type Parser } from 'csv-parse'
import { InputError } from '../errors.ts'
import { sourceChunks, type ByteSource } from './byte-source.ts'
import { say } from './import-messages.ts'
import { createRowReader, isHeader, readHeader, type RttRow } from './rtt-table.ts'
import { Tally, type MonthTally } from './rtt-tally.ts'
import { zipCsvChunks } from './zip-csv.ts'

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
  const ended = new Promise<void>((resolve) => {
    parser.on('error', (error: Error) => {
      failure ??= error
      resolve()
    })
    parser.on('end', resolve)
    parser.on('close', resolve)
  })
  parser.resume()
  // As text: the library's build for browsers takes no bytes but those of a class of its own.
  const decoder = new TextDecoder()
  const write = (text: string): Promise<void> => new Promise((resolve) => parser.write(text, () => resolve()))
  for await (const chunk of chunks) {
    if (failure !== undefined) break
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') await write(text)
  }
  const rest = decoder.decode()
  if (failure === undefined && rest !== '') await write(rest)
  if (failure === undefined) parser.end()
  await ended
  if (failure !== undefined) throw failure
}

async function startsAsZip(source: ByteSource): Promise<boolean> {
  const bytes = await source.read(0, ZIP_SIGNATURE.length)
  return bytes.length === ZIP_SIGNATURE.length && ZIP_SIGNATURE.every((byte, index) => bytes[index] === byte)
}

async function* plainChunks(source: ByteSource, file: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of sourceChunks(source)) {
    size += chunk.length
    if (size > LIMIT_BYTES) throw say.tooBig(file, LIMIT_BYTES / 1_000_000)
    onBytes(chunk)
    yield chunk
  }
}

async function chunksOf(source: ByteSource, file: string, hash: RunningHash): Promise<AsyncIterable<Uint8Array>> {
  const onBytes = (bytes: Uint8Array): void => hash.update(bytes)
  const zipped = /\.zip$/i.test(file) || (await startsAsZip(source))
  return zipped ? zipCsvChunks(source, file, LIMIT_BYTES, onBytes) : plainChunks(source, file, onBytes)
}

/** Turns what csv-parse throws into an error that a user can act on. */
function explain(error: unknown, file: string): unknown {
  if (error instanceof InputError) return error
  if (error instanceof CsvError) {
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    if (error.code === 'CSV_MAX_RECORD_SIZE') return say.tooWide(file, line)
    return say.badCsv(file, line, error.code.toLowerCase().replace(/^csv_/, '').replaceAll('_', ' '))
  }
  return error
}

/** A SHA-256 under way; platforms differ in where they keep it. */
export interface RunningHash {
  update(bytes: Uint8Array): void
  /** Hex; nothing can be added afterwards. */
  digest(): string
}

/**
 * Reads one month's RTT full CSV data file, as published: a ZIP file or the CSV file in it.
 *
 * @param source the file's bytes
 * @param file its name as the user gave it
 * @throws InputError where the file is not one, is damaged, or holds an impossible number; see `import-messages.ts`
 */
export async function readRtt(source: ByteSource, file: string, hash: RunningHash): Promise<MonthTally> {
  const tally = new Tally(file)
  const sink = createRecordSink(file, tally)
  try {
    await feed(await chunksOf(source, file, hash), createParser((record, line) => sink.take(record, line)))
    if (!sink.hasHeader()) throw say.noHeader(file)
    return tally.finish(hash.digest())
  } catch (error) {
    throw error instanceof CsvError && !sink.hasHeader() ? say.noHeader(file) : explain(error, file)
  }
}
