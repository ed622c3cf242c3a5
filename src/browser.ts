/**
 * Fairwait in a page: read a study, run it, read or make result files, without files, threads or a clock of Node.
 *
 * ```ts
 * const study = await readStudy(text, async (path) => (await fetch(path)).text())
 * const backend = createBrowserBackend({ workers: 2, start: () => new FairwaitWorker(), onAbort: 'terminate' })
 * const results = await runStudy(study, backend)
 * ```
 *
 * `FairwaitWorker` starts `fairwait/browser-worker`; a page without workers takes `createInlineBackend()`. The numbers
 * are those of the command line, to the byte.
 */
import { quickSha256 } from './app/engine/sha256.ts'
import { InputError } from './errors.ts'
import type { Backend } from './execution/types.ts'
import type { RunStudyOptions } from './experiment/run-study.ts'
import type { ReadFile } from './results/read-tables.ts'
import type { StudyResults } from './results/types.ts'
import type { PackBaseline } from './scenario/baselines.ts'
import type { Study } from './scenario/study.ts'

export type { BaselinePack } from './baseline/types.ts'
export type { BrowserBackend, BrowserOptions, WorkerLike } from './execution/browser.ts'
export type { Backend, Task, TaskOutcome } from './execution/types.ts'
export type { RunStudyOptions } from './experiment/run-study.ts'
export type { MeasureInfo, RunValues, SeriesCatalogue, SeriesKey } from './measures/types.ts'
export type { ReadFile } from './results/read-tables.ts'
export type { Performance, RunRows, ScenarioSummary, StudyResults } from './results/types.ts'
export type { Scenario, Study, StudyTime } from './scenario/study.ts'

export { formatProblem, InputError, UserError, type Problem } from './errors.ts'
export { TaskFailure } from './execution/failure.ts'
export { createBrowserBackend } from './execution/browser.ts'
export { createInlineBackend } from './execution/inline.ts'
export { confidenceInterval, type Interval } from './measures/interval.ts'

/** Files that {@link resultFile} makes. */
export const RESULT_FILE_KINDS = ['summary.json', 'series.csv', 'runs.csv', 'workbook.xlsx'] as const
export type ResultFileKind = (typeof RESULT_FILE_KINDS)[number]

/**
 * Reads a study file.
 * @param text YAML or JSON
 * @param readPack gives the text of a baseline pack, by the path that the study names it with
 * @throws InputError with every problem of the study or its pack; whatever `readPack` rejects with
 */
export async function readStudy(text: string, readPack: (path: string) => Promise<string>): Promise<Study> {
  const [{ parseStudy }, { packPaths, studyBaseline }, { resolveStudy }] = await Promise.all([
    import('./scenario/parse.ts'),
    import('./scenario/baselines.ts'),
    import('./scenario/resolve.ts'),
  ])
  const { file, positions } = await parseStudy(text, 'study')
  const packs = new Map<string, PackBaseline>()
  for (const path of packPaths(file)) packs.set(path, await packOf(path, await readPack(path)))
  return resolveStudy(file, studyBaseline(file, packs), positions)
}

async function packOf(path: string, text: string): Promise<PackBaseline> {
  const { validatePack } = await import('./baseline/validate-pack.ts')
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new InputError({ file: path, message: 'is not JSON' })
  }
  return { kind: 'pack', path, sha256: await quickSha256(new TextEncoder().encode(text)), pack: validatePack(data, path) }
}

/**
 * Runs a study. Results depend on the study alone, not on the backend or the number of its workers.
 * @throws InputError where the study cannot be compiled; UserError or TaskFailure where a run fails; the
 *   signal's reason when it is aborted
 */
export async function runStudy(study: Study, backend: Backend, options?: RunStudyOptions): Promise<StudyResults> {
  const module = await import('./experiment/run-study.ts')
  return module.runStudy(study, backend, options)
}

/**
 * Bytes of a result file, those that the command line writes for equal results. Small numbers are withheld as there.
 */
export async function resultFile(kind: ResultFileKind, results: StudyResults): Promise<Uint8Array> {
  const [{ fileBytes }, { withoutSmallNumbers }] = await Promise.all([
    import('./results/file-bytes.ts'),
    import('./results/small-numbers.ts'),
  ])
  const shown = withoutSmallNumbers(results)
  switch (kind) {
    case 'summary.json': {
      const { writeSummaryJson } = await import('./results/summary-json.ts')
      return fileBytes((file) => writeSummaryJson(shown, file))
    }
    case 'series.csv': {
      const { writeSeriesCsv } = await import('./results/series-csv.ts')
      return fileBytes((file) => writeSeriesCsv(shown, file))
    }
    case 'runs.csv': {
      const { writeRunsCsv } = await import('./results/runs-csv.ts')
      return fileBytes((file) => writeRunsCsv(shown, file))
    }
    case 'workbook.xlsx': {
      const { workbookFile } = await import('./results/workbook.ts')
      return workbookFile(shown)
    }
  }
}

/**
 * Reads a results folder back.
 * @param files bytes of a file by its name; rejects where there is none
 * @throws InputError where a file is missing, damaged, or of another study
 */
export async function readResults(files: ReadFile): Promise<StudyResults> {
  const module = await import('./results/read-folder.ts')
  return module.readResults(files)
}
