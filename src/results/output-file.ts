/** A file under construction: bytes go to disk as they come, and are counted and hashed on the way. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'

/** A finished file, as the manifest and the data package describe it. */
export interface FileRecord {
  /** Name inside the results folder. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** A file being written. */
export interface OutputFile {
  /** Appends bytes; the buffer may be reused once the promise is fulfilled. */
  write(bytes: Uint8Array): Promise<void>
}

/**
 * Runs `fill` on a new file and closes it whatever happens.
 * @param folder existing folder
 * @param name file name inside it
 * @returns the file's size and SHA-256
 */
export async function writeOutputFile(
  folder: string,
  name: string,
  fill: (file: OutputFile) => Promise<void>,
): Promise<FileRecord> {
  const hash = createHash('sha256')
  const handle = await open(join(folder, name), 'wx')
  let bytesWritten = 0
  try {
    await fill({
      async write(bytes) {
        hash.update(bytes)
        for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten
        bytesWritten += bytes.length
      },
    })
  } finally {
    await handle.close()
  }
  return { path: name, bytes: bytesWritten, sha256: hash.digest('hex') }
}

/** Writes a whole text, UTF-8. */
export function writeTextFile(folder: string, name: string, text: string): Promise<FileRecord> {
  return writeOutputFile(folder, name, (file) => file.write(Buffer.from(text, 'utf8')))
}
