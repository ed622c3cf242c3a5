/** Text for a terminal: tables, sparklines, emphasis and a line of progress. */

/** Widest line printed. */
export const LINE_WIDTH = 80

/** The part of a stream that says how to write to it. */
export interface Terminal {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Emphasis, or none where it would only be noise. Nothing is said by it alone. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  /** Sets pictures made of characters apart from numbers. */
  accent(text: string): string
}

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Escape codes where {@link isColoured}. */
export function styleFor(terminal: Terminal, environment: Environment): Style {
  const coloured = isColoured(terminal, environment)
  const wrap = (on: number, off: number) => (text: string) =>
    coloured && text !== '' ? `\u001B[${on}m${text}\u001B[${off}m` : text
  return { bold: wrap(1, 22), dim: wrap(2, 22), accent: wrap(36, 39) }
}

/**
 * Whether escape codes may be written: to a terminal that knows them, and not where `NO_COLOR` is set to other than
 * nothing. `FORCE_COLOR` comes before both, as in Node: `0` or `false` is no, anything else, even nothing, is yes.
 */
function isColoured(terminal: Terminal, environment: Environment): boolean {
  const forced = environment['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return terminal.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb'
}

/** What could steer a terminal or turn a line round: control characters, line separators, marks of direction. */
const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu

/** User text on one line: characters that could steer a terminal become spaces. */
export function plainText(text: string): string {
  return text.replaceAll(STEERING, ' ').trim()
}

/** Text of several lines, such as a message that quotes a file: what could steer a terminal becomes spaces, lines stay. */
export function printable(text: string): string {
  return text.split('\n').map((line) => line.replaceAll(STEERING, ' ')).join('\n')
}

/** A value as one line of JSON. What JSON leaves as it is and a terminal may act on is written as `\u009b`. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(STEERING, (characters) =>
    Array.from(characters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  )
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const charactersOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment)

/** Columns that a text takes on a terminal: two for East Asian wide characters and emoji, none for marks on others. */
export function textWidth(text: string): number {
  return charactersOf(text).reduce((width, character) => width + characterWidth(character), 0)
}

/** Characters that are wide or full-width in Unicode Standard Annex 11, by their blocks. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{17000}-\u{18CFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]/u
/** With U+FE0F a sign that is text by default is drawn as an emoji. */
const EMOJI = /\p{Emoji_Presentation}|\uFE0F/u
/** Marks on other characters, signs that are not seen, and the inner parts of Hangul syllables. */
const NO_WIDTH = /[\p{M}\p{Cf}\u1160-\u11FF]/u

/** An emoji of several code points is one picture; other clusters take what their code points take. */
function characterWidth(character: string): number {
  if (EMOJI.test(character)) return 2
  return Array.from(character).reduce((width, point) => width + (NO_WIDTH.test(point) ? 0 : WIDE.test(point) ? 2 : 1), 0)
}

/** Text cut to a width in columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let kept = ''
  let used = 0
  for (const character of charactersOf(text)) {
    used += characterWidth(character)
    if (used > width - 1) break
    kept += character
  }
  return width < 1 ? '' : `${kept}…`
}

/** Text filled up with spaces to a width in columns. */
export function padded(text: string, width: number, side: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)))
  return side === 'left' ? space + text : text + space
}

/** A text in lines of at most {@link LINE_WIDTH} columns, broken between words, and inside them where one is longer. */
export function wrapped(text: string): string[] {
  const lines: string[] = ['']
  for (const word of plainText(text).split(' ').flatMap(pieces)) {
    const last = lines[lines.length - 1]
    if (last !== '' && textWidth(last) + textWidth(word) + 1 > LINE_WIDTH) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

function pieces(word: string): string[] {
  const found: string[] = []
  let piece = ''
  for (const character of charactersOf(word)) {
    if (textWidth(piece) + characterWidth(character) > LINE_WIDTH) {
      found.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...found, piece]
}

/**
 * Lines of a table: first column to the left and cut so that lines fit, the others to the right and as wide as
 * they need.
 * @param rows cells; every row as long as the first
 */
export function tableLines(rows: readonly (readonly string[])[], width = LINE_WIDTH): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => textWidth(row[column]))))
  const others = widths.slice(1).reduce((total, each) => total + each + 1, 0)
  const first = Math.min(widths[0], Math.max(8, width - others))
  return rows.map(([head, ...cells]) =>
    [padded(cut(head, first), first, 'right'), ...cells.map((cell, index) => padded(cell, widths[index + 1], 'left'))].join(' ').trimEnd(),
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
