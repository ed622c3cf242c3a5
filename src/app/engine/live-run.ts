/**
 * A run of one study, shown while it goes.
 *
 *     preview → (a pause) → refine, a picture now and then → results
 */
import type { StudyResults } from '../../results/types.ts'
import type { Study } from '../../scenario/study.ts'
import type { RunUpdate } from '../contract.ts'
import { previewSample, runPreview } from './preview.ts'
import { refine } from './refine.ts'
import { resultsBytes, tooMuch, workersFor } from './room.ts'
import { runKeys } from './run-keys.ts'
import type { RunMemory } from './run-memory.ts'
import { placesOf } from './run-order.ts'
import { screenResults } from './screen-results.ts'
import { shownResults } from './shown-results.ts'
import type { Emit } from './sole-task.ts'
import type { Surroundings } from './surroundings.ts'

/** After a preview, before the whole study is begun: a slider that is still moving would end it at once. */
const PAUSE_MILLISECONDS = 250
/** Between two pictures of a study that is being run. */
const SHOW_EVERY_MILLISECONDS = 700
const TELL_EVERY_MILLISECONDS = 100

/** What a run needs beside its study. */
export interface LiveTools {
  readonly around: Surroundings
  readonly memory: RunMemory
  /** Lets go of what was finished before, where results of so many bytes would have no room beside it. */
  readonly makeRoom: (bytes: number) => void
}

/**
 * Runs a study, showing it as it goes: a first look, a pause, and the whole.
 * @returns the whole
 * @throws InputError where there is too little memory
 */
export async function runStudyLive({ around, memory, makeRoom }: LiveTools, study: Study, emit: Emit<RunUpdate>, signal: AbortSignal): Promise<StudyResults> {
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

/** How precise results are that came to their end. */
export function finishedPrecision(study: Study): { phase: 'done'; sample: number; replications: number; of: number; progress: 1 } {
  const runs = placesOf(study).length
  return { phase: 'done', sample: study.sample, replications: runs, of: runs, progress: 1 }
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
