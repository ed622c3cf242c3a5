/** The one CSV file in a ZIP file, as a stream of chunks, checked against the archive's directory. */
import { Unzip, UnzipInflate } from 'fflate'
import type { ByteSource } from './byte-source.ts'
import { sourceChunks } from './byte-source.ts'
import { crc32 } from './crc32.ts'
import { say } from './import-messages.ts'

/** An archive's directory stands at its end: 22 bytes and a comment of at most 65,535; ours has one entry. */
const TAIL_BYTES = 22 + 65_535
const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const DIRECTORY_LIMIT_BYTES = 1_000_000

interface ZipEntry {
  readonly name: string
  readonly crc: number
  readonly size: number
}

async function readAt(source: ByteSource, position: number, length: number): Promise<DataView> {
  const bytes = await source.read(position, length)
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** The CSV entry that the archive's directory lists. */
async function csvEntry(source: ByteSource, file: string): Promise<ZipEntry> {
  const { size } = source
  const tailStart = Math.max(0, size - TAIL_BYTES)
  const tail = await readAt(source, tailStart, Math.min(size, TAIL_BYTES))
  let end = tail.byteLength - 22
  while (end >= 0 && tail.getUint32(end, true) !== END_SIGNATURE) end--
  if (end < 0) throw say.notAZip(file)
  const length = tail.getUint32(end + 12, true)
  const start = tail.getUint32(end + 16, true)
  if (length > DIRECTORY_LIMIT_BYTES || start + length > size) throw say.zipDamaged(file, 'its directory is out of bounds')
  const entries = listEntries(await readAt(source, start, length), file)
  const tables = entries.filter((entry) => isCsv(entry.name))
  if (tables.length !== 1) throw say.zipEntries(file, tables.length)
  return tables[0]
}

function isCsv(name: string): boolean {
  return /\.csv$/i.test(name) && !name.startsWith('__MACOSX/')
}

function listEntries(directory: DataView, file: string): ZipEntry[] {
  const entries: ZipEntry[] = []
  for (let at = 0; at + 46 <= directory.byteLength; ) {
    if (directory.getUint32(at, true) !== ENTRY_SIGNATURE) throw say.zipDamaged(file, 'its directory is not readable')
    const encrypted = (directory.getUint16(at + 8, true) & 1) === 1
    const method = directory.getUint16(at + 10, true)
    const nameLength = directory.getUint16(at + 28, true)
    const next = at + 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true)
    if (next > directory.byteLength) throw say.zipDamaged(file, 'its directory is cut short')
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength))
    if (isCsv(name) && (encrypted || (method !== 0 && method !== 8))) throw say.zipCrypt(file)
    entries.push({ name, crc: directory.getUint32(at + 16, true), size: directory.getUint32(at + 24, true) })
    at = next
  }
  return entries
}

/**
 * Unpacks the CSV file of a ZIP file, chunk by chunk.
 *
 * @param file the archive's name, for messages
 * @param onBytes told the archive's own bytes as they are read, for a checksum of the file
 * @param limitBytes unpacked bytes at which to stop
 * @throws InputError where the archive is cut short, damaged, encrypted, or unpacks to more than the limit
 */
export async function* zipCsvChunks(
  source: ByteSource,
  file: string,
  limitBytes: number,
  onBytes: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  const entry = await csvEntry(source, file)
  if (entry.size > limitBytes) throw say.tooBig(file, limitBytes / 1_000_000)
  const unpacked = new Unpacking(entry, file, limitBytes)
  for await (const chunk of sourceChunks(source)) {
    onBytes(chunk)
    yield* unpacked.push(chunk)
  }
  unpacked.finish()
}

/** One archive being unpacked: what comes out of it, and whether it is what the directory promised. */
class Unpacking {
  private readonly unzip: Unzip
  private readonly entry: ZipEntry
  private readonly file: string
  private readonly limitBytes: number
  private ready: Uint8Array[] = []
  private failure: Error | undefined
  private crc = 0
  private size = 0

  constructor(entry: ZipEntry, file: string, limitBytes: number) {
    this.entry = entry
    this.file = file
    this.limitBytes = limitBytes
    this.unzip = new Unzip((stream) => {
      if (stream.name !== entry.name) return
      stream.ondata = (error, data) => this.receive(error, data)
      stream.start()
    })
    this.unzip.register(UnzipInflate)
  }

  private receive(error: Error | null, data: Uint8Array): void {
    if (error !== null) {
      this.failure ??= say.zipDamaged(this.file, error.message)
      return
    }
    this.size += data.length
    if (this.size > this.limitBytes) this.failure ??= say.tooBig(this.file, this.limitBytes / 1_000_000)
    this.crc = crc32(data, this.crc)
    this.ready.push(data)
  }

  push(chunk: Uint8Array): Uint8Array[] {
    try {
      this.unzip.push(chunk)
    } catch (error) {
      throw say.zipDamaged(this.file, error instanceof Error ? error.message : String(error))
    }
    if (this.failure !== undefined) throw this.failure
    const ready = this.ready
    this.ready = []
    return ready
  }

  finish(): void {
    if (this.size !== this.entry.size || this.crc !== this.entry.crc) {
      throw say.zipDamaged(this.file, 'what it unpacks to does not match its checksum')
    }
  }
}
