/**
 * A study file and its baseline pack from disk → a resolved {@link Study}.
 */
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
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
import { nearFile, readText } from './read-text.ts'
import { shipped } from './shipped.ts'
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
  /**
   * In place of the study's baseline: the code of a system whose pack is shipped, such as `QYG` or `ENG`, or the path of
   * a pack. The study's name and title then say so.
   */
  readonly baseline?: string
}

/** Most characters of a study's name. */
const LONGEST_NAME = 60

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
  const written = await parseStudy(source.text, path)
  const { parsed, baseline } = overrides.baseline === undefined
    ? { parsed: written, baseline: await loadBaseline(written, studyPath) }
    : await otherBaseline(written, overrides.baseline)
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

/** The study with another pack as its baseline, named after it so that results do not take each other's place. */
async function otherBaseline(
  written: ParsedStudy,
  codeOrPath: string,
): Promise<{ parsed: ParsedStudy; baseline: { baseline: StudyBaseline; inputs: StudyInput[] } }> {
  const { findPack } = await import('./find-pack.ts')
  const found = await findPack(codeOrPath, '--baseline')
  const { code, name } = found.pack.system
  const { file } = written
  const renamed: StudyFile = {
    ...file,
    name: `${file.name.slice(0, LONGEST_NAME - code.length - 1)}-${code.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    title: studyMessages.titleWithBaseline(file.title ?? file.name, name),
    baseline: found.path,
  }
  const { path, sha256 } = found
  return { parsed: { ...written, file: renamed }, baseline: { baseline: found, inputs: [{ path, sha256 }] } }
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
  const { readPack } = await import('./find-pack.ts')
  return readPack(found, written)
}
