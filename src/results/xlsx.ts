/**
 * A small XLSX writer: sheets of text, numbers and formulas with their values, headings that stay in view, filters,
 * links within the workbook, named ranges, and nothing that differs from one day to the next (ZIP entries carry a fixed
 * date). No macros, no links to elsewhere.
 */
import type { Zippable } from 'fflate'

/** How a cell looks; the numbers are positions in `cellXfs` of the style sheet below. */
const STYLES = {
  plain: 0,
  header: 1,
  title: 2,
  whole: 3,
  share: 4,
  decimal: 5,
  pounds: 6,
  total: 7,
  date: 8,
  link: 9,
  note: 10,
  points: 11,
} as const
export type CellStyle = keyof typeof STYLES

/** A formula with the value it has now, so that a viewer that does not calculate shows it. */
export interface FormulaCell {
  readonly formula: string
  readonly value: number
  readonly style: CellStyle
}

/** Text that leads to the top of a sheet of the workbook. */
export interface LinkCell {
  readonly text: string
  readonly style: CellStyle
  /** Name of a sheet. */
  readonly linkTo: string
}

/** A name for a range of cells. */
export interface DefinedName {
  /** Letters, digits and underscores, beginning with a letter; not like a cell's name. */
  readonly name: string
  readonly sheet: string
  /** First and last cell, e.g. `A2` and `C9`. */
  readonly from: string
  readonly to: string
}

/** A cell: text, a number in a style, a formula, or nothing. Text is stored as text and never evaluated. */
export type Cell =
  | string
  | FormulaCell
  | LinkCell
  | { readonly value: number; readonly style: CellStyle }
  | { readonly text: string; readonly style: CellStyle }
  | null

/** A sheet of a workbook. */
export interface Sheet {
  /** At most 31 characters, without `[]:*?/\`. */
  readonly name: string
  /** Column widths in characters. */
  readonly widths: readonly number[]
  readonly rows: readonly (readonly Cell[])[]
  /** Rows at the top that stay in view; 0 for none. */
  readonly frozenRows: number
  /** Whether the first row's headings have filters for the rows below; none by default. */
  readonly hasFilter?: boolean
  /** Heights in points by row from 1, where text takes more than one line; nobody but us would make room for it. */
  readonly rowHeights?: Readonly<Record<number, number>>
}

/** The oldest date that a ZIP entry can carry. */
const FIXED_DATE = new Date(1980, 0, 1)
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** An XLSX file; equal sheets give equal bytes. */
export async function workbookBytes(sheets: readonly Sheet[], names: readonly DefinedName[] = []): Promise<Uint8Array> {
  const { strToU8, zipSync } = await import('fflate')
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookXml(sheets, names),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': STYLE_SHEET,
  }
  sheets.forEach((sheet, index) => (parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet)))
  const entries: Zippable = {}
  for (const [path, text] of Object.entries(parts)) entries[path] = [strToU8(text), { mtime: FIXED_DATE, level: 6 }]
  return zipSync(entries)
}

/** `AB12` for column 27 (0-based), row 12 (1-based). */
export function cellName(column: number, row: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return `${letters}${row}`
}

function sheetXml({ widths, rows, frozenRows, hasFilter = false, rowHeights = {} }: Sheet): string {
  const columns = widths
    .map((width, c) => `<col min="${c + 1}" max="${c + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const pane =
    frozenRows === 0
      ? ''
      : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`
  const heightOf = (row: number): string => (rowHeights[row] === undefined ? '' : ` ht="${rowHeights[row]}" customHeight="1"`)
  const body = rows
    .map((row, r) => `<row r="${r + 1}"${heightOf(r + 1)}>${row.map((cell, c) => cellXml(cell, cellName(c, r + 1))).join('')}</row>`)
    .join('')
  const filter = hasFilter && rows.length > 1 ? `<autoFilter ref="A1:${cellName(widths.length - 1, rows.length)}"/>` : ''
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${columns}</cols><sheetData>${body}</sheetData>${filter}${linksXml(rows)}` +
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
  )
}

function linksXml(rows: Sheet['rows']): string {
  const links = rows.flatMap((row, r) =>
    row.flatMap((cell, c) =>
      cell !== null && typeof cell === 'object' && 'linkTo' in cell
        ? [`<hyperlink ref="${cellName(c, r + 1)}" location="${xmlText(quoted(cell.linkTo))}!A1" display="${xmlText(cell.text)}"/>`]
        : [],
    ),
  )
  return links.length === 0 ? '' : `<hyperlinks>${links.join('')}</hyperlinks>`
}

/** A sheet's name as formulas write it: `'Cost per outcome'`. */
export function quoted(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`
}

function cellXml(cell: Cell, at: string): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return textXml(cell, at, STYLES.plain)
  if ('text' in cell) return textXml(cell.text, at, STYLES[cell.style])
  if (!Number.isFinite(cell.value)) return ''
  const formula = 'formula' in cell ? `<f>${xmlText(cell.formula)}</f>` : ''
  return `<c r="${at}" s="${STYLES[cell.style]}">${formula}<v>${cell.value}</v></c>`
}

function textXml(text: string, at: string, style: number): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
}

/** Text inside XML; characters that XML 1.0 cannot hold are left out. */
function xmlText(text: string): string {
  const allowed = text.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function workbookXml(sheets: readonly Sheet[], names: readonly DefinedName[]): string {
  const list = sheets.map(
    ({ name }, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  // `$A$2`, so that a name means the same cells wherever it is used.
  const fixed = (cell: string): string => cell.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2')
  const defined = names.map(
    ({ name, sheet, from, to }) => `<definedName name="${name}">${xmlText(`${quoted(sheet)}!${fixed(from)}:${fixed(to)}`)}</definedName>`,
  )
  const definedNames = defined.length === 0 ? '' : `<definedNames>${defined.join('')}</definedNames>`
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets>${definedNames}<calcPr fullCalcOnLoad="1"/></workbook>`
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const list = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`
}

function contentTypes(sheetCount: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (path: string, kind: string): string =>
    `<Override PartName="${path}" ContentType="${type}.${kind}+xml"/>`
  const sheets = Array.from({ length: sheetCount }, (_, index) =>
    part(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet'),
  )
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/styles.xml', 'styles')}${sheets.join('')}</Types>`
  )
}

/** Number formats 164 and up are ours; `cellXfs` is in the order of {@link STYLES}. */
const STYLE_SHEET =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="5"><numFmt numFmtId="164" formatCode="0.0%"/>` +
  '<numFmt numFmtId="165" formatCode="#,##0.0000"/><numFmt numFmtId="166" formatCode="&quot;£&quot;#,##0.00;[Red]\\-&quot;£&quot;#,##0.00"/>' +
  '<numFmt numFmtId="167" formatCode="d\\ mmm\\ yyyy"/><numFmt numFmtId="168" formatCode="0.00%"/></numFmts>' +
  '<fonts count="5"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font>' +
  '<font><b/><sz val="16"/><color rgb="FF003087"/><name val="Arial"/></font>' +
  '<font><u/><sz val="11"/><color rgb="FF005EB8"/><name val="Arial"/></font><font><i/><sz val="11"/><color rgb="FF4C6272"/><name val="Arial"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFD8E6F3"/></patternFill></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="12"><xf/>' +
  '<xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>' +
  '<xf fontId="2" applyFont="1"/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/>' +
  '<xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="166" applyNumberFormat="1"/>' +
  '<xf numFmtId="166" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="167" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left"/></xf>' +
  '<xf fontId="3" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf><xf fontId="4" applyFont="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>' +
  '<xf numFmtId="168" applyNumberFormat="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
