/** Files that a user names, as text, with what can be wrong with them. */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InputError } from '../errors.ts'
import { nearest } from '../scenario/suggest.ts'
import { studyMessages } from './study-messages.ts'

const MEGABYTE = 1_000_000
const MAX_FILE_MEGABYTES = 50

/** A file name in the same folder that is nearly the missing one; null where there is none. */
export function nearFile(path: string, written: string): string | null {
  try {
    const guess = nearest(basename(path), readdirSync(dirname(path)))
    return guess === null ? null : join(dirname(written), guess)
  } catch {
    return null
  }
}

/**
 * A UTF-8 file's text and checksum.
 * @param path where it is
 * @param name as the user or the study named it, for messages
 * @param mostMegabytes that it may hold
 * @throws InputError where it is missing, no regular file, larger than that, or not UTF-8
 */
export async function readText(path: string, name: string, mostMegabytes = MAX_FILE_MEGABYTES): Promise<{ text: string; sha256: string }> {
  const bytes = await readBytes(path, name, mostMegabytes)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.subarray(0, 4).includes(0)) {
    throw new InputError({ file: name, message: studyMessages.notUtf8 })
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, sha256: createHash('sha256').update(bytes).digest('hex') }
  } catch {
    throw new InputError({ file: name, message: studyMessages.notUtf8 })
  }
}

async function readBytes(path: string, name: string, mostMegabytes: number): Promise<Buffer> {
  const fail = (message: string): InputError => new InputError({ file: name, message })
  try {
    const info = await stat(path)
    if (info.isDirectory()) throw fail(studyMessages.directory)
    if (!info.isFile()) throw fail(studyMessages.notAFile)
    if (info.size > mostMegabytes * MEGABYTE) throw fail(studyMessages.tooLarge(mostMegabytes))
    return await readFile(path)
  } catch (error) {
    if (error instanceof InputError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? fail(studyMessages.noFile(nearFile(path, name)))
      : fail(studyMessages.unreadable(code))
  }
}
