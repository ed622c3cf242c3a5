/** What a figure is, and how it is laid out. */
import type { PanelFrame } from './chart-specs.ts'
import { html, trusted, type Markup, type Part } from './html.ts'

/** What the page's script says when a reader points at a panel: values of its lines at the charted dates. */
export interface PanelValues {
  readonly frame: PanelFrame
  readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[]
  readonly digits: number
  /** Stands right after each number, e.g. `%` or ` points`. */
  readonly after: string
}

/** One small chart with its heading. */
export interface Panel {
  readonly title: string
  readonly svg: string
  /** Which scenario it shows, as a place in the study's list; none for a panel of all. */
  readonly scenario?: number
  readonly values?: PanelValues
}

/** A figure: a heading, a sentence that says what it shows, a key, panels and a table. */
export interface Figure {
  readonly id: string
  readonly title: string
  readonly caption: string
  readonly key: readonly Markup[]
  readonly panels: readonly Panel[]
  /** `whole` where a panel needs the page's width, `wide` half of it, `pairs` where two belong side by side; a third by default. */
  readonly layout?: 'whole' | 'wide' | 'pairs'
  readonly table: Markup
}

/** A figure as a section of the page. */
export function figureMarkup({ id, title, caption, key, panels, layout, table }: Figure): Markup {
  return html`<section class="figure" aria-labelledby="${id}">
    <div class="head">
      <h3 id="${id}">${title}</h3>
      <p class="caption">${caption}</p>
      ${
        key.length === 0
          ? ''
          : html`<ul class="key">
            ${key}
          </ul>`
      }
    </div>
    <div class="panels${layout === undefined ? '' : ` ${layout}`}">${panels.map(panelMarkup)}</div>
    ${folded(`Table: ${title.toLowerCase()}`, table)}
  </section>`
}

/** What a reader opens to see. */
export function folded(summary: string, content: Part): Markup {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`
}

function panelMarkup({ title, svg, scenario, values }: Panel): Markup {
  return html`<div class="panel"${ofScenario(scenario)}${values === undefined ? '' : valuesAttribute(values)}>
    <h4>${title}</h4>
    ${trusted(svg)}
  </div>`
}

/** Lets the page's script hide what belongs to a scenario that the reader leaves out. */
export function ofScenario(scenario: number | undefined): Markup | '' {
  return scenario === undefined ? '' : html` data-scenario="${scenario}"`
}

function valuesAttribute({ frame, lines, digits, after }: PanelValues): Markup {
  const short = lines.map(({ label, values }) => ({ label, values: values.map((value) => (value === null ? null : Number(value.toFixed(digits)))) }))
  return html` data-values="${JSON.stringify({ left: frame.left, width: frame.width, digits, after, lines: short })}"`
}
