/** An entry of a figure's key that shows a line as it is drawn. */
import type { LineStyle } from './chart-specs.ts'
import { html, trusted, type Markup } from './html.ts'

/** The entry, as a list item. */
export function lineKey(text: string, { colour, dash, width }: LineStyle): Markup {
  const line = trusted(
    `<svg width="36" height="10" aria-hidden="true" focusable="false"><line x1="0" y1="5" x2="36" y2="5" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash.join(' ')}"/></svg>`,
  )
  return html`<li>${line}${text}</li>`
}
