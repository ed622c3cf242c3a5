/** What writers that were killed leave in a store beside what they finished: locks, and files half written. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Removes the locks and half-written files of writers that are known to have ended. Their journals stay.
 * @param prefix how the names of those writers begin
 */
export function tidyAfterWriters(root: string, engine: string, prefix: string): void {
  const folder = join(root, engine)
  remove(join(folder, 'journal'), (name) => name.startsWith(prefix) && name.includes('.lock'))
  for (const part of ['batches', 'aside']) remove(join(folder, part), (name) => name.includes(`.partial-${prefix}`))
}

function remove(folder: string, isStale: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(isStale)) rmSync(join(folder, name), { force: true })
}
