/** Damaged tables for fuzzing: rows and cells of a good one changed, so that what follows the checks of bytes is met. */
import fc from 'fast-check'
import { HOSTILE_TEXTS } from './mutate.ts'

/** A header and rows, as cells. */
export type Cells = readonly (readonly string[])[]

const NUMBERS = ['0', '1', '-1', '0.5', '1e308', '99999999', '1e-320', '-0', '1e999', '']

/** One change; places are shares of what there is, so that they stay meaningful while cases shrink. */
const change = fc.record({
  how: fc.constantFrom('cell', 'cell', 'cell', 'number', 'number', 'number', 'column', 'drop', 'twice', 'swap', 'none'),
  row: fc.integer({ min: 0, max: 999_999 }).map((part) => part / 1e6),
  column: fc.integer({ min: 0, max: 999_999 }).map((part) => part / 1e6),
  text: fc.constantFrom(...HOSTILE_TEXTS),
  number: fc.constantFrom(...NUMBERS),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

/** Good tables of which one to five cells, columns or rows are others; as text, with cells quoted where they need it. */
export function damagedTables(good: readonly Cells[]): fc.Arbitrary<string> {
  return fc
    .record({ which: fc.nat(good.length - 1), changes: fc.array(change, { minLength: 1, maxLength: 5 }) })
    .map(({ which, changes }) => csvOf(changes.reduce(changed, good[which])))
}

function changed(table: Cells, { how, row, column, text, number }: Change): Cells {
  if (table.length < 2) return table
  const at = 1 + Math.floor(row * (table.length - 1))
  const place = Math.floor(column * table[0].length)
  const withCell = (content: string): Cells => table.map((cells, index) => (index === at ? cells.with(Math.min(place, cells.length - 1), content) : cells))
  switch (how) {
    case 'cell':
      return withCell(text)
    case 'number':
      return withCell(number)
    case 'column':
      return table.map((cells, index) => (index === 0 ? cells : cells.map((content, each) => (each === place ? number : content))))
    case 'drop':
      return table.toSpliced(at, 1)
    case 'twice':
      return table.toSpliced(at, 0, table[at])
    case 'swap':
      return table.map((cells) => [...cells.slice(place), ...cells.slice(0, place)])
    default:
      return table.slice(0, at)
  }
}

/** A table as CSV, of text without rows as it is. */
export const csvOf = (table: Cells): string => `${table.map((cells) => cells.map(quoted).join(',')).join('\n')}\n`

const quoted = (content: string): string => (/[",\n\r]/.test(content) ? `"${content.replaceAll('"', '""')}"` : content)
