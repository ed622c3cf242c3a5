/**
 * The journal: what became of batches and runs, one JSON object a line, only ever appended to and flushed to disk
 * before anything relies on it. A last line torn by a kill is ignored, and cut off by the next writer.
 */
import { closeSync, fsyncSync, ftruncateSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'

/** A line of the journal. What has no line is waiting. */
export type JournalEntry =
  | { readonly state: 'running'; readonly batch: string; readonly runs: number }
  | {
      readonly state: 'done'
      readonly batch: string
      readonly file: string
      readonly bytes: number
      readonly sha256: string
      /** Run ids in the file's order, and how many rows each has. */
      readonly runs: readonly string[]
      readonly values: readonly number[]
    }
  | { readonly state: 'failed' | 'aside'; readonly run: string; readonly reason: string }
  | { readonly state: 'retried'; readonly run: string }

const CHUNK_BYTES = 1 << 20
const NEWLINE = 10

/**
 * Reads a journal to its last whole line.
 * @returns bytes up to the end of that line; 0 where there is no journal
 */
export function readJournal(path: string, onEntry: (entry: JournalEntry) => void): number {
  const file = openOrNull(path)
  if (file === null) return 0
  try {
    return readEntries(file, onEntry)
  } finally {
    closeSync(file)
  }
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, 'r')
  } catch {
    return null
  }
}

function readEntries(file: number, onEntry: (entry: JournalEntry) => void): number {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let rest = Buffer.alloc(0)
  let whole = 0
  for (;;) {
    const count = readSync(file, chunk)
    if (count === 0) return whole
    let start = 0
    const bytes = Buffer.concat([rest, chunk.subarray(0, count)])
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const entry = entryOf(bytes.toString('utf8', start, end))
      // What follows a line that cannot be read was written after a fault of the disk: it is not relied on.
      if (entry === null) return whole
      onEntry(entry)
      whole += end + 1 - start
      start = end + 1
    }
    rest = Buffer.from(bytes.subarray(start))
  }
}

function entryOf(line: string): JournalEntry | null {
  try {
    const entry = JSON.parse(line) as unknown
    return isEntry(entry) ? entry : null
  } catch {
    return null
  }
}

/** Whether a line is one that a writer of this engine wrote. By hand: a journal may have as many lines as a sweep has runs. */
function isEntry(line: unknown): line is JournalEntry {
  if (typeof line !== 'object' || line === null) return false
  const { state, batch, run, reason, runs, file, sha256, bytes, values } = line as Record<string, unknown>
  switch (state) {
    case 'running':
      return isText(batch) && isCount(runs)
    case 'done':
      return isText(batch) && isText(file) && isText(sha256) && isCount(bytes) && isListOf(isText, runs) && isListOf(isCount, values) && runs.length === values.length
    case 'failed':
    case 'aside':
      return isText(run) && isText(reason)
    case 'retried':
      return isText(run)
    default:
      return false
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isListOf = <Value>(isOne: (value: unknown) => value is Value, list: unknown): list is Value[] => Array.isArray(list) && list.every(isOne)

/** A journal open for writing. */
export interface Journal {
  /** Appends a line and waits until it is on disk. On failure nothing of the line is left. */
  append(entry: JournalEntry): void
  close(): void
}

/** @param wholeBytes bytes up to the end of the last whole line; what follows is cut off */
export function openJournal(path: string, wholeBytes: number): Journal {
  const file = openSync(path, 'a')
  if (fstatSync(file).size > wholeBytes) ftruncateSync(file, wholeBytes)
  return {
    append(entry) {
      const before = fstatSync(file).size
      try {
        writeWhole(file, Buffer.from(`${JSON.stringify(entry)}\n`))
        fsyncSync(file)
      } catch (error) {
        ftruncateSync(file, before)
        throw error
      }
    },
    close: () => closeSync(file),
  }
}

/** Writes all of the bytes: one call may write fewer. */
export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at)
}
