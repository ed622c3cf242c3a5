/** HTML as text, with everything that came from a user made inert. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control characters that HTML does not have; tab and line ends are left. */
const NOT_IN_HTML = /(?![\t\n\r])\p{Cc}/gu

/** Text that is safe between tags and inside quoted attributes. What HTML cannot hold becomes U+FFFD. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replaceAll(NOT_IN_HTML, '\uFFFD').replaceAll(/[&<>"']/g, (character) => ENTITIES[character])
}

/** Markup that is ready to be put in a page. */
export interface Markup {
  readonly markup: string
}

/** Declares text to be markup: only for what this program made itself, such as a chart. */
export function trusted(markup: string): Markup {
  return { markup }
}

/** What may stand in a template: text is escaped, markup is not, lists are joined. */
export type Part = string | number | Markup | readonly Markup[]

/** A template whose text is escaped unless it is markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((text, next, index) => text + markupOf(parts[index - 1]) + next) }
}

function markupOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'markup' in part ? part.markup : part.map((each) => each.markup).join('\n')
}

/**
 * A data table: a caption, column headings, and rows whose first cell is the row's heading.
 * @param scenarios which scenario each row is about, as a place in the study's list, so that the page's script can hide
 *   those that a reader leaves out; none by default
 */
export function dataTable(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly Part[])[],
  scenarios: readonly number[] = [],
): Markup {
  const body = rows.map(
    ([first, ...rest], index) =>
      html`<tr${index in scenarios ? html` data-scenario="${scenarios[index]}"` : ''}>
        <th scope="row">${first}</th>
        ${rest.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`
}
