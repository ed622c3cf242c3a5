/**
 * How results reach their folder: written aside, then put in place together.
 *
 *     stage beside the folder  →  seal (one rename)  →  put in place  →  gone
 *
 * Before the seal the old results are whole; after it the new ones are, and a process that was killed while
 * putting them in place is finished by the next one that starts ({@link prepareResultsFolder}).
 */
import { constants } from 'node:fs'
import { access, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import { makeFolder } from './make-folder.ts'
import { cannotWrite, isAFile } from './messages.ts'
import { systemCode } from './system-code.ts'

/** The files that Fairwait owns in a results folder; no other file there is touched. */
export const RESULT_FILES = [
  'summary.json',
  'series.csv',
  'series.parquet',
  'differences.parquet',
  'runs.parquet',
  'equity.json',
  'gaps.json',
  'gaps.csv',
  'money.json',
  'money.csv',
  'money-outcomes.csv',
  'tradeoff.json',
  'tradeoff.csv',
  'workbook.xlsx',
  'report.html',
  'datapackage.json',
  'manifest.json',
  'ro-crate-metadata.json',
] as const

/** Names of temporary folders: `.<folder>.fairwait-<state>-<host>-<process>`. */
const STATES = { partial: 'fairwait-partial', sealed: 'fairwait-sealed', old: 'fairwait-old' } as const
type State = keyof typeof STATES

/** Results that this process is writing, by folder as it was named. */
interface Work {
  /** Set by an interrupt: whoever writes goes no further than the step at hand. */
  isGivenUp: boolean
  /** A step that is short and must not be cut in two: making the stage, or putting it in place. Null while files are written. */
  step: Promise<unknown> | null
}

const underWay = new Map<string, Work>()

/** Where results are staged. */
interface Place {
  /** The results folder, symbolic links followed. */
  readonly target: string
  /** The folder that temporaries stand in: beside the target, or inside it where it is a disk of its own. */
  readonly parent: string
  readonly prefix: string
}

/**
 * Makes sure that results can be written, and tidies up after processes that were killed: finishes a sealed
 * set, restores a set that was being replaced, deletes partial ones. Creates nothing but missing parents.
 * @throws UserError where the path is a file, or cannot be written, with the reason
 */
export async function prepareResultsFolder(outDir: string): Promise<void> {
  await withReasons(outDir, async () => {
    const place = await placeOf(outDir)
    for (const name of (await readdir(place.parent)).filter((each) => each.startsWith(place.prefix)).toSorted()) {
      if (!isRunning(name)) await recover(place, name)
    }
    await access(place.parent, constants.W_OK)
  })
}

/**
 * Lets `fill` write every result file into a fresh folder, then puts them in place together. If `fill` fails,
 * the old results stand untouched and nothing of the new is left.
 * @throws UserError where the disk is full, read-only, or the path is a file
 */
export async function replaceResults<T>(outDir: string, fill: (stage: string) => Promise<T>): Promise<T> {
  const work: Work = { isGivenUp: false, step: null }
  underWay.set(resolve(outDir), work)
  try {
    const { place, stage } = await whole(work, makeStage(outDir))
    return await withReasons(outDir, async () => {
      try {
        goOn(work)
        const outcome = await fill(stage)
        goOn(work)
        await whole(work, seal(place, stage))
        return outcome
      } catch (error) {
        await rm(stage, { recursive: true, force: true })
        throw error
      }
    })
  } finally {
    underWay.delete(resolve(outDir))
  }
}

/**
 * Gives up whatever this process is writing to a folder, or lets it end where it is being put in place already; and
 * tidies up, so that the process can end.
 * @throws UserError as {@link prepareResultsFolder}
 */
export async function abandonResults(outDir: string): Promise<void> {
  const work = underWay.get(resolve(outDir))
  if (work !== undefined) {
    work.isGivenUp = true
    await work.step?.catch(() => undefined)
  }
  await persist(() => prepareResultsFolder(outDir))
}

/** Tries again where the work, which nobody waits for any longer, got in the way with one more file. */
async function persist(tidyUp: () => Promise<void>, tries = 10): Promise<void> {
  await tidyUp().catch((error: unknown) => {
    if (tries === 1) throw error
    return persist(tidyUp, tries - 1)
  })
}

/** A step that {@link abandonResults} waits for. */
async function whole<T>(work: Work, step: Promise<T>): Promise<T> {
  work.step = step
  try {
    return await step
  } finally {
    work.step = null
  }
}

function goOn(work: Work): void {
  if (work.isGivenUp) throw new Error('the results were given up')
}

async function makeStage(outDir: string): Promise<{ place: Place; stage: string }> {
  await prepareResultsFolder(outDir)
  return withReasons(outDir, async () => {
    const place = await placeOf(outDir)
    const stage = temporary(place, 'partial')
    await mkdir(stage)
    return { place, stage }
  })
}

async function seal(place: Place, stage: string): Promise<void> {
  const sealed = temporary(place, 'sealed')
  await rename(stage, sealed)
  await putInPlace(place, sealed)
}

async function placeOf(outDir: string): Promise<Place> {
  const wanted = resolve(outDir)
  const found = await statOrNull(wanted)
  if (found !== null && !found.isDirectory()) throw new UserError(isAFile(outDir))
  const target = found === null ? wanted : await realpath(wanted)
  makeFolder(dirname(target))
  const beside = dirname(target)
  const isOwnDisk = found !== null && (target === beside || (await stat(beside)).dev !== found.dev)
  return { target, parent: isOwnDisk ? target : beside, prefix: `.${basename(target)}.fairwait-` }
}

function temporary(place: Place, state: State): string {
  return join(place.parent, `.${basename(place.target)}.${STATES[state]}-${hostTag()}-${process.pid}`)
}

function hostTag(): string {
  return hostname().replaceAll(/[^\w]/g, '_')
}

/** Whether the process that made a temporary folder still runs; one on another host is taken to. */
function isRunning(name: string): boolean {
  const [, host, pid] = /fairwait-\w+?-(\w+)-(\d+)$/.exec(name) ?? []
  if (host !== hostTag()) return true
  if (Number(pid) === process.pid) return false
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

async function recover(place: Place, name: string): Promise<void> {
  const path = join(place.parent, name)
  if (name.includes(STATES.sealed)) await putInPlace(place, path)
  else if (name.includes(STATES.old) && (await statOrNull(place.target)) === null) await rename(path, place.target)
  else await rm(path, { recursive: true, force: true })
}

/** Moves a sealed set in place: the whole folder in one rename where it holds nobody else's files. */
async function putInPlace(place: Place, sealed: string): Promise<void> {
  if ((await statOrNull(place.target)) === null) {
    await rename(sealed, place.target)
  } else if (place.parent !== place.target && (await holdsOnlyOurs(place.target))) {
    const old = temporary(place, 'old')
    await rename(place.target, old)
    await rename(sealed, place.target)
    await rm(old, { recursive: true, force: true })
  } else {
    for (const name of await readdir(sealed)) await rename(join(sealed, name), join(place.target, name))
    await rm(sealed, { recursive: true, force: true })
  }
}

async function holdsOnlyOurs(folder: string): Promise<boolean> {
  const ours: readonly string[] = RESULT_FILES
  return (await readdir(folder)).every((name) => ours.includes(name))
}

async function statOrNull(path: string): Promise<Awaited<ReturnType<typeof stat>> | null> {
  try {
    return await stat(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

async function withReasons<T>(outDir: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    const code = systemCode(error)
    if (code === undefined || error instanceof UserError) throw error
    throw new UserError(cannotWrite(outDir, code))
  }
}
