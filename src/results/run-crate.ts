/** The RO-Crate of a run: the study's results, what they were made from and by what. */
import type { Engine } from './engine.ts'
import type { InputRecord } from './manifest.ts'
import type { FileRecord } from './output-file.ts'
import { roCrateJson } from './ro-crate.ts'
import type { StudyResults } from './types.ts'

/** What a run's crate is made of. */
export interface RunCrate {
  readonly results: StudyResults
  readonly engine: Engine
  readonly inputs: readonly InputRecord[]
  /** Every file that the manifest lists; the crate adds the manifest. */
  readonly outputs: readonly FileRecord[]
  /** ISO date. */
  readonly made: string
}

/** The crate's text. Sizes and hashes of files stand in the manifest alone, so that a report made again leaves one place to change. */
export function runCrateJson({ results, engine, inputs, outputs, made }: RunCrate): string {
  const { name, title, description } = results.study
  return roCrateJson({
    title,
    description: description === '' ? `Results of the Fairwait study ${name}.` : description,
    engine,
    made,
    inputs,
    action: { id: '#run', name: 'Simulation of every scenario of the study' },
    files: [...outputs, { path: 'manifest.json' }].map(({ path }) => ({ path })),
  })
}
