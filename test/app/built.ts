/**
 * Pages as they are built, once for all specs: kept beside the packages, known by everything that a build reads. A spec
 * that finds its page there, made by another spec or an earlier day, need not build it.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(ROOT, 'node_modules', '.cache', 'fairwait-pages')
/** What builds read. */
const SOURCES = ['package-lock.json', 'scenarios', 'scripts', 'src', 'workers', 'test/app']
/** Pages that nobody has asked for in this time are let go of, milliseconds. */
const KEPT_MS = 24 * 3600_000

/**
 * Folder of a built page. It is shared, and must not be written to.
 * @param name of the page, such as `whole-app`
 * @param make builds it into a folder
 */
export async function builtPage(name: string, make: (outDir: string) => Promise<unknown>): Promise<string> {
  const key = keyOfSources()
  const folder = join(CACHE, `${name}-${key}`)
  if (existsSync(folder)) return folder
  letGo()
  const aside = join(CACHE, `making-${randomUUID()}`)
  await make(aside)
  // What was edited meanwhile may or may not be in it: good for now, and for nobody else.
  if (keyOfSources() !== key) return aside
  try {
    renameSync(aside, folder)
  } catch (error) {
    // Another spec was quicker, with the same bytes.
    rmSync(aside, { recursive: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

function keyOfSources(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    const path = join(ROOT, source)
    const files = statSync(path).isFile() ? [path] : readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)).toSorted()
    for (const file of files) hash.update(`${file.slice(ROOT.length)}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

function letGo(): void {
  mkdirSync(CACHE, { recursive: true })
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name)
    // Another spec may be letting go of it, too.
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > KEPT_MS) rmSync(path, { recursive: true, force: true })
  }
}
