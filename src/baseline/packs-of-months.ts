/** From months' counts to baseline packs. Pure. */
import { nextMonth } from './calendar.ts'
import { compactJson } from './compact-json.ts'
import { say } from './import-messages.ts'
import { makePack, type SystemMonth } from './make-pack.ts'
import { ENGLAND, REFERENCE, referenceArea } from './reference/reference.ts'
import { sumAreas, type MonthTally } from './rtt-tally.ts'
import type { BaselinePack } from './types.ts'

/** Which systems to make packs of: England, every ICB in the files, England and every ICB, or one ICB. */
export type Selection = 'england' | 'all-icbs' | 'everything' | { readonly icb: string }

/** File name of a pack: `QYG-2026-01.json`, by its last month. */
export function packFileName(pack: BaselinePack): string {
  return `${pack.system.code}-${pack.months[pack.months.length - 1]}.json`
}

/** @throws InputError where the ICB is not known: said before any file is read */
export function checkSelection(selection: Selection): void {
  const known = Object.keys(REFERENCE.areas)
  if (typeof selection === 'object' && !known.includes(selection.icb)) throw say.unknownIcb(selection.icb, known)
}

/**
 * Makes packs of the systems selected.
 *
 * @param months several consecutive months in any order, or one
 * @throws InputError where months do not follow one another, or the ICB is not known or not in a file
 */
export function packsOfMonths(months: readonly MonthTally[], selection: Selection): BaselinePack[] {
  checkSelection(selection)
  const inOrder = consecutive(months)
  return selectedCodes(selection, inOrder).map((code) => packOf(code, inOrder))
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
    return { month: month.month, tally, file: fileName(month.file), sha256: month.sha256 }
  })
  return makePack(code, area, ofSystem)
}

/** A path's last part. */
function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** A pack as text: every list of numbers on one line. */
export function packText(pack: BaselinePack): string {
  return compactJson(pack)
}
