/** manifest.json: what a results folder was made from and by, and the hash of every other file. */
import type { Engine } from './engine.ts'
import { GENERATOR } from './generator.ts'
import type { FileRecord } from './output-file.ts'
import type { StudyResults } from './types.ts'

/** A file that the study was made from, as the user named it. */
export interface InputRecord {
  readonly path: string
  readonly sha256: string
}

/** What a manifest says. */
export interface ManifestContents {
  readonly results: StudyResults
  readonly engine: Engine
  /** What ran it: the version of Node, or the browser. */
  readonly node: string
  readonly inputs: readonly InputRecord[]
  readonly outputs: readonly FileRecord[]
}

/** Text of manifest.json; timings are in it, so that it differs from run to run. */
export function manifestText({ results, engine, node, inputs, outputs }: ManifestContents): string {
  const { study, catalogue, performance } = results
  const manifest = {
    format: 'fairwait-manifest',
    schemaVersion: 1,
    engine,
    node,
    generator: GENERATOR,
    seed: study.seed,
    study,
    // What the tables do not hold of the catalogue; `readResults` takes the names of series from them.
    catalogue: { dimensions: catalogue.dimensions, dates: catalogue.dates, series: catalogue.keys.length },
    inputs,
    outputs,
    performance,
  }
  return `${JSON.stringify(manifest, null, 1)}\n`
}
