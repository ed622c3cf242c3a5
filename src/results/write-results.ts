/**
 * Writes a finished study: every file of a results folder, all of them or none.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Decomposition } from '../experiment/decompose/types.ts'
import { dataPackageJson } from './data-package.ts'
import { readEngine } from './engine.ts'
import { manifestText, type InputRecord } from './manifest.ts'
import { writeOutputFile, writeTextFile, type FileRecord } from './output-file.ts'
import { resultFiles } from './result-files.ts'
import { RESULT_FILES, replaceResults } from './results-folder.ts'
import { RO_CRATE_FILE } from './ro-crate.ts'
import { runCrateJson } from './run-crate.ts'
import { withoutSmallNumbers } from './small-numbers.ts'
import { today } from './today.ts'
import type { StudyResults } from './types.ts'

/**
 * Writes the files of `RESULT_FILES`. They are made aside and put in place together; other files in the folder are
 * left alone. All are the same bytes for equal results but for the manifest, which holds timings, and the crate, which
 * holds the day; the report also shows a decomposition that stands in the folder.
 * @param outDir folder that receives the files; made if missing
 * @param inputs the study file and what it reads
 * @returns names of the files written
 * @throws UserError where the folder cannot be written: a full or read-only disk, a file in its place
 */
export async function writeResults(
  results: StudyResults,
  outDir: string,
  inputs: readonly InputRecord[],
): Promise<{ files: string[] }> {
  const decomposition = await decompositionIn(outDir)
  await replaceResults(outDir, (stage) => writeAll(withoutSmallNumbers(results), stage, inputs, decomposition))
  return { files: [...RESULT_FILES] }
}

/** What `fairwait decompose` left in the folder, for the report; null where it left nothing. */
async function decompositionIn(outDir: string): Promise<Decomposition | null> {
  const text = await readFile(join(outDir, 'decomposition.json'), 'utf8').catch(() => null)
  return text === null ? null : (await import('../report/decomposition.ts')).readDecomposition(text)
}

async function writeAll(
  results: StudyResults,
  stage: string,
  inputs: readonly InputRecord[],
  decomposition: Decomposition | null,
): Promise<void> {
  const engine = await readEngine()
  const outputs: FileRecord[] = []
  for (const { name, fill } of await resultFiles(results, engine, decomposition)) outputs.push(await writeOutputFile(stage, name, fill))
  outputs.push(await writeTextFile(stage, 'datapackage.json', dataPackageJson(results, outputs)))
  await writeTextFile(stage, 'manifest.json', manifestText({ results, engine, node: process.version, inputs, outputs }))
  await writeTextFile(stage, RO_CRATE_FILE, runCrateJson({ results, engine, inputs, outputs, made: today() }))
}
