/**
 * Fairwait as a library: load a study, run it on a backend, read or write its results.
 *
 * ```ts
 * const { study, inputs } = await loadStudy('scenarios/recovery.yaml')
 * const results = await runStudy(study, createThreadsBackend())
 * await writeResults(results, 'output/recovery', inputs)
 * ```
 *
 * Importing this module starts nothing. Parsers, formulas, charts and file formats load when they are used.
 */
import type { LoadedStudy, StudyInput, StudyOverrides } from './cli/load-study.ts'
import type { Backend } from './execution/types.ts'
import type { RunStudyOptions } from './experiment/run-study.ts'
import type { StudyResults } from './results/types.ts'
import type { Study } from './scenario/study.ts'

export type { Baseline, BaselinePack, Group, PackSpecialty, SpecialtyBaseline } from './baseline/types.ts'
export type { LoadedStudy, StudyInput, StudyOverrides } from './cli/load-study.ts'
export type { Backend, Task, TaskOutcome } from './execution/types.ts'
export type { ThreadsOptions } from './execution/threads.ts'
export type { RunStudyOptions } from './experiment/run-study.ts'
export type { MeasureInfo, RunValues, SeriesCatalogue, SeriesKey } from './measures/types.ts'
export type { Performance, RunRows, ScenarioSummary, StudyResults } from './results/types.ts'
export type { Assumptions, Policy, Programme, Scenario, Shock, Study, StudyTime } from './scenario/study.ts'

export { formatProblem, InputError, UserError, type Problem } from './errors.ts'
export { TaskFailure } from './execution/failure.ts'
export { createInlineBackend } from './execution/inline.ts'
export { createThreadsBackend } from './execution/threads.ts'
export { confidenceInterval, type Interval } from './measures/interval.ts'

/**
 * Loads a study file and the baseline that it names.
 * @param path YAML or JSON; a relative path that does not exist is looked for among the studies shipped
 * @param overrides what to change of the file's own settings
 * @throws InputError with every problem of the file
 */
export async function loadStudy(path: string, overrides?: StudyOverrides): Promise<LoadedStudy> {
  const module = await import('./cli/load-study.ts')
  return module.loadStudy(path, overrides)
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
 * Writes every file of a results folder, all of them or none.
 * @param outDir folder that receives the files
 * @param inputs files that the study was made from, for the manifest
 * @returns names of the files written
 * @throws UserError where the folder cannot be written
 */
export async function writeResults(
  results: StudyResults,
  outDir: string,
  inputs: readonly StudyInput[],
): Promise<{ files: string[] }> {
  const module = await import('./results/write-results.ts')
  return module.writeResults(results, outDir, inputs)
}
