/** Reading monthly lists of a part of the service of which neither bands nor flows are at hand: `month,tfc,list,over18,over52`. */
import { basename } from 'node:path'
import { saySeries } from './messages.ts'
import { recordsOf, textOf } from './read-monthly.ts'
import { ALL_SPECIALTIES } from './types.ts'

/** A treatment function's list at a month's end. */
export interface PartMonth {
  /** `YYYY-MM` */
  readonly month: string
  /** People waiting; of them over 18 and over 52 weeks. */
  readonly list: number
  readonly over18: number
  readonly over52: number
}

/** A treatment function over the months that it was published. */
export interface PartTotals {
  readonly code: string
  readonly months: readonly PartMonth[]
}

const COLUMNS = ['month', 'tfc', 'list', 'over18', 'over52'] as const

/**
 * Reads the table; all treatment functions together come first.
 *
 * @throws InputError where the file is not such a table
 */
export async function readPartTotals(file: string): Promise<PartTotals[]> {
  const name = basename(file)
  const [header, ...rows] = recordsOf(await textOf(file, name), name)
  const at = COLUMNS.map((column) => {
    const index = header?.indexOf(column) ?? -1
    if (index < 0) throw saySeries.notParts(name, column, header ?? [])
    return index
  })
  const parts = new Map<string, PartMonth[]>()
  for (const [index, row] of rows.entries()) {
    const line = index + 2
    if (row.length !== header.length) throw saySeries.rowWidth(name, line, row.length, header.length)
    const month = row[at[0]].slice(0, 7)
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw saySeries.badMonth(name, line, row[at[0]])
    const [list, over18, over52] = at.slice(2).map((column) => {
      const people = Number(row[column])
      if (row[column] === '' || !Number.isFinite(people) || people < 0) throw saySeries.notANumber(name, line, header[column], row[column])
      return people
    })
    const code = row[at[1]]
    parts.set(code, [...(parts.get(code) ?? []), { month, list, over18, over52 }])
  }
  const inOrder = [...parts].map(([code, months]): PartTotals => ({ code, months: months.toSorted((a, b) => (a.month < b.month ? -1 : 1)) }))
  return [allOf(inOrder), ...inOrder.toSorted((a, b) => (a.code < b.code ? -1 : 1))]
}

function allOf(parts: readonly PartTotals[]): PartTotals {
  const months = Map.groupBy(parts.flatMap((part) => part.months), ({ month }) => month)
  const sum = (own: readonly PartMonth[], pick: (month: PartMonth) => number): number => own.reduce((total, each) => total + pick(each), 0)
  return {
    code: ALL_SPECIALTIES,
    months: [...months].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([month, own]) => ({ month, list: sum(own, ({ list }) => list), over18: sum(own, ({ over18 }) => over18), over52: sum(own, ({ over52 }) => over52) })),
  }
}
