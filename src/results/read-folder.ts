/**
 * A results folder, read back: the same {@link StudyResults} that were written, from the folder's own files.
 *
 *     manifest.json        the study, dimensions, dates, timings
 *     series.parquet       names of series; means and spreads
 *     differences.parquet  paired differences
 *     runs.parquet         single runs at the reporting dates
 *     summary.json         money; what became of targets
 *
 * Knows no files, so that the command line and the browser read folders alike.
 */
import { InputError } from '../errors.ts'
import { reportedMeasures } from '../measures/catalogue.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import type { DimensionInfo } from '../measures/types.ts'
import type { Study } from '../scenario/study.ts'
import { readMessages } from './messages.ts'
import { budgetsIn, targetsIn, type SummaryFile } from './read-summary.ts'
import { readMoments, readRuns, type ReadFile, type SeriesNames, type TableFrame } from './read-tables.ts'
import { deprivationGroups, type Moments } from './row-plan.ts'
import type { Performance, ScenarioSummary, StudyResults } from './types.ts'

/** A file that a folder's manifest names. */
export interface ManifestFile {
  /** Name inside the folder. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** What manifest.json holds. */
export interface Manifest {
  readonly format: 'fairwait-manifest'
  readonly schemaVersion: 1
  readonly engine: { readonly name: string; readonly version: string }
  /** Version of Node that ran it, e.g. `v24.21.0`. */
  readonly node: string
  readonly generator: string
  readonly seed: string
  readonly study: Study
  readonly catalogue: {
    readonly dimensions: readonly DimensionInfo[]
    readonly dates: readonly string[]
    /** Number of series. */
    readonly series: number
  }
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[]
  readonly outputs: readonly ManifestFile[]
  readonly performance: Performance
}

/** A file inside the folder, and nowhere else. */
const PLAIN_NAME = /^\w[\w.-]*$/
/** Most weeks that a study may have, and some: what no folder of ours exceeds. */
const MOST_DATES = 10_000
/** Most numbers that a scenario of a study may have: eight bytes each, in six arrays. */
const MOST_NUMBERS = 200_000_000

/**
 * Reads the files of a results folder.
 * @param files bytes of a file by its name; rejects where there is none
 * @returns the results as they were written: numbers hidden as too small stay hidden, numbers of single specialties that
 *   the tables do not hold (most, between reporting dates) are NaN, and limits of targets have six significant digits
 * @throws InputError where a file is missing, damaged, or of another study, with its name
 */
export async function readResults(files: ReadFile): Promise<StudyResults> {
  const read = reasoned(files)
  const manifest = await readManifest(read)
  const { study, performance } = manifest
  const { dimensions, dates, series } = manifest.catalogue
  const frame: TableFrame = { scenarioIds: study.scenarios.map(({ id }) => id), dates, series }
  const names: SeriesNames = { keys: [] }
  const values = await readMoments(read, 'series.parquet', 'mean', frame, names)
  if (names.keys.length !== series || values.size !== frame.scenarioIds.length) {
    throw new InputError({ file: 'series.parquet', message: readMessages.doesNotFit })
  }
  const differences = await readMoments(read, 'differences.parquet', 'difference', frame, names)
  const catalogue = { keys: names.keys, dimensions, dates }
  const summary = await readJson<SummaryFile>(read, 'summary.json')
  const scenarios = study.scenarios.map(({ id, title }): ScenarioSummary => {
    const own = values.get(id)
    const against = id === study.reference ? own && noDifference(own) : differences.get(id)
    if (own === undefined || against === undefined) throw new InputError({ file: 'differences.parquet', message: readMessages.doesNotFit })
    const budgets = fromSummary(() => budgetsIn(summary, id, deprivationGroups(catalogue)))
    return { id, title, ...own, difference: against.mean, differenceSd: against.sd, differenceN: against.n, budgets }
  })
  return {
    study,
    catalogue,
    measures: reportedMeasures(catalogue),
    scenarios,
    runRows: await readRuns(read, frame, names, reportingDateIndices(dates)),
    targets: fromSummary(() => targetsIn(summary, study.targets)),
    performance,
  }
}

/**
 * Reads and checks manifest.json.
 * @throws InputError where it is missing, damaged, or made by a version that wrote another kind of folder
 */
export async function readManifest(files: ReadFile): Promise<Manifest> {
  const file = 'manifest.json'
  const fail = (message: string): InputError => new InputError({ file, message })
  const manifest = await readJson<Partial<Manifest> | null>(reasoned(files), file)
  if (manifest?.format !== 'fairwait-manifest') throw fail(readMessages.notAManifest)
  if (manifest.schemaVersion !== 1) throw fail(readMessages.otherSchema(String(manifest.schemaVersion), 1))
  if (!isWhole(manifest)) throw fail(readMessages.incompleteManifest(manifest.engine?.version ?? ''))
  return manifest
}

function isWhole(manifest: Partial<Manifest>): manifest is Manifest {
  const { engine, study, catalogue, outputs, performance } = manifest
  const isText = (value: unknown): boolean => typeof value === 'string'
  return (
    isText(engine?.version) &&
    Array.isArray(outputs) &&
    outputs.every((output: Partial<ManifestFile> | null) => PLAIN_NAME.test(String(output?.path)) && isText(output?.sha256)) &&
    typeof performance === 'object' &&
    isText(study?.name) &&
    isText(study?.title) &&
    Array.isArray(study?.targets) &&
    Array.isArray(study?.scenarios) &&
    study.scenarios.some((scenario: { readonly id?: unknown } | null) => scenario?.id === study.reference) &&
    Array.isArray(catalogue?.dimensions) &&
    Array.isArray(catalogue.dates) &&
    catalogue.dates.length > 0 &&
    catalogue.dates.length < MOST_DATES &&
    catalogue.dates.every(isText) &&
    Number.isInteger(catalogue.series) &&
    catalogue.series > 0 &&
    catalogue.series * catalogue.dates.length < MOST_NUMBERS
  )
}

/** The reference differs from itself by nothing, wherever it is defined. */
function noDifference({ mean, n }: Moments): Moments {
  const none = mean.map((value) => (Number.isNaN(value) ? value : 0))
  return { mean: none, sd: none, n }
}

/** A summary with rows of another shape is no defect of the program. */
function fromSummary<T>(take: () => T): T {
  try {
    return take()
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError({ file: 'summary.json', message: readMessages.damaged })
  }
}

async function readJson<T>(read: ReadFile, file: string): Promise<T> {
  const bytes = await read(file)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as T
  } catch {
    throw new InputError({ file, message: readMessages.damaged })
  }
}

/** A file that cannot be read is missing from the folder. */
function reasoned(files: ReadFile): ReadFile {
  return async (name) => {
    try {
      return await files(name)
    } catch (error) {
      if (error instanceof InputError) throw error
      throw new InputError({ file: name, message: readMessages.missing })
    }
  }
}
