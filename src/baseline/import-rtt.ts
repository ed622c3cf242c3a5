/** Importing published months into baseline packs: files in, one file per system out. */
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

/** Packs as files: text by name. */
export function packFiles(packs: readonly BaselinePack[]): Readonly<Record<string, string>> {
  return Object.fromEntries(packs.map((pack) => [packFileName(pack), packText(pack)]))
}
