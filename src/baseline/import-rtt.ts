/** Importing published months into baseline packs: files in, one file per system out, all or nothing. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from './import-messages.ts'
import { checkSelection, packFileName, packsOfMonths, packText, type Selection } from './packs-of-months.ts'
import { readRttFile } from './read-rtt-file.ts'
import type { MonthTally } from './rtt-tally.ts'
import type { BaselinePack } from './types.ts'

export { packFileName, packText, type Selection } from './packs-of-months.ts'

/** What an import says while it works. */
export interface ImportProgress {
  /** Told each file before it is read. */
  readonly reading: (file: string, index: number, files: number) => void
}

/**
 * Reads published files and makes packs.
 *
 * @param files ZIP or CSV files of one month or several consecutive months, in any order
 * @throws InputError where a file is not one, months do not follow one another, or the ICB is not known
 */
export async function packsFromFiles(
  files: readonly string[],
  selection: Selection,
  progress?: ImportProgress,
): Promise<BaselinePack[]> {
  checkSelection(selection)
  const months: MonthTally[] = []
  for (const [index, file] of files.entries()) {
    progress?.reading(file, index, files.length)
    months.push(await readRttFile(file))
  }
  return packsOfMonths(months, selection)
}

/**
 * Writes packs into a folder, made where it is missing. Each is written under a temporary name first; the real
 * names appear only when all are whole.
 *
 * @returns paths of the packs
 * @throws UserError where the folder cannot be written
 */
export async function writePacks(packs: readonly BaselinePack[], folder: string): Promise<string[]> {
  const files = packs.map((pack) => {
    const path = join(folder, packFileName(pack))
    return { path, temporary: `${path}.${process.pid}.tmp`, text: packText(pack) }
  })
  try {
    await mkdir(folder, { recursive: true })
    for (const { temporary, text } of files) await writeFile(temporary, text)
    for (const { temporary, path } of files) await rename(temporary, path)
  } catch (error) {
    await Promise.allSettled(files.map(({ temporary }) => rm(temporary, { force: true })))
    throw say.cannotWrite(folder, error instanceof Error && 'code' in error ? String(error.code) : String(error))
  }
  return files.map(({ path }) => path)
}
