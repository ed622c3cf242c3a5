/**
 * results.zip: a results folder as the command line writes it, for the same study and seed the same bytes but for
 * the manifest and the crate, which say where, when and how fast it was made. It can be opened again on the page and by the command line.
 */
import { zipSync, type Zippable } from 'fflate'
import { dataPackageJson } from '../../results/data-package.ts'
import type { Engine as Made } from '../../results/engine.ts'
import { fileBytes } from '../../results/file-bytes.ts'
import { manifestText } from '../../results/manifest.ts'
import type { FileRecord } from '../../results/output-file.ts'
import { resultFiles } from '../../results/result-files.ts'
import { RO_CRATE_FILE } from '../../results/ro-crate.ts'
import { runCrateJson } from '../../results/run-crate.ts'
import type { StudyResults } from '../../results/types.ts'
import { systemsOf } from '../../scenario/baselines.ts'
import type { StudyFile } from '../../scenario/schema.ts'
import { quickSha256 } from './sha256.ts'
import { studyYaml } from './study-reading.ts'

/** Entries carry no date: equal results give equal entries. */
const FIXED_DATE = new Date(1980, 0, 1)
const ISO_DATE_LENGTH = 10
/** Files that are compressed already. */
const COMPRESSED = /\.(parquet|xlsx)$/

/** @param results with small numbers hidden */
export async function resultsZip(results: StudyResults, file: StudyFile, made: Made): Promise<Uint8Array> {
  const yaml = new TextEncoder().encode(await studyYaml(file))
  const contents = new Map<string, Uint8Array>()
  for (const { name, fill } of await resultFiles(results, made, null)) contents.set(name, await fileBytes(fill))
  const described = async (path: string, bytes: Uint8Array): Promise<FileRecord> => ({ path, bytes: bytes.length, sha256: await quickSha256(bytes) })
  const outputs = await Promise.all([...contents].map(([path, bytes]) => described(path, bytes)))
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const dataPackage = encode(dataPackageJson(results, outputs))
  contents.set('datapackage.json', dataPackage)
  const packs = systemsOf(results.study.baseline).flatMap((system) => (system.kind === 'pack' ? [{ path: system.path, sha256: system.sha256 }] : []))
  const studyName = `${file.name}.yaml`
  const origin = {
    results,
    engine: made,
    inputs: [{ path: studyName, sha256: await quickSha256(yaml) }, ...packs],
    outputs: [...outputs, await described('datapackage.json', dataPackage)],
  }
  contents.set('manifest.json', encode(manifestText({ ...origin, node: navigator.userAgent })))
  contents.set(RO_CRATE_FILE, encode(runCrateJson({ ...origin, made: new Date().toISOString().slice(0, ISO_DATE_LENGTH) })))
  contents.set(studyName, yaml)
  return zipped(file.name, contents)
}

function zipped(folder: string, contents: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {}
  for (const [name, bytes] of contents) entries[`${folder}/${name}`] = [bytes, { mtime: FIXED_DATE, level: COMPRESSED.test(name) ? 0 : 6 }]
  return zipSync(entries)
}
