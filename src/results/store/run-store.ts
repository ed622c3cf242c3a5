/**
 * The run store: every run that was ever finished, by identity.
 *
 *     ROOT/<engine>/batches/<batch>.parquet    runs, a row for each value kept
 *     ROOT/<engine>/journal/<writer>.jsonl     what became of batches and runs; says which runs each file holds
 *     ROOT/<engine>/journal/<writer>.lock      who is writing that journal
 *     ROOT/<engine>/aside/<run>.json           inputs of a run that failed twice
 *
 * A batch is written aside, flushed, renamed, and then entered in the journal: a file without an entry counts for
 * nothing. A process writes only its own journal and reads all, so that several may share a store, each with a name
 * of its own; the batches and runs of one never stand in the way of another's.
 */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { InputError, UserError } from '../../errors.ts'
import { makeFolder } from '../make-folder.ts'
import { systemCode } from '../system-code.ts'
import { batchBytes, batchValues } from './batch-file.ts'
import type { StoredRun } from './batch-file.ts'
import { withReasons } from './errors.ts'
import { openJournal, readJournal, writeWhole } from './journal.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { isLocked, takeLock } from './lock.ts'
import { storeText } from './messages.ts'
import { RunIndex } from './run-index.ts'

/** A run that failed twice, and why. */
export interface AsideRun {
  readonly run: string
  readonly reason: string
}

/** Reads a store. */
export interface StoreReader {
  /** Runs stored. */
  readonly size: number
  has(run: string): boolean
  /**
   * Values of a run as they were kept; null where it is not stored.
   * @throws UserError where its file is damaged
   */
  read(run: string): Promise<Float64Array | null>
  /** Runs set aside, by id. */
  readonly aside: ReadonlyMap<string, AsideRun>
  /** Failures recorded, those that a retry mended included. */
  readonly failures: number
  /** Batches begun and not finished, and whether a process is writing now. */
  readonly running: number
  readonly isBusy: boolean
  /** Bytes of the batch files. */
  readonly bytes: number
}

/** Reads and writes a store; holds its lock until closed. */
export interface RunStore extends StoreReader {
  /**
   * Says that a batch is under way.
   * @returns its name
   */
  begin(runs: readonly string[]): string
  /** Stores a batch's finished runs as one file. Once this returns they survive a power cut. */
  write(batch: string, runs: readonly StoredRun[]): void
  /** Records that a run failed, and that it worked when it was tried again. */
  failed(run: string, reason: string): void
  retried(run: string): void
  /** Gives a run up, with what is needed to run it alone. */
  setAside(run: string, reason: string, inputs: unknown): void
  close(): void
}

