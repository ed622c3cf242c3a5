/** For specs of sweeps on clusters. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** SHA-256 of every result file of a sweep, by name; plan, store and submissions are no results. */
export function fileHashes(out: string): Record<string, string> {
  const files = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'sweep.json')
  const names = files.map(({ name }) => name).toSorted()
  return Object.fromEntries(names.map((name) => [name, createHash('sha256').update(readFileSync(join(out, name))).digest('hex')]))
}

/** What a sweep's submission says that it shares out. */
export function submissionOf(out: string, number: number): { readonly ranges: readonly (readonly [number, number])[]; readonly tasks: number } {
  return JSON.parse(readFileSync(join(out, 'cluster', String(number), 'submission.json'), 'utf8')) as ReturnType<typeof submissionOf>
}
