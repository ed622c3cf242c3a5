/** Reading one published month from disk. */
import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { UserError } from '../errors.ts'
import type { ByteSource } from './byte-source.ts'
import { say } from './import-messages.ts'
import { readRtt } from './read-rtt.ts'
import { requireRegularFile } from './regular-file.ts'
import type { MonthTally } from './rtt-tally.ts'

/** An open file as a source of bytes. */
export async function fileSource(handle: FileHandle): Promise<ByteSource> {
  const { size } = await handle.stat()
  return {
    size,
    async read(position, length) {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    },
  }
}

/**
 * Reads one month's RTT full CSV data file, as published: a ZIP file or the CSV file in it.
 *
 * @param file path as the user gave it
 * @throws InputError where the file cannot be read, is not one, is damaged, or holds an impossible number
 */
export async function readRttFile(file: string): Promise<MonthTally> {
  let handle: FileHandle | null = null
  try {
    await requireRegularFile(file)
    handle = await open(file)
    const hash = createHash('sha256')
    return await readRtt(await fileSource(handle), file, {
      update: (bytes) => void hash.update(bytes),
      digest: () => hash.digest('hex'),
    })
  } catch (error) {
    throw unreadable(error, file)
  } finally {
    await handle?.close()
  }
}

/** What the file system throws, as an error that a user can act on. */
function unreadable(error: unknown, file: string): unknown {
  const code = error instanceof Error && !(error instanceof UserError) && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? say.cannotRead(file, code) : error
}
