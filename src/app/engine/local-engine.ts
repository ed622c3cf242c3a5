/**
 * The engine itself, without the wire: reads studies, keeps packs, runs, remembers, makes files.
 *
 *     run(file):      check, resolve → preview → (a pause) → refine, shown as it goes → results, kept for files
 *     explain(file):  check, resolve → sampled runs without this and that difference between groups → what makes the gap
 */
import { InputError } from '../../errors.ts'
import type { StudyResults } from '../../results/types.ts'
import type { StudyFile } from '../../scenario/schema.ts'
import type { Engine, ExplainUpdate, GapQuestion, RunUpdate } from '../contract.ts'
import { explainGap, sampledLikeness } from './explain-gap.ts'
import { exportedFile, studyExport } from './export-files.ts'
import { finishedPrecision, runStudyLive } from './live-run.ts'
import { engineWords } from './messages.ts'
import { openedResults } from './opened-results.ts'
import { createPacks } from './packs.ts'
import { resultsBytes, workersFor } from './room.ts'
import { createRunMemory } from './run-memory.ts'
import { screenResults } from './screen-results.ts'
import { createSoleTask, type Emit } from './sole-task.ts'
import { editedStudy, readStudy, studyYaml, type FindPack } from './study-reading.ts'
import type { Surroundings } from './surroundings.ts'

/** An engine in the thread that calls it; `serveEngine` puts it behind a port. */
export function createLocalEngine(around: Surroundings): Engine {
  const { parts } = around
  const packs = createPacks(parts, around.readUrl)
  const findPack: FindPack = (path) => packs.find(path)
  const memory = createRunMemory()
  const running = createSoleTask<RunUpdate>()
  const explaining = createSoleTask<ExplainUpdate>()
  /** The study of the latest run, finished or not. */
  let latest: StudyFile | null = null
  /** The last run that came to its end, which can be saved until the next does. */
  let finished: { readonly file: StudyFile; readonly results: StudyResults } | null = null
  const heldBytes = (): number => (finished === null ? 0 : resultsBytes(finished.results.study, finished.results.catalogue))

  const runAll = async (data: StudyFile, only: readonly string[] | undefined, emit: Emit<RunUpdate>, signal: AbortSignal): Promise<void> => {
    const { file, study } = await editedStudy(data, findPack, only)
    signal.throwIfAborted()
    latest = file
    const makeRoom = (bytes: number): void => {
      if (bytes + heldBytes() > around.memoryBytes) finished = null
    }
    const results = await runStudyLive({ around, memory, makeRoom }, study, emit, signal)
    signal.throwIfAborted()
    finished = { file, results }
    emit({ kind: 'results', results: screenResults(results, finishedPrecision(study)) })
  }

  const explainTo = async (data: StudyFile, question: GapQuestion, emit: Emit<ExplainUpdate>, signal: AbortSignal): Promise<void> => {
    const { study: whole } = await editedStudy(data, findPack, [question.scenario])
    const study = sampledLikeness(whole)
    // The coordinator has little to do meanwhile, and leaves its processor to one worker more.
    const workers = workersFor(study, { ...around, workers: around.workers + 1 })
    const lanes = Array.from({ length: workers }, () => around.createBackend(1))
    const onProgress = (runs: number, of: number, secondsLeft: number): void => emit({ kind: 'progress', runs, of, secondsLeft })
    try {
      emit({ kind: 'explained', explanation: await explainGap({ study, question, lanes, now: around.now, onProgress, signal }) })
    } finally {
      for (const lane of lanes) lane.close()
    }
  }

  return {
    packs: () => Promise.resolve(packs.list()),
    studies: () => Promise.resolve(parts.studies),
    addPack: (file, icb) => packs.add(file, icb),
    check: (text) => readStudy(text, findPack),
    write: studyYaml,
    run(file, onUpdate, only) {
      explaining.stop()
      running.begin(onUpdate, (emit, signal) => runAll(file, only, emit, signal))
    },
    cancel: running.stop,
    explain(file, question, onUpdate) {
      explaining.begin(onUpdate, (emit, signal) => explainTo(file, question, emit, signal))
    },
    stopExplaining: explaining.stop,
    async exportFile(kind) {
      if (kind === 'study.yaml' && latest !== null) return studyExport(latest)
      if (kind === 'study.yaml' || finished === null) throw new InputError({ message: engineWords.nothingFinished })
      return exportedFile(kind, finished.results, finished.file, parts.made)
    },
    async openResults(files) {
      const opened = await openedResults(files)
      explaining.stop()
      running.stop()
      latest = null
      finished = null
      return screenResults(opened, finishedPrecision(opened.study))
    },
    close() {
      running.stop()
      explaining.stop()
      around.looks.close()
    },
  }
}
