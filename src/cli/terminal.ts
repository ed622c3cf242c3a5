/** Text for a terminal: tables, sparklines, emphasis and a line of progress. */

/** Widest line printed. */
export const LINE_WIDTH = 80

/** The part of a stream that says how to write to it. */
export interface Terminal {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Emphasis, or none where it would only be noise. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
}

/** Escape codes for a terminal only, and never where the environment sets `NO_COLOR` to other than nothing. */
export function styleFor(terminal: Terminal, environment: Readonly<Record<string, string | undefined>>): Style {
  const coloured = terminal.isTTY === true && (environment['NO_COLOR'] ?? '') === ''
  const wrap = (on: number, off: number) => (text: string) =>
    coloured && text !== '' ? `\u001B[${on}m${text}\u001B[${off}m` : text
  return { bold: wrap(1, 22), dim: wrap(2, 22) }
}

/** User text on one line: control characters, which could steer a terminal, become spaces. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim()
}

/** Text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  const characters = Array.from(text)
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}

/**
 * Lines of a table: first column to the left and cut so that lines fit, the others to the right and as wide as
 * they need.
 * @param rows cells; every row as long as the first
 */
export function tableLines(rows: readonly (readonly string[])[], width = LINE_WIDTH): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => Array.from(row[column]).length)))
  const others = widths.slice(1).reduce((total, each) => total + each + 1, 0)
  const first = Math.min(widths[0], Math.max(8, width - others))
  return rows.map(([head, ...cells]) =>
    [cut(head, first).padEnd(first), ...cells.map((cell, index) => cell.padStart(widths[index + 1]))].join(' ').trimEnd(),
  )
}

const BLOCKS = '▁▂▃▄▅▆▇█'

/**
 * A series as a row of blocks.
 * @param values through time; NaN leaves a space
 * @param range values at the lowest and the highest block
 * @param width blocks, taken at even distances with the first and the last value
 */
export function sparkline(values: readonly number[], range: readonly [number, number], width: number): string {
  const points = Math.min(width, values.length)
  const at = (point: number): number => (points < 2 ? 0 : Math.round((point * (values.length - 1)) / (points - 1)))
  return Array.from({ length: points }, (_, point) => block(values[at(point)], range)).join('')
}

function block(value: number, [least, most]: readonly [number, number]): string {
  if (Number.isNaN(value)) return ' '
  const height = most > least ? (value - least) / (most - least) : 0
  return BLOCKS[Math.min(BLOCKS.length - 1, Math.max(0, Math.floor(height * BLOCKS.length)))]
}

/** A line that is written over itself. */
export interface ProgressLine {
  show(text: string): void
  clear(): void
}

/** Progress on a terminal; silence elsewhere, and where it is not wanted. */
export function progressLineOn(terminal: Terminal, wanted: boolean): ProgressLine {
  const live = wanted && terminal.isTTY === true
  const erase = '\r\u001B[2K'
  return {
    show(text) {
      if (live) terminal.write(erase + cut(text, LINE_WIDTH - 1))
    },
    clear() {
      if (live) terminal.write(erase)
    },
  }
}