/** @returns the folder name of an engine in a store */
export function engineFolder({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}-${version}`
}

/**
 * Opens a store for reading, with or without a writer at work.
 * @param root folder of the store; need not exist
 * @param engine folder name of this engine
 * @throws InputError where another engine made it
 */
export function readRunStore(root: string, engine: string): StoreReader {
  checkEngine(root, engine)
  return openFolder(join(root, engine))
}

/**
 * Opens a store for writing; makes it if missing.
 * @param writer name of this process's journal
 * @throws InputError where another engine made it; UserError where another process writes the same journal
 */
export function openRunStore(root: string, engine: string, writer = 'main'): RunStore {
  checkEngine(root, engine)
  return withReasons(root, () => {
    const folder = join(root, engine)
    for (const part of ['batches', 'journal', 'aside']) makeFolder(join(folder, part))
    const release = takeLock(join(folder, 'journal', `${writer}.lock`), root)
    try {
      return openForWriting(root, folder, writer, release)
    } catch (error) {
      release()
      throw error
    }
  })
}

function checkEngine(root: string, engine: string): void {
  if (!existsSync(root)) return
  if (!statSync(root).isDirectory()) throw new UserError(storeText.notAStore(root))
  const other = readdirSync(root).find((name) => name.startsWith('fairwait-') && name !== engine)
  if (other !== undefined) throw new InputError({ message: storeText.otherEngine(root, other, engine) })
}

/** What the journals say. */
interface Contents {
  readonly index: RunIndex
  readonly files: { readonly name: string; readonly sha256: string; readonly rows: number }[]
  readonly aside: Map<string, AsideRun>
  readonly begun: Map<string, number>
  failures: number
  bytes: number
}

interface OpenFolder extends StoreReader {
  readonly contents: Contents
  /** Takes a journal's entry in; `present` are the batch files that there are. */
  enter(entry: JournalEntry): void
  /** Bytes of whole lines of each journal. */
  readonly journals: ReadonlyMap<string, number>
}

/** Values of batch files kept after reading, doubles in all. */
const CACHED_VALUES = 4_000_000

function openFolder(folder: string): OpenFolder {
  const contents: Contents = {
    index: new RunIndex(),
    files: [],
    aside: new Map(),
    begun: new Map(),
    failures: 0,
    bytes: 0,
  }
  const present = new Set(namesIn(join(folder, 'batches')))
  const journals = new Map<string, number>()
  const names = namesIn(join(folder, 'journal')).toSorted()
  for (const name of names.filter((each) => each.endsWith('.jsonl'))) {
    const path = join(folder, 'journal', name)
    journals.set(name, readJournal(path, (entry) => enterIfPresent(contents, present, entry)))
  }
  const locks = names.filter((name) => name.endsWith('.lock')).map((name) => join(folder, 'journal', name))
  const valuesOfFile = fileReader(folder, contents)
  return {
    contents,
    journals,
    get size() {
      return contents.index.size
    },
    has: (run) => contents.index.get(run) !== null,
    async read(run) {
      const place = contents.index.get(run)
      if (place === null) return null
      return (await valuesOfFile(place.file)).subarray(place.start, place.start + place.count)
    },
    aside: contents.aside,
    get failures() {
      return contents.failures
    },
    get running() {
      return contents.begun.size
    },
    get isBusy() {
      return locks.some(isLocked)
    },
    get bytes() {
      return contents.bytes
    },
    enter: (entry) => enter(contents, entry),
  }
}

/** In the journal for a batch of which no run was finished. */
const NO_FILE = ''

/** A batch whose file was deleted is run again. */
function enterIfPresent(contents: Contents, present: ReadonlySet<string>, entry: JournalEntry): void {
  if (entry.state !== 'done' || entry.file === NO_FILE || present.has(entry.file)) enter(contents, entry)
}

function enter(contents: Contents, entry: JournalEntry): void {
  switch (entry.state) {
    case 'running':
      contents.begun.set(entry.batch, entry.runs)
      break
    case 'done':
      contents.begun.delete(entry.batch)
      enterRuns(contents, entry)
      break
    case 'failed':
      contents.failures += 1
      break
    case 'retried':
      break
    case 'aside':
      contents.aside.set(entry.run, { run: entry.run, reason: entry.reason })
  }
}

function enterRuns(contents: Contents, { file, sha256, bytes, runs, values }: Extract<JournalEntry, { state: 'done' }>): void {
  contents.files.push({ name: file, sha256, rows: values.reduce((sum, each) => sum + each, 0) })
  contents.bytes += bytes
  let start = 0
  for (const [k, run] of runs.entries()) {
    contents.index.set(run, { file: contents.files.length - 1, start, count: values[k] })
    // A run that was set aside and has worked since.
    contents.aside.delete(run)
    start += values[k]
  }
}

/** Reads batch files, and keeps the last ones read: runs that are asked for together were stored together. */
function fileReader(folder: string, { files }: Contents): (file: number) => Promise<Float64Array> {
  const cache = new Map<number, Float64Array>()
  let held = 0
  return async (file) => {
    const known = cache.get(file)
    if (known !== undefined) return known
    const path = join(folder, 'batches', files[file].name)
    const bytes = readFileSync(path)
    if (sha256Of(bytes) !== files[file].sha256) throw new UserError(storeText.damaged(path))
    const values = await batchValues(bytes)
    if (values.length !== files[file].rows) throw new UserError(storeText.damaged(path))
    cache.set(file, values)
    held += values.length
    for (const [oldest, each] of cache) {
      if (held <= CACHED_VALUES || oldest === file) break
      cache.delete(oldest)
      held -= each.length
    }
    return values
  }
}

function openForWriting(root: string, folder: string, writer: string, release: () => void): RunStore {
  const open = openFolder(folder)
  const batches = join(folder, 'batches')
  const partial = `.partial-${writer}`
  for (const name of namesIn(batches)) if (name.endsWith(partial)) rmSync(join(batches, name), { force: true })
  const name = `${writer}.jsonl`
  const journal = openJournal(join(folder, 'journal', name), open.journals.get(name) ?? 0)
  // Batches of a process that was killed are under way no longer.
  open.contents.begun.clear()
  const append = (entry: JournalEntry): void => {
    withReasons(root, () => journal.append(entry))
    open.enter(entry)
  }
  const writes: Omit<RunStore, keyof StoreReader> = {
    begin(runs) {
      const batch = batchName(runs)
      append({ state: 'running', batch, runs: runs.length })
      return batch
    },
    write: (batch, runs) => withReasons(root, () => writeBatch({ folder: batches, partial, batch }, runs, append)),
    failed: (run, reason) => append({ state: 'failed', run, reason }),
    retried: (run) => append({ state: 'retried', run }),
    setAside(run, reason, inputs) {
      withReasons(root, () => writeFileWhole(join(folder, 'aside', `${run}.json`), partial, asideText(run, reason, inputs)))
      append({ state: 'aside', run, reason })
    },
    close: () => closeStore(journal, release),
  }
  return Object.defineProperties(writes, Object.getOwnPropertyDescriptors(open)) as RunStore
}

function closeStore(journal: Journal, release: () => void): void {
  journal.close()
  release()
}

/** What it takes to run a run alone, as a set-aside file holds it. */
export interface AsideFile {
  readonly format: 'fairwait-run'
  readonly schemaVersion: 1
  readonly run: string
  readonly reason: string
  readonly inputs: unknown
}

function asideText(run: string, reason: string, inputs: unknown): Uint8Array {
  const file: AsideFile = { format: 'fairwait-run', schemaVersion: 1, run, reason, inputs }
  return Buffer.from(`${JSON.stringify(file, null, 1)}\n`)
}

/** The inputs of a run that was set aside; null where there are none. */
export function readAside(root: string, engine: string, run: string): AsideFile | null {
  const path = join(root, engine, 'aside', `${run}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as AsideFile) : null
}

