/**
 * A study file and its baseline pack from disk → a resolved {@link Study}.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '../errors.ts'
import { packPaths, studyBaseline } from '../scenario/baselines.ts'
import type { PackBaseline } from '../scenario/baselines.ts'
import { unknownName } from '../scenario/messages.ts'
import type { ParsedStudy } from '../scenario/parse.ts'
import { problemAt } from '../scenario/positions.ts'
import type { DocumentPath, Positions } from '../scenario/positions.ts'
import { resolveStudy } from '../scenario/resolve.ts'
import type { StudyFile } from '../scenario/schema.ts'
import type { Study, StudyBaseline } from '../scenario/study.ts'
import { nearest } from '../scenario/suggest.ts'
import { studyMessages } from './study-messages.ts'

/** Changes to a study asked for on the command line. */
export interface StudyOverrides {
  readonly seed?: string
  readonly replications?: number
  /** Money, policies and shocks beyond a shorter horizon are then left out without complaint. */
  readonly weeks?: number
  /** Fraction of pathways simulated, above 0 and at most 1. */
  readonly sample?: number
  /** Keeps these scenarios and the reference. */
  readonly scenarios?: readonly string[]
}

/** A file that a study was made from. */
export interface StudyInput {
  /** As the user or the study named it. */
  readonly path: string
  readonly sha256: string
}

/** A study and what it was made from. */
export interface LoadedStudy {
  readonly study: Study
  readonly inputs: readonly StudyInput[]
}

const MEGABYTE = 1_000_000
const MAX_FILE_MEGABYTES = 50

/**
 * Loads a study. A relative path that does not exist is looked for among the studies and packs that come with
 * the package.
 *
 * @throws InputError for anything wrong with the study or its baseline
 */
export async function loadStudy(path: string, overrides: StudyOverrides = {}): Promise<LoadedStudy> {
  const { parseStudy } = await import('../scenario/parse.ts')
  const studyPath = existsSync(path) ? path : (shipped(path) ?? path)
  const source = await readText(studyPath, path)
  const parsed = await parseStudy(source.text, path)
  const baseline = await loadBaseline(parsed, studyPath)
  // The file must hold as it stands; the changed study may cut dates off.
  const asWritten = resolveStudy(parsed.file, baseline.baseline, parsed.positions)
  const file = overridden(parsed.file, asWritten.reference, overrides)
  return {
    study: resolveStudy(file, baseline.baseline, parsed.positions, { datesMustFit: false }),
    inputs: [{ path, sha256: source.sha256 }, ...baseline.inputs],
  }
}

function overridden(file: StudyFile, reference: string, overrides: StudyOverrides): StudyFile {
  const wanted = overrides.scenarios ?? []
  const ids = Object.keys(file.scenarios)
  const unknown = wanted.filter((id) => !ids.includes(id))
  if (unknown.length > 0) throw new InputError(unknown.map((id) => ({ message: unknownName('scenario', id, ids) })))
  const kept = ids.filter((id) => wanted.length === 0 || id === reference || wanted.includes(id))
  return {
    ...file,
    ...(overrides.seed === undefined ? {} : { seed: overrides.seed }),
    ...(overrides.replications === undefined ? {} : { replications: overrides.replications }),
    ...(overrides.sample === undefined ? {} : { sample: overrides.sample }),
    time: { ...file.time, ...(overrides.weeks === undefined ? {} : { weeks: overrides.weeks }) },
    reference,
    scenarios: Object.fromEntries(kept.map((id) => [id, file.scenarios[id]])),
  }
}

async function loadBaseline(
  { file, positions }: ParsedStudy,
  studyPath: string,
): Promise<{ baseline: StudyBaseline; inputs: StudyInput[] }> {
  const packs = new Map<string, PackBaseline>()
  for (const path of packPaths(file)) packs.set(path, await loadPack(path, placeOfPack(path, file), positions, studyPath))
  const inputs = [...packs.values()].map(({ path, sha256 }) => ({ path, sha256 }))
  return { baseline: studyBaseline(file, packs), inputs }
}

/** Where a study file names a pack. */
function placeOfPack(path: string, { baseline }: StudyFile): DocumentPath {
  const index = typeof baseline === 'object' && 'systems' in baseline ? baseline.systems.indexOf(path) : -1
  return index < 0 ? ['baseline'] : ['baseline', 'systems', index]
}

async function loadPack(written: string, at: DocumentPath, positions: Positions, studyPath: string): Promise<PackBaseline> {
  const beside = isAbsolute(written) ? written : join(dirname(studyPath), written)
  const found = existsSync(beside) ? beside : shipped(join('scenarios', written))
  if (found === null) {
    throw new InputError(problemAt(positions, at, studyMessages.noBaseline(written, nearFile(beside, written))))
  }
  const { text, sha256 } = await readText(found, written)
  const { validatePack } = await import('../baseline/validate-pack.ts')
  return { kind: 'pack', path: written, sha256, pack: validatePack(parseJson(text, written), written) }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new InputError({ file: name, message: studyMessages.notJson })
  }
}

/** The file of that relative path under `scenarios/` that comes with the package; null where there is none. */
function shipped(path: string): string | null {
  if (isAbsolute(path)) return null
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) return null
    folder = dirname(folder)
  }
  const candidate = resolve(folder, path)
  return candidate.startsWith(join(folder, 'scenarios')) && existsSync(candidate) ? candidate : null
}

/** A file name in the same folder that is nearly the missing one. */
function nearFile(path: string, written: string): string | null {
  try {
    const guess = nearest(basename(path), readdirSync(dirname(path)))
    return guess === null ? null : join(dirname(written), guess)
  } catch {
    return null
  }
}

async function readText(path: string, name: string): Promise<{ text: string; sha256: string }> {
  const bytes = await readBytes(path, name)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.subarray(0, 4).includes(0)) {
    throw new InputError({ file: name, message: studyMessages.notUtf8 })
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, sha256: createHash('sha256').update(bytes).digest('hex') }
  } catch {
    throw new InputError({ file: name, message: studyMessages.notUtf8 })
  }
}

async function readBytes(path: string, name: string): Promise<Buffer> {
  const fail = (message: string): InputError => new InputError({ file: name, message })
  try {
    const info = await stat(path)
    if (info.isDirectory()) throw fail(studyMessages.directory)
    if (!info.isFile()) throw fail(studyMessages.notAFile)
    if (info.size > MAX_FILE_MEGABYTES * MEGABYTE) throw fail(studyMessages.tooLarge(MAX_FILE_MEGABYTES))
    return await readFile(path)
  } catch (error) {
    if (error instanceof InputError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? fail(studyMessages.noFile(nearFile(path, name)))
      : fail(studyMessages.unreadable(code))
  }
}
