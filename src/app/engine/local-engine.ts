/**
 * The engine itself, without the wire: reads studies, keeps packs, runs, remembers, makes files.
 *
 *     run(file):      check, resolve → preview → (a pause) → refine, shown as it goes → results, kept for files
 *     explain(file):  check, resolve → sampled runs without this and that difference between groups → what makes the gap
 */
import { InputError } from '../../errors.ts'
import type { BrowserBackend } from '../../execution/browser.ts'
import type { SeriesCatalogue } from '../../measures/types.ts'
import type { StudyResults } from '../../results/types.ts'
import { studySize } from '../../scenario/size.ts'
import type { StudyFile } from '../../scenario/schema.ts'
import type { Study } from '../../scenario/study.ts'
import type { Engine, ExplainUpdate, GapQuestion, RunUpdate } from '../contract.ts'
import { explainGap, sampledLikeness } from './explain-gap.ts'
import { exportedFile, studyExport } from './export-files.ts'
import { engineWords } from './messages.ts'
import { openedResults } from './opened-results.ts'
import { createPacks, type ReadUrl } from './packs.ts'
import type { Looks } from './looks/looks.ts'
import type { EngineParts } from './parts.ts'
import { previewSample, runPreview } from './preview.ts'
import { problemsIn } from './problems.ts'
import { refine } from './refine.ts'
import { runKeys } from './run-keys.ts'
import { createRunMemory, type RunMemory } from './run-memory.ts'
import { placesOf } from './run-order.ts'
import { screenResults } from './screen-results.ts'
import { shownResults } from './shown-results.ts'
import { editedStudy, readStudy, studyYaml, type FindPack } from './study-reading.ts'

/** What the engine is given of its surroundings. */
export interface Surroundings {
  readonly parts: EngineParts
  readonly readUrl: ReadUrl
  /** Takes first looks. */
  readonly looks: Looks
  /** Starts the backend of a whole study, whose workers end where it is aborted. */
  readonly createBackend: (workers: number) => BrowserBackend
  /** Most workers at once, from 1. */
  readonly workers: number
  /** Memory that the page may use, bytes. */
  readonly memoryBytes: number
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
}

/** After a preview, before the whole study is begun: a slider that is still moving would end it at once. */
const PAUSE_MILLISECONDS = 250
/** Between two pictures of a study that is being run. */
const SHOW_EVERY_MILLISECONDS = 700
const TELL_EVERY_MILLISECONDS = 100
/** Numbers that results keep for each series, week and scenario: six, of eight bytes but one. */
const BYTES_PER_NUMBER_OF_RESULTS = 44
const GIGABYTE = 1e9

