/** Files that can be read to an end. */
import { stat } from 'node:fs/promises'

/**
 * Refuses pipes and devices before they are opened: some never answer, some never end. A folder is left to whoever
 * reads, for the system's own answer.
 * @throws Error with the code `not a regular file`, told like a code of the system
 */
export async function requireRegularFile(file: string): Promise<void> {
  const info = await stat(file)
  if (info.isFile() || info.isDirectory()) return
  throw Object.assign(new Error(`${file} is not a regular file`), { code: 'not a regular file' })
}