interface BatchPlace {
  readonly folder: string
  readonly partial: string
  readonly batch: string
}

function writeBatch(
  { folder, partial, batch }: BatchPlace,
  runs: readonly StoredRun[],
  append: (entry: JournalEntry) => void,
): void {
  if (runs.length === 0) {
    // Every run of it was set aside.
    append({ state: 'done', batch, file: NO_FILE, bytes: 0, sha256: '', runs: [], values: [] })
    return
  }
  const ids = runs.map(({ id }) => id)
  const bytes = batchBytes(runs)
  const sha256 = sha256Of(bytes)
  // Called after its content: two processes that write one name write one and the same file.
  const file = `${sha256.slice(0, 32)}.parquet`
  writeFileWhole(join(folder, file), partial, bytes)
  append({
    state: 'done',
    batch,
    file,
    bytes: bytes.length,
    sha256,
    runs: ids,
    values: runs.map(({ values }) => values.length),
  })
}

/** A batch is called after the runs that it holds. */
function batchName(runs: readonly string[]): string {
  return createHash('sha256').update(runs.join(' ')).digest('hex').slice(0, 32)
}

/** Writes aside, flushes, renames, and flushes the folder that holds the name. */
export function writeFileWhole(path: string, partial: string, bytes: Uint8Array): void {
  const aside = `${path}${partial}`
  try {
    const file = openSync(aside, 'w')
    try {
      writeWhole(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(aside, path)
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
  const folder = openSync(join(path, '..'), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}
