/** What the app's page brings along: packs, shipped studies, and the workers' code, each bundled into one script. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'
import { validatePack } from '../src/baseline/validate-pack.ts'
import { entryOf } from '../src/app/engine/packs.ts'
import type { ShippedPack } from '../src/app/engine/parts.ts'
import type { ShippedStudy } from '../src/app/contract.ts'
import { readEngine } from '../src/results/engine.ts'
import { parseStudy } from '../src/scenario/parse.ts'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SCENARIOS = join(ROOT, 'scenarios')
const PACKS = 'baselines'
/** Shown first: the worked example. */
const FIRST_STUDY = 'recovery'

/** What the page may do. Without `unsafe-eval`: nothing in it makes code of text. */
export function pagePolicy(parts: { readonly scripts: string; readonly workers: string; readonly connections: string }): string {
  return [
    "default-src 'none'",
    `script-src ${parts.scripts}`,
    `worker-src ${parts.workers}`,
    // The charts place their marks by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src ${parts.connections}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The library's builds that need nothing of Node. */
export const ALIASES = { 'csv-parse': 'csv-parse/browser/esm' } as const

/** A page is told its version by the build; it has no package beside it to read. */
export function withoutOwnPackage(): Plugin {
  return {
    name: 'fairwait-without-own-package',
    load: (id) => (id === join(ROOT, 'src', 'results', 'engine.ts') ? "export function readEngine() { throw new Error('a page is told its version') }" : null),
  }
}

/** Every pack in `scenarios/baselines`. @param inside codes of the packs whose text goes into the page */
export function packs(inside: readonly string[]): ShippedPack[] {
  return readdirSync(join(SCENARIOS, PACKS)).toSorted().map((name) => {
    const path = `${PACKS}/${name}`
    const text = readFileSync(join(SCENARIOS, path), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const pack = validatePack(JSON.parse(text), path)
    const entry = entryOf(path, { kind: 'pack', path, sha256, pack }, false)
    return { entry, sha256, text: inside.includes(entry.code) ? text : null }
  })
}

/** Every study in `scenarios`. */
export async function studies(): Promise<ShippedStudy[]> {
  const names = readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml')).toSorted()
  const all = await Promise.all(names.map(async (file): Promise<ShippedStudy> => {
    const text = readFileSync(join(SCENARIOS, file), 'utf8')
    const { file: study } = await parseStudy(text, file)
    const name = file.replace(/\.yaml$/, '')
    return { name, title: study.title ?? study.name, description: study.description ?? '', text }
  }))
  return all.toSorted((a, b) => Number(b.name === FIRST_STUDY) - Number(a.name === FIRST_STUDY))
}

/** Name and version, as results files carry them. */
export const made = readEngine

/**
 * Bundles a worker into one classic script, so that it can be started from a blob.
 * @param entry module in `workers/`
 */
export async function workerScript(entry: string): Promise<string> {
  const output = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    resolve: { alias: ALIASES },
    plugins: [withoutOwnPackage()],
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      // Nobody fetches the code in pieces; a warning about the size would be about the charts.
      chunkSizeWarningLimit: 5000,
      rolldownOptions: {
        input: join(ROOT, 'workers', entry),
        output: { format: 'iife', codeSplitting: false, entryFileNames: '[name].js' },
        // Vite's helper for modules that are loaded later asks where it stands; here all are in one script.
        checks: { emptyImportMeta: false },
      },
    },
  })
  const chunks = (output as Rolldown.RolldownOutput).output
  if (chunks.length !== 1 || chunks[0].type !== 'chunk') throw new Error(`${entry} was bundled into ${chunks.length} files`)
  return chunks[0].code
}

/** Packs that are served beside the page: name and text. */
export function packFiles(): { readonly name: string; readonly text: string }[] {
  return readdirSync(join(SCENARIOS, PACKS)).map((name) => ({ name: `${PACKS}/${name}`, text: readFileSync(join(SCENARIOS, PACKS, name), 'utf8') }))
}
