/** A picture's frame: heading, sentence, key, panels, table, and buttons that save it. */
import type { LineStyle } from '../../report/chart-specs.ts'
import { text } from '../messages.ts'
import { button, element, fill, svgElement, type Child } from './dom.ts'

/** A frame that stays in the page while its contents change. */
export interface Figure {
  readonly root: HTMLElement
  readonly panels: HTMLElement
  setSentence(sentence: string): void
  setKey(entries: readonly KeyEntry[]): void
  setTable(table: TableData): void
  /** What the frame says now. */
  said(): { readonly title: string; readonly sentence: string; readonly key: readonly KeyEntry[] }
}

/** An entry of a key: a line as it is drawn, a letter, or a band. */
export interface KeyEntry {
  readonly label: string
  readonly style?: LineStyle
  readonly letter?: string
  readonly isBand?: boolean
}

/** A table: its caption, its headings, and rows whose first cell is the row's heading. */
export interface TableData {
  readonly caption: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What a frame needs. */
export interface FigureOptions {
  readonly id: string
  readonly title: string
  /** Controls beside the heading. */
  readonly controls?: Child
  /** Saves the pictures of the frame; no buttons without it. */
  readonly save?: (kind: 'svg' | 'png') => void
}

/** Makes an empty frame. */
export function createFigure({ id, title, controls = null, save }: FigureOptions): Figure {
  const sentence = element('p', { class: 'fw-sentence' })
  const key = element('ul', { class: 'fw-key', hidden: true })
  const panels = element('div', { class: 'fw-panels', 'aria-hidden': true })
  const table = element('div', { class: 'fw-table-box' })
  const details = element('details', { class: 'nhsuk-details fw-details' }, summary(text.figure.table(title)), table)
  const root = element(
    'section',
    { class: 'fw-figure', id: `figure-${id}`, 'aria-labelledby': `title-${id}` },
    element('div', { class: 'fw-figure-head' }, element('h3', { id: `title-${id}`, class: 'fw-figure-title' }, title), controls),
    sentence,
    key,
    panels,
    element('div', { class: 'fw-figure-foot' }, details, save === undefined ? null : saveButtons(title, save)),
  )
  let entriesShown: readonly KeyEntry[] = []
  return {
    root,
    panels,
    said: () => ({ title, sentence: sentence.textContent ?? '', key: entriesShown }),
    setSentence: (words) => {
      sentence.textContent = words
    },
    setKey(entries) {
      entriesShown = entries
      key.hidden = entries.length === 0
      fill(key, ...entries.map(keyEntry))
    },
    setTable: (data) => fill(table, dataTable(data)),
  }
}

/** A summary line of a folded part. */
export function summary(label: string): HTMLElement {
  return element('summary', { class: 'nhsuk-details__summary' }, element('span', { class: 'nhsuk-details__summary-text' }, label))
}

function saveButtons(title: string, save: (kind: 'svg' | 'png') => void): HTMLElement {
  const of = (kind: 'svg' | 'png'): HTMLButtonElement => {
    const made = button(text.figure.save(kind), () => save(kind), 'fw-link-button')
    made.setAttribute('aria-label', text.figure.saveLabel(title, kind))
    return made
  }
  return element('div', { class: 'fw-figure-save' }, of('png'), of('svg'))
}

function keyEntry({ label, style, letter, isBand = false }: KeyEntry): HTMLElement {
  const sample =
    letter !== undefined
      ? element('span', { class: 'fw-letter' }, letter)
      : isBand
        ? element('span', { class: 'fw-band' })
        : style === undefined
          ? null
          : lineSample(style)
  return element('li', {}, sample, label)
}

/** A line as a chart draws it. */
export function lineSample({ colour, dash, width }: LineStyle): SVGElement {
  return svgElement(
    'svg',
    { width: 34, height: 10, 'aria-hidden': true, focusable: false },
    svgElement('line', { x1: 0, y1: 5, x2: 34, y2: 5, stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash.join(' ') }),
  )
}

/** A data table that scrolls in its own box where the page is narrow. */
export function dataTable({ caption, headings, rows }: TableData): HTMLElement {
  const body = rows.map(([first, ...rest]) =>
    element('tr', {}, element('th', { scope: 'row' }, first), ...rest.map((cell) => element('td', {}, cell))),
  )
  return element(
    'div',
    { class: 'fw-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      { class: 'fw-table' },
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...headings.map((heading) => element('th', { scope: 'col' }, heading)))),
      element('tbody', {}, ...body),
    ),
  )
}
