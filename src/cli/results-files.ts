/** Files of a results folder on disk: read, hashed, held against each other. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError, UserError } from '../errors.ts'
import type { ManifestFile } from '../results/read-folder.ts'
import { difference, folderProblems } from './results-messages.ts'
import { cut, plainText } from './terminal.ts'

/**
 * Reads files of a folder by name.
 * @throws InputError where there is no such folder
 */
export async function folderReader(folder: string): Promise<(name: string) => Promise<Uint8Array>> {
  const found = await stat(folder).catch(() => null)
  if (found === null) throw new InputError({ file: folder, message: folderProblems.noFolder })
  if (!found.isDirectory()) throw new InputError({ file: folder, message: folderProblems.aFile })
  return (name) => readFile(join(folder, name))
}

/** Does work on a folder; problems name its files as the user finds them. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(error.problems.map((problem) => ({ ...problem, file: join(folder, problem.file ?? '') })))
  }
}

/**
 * Does what follows from the study in a folder's manifest. It was checked before it was written and is not checked again:
 * where nothing can be made of it, it was changed since, or is another version's.
 * @throws InputError in place of an error that is neither meant for users, nor the system's, nor an interruption
 */
export async function fromManifest<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isOwn = error instanceof UserError || !(error instanceof Error) || 'code' in error || error.name === 'AbortError'
    if (isOwn) throw error
    throw new InputError({ file: join(folder, 'manifest.json'), message: folderProblems.cannotFollow(error.message) })
  }
}

/** SHA-256 of a file as hex; null where it cannot be read. */
export async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  } catch {
    return null
  }
  return hash.digest('hex')
}

/** @throws InputError with every file that is missing, or is not what the manifest says */
export async function checkFolder(folder: string, outputs: readonly ManifestFile[]): Promise<void> {
  const problems = []
  for (const { path, sha256 } of outputs) {
    const hash = await hashOf(join(folder, path))
    if (hash === null) problems.push({ file: join(folder, path), message: folderProblems.missing })
    else if (hash !== sha256) problems.push({ file: join(folder, path), message: folderProblems.changed })
  }
  if (problems.length > 0) throw new InputError(problems)
}

const CHUNK_BYTES = 1024 * 1024
const TEXT = /\.(csv|html|json)$/
const SHOWN_COLUMNS = 68
const NEWLINE = 10

/** Where two files first differ, in words: the line of a text, the byte of anything else. */
export async function firstDifference(name: string, before: string, after: string): Promise<string> {
  const [then, now] = await Promise.all([open(before), open(after)])
  try {
    const { byte, line } = await whereTheyPart(then, now)
    if (!TEXT.test(name)) return difference.byte(byte + 1, (await then.stat()).size, (await now.stat()).size)
    return difference.line(line, await lineAt(then, byte), await lineAt(now, byte))
  } finally {
    await Promise.all([then.close(), now.close()])
  }
}

type File = Awaited<ReturnType<typeof open>>

async function whereTheyPart(then: File, now: File): Promise<{ byte: number; line: number }> {
  const [a, b] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)]
  let line = 1
  for (let from = 0; ; from += CHUNK_BYTES) {
    const [first, second] = [await then.read(a, 0, CHUNK_BYTES, from), await now.read(b, 0, CHUNK_BYTES, from)]
    const shared = Math.min(first.bytesRead, second.bytesRead)
    for (let index = 0; index < shared; index += 1) {
      if (a[index] !== b[index]) return { byte: from + index, line }
      if (a[index] === NEWLINE) line += 1
    }
    if (shared < CHUNK_BYTES) return { byte: from + shared, line }
  }
}

/** The line that holds a byte, from a little before it on, as it can be printed. */
async function lineAt(file: File, byte: number): Promise<string> {
  const from = Math.max(0, byte - SHOWN_COLUMNS / 2)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * SHOWN_COLUMNS), 0, 2 * SHOWN_COLUMNS, from)
  const around = buffer.subarray(0, bytesRead)
  const start = around.subarray(0, byte - from).lastIndexOf(NEWLINE) + 1
  const end = around.indexOf(NEWLINE, byte - from)
  const text = around.subarray(start, end < 0 ? undefined : end).toString('utf8')
  return cut(`${from + start > 0 && start === 0 ? '…' : ''}${plainText(text)}`, SHOWN_COLUMNS)
}
