/** Which specs meet a mutant: those that ran the function around it, or loaded the module of it. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measured, type SpecProcess } from './hold.ts'
import type { Measured } from './messages.ts'
import { offsetOf } from './mutated-text.ts'
import type { MutatedFolder, Place } from './places.ts'

/** A spec by its file and its place in it. */
export interface MetSpec {
  readonly file: string
  readonly index: number
  /** What it takes unchanged, of the processor's time. */
  readonly cpuMs: number
}

/** Measurements of spec files by what they were made of, so that only a changed one is made again. */
type Kept = Record<string, Measured>

const fingerprint = (texts: readonly string[]): string => createHash('sha256').update(JSON.stringify(texts)).digest('hex')

/** What every spec of a folder meets. What is kept in the file at `path` from before, and still holds, is not run again. */
export async function measureFolder(folder: MutatedFolder, root: string, path: string, specs: SpecProcess): Promise<Measured[]> {
  const read = (files: readonly string[]): string[] => files.map((file) => readFileSync(join(root, file), 'utf8'))
  const ofCore = globSync('src/{scenario,model,investment,measures}/**/*.ts', { cwd: root }).toSorted()
  const helpers = globSync('test/{scenario,model,investment,measures}/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] }).toSorted()
  const around = fingerprint(read([...ofCore, ...helpers]))
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : {}
  const now: Kept = {}
  for (const file of globSync(`test/${folder}/**/*.test.ts`, { cwd: root }).toSorted()) {
    const key = fingerprint([around, file, ...read([file])])
    if (before[key] === undefined) process.stderr.write(`measuring ${file}\n`)
    now[key] = before[key] ?? (await measured(specs, file))
    writeFileSync(path, JSON.stringify({ ...before, ...now }))
  }
  return Object.values(now)
}

interface Extent {
  readonly key: string
  readonly from: number
  readonly to: number
}

const extentOf = (key: string): Extent => {
  const [from, to] = key.slice(key.lastIndexOf(':') + 1).split('-').map(Number)
  return { key, from, to }
}

/** The specs that meet a place, as they are in their files. */
export function specsThatMeet(place: Place, root: string, all: readonly Measured[]): MetSpec[] {
  const at = offsetOf(readFileSync(join(root, place.file), 'utf8'), place.start)
  return all.flatMap(({ file, loading, specs, known }) => {
    const around = known
      .filter((key) => key.startsWith(`${place.file}:`))
      .map((key) => extentOf(key))
      .filter(({ from, to }) => from <= at && at < to)
      .toSorted((one, other) => one.to - one.from - (other.to - other.from))
    const innermost = around[0]
    if (innermost === undefined) return []
    const atLoading = loading.met.includes(innermost.key)
    return specs.flatMap(({ met, cpuMs }, index) => (atLoading || met.includes(innermost.key) ? [{ file, index, cpuMs }] : []))
  })
}
