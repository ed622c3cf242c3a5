/** Cells and tables that the workbook's sheets are made of. */
import { cellName, type Cell, type CellStyle, type DefinedName, type Sheet } from './xlsx.ts'

/** A sheet, what the contents page says of it, and the names of its ranges. */
export interface Page {
  readonly sheet: Sheet
  readonly contents: string
  readonly names: readonly DefinedName[]
}

/** A column of a table. */
export interface Column {
  readonly title: string
  readonly width: number
}

const DAY_MS = 86_400_000
/** Day 0 of spreadsheets. */
const EPOCH = Date.UTC(1899, 11, 30)

/** Headings. */
function headers(texts: readonly string[]): Cell[] {
  return texts.map((text) => ({ text, style: 'header' }))
}

/** An undefined number is an empty cell. */
export function number(value: number, style: CellStyle): Cell {
  return Number.isFinite(value) ? { value, style } : null
}

/** Whole pence as pounds. */
export function pounds(pence: number): Cell {
  return { value: pence / 100, style: 'pounds' }
}

/** An ISO date as a date that a spreadsheet can reckon with; null stays empty. */
export function date(iso: string | null): Cell {
  return iso === null ? null : { value: (Date.parse(iso) - EPOCH) / DAY_MS, style: 'date' }
}

/** A mean and its limits. */
export function interval({ mean, lower, upper }: { readonly mean: number; readonly lower: number; readonly upper: number }, style: CellStyle): Cell[] {
  return [mean, lower, upper].map((value) => number(value, style))
}

/** Headings of a mean and its limits. */
export function intervalColumns(title: string, width = 16): Column[] {
  return [title, `${title}, lower 95%`, `${title}, upper 95%`].map((each) => ({ title: each, width }))
}

/** Points of a line of text. */
const LINE_POINTS = 15

/** Height in points of a row whose texts are wrapped: lines of about as many characters as a column is wide. */
export function heightFor(texts: readonly { readonly text: string; readonly width: number }[]): number {
  return LINE_POINTS * Math.max(1, ...texts.map(({ text, width }) => linesOf(text, width - 2)))
}

function linesOf(text: string, width: number): number {
  let lines = 1
  let used = 0
  for (const word of text.split(' ')) {
    if (used > 0 && used + 1 + word.length > width) {
      lines += 1
      used = 0
    }
    used += (used === 0 ? 0 : 1) + word.length
  }
  return lines
}

/**
 * A sheet that is one table: headings that stay in view, filters, and a named range.
 * @param rows at most what a sheet holds
 */
export function tablePage(name: string, rangeName: string, contents: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Page {
  const last = cellName(columns.length - 1, rows.length + 1)
  return {
    sheet: {
      name,
      widths: columns.map(({ width }) => width),
      frozenRows: 1,
      hasFilter: true,
      rowHeights: { 1: heightFor(columns.map(({ title, width }) => ({ text: title, width }))) },
      rows: [headers(columns.map(({ title }) => title)), ...rows],
    },
    contents,
    names: [{ name: rangeName, sheet: name, from: 'A1', to: last }],
  }
}
