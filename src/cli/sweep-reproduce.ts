/** `fairwait reproduce DIR` of a sweep: every run again, in a store of its own, and the files that they make. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import { RO_CRATE_FILE } from '../results/ro-crate.ts'
import { openRunStore } from '../results/store/run-store.ts'
import { hashOf } from './results-files.ts'
import { collectSweep } from './sweep-collect.ts'
import { executeSweep } from './sweep-execute.ts'
import { sweepText } from './sweep-messages.ts'
import { PLAN_FILE, readPlan, savePlan, storeFolder } from './sweep-plan.ts'
import { collectingOn, shownOn } from './sweep-progress.ts'
import type { ProgressLine } from './terminal.ts'

/** A file and the SHA-256 that it must come out with. */
interface Expected {
  readonly path: string
  readonly sha256: string
}

/** A sweep's results, and how they are made again. */
export interface SweepAgain {
  readonly files: readonly Expected[]
  /** Runs everything anew into a folder and collects it there. */
  readonly make: (out: string, workers: number, progress: ProgressLine, signal: AbortSignal) => Promise<void>
}

/** Whether a folder is a sweep's. */
export const isSweep = (folder: string): boolean => existsSync(join(folder, PLAN_FILE))

/**
 * Reads a sweep's folder.
 * @throws InputError where another version of the engine made it, nothing was collected, or a file was changed since
 */
export async function sweepAgain(folder: string): Promise<SweepAgain> {
  const plan = await readPlan(folder)
  const files = await collectedFiles(folder)
  return {
    files,
    async make(out, workers, progress, signal) {
      const own = { ...plan, store: 'store' }
      savePlan(out, own)
      const store = openRunStore(storeFolder(out, own), own.engine)
      try {
        await executeSweep(own, store, {
          workers,
          signal,
          isSpent: () => false,
          onProgress: shownOn(progress),
          onBatchSize: () => undefined,
        })
        await collectSweep(out, own, store, collectingOn(progress, signal))
      } finally {
        store.close()
      }
    },
  }
}

const PACKAGE_FILE = 'datapackage.json'

/** The files of a sweep's results with what their data package says of them; the package and the crate as they are. */
async function collectedFiles(folder: string): Promise<Expected[]> {
  const named = resourcesOf(join(folder, PACKAGE_FILE))
  if (named === null) throw new InputError({ file: folder, message: sweepText.notCollected(folder) })
  const problems = []
  for (const { path, sha256 } of named) {
    const hash = await hashOf(join(folder, path))
    if (hash !== sha256) problems.push({ file: join(folder, path), message: hash === null ? sweepText.fileMissing(folder) : sweepText.fileChanged(folder) })
  }
  if (problems.length > 0) throw new InputError(problems)
  const own = []
  for (const path of [PACKAGE_FILE, RO_CRATE_FILE]) own.push({ path, sha256: (await hashOf(join(folder, path))) ?? '' })
  return [...named, ...own]
}

/** Files that a data package names, inside its folder; null where it is none. */
function resourcesOf(path: string): Expected[] | null {
  try {
    const { resources } = JSON.parse(readFileSync(path, 'utf8')) as { readonly resources: readonly { readonly path: string; readonly hash: string }[] }
    const isPlain = resources.every((each) => /^[\w.-]+$/.test(each.path) && each.hash.startsWith(HASH_PREFIX))
    return isPlain ? resources.map((each) => ({ path: each.path, sha256: each.hash.slice(HASH_PREFIX.length) })) : null
  } catch {
    return null
  }
}

const HASH_PREFIX = 'sha256:'
