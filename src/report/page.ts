/** The page: structure, policy and navigation. */
import { html, trusted, type Markup } from './html.ts'
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'

/** One section of the page, with its heading. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: readonly Markup[]
}

/** What stands on the page, in order. */
export interface PageParts {
  readonly title: string
  readonly description: string
  readonly system: string
  readonly period: string
  /** ISO dates at which charts have points, for values under the pointer. */
  readonly dates: readonly string[]
  /** The first is the executive page; empty ones are left out. */
  readonly sections: readonly Section[]
}

/** Nothing is fetched, and no script runs but the page's own. */
const POLICY = `default-src 'none'; script-src '${PAGE_SCRIPT_HASH}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`

/** One self-contained HTML document: no network. */
export function page({ title, description, system, period, dates, sections }: PageParts): string {
  const shown = sections.filter(({ body }) => body.length > 0)
  const [first, ...rest] = shown
  return `<!doctype html>\n${
    html`<html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(PAGE_STYLE)}
        </style>
      </head>
      <body data-dates="${dates.join(' ')}">
        <a class="skip" href="#main">Skip to the findings</a>
        <header>
          <div class="wrap">
            <p class="brand">Fairwait</p>
            <h1>${title}</h1>
            <p class="lead">${system} · ${period}</p>
          </div>
        </header>
        <main id="main" tabindex="-1">
          <div class="wrap">
            ${description === '' ? '' : html`<p class="description">${description}</p>`} ${sectionMarkup(first)}
            <nav aria-labelledby="contents">
              <h2 id="contents">In this report</h2>
              <ul>
                ${rest.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}
              </ul>
            </nav>
            <div id="controls" hidden></div>
            ${rest.map(sectionMarkup)}
          </div>
        </main>
        <footer>
          <div class="wrap">
            <p>
              A projection under stated assumptions, not a forecast of what will happen. Pathways, not people: one
              person may wait on several.
            </p>
          </div>
        </footer>
        <script>${trusted(PAGE_SCRIPT)}</script>
      </body>
    </html>`.markup
  }\n`
}

function sectionMarkup({ id, title, body }: Section): Markup {
  return html`<section class="part" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${body}
  </section>`
}