/** An engine in the thread that calls it; `serveEngine` puts it behind a port. */
export function createLocalEngine(around: Surroundings): Engine {
  const { parts } = around
  const packs = createPacks(parts, around.readUrl)
  const findPack: FindPack = (path) => packs.find(path)
  const memory = createRunMemory()
  let current: AbortController | null = null
  let explaining: AbortController | null = null
  /** The study of the latest run, finished or not. */
  let latest: StudyFile | null = null
  /** The last run that came to its end, which can be saved until the next does. */
  let finished: { readonly file: StudyFile; readonly results: StudyResults } | null = null
  const heldBytes = (): number => (finished === null ? 0 : resultsBytes(finished.results.study, finished.results.catalogue))

  const runAll = async (data: StudyFile, only: readonly string[] | undefined, emit: Emit, signal: AbortSignal): Promise<void> => {
    const { file, study } = await editedStudy(data, findPack, only)
    signal.throwIfAborted()
    latest = file
    const makeRoom = (bytes: number): void => {
      if (bytes + heldBytes() > around.memoryBytes) finished = null
    }
    const results = await runStudyLive({ around, memory, makeRoom }, study, emit, signal)
    finished = { file, results }
    emit({ kind: 'results', results: screenResults(results, finishedPrecision(study)) })
  }

  const explainTo = async (data: StudyFile, question: GapQuestion, emit: (update: ExplainUpdate) => void, signal: AbortSignal): Promise<void> => {
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
  const stopExplaining = (): void => {
    explaining?.abort()
    explaining = null
  }

  return {
    packs: () => Promise.resolve(packs.list()),
    studies: () => Promise.resolve(parts.studies),
    addPack: (file, icb) => packs.add(file, icb),
    check: (text) => readStudy(text, findPack),
    write: studyYaml,
    run(file, onUpdate, only) {
      current?.abort()
      stopExplaining()
      const controller = new AbortController()
      current = controller
      const emit: Emit = (update) => {
        if (!controller.signal.aborted) onUpdate(update)
      }
      controller.signal.addEventListener('abort', () => onUpdate({ kind: 'cancelled' }))
      void runAll(file, only, emit, controller.signal)
        .catch((error: unknown) => emit({ kind: 'failed', problems: problemsIn(error) }))
        .finally(() => {
          if (current === controller) current = null
        })
    },
    cancel() {
      current?.abort()
      current = null
    },
    explain(file, question, onUpdate) {
      stopExplaining()
      const controller = new AbortController()
      explaining = controller
      const emit = (update: ExplainUpdate): void => {
        if (!controller.signal.aborted) onUpdate(update)
      }
      controller.signal.addEventListener('abort', () => onUpdate({ kind: 'cancelled' }))
      void explainTo(file, question, emit, controller.signal)
        .catch((error: unknown) => emit({ kind: 'failed', problems: problemsIn(error) }))
        .finally(() => {
          if (explaining === controller) explaining = null
        })
    },
    stopExplaining,
    async exportFile(kind) {
      if (kind === 'study.yaml' && latest !== null) return studyExport(latest)
      if (kind === 'study.yaml' || finished === null) throw new InputError({ message: engineWords.nothingFinished })
      return exportedFile(kind, finished.results, finished.file, parts.made)
    },
    async openResults(files) {
      const opened = await openedResults(files)
      stopExplaining()
      current?.abort()
      current = null
      latest = null
      finished = null
      return screenResults(opened, finishedPrecision(opened.study))
    },
    close() {
      current?.abort()
      stopExplaining()
      around.looks.close()
    },
  }
}

type Emit = (update: RunUpdate) => void

interface LiveTools {
  readonly around: Surroundings
  readonly memory: RunMemory
  /** Lets go of what was finished before, where results of so many bytes would have no room beside it. */
  readonly makeRoom: (bytes: number) => void
}

async function runStudyLive({ around, memory, makeRoom }: LiveTools, study: Study, emit: Emit, signal: AbortSignal): Promise<StudyResults> {
  const keys = runKeys(study)
  const workers = workersFor(study, around)
  const sample = previewSample(study, keys, memory)
  if (sample !== null) {
    emit({ kind: 'results', results: await runPreview({ study, keys, sample, looks: around.looks, memory, signal }) })
    await pause(PAUSE_MILLISECONDS, signal)
  }
  const facts = memory.facts(study, keys)
  const bytes = resultsBytes(study, facts.catalogue)
  if (bytes > around.memoryBytes) throw tooMuch(bytes, around.memoryBytes)
  makeRoom(bytes)
  const backend = around.createBackend(workers)
  const of = placesOf(study).length
  const precision = { phase: 'refining' as const, sample: study.sample, of }
  let [progress, shownPlaces] = [0, 0]
  const [mayTell, mayShow] = [atMostEvery(TELL_EVERY_MILLISECONDS, around.now), atMostEvery(SHOW_EVERY_MILLISECONDS, around.now)]
  try {
    return await refine({
      study,
      keys,
      facts,
      backend,
      memory,
      signal,
      now: around.now,
      onProgress(done, total) {
        progress = done / total
        if (mayTell()) emit({ kind: 'progress', precision: { ...precision, replications: shownPlaces, progress } })
      },
      onRuns(runs, places, series) {
        if (!mayShow()) return
        shownPlaces = places.length
        const results = shownResults(study, facts, series, runs, places)
        emit({ kind: 'results', results: screenResults(results, { ...precision, replications: shownPlaces, progress }) })
      },
    })
  } finally {
    backend.close()
  }
}

function finishedPrecision(study: Study): { phase: 'done'; sample: number; replications: number; of: number; progress: 1 } {
  const runs = placesOf(study).length
  return { phase: 'done', sample: study.sample, replications: runs, of: runs, progress: 1 }
}

/** As many workers as there is memory for. @throws InputError where there is not enough for one */
function workersFor(study: Study, { workers, memoryBytes }: Surroundings): number {
  const { kernelBytes } = studySize(study)
  if (kernelBytes > memoryBytes) throw tooMuch(kernelBytes, memoryBytes)
  return Math.max(1, Math.min(workers, Math.floor(memoryBytes / kernelBytes)))
}

function resultsBytes({ scenarios }: Study, { keys, dates }: SeriesCatalogue): number {
  return keys.length * dates.length * scenarios.length * BYTES_PER_NUMBER_OF_RESULTS
}

function tooMuch(needBytes: number, haveBytes: number): InputError {
  const [need, have] = [needBytes, haveBytes].map((bytes) => (bytes / GIGABYTE).toLocaleString('en-GB', { maximumSignificantDigits: 2 }))
  return new InputError({ message: engineWords.tooMuchMemory(need, have) })
}

/** Whether it is time again. */
function atMostEvery(milliseconds: number, now: () => number): () => boolean {
  let next = 0
  return () => {
    if (now() < next) return false
    next = now() + milliseconds
    return true
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })
}
