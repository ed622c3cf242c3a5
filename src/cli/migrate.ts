/** `fairwait migrate PATH`: an older study brought up to date, or what has changed since an older results folder. */
import { existsSync } from 'node:fs'
import { open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { InputError, UserError } from '../errors.ts'
import { cannotWriteFile } from '../results/messages.ts'
import type { MigratedStudy, MigrationStep } from '../scenario/migrate.ts'
import type { Release } from './changelog.ts'
import { MIGRATE, migrateMessages } from './migrate-messages.ts'
import { jsonLine, wrapped } from './terminal.ts'

interface MigrateOptions {
  readonly out?: string
  readonly json?: true
}

/** What was found and done, for people and as data. */
interface Told {
  readonly lines: readonly string[]
  readonly data: { readonly kind: 'study' | 'results'; readonly from: number | string; readonly to: number | string; readonly changes: readonly string[]; readonly written: string | null }
}

/** Adds `migrate` to the program. */
export function register(program: Command): void {
  program
    .command('migrate')
    .summary(MIGRATE.summary)
    .description(MIGRATE.description)
    .argument('<path>', MIGRATE.path)
    .option('--out <file>', MIGRATE.out)
    .option('--json', MIGRATE.json)
    .action(migrate)
}

async function migrate(path: string, { out, json }: MigrateOptions): Promise<void> {
  const isFolder = await stat(path).then((found) => found.isDirectory(), () => false)
  const { lines, data } = isFolder ? await sinceResults(path) : await migrateFile(path, out)
  const text = json === true ? jsonLine({ format: 'fairwait-migrate', version: 1, path, ...data }) : lines.join('\n')
  process.stdout.write(`${text}\n`)
}

/**
 * Migrates a study file.
 * @param out file to write; nothing is written where nothing changed or it is undefined
 * @param steps those of the schema, unless a test says otherwise
 * @throws InputError where the file is no study or too new; UserError where `out` exists or cannot be written
 */
export async function migrateFile(path: string, out: string | undefined, steps?: readonly MigrationStep[]): Promise<Told> {
  const [{ readText }, { readStudyData }, { migrateStudy }] = await Promise.all([
    import('./read-text.ts'),
    import('../scenario/parse.ts'),
    import('../scenario/migrate.ts'),
  ])
  const { written, positions } = readStudyData((await readText(path, path)).text, path)
  const migrated = migrateStudy(written, positions, steps)
  const { from, to, changes } = migrated
  if (from === to) return { lines: wrapped(migrateMessages.upToDate(path, to)), data: { kind: 'study', from, to, changes, written: null } }
  if (out !== undefined) await writeStudy(out, migrated)
  const end = out === undefined ? migrateMessages.notWritten : migrateMessages.written(out)
  const lines = [migrateMessages.changed(path, from, to), ...changes.map((change) => `- ${change}`), end]
  return { lines: lines.flatMap(wrapped), data: { kind: 'study', from, to, changes, written: out ?? null } }
}

async function writeStudy(out: string, { data }: MigratedStudy): Promise<void> {
  const { stringify } = await import('yaml')
  const text = stringify(data, { version: '1.2', schema: 'core', lineWidth: 120, aliasDuplicateObjects: false })
  const refuse = (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new UserError(code === 'EEXIST' ? migrateMessages.exists(out) : cannotWriteFile(out, code))
  }
  const file = await open(out, 'wx').catch(refuse)
  try {
    await file.writeFile(text)
    await file.close()
  } catch (error) {
    // It was not there before it was opened: what stands there now is half a study.
    await file.close().catch(() => undefined)
    await rm(out, { force: true }).catch(() => undefined)
    refuse(error)
  }
}

async function sinceResults(folder: string): Promise<Told> {
  const [{ compareVersions, readChangelog, releasesBetween }, { readEngine }] = await Promise.all([
    import('./changelog.ts'),
    import('../results/engine.ts'),
  ])
  const from = await engineVersionOf(folder)
  const to = (await readEngine()).version
  const order = compareVersions(from, to)
  if (order > 0) throw new InputError({ file: join(folder, 'manifest.json'), message: migrateMessages.newerEngine(from, to) })
  if (order === 0) return { lines: wrapped(migrateMessages.sameEngine(folder, to)), data: { kind: 'results', from, to, changes: [], written: null } }
  const releases = releasesBetween(await readChangelog(), from, to)
  const lines = [migrateMessages.olderEngine(folder, from, to), ...listed(releases), migrateMessages.runAgain(folder)]
  const changes = releases.flatMap(({ version, entries }) => entries.map((entry) => `${version}: ${entry.replace(/^- /, '')}`))
  return { lines: lines.flatMap(wrapped), data: { kind: 'results', from, to, changes, written: null } }
}

function listed(releases: readonly Release[]): string[] {
  const lines = releases.flatMap(({ version, entries }) => ['', `Version ${version}`, '', ...entries])
  return releases.length === 0 ? [migrateMessages.noResultChange] : [...lines, '']
}

/** Folders of every version say it in the same place; the rest of an old manifest is not asked for. */
async function engineVersionOf(folder: string): Promise<string> {
  const { isVersion } = await import('./changelog.ts')
  const path = join(folder, 'manifest.json')
  const text = existsSync(path) ? await readFile(path, 'utf8') : ''
  const manifest = manifestIn(text)
  const version = manifest?.engine?.version
  if (manifest?.format !== 'fairwait-manifest' || !isVersion(version)) throw new InputError({ file: path, message: migrateMessages.noEngine })
  return version
}

interface AnyManifest {
  readonly format?: unknown
  readonly engine?: { readonly version?: unknown } | null
}

/** Null where it is no JSON. */
function manifestIn(text: string): AnyManifest | null {
  try {
    return JSON.parse(text) as AnyManifest | null
  } catch {
    return null
  }
}
