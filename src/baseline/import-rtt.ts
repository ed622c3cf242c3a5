/** Importing published months into baseline packs: files in, one file per system out, all or nothing. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { nextMonth } from './calendar.ts'
import { compactJson } from './compact-json.ts'
import { say } from './import-messages.ts'
import { makePack, type SystemMonth } from './make-pack.ts'
import { readRttFile } from './read-rtt-file.ts'
import { ENGLAND, REFERENCE, referenceArea } from './reference/reference.ts'
import { sumAreas, type MonthTally } from './rtt-tally.ts'
import type { BaselinePack } from './types.ts'

/** Which systems to make packs of: England, every ICB in the files, England and every ICB, or one ICB. */
export type Selection = 'england' | 'all-icbs' | 'everything' | { readonly icb: string }

/** What an import says while it works. */
export interface ImportProgress {
  /** Told each file before it is read. */
  readonly reading: (file: string, index: number, files: number) => void
}

/** File name of a pack: `QYG-2026-01.json`, by its last month. */
export function packFileName(pack: BaselinePack): string {
  return `${pack.system.code}-${pack.months[pack.months.length - 1]}.json`
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
  if (typeof selection === 'object') checkIcb(selection.icb)
  const months: MonthTally[] = []
  for (const [index, file] of files.entries()) {
    progress?.reading(file, index, files.length)
    months.push(await readRttFile(file))
  }
  const inOrder = consecutive(months)
  return selectedCodes(selection, inOrder).map((code) => packOf(code, inOrder))
}

function checkIcb(code: string): void {
  const known = Object.keys(REFERENCE.areas)
  if (!known.includes(code)) throw say.unknownIcb(code, known)
}

function consecutive(months: readonly MonthTally[]): MonthTally[] {
  const inOrder = months.toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
  for (const [index, month] of inOrder.entries()) {
    if (index === 0) continue
    const previous = inOrder[index - 1]
    if (month.month === previous.month) throw say.duplicateMonth(month.file, month.month, previous.file)
    if (month.month !== nextMonth(previous.month)) throw say.notConsecutive(month.file, month.month, previous.month)
  }
  return inOrder
}

function selectedCodes(selection: Selection, months: readonly MonthTally[]): string[] {
  if (typeof selection === 'object') return [selection.icb]
  if (selection === 'england') return [ENGLAND]
  const last = months[months.length - 1]
  const icbs = [...last.areas.keys()].filter((code) => code !== '').toSorted()
  const unknown = icbs.find((code) => referenceArea(code) === undefined)
  if (unknown !== undefined) throw say.areaWithoutReference(last.file, unknown)
  return selection === 'all-icbs' ? icbs : [ENGLAND, ...icbs]
}

function packOf(code: string, months: readonly MonthTally[]): BaselinePack {
  const area = referenceArea(code)
  if (area === undefined) throw say.unknownIcb(code, Object.keys(REFERENCE.areas))
  const ofSystem = months.map((month): SystemMonth => {
    const tally = code === ENGLAND ? sumAreas(month.areas.values()) : month.areas.get(code)
    if (tally === undefined) throw say.icbNotInFile(month.file, code, area.name)
    return { month: month.month, tally, file: basename(month.file), sha256: month.sha256 }
  })
  return makePack(code, area, ofSystem)
}

/** A pack as text: every list of numbers on one line. */
export function packText(pack: BaselinePack): string {
  return compactJson(pack)
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
