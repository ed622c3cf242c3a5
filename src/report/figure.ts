/** What a figure is, and how it is laid out. */
import { html, trusted, type Markup } from './html.ts'

/** One small chart with its heading. */
export interface Panel {
  readonly title: string
  readonly svg: string
}

/** A figure: a heading, a sentence that says what it shows, a key, panels and a table. */
export interface Figure {
  readonly id: string
  readonly title: string
  readonly caption: string
  readonly key: readonly Markup[]
  readonly panels: readonly Panel[]
  /** Whether panels need more than a third of the page; false by default. */
  readonly isWide?: boolean
  readonly table: Markup
}

/** A figure as a section of the page. */
export function figureMarkup({ id, title, caption, key, panels, isWide = false, table }: Figure): Markup {
  const boxes = panels.map(
    (panel) =>
      html`<div class="panel">
        <h4>${panel.title}</h4>
        ${trusted(panel.svg)}
      </div>`,
  )
  return html`<section class="figure" aria-labelledby="${id}">
    <h3 id="${id}">${title}</h3>
    <p class="caption">${caption}</p>
    ${
      key.length === 0
        ? ''
        : html`<ul class="key">
          ${key}
        </ul>`
    }
    <div class="panels${isWide ? ' wide' : ''}">${boxes}</div>
    <details>
      <summary>Table: ${title.toLowerCase()}</summary>
      ${table}
    </details>
  </section>`
}
