/** Folders that are written into. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemCode } from './system-code.ts'

/**
 * Makes a folder, with those above it; nothing where it is there already. Node's own `recursive` answers ENOENT whatever
 * the system said: on a read-only disk nobody would know why.
 * @throws the system's error, of the folder that could not be made
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    const code = systemCode(error)
    const above = dirname(folder)
    if (code === 'ENOENT' && above !== folder) {
      makeFolder(above)
      // Somebody else may have made it meanwhile.
      mkdirSync(folder, { recursive: true })
    } else if (code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error
  }
}
