/** The page: structure and style. Colours and spacing follow the NHS identity; type is the system's own. */
import { html, trusted, type Markup } from './html.ts'

/** What stands on the page, in order. */
export interface PageParts {
  readonly title: string
  readonly description: string
  readonly system: string
  readonly period: string
  readonly keyFigures: Markup
  readonly findings: readonly Markup[]
  readonly headline: readonly Markup[]
  /** Empty for a study without targets, whose page has no such section. */
  readonly targets: readonly Markup[]
  readonly figures: readonly Markup[]
  readonly method: Markup
  readonly assumptions: Markup
  readonly provenance: Markup
  readonly reproduce: Markup
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** One self-contained HTML document: no script, no network. */
export function page(parts: PageParts): string {
  return `<!doctype html>\n${
    html`<html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${parts.title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the findings</a>
        <header>
          <div class="wrap">
            <p class="brand">Fairwait</p>
            <h1>${parts.title}</h1>
            <p class="lead">${parts.system} · ${parts.period}</p>
          </div>
        </header>
        <main id="main">
          <div class="wrap">
            ${parts.description === '' ? '' : html`<p class="description">${parts.description}</p>`}
            <section aria-labelledby="findings">
              <h2 id="findings">What the projection says</h2>
              ${parts.keyFigures}
              <ol class="findings">
                ${parts.findings}
              </ol>
            </section>
            <section aria-labelledby="scenarios">
              <h2 id="scenarios">Scenarios compared</h2>
              ${parts.headline}
            </section>
            ${
              parts.targets.length === 0
                ? ''
                : html`<section aria-labelledby="targets">
                    <h2 id="targets">Targets</h2>
                    ${parts.targets}
                  </section>`
            }
            <section aria-labelledby="charts">
              <h2 id="charts">How it gets there</h2>
              ${parts.figures}
            </section>
            <section aria-labelledby="method">
              <h2 id="method">Method in brief</h2>
              ${parts.method}
            </section>
            <section aria-labelledby="assumptions">
              <h2 id="assumptions">Assumptions</h2>
              <p>Values by deprivation group run from the most to the least deprived.</p>
              ${parts.assumptions}
            </section>
            <section aria-labelledby="sources">
              <h2 id="sources">Sources and licence</h2>
              ${parts.provenance}
            </section>
            <section aria-labelledby="again">
              <h2 id="again">How to make these numbers again</h2>
              ${parts.reproduce}
            </section>
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
      </body>
    </html>`.markup
  }\n`
}

const STYLE = `
:root{--blue:#005eb8;--dark:#003087;--text:#212b32;--soft:#4c6272;--line:#d8dde0;--pale:#f0f4f5}
*{box-sizing:border-box}
body{margin:0;color:var(--text);background:var(--pale);font:1.0625rem/1.55 "Frutiger W01",Arial,Helvetica,sans-serif}
.wrap{max-width:1100px;margin:0 auto;padding:0 24px}
.skip{position:absolute;left:-9999px}.skip:focus{left:8px;top:8px;background:#ffeb3b;color:var(--text);padding:8px 16px;z-index:2}
header{background:var(--blue);color:#fff;padding:28px 0 36px}
.brand{font-weight:bold;margin:0 0 20px;letter-spacing:.02em}
h1{font-size:2.5rem;line-height:1.2;margin:0 0 8px;overflow-wrap:anywhere}.lead{font-size:1.1875rem;margin:0}
main{padding:32px 0 48px}
main section{margin:0 0 48px}main section section{margin:0}
h2{font-size:1.75rem;line-height:1.25;margin:0 0 16px;color:var(--dark)}h3{font-size:1.3125rem;margin:0 0 8px}h4{font-size:1rem;margin:0 0 8px;overflow-wrap:anywhere}
p{max-width:44em}.description{font-size:1.1875rem;margin-top:0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:16px;margin:0 0 24px}
.tile{background:#fff;border:1px solid var(--line);border-top:6px solid var(--blue);padding:20px;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.tile dd{margin:0 0 4px;font-size:2rem;line-height:1.15;font-weight:bold;white-space:nowrap;color:var(--dark);font-variant-numeric:tabular-nums}
.tile dt{color:var(--soft);font-size:.9375rem;line-height:1.4}
.findings{margin:0;padding:24px 24px 8px 48px;background:#fff;border:1px solid var(--line);font-size:1.125rem}
.findings li{margin:0 0 16px;padding-left:4px}
.scroll{overflow-x:auto;background:#fff;border:1px solid var(--line)}
.scroll:focus-visible,summary:focus-visible{outline:3px solid #ffeb3b;outline-offset:0;box-shadow:0 0 0 6px var(--text)}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:16px;font-weight:bold}
th,td{text-align:left;vertical-align:top;padding:10px 16px;border-top:1px solid var(--line)}
thead th{background:var(--pale);white-space:nowrap}tbody th{font-weight:bold;min-width:9em}
.scroll+.scroll{margin-top:24px}.headline th,.headline td{padding:10px 12px}.headline thead th{white-space:normal;vertical-align:bottom}.headline .value{display:block;font-size:1.25rem;font-weight:bold;white-space:nowrap;color:var(--dark)}
.headline .change{display:block;color:var(--soft);font-size:.8125rem;line-height:1.35;min-width:8em}
.figure{background:#fff;border:1px solid var(--line);padding:24px;margin:0 0 24px!important}
.caption{margin:0 0 16px}
.goal{margin:0 0 32px}.goal p{margin:0 0 12px}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:8px 24px;margin:0 0 16px;padding:0;font-size:.9375rem}
.key li{display:flex;align-items:center;gap:8px}
.band{width:36px;height:14px;background:#12436d;opacity:.25;display:inline-block}
.letter{display:inline-block;width:1.6em;height:1.6em;line-height:1.6em;text-align:center;border-radius:50%;background:#12436d;color:#fff;font-weight:bold;font-size:.875rem}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:24px}
.panels.wide{grid-template-columns:repeat(auto-fill,minmax(min(100%,460px),1fr))}
.panel{display:flex;flex-direction:column;justify-content:space-between}.panel svg{display:block;max-width:100%;height:auto}
details{margin:16px 0 0}summary{cursor:pointer;color:var(--blue);text-decoration:underline;padding:8px 0}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:8px 24px}.facts dt{font-weight:bold}.facts dd{margin:0}
code{font-size:.875em;overflow-wrap:anywhere}li{overflow-wrap:anywhere}
footer{background:var(--line);padding:24px 0;color:var(--text)}
@media (max-width:640px){.wrap{padding:0 16px}h1{font-size:1.75rem}h2{font-size:1.5rem}.tile dd{font-size:1.875rem}.figure{padding:16px}.findings{padding:16px 16px 4px 36px;font-size:1.0625rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin:0 0 12px}th,td{padding:8px 12px}}
@media print{@page{size:A4;margin:14mm}body{background:#fff;font-size:10pt}header{background:#fff;color:var(--text);padding:0;border-bottom:3px solid var(--blue)}.wrap{max-width:none;padding:0}.skip{display:none}.tile,.panel,.findings li,tr{break-inside:avoid}h2,h3,h4,.caption{break-after:avoid}.scroll{overflow:visible;border:0}table{font-size:7.5pt}thead th{white-space:normal}th,td{padding:3px 5px}.headline .value{font-size:10pt}.headline .change{font-size:7pt;min-width:0}tbody th{min-width:0}.figure{border:0;padding:0}.panels{grid-template-columns:repeat(3,1fr);gap:10px}.tiles{grid-template-columns:repeat(4,1fr)}.tile dd{font-size:15pt}details:not([open]){display:none}footer{background:none}}
`
