/** What documents made from the registries have in common: markers, numbers, and cells of tables. */
import type { AssumptionEntry } from '../src/scenario/assumptions.ts'

/** A number as a document shows it: thousands apart, at most six decimals. */
export const plain = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 6 })

/** Two ends of a range. */
export const span = ([low, high]: readonly [number, number]): string => `${plain(low)} to ${plain(high)}`

/** With a capital at its start. */
export const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** A default: one number, or one where all groups have the same, or one a group, from the most deprived. */
export function defaultOf({ value }: AssumptionEntry): string {
  if (typeof value === 'number') return plain(value)
  const shown = value.map((each) => plain(each))
  return new Set(shown).size === 1 ? shown[0] : shown.join(' / ')
}

/** A table in Markdown; what would end a cell early is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

/**
 * A document with what stands between `<!-- name -->` and `<!-- /name -->` replaced.
 *
 * @throws Error where the document lacks the markers
 */
export function withBlock(document: string, name: string, block: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [document.indexOf(start), document.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the document has no ${start} … ${end}`)
  return `${document.slice(0, from)}${start}\n\n${block}\n\n${document.slice(to)}`
}
