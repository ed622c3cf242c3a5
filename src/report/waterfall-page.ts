/** A decomposition as one self-contained page: no script, no network. */
import { MECHANISM_TITLES } from '../experiment/decompose/mechanisms.ts'
import type { Decomposition } from '../experiment/decompose/types.ts'
import type { MeasureInfo } from '../measures/types.ts'
import { dateWords } from '../measures/value-text.ts'
import { figureMarkup } from './figure.ts'
import { html, trusted } from './html.ts'
import { waterfallFigure } from './waterfall-figure.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/**
 * The page of a decomposition.
 * @param studyTitle as the study gives it
 * @param info of the gap measure that was decomposed
 */
export async function waterfallPage(studyTitle: string, decomposition: Decomposition, info: MeasureInfo): Promise<string> {
  const figures = []
  for (const explanation of decomposition.explanations) {
    figures.push(figureMarkup(await waterfallFigure(decomposition, explanation, info)))
  }
  return `<!doctype html>\n${
    html`<html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>What makes the gap: ${studyTitle}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <div class="wrap">
            <p class="brand">Fairwait</p>
            <h1>${studyTitle}</h1>
            <p class="lead">What makes the gap · ${dateWords(decomposition.date)}</p>
          </div>
        </header>
        <main>
          <div class="wrap">
            <h2>${info.label}</h2>
            <p>${info.meaning}</p>
            ${figures}
            <section class="figure" aria-labelledby="reading">
              <h3 id="reading">How to read it</h3>
              <p>${methodText(decomposition)}</p>
              <p>${gradientText(decomposition)}</p>
            </section>
          </div>
        </main>
      </body>
    </html>`.markup
  }\n`
}

function methodText({ method, coalitions, orders, runs, replications }: Decomposition): string {
  const how =
    method === 'exact'
      ? `all ${coalitions.toLocaleString('en-GB')} coalitions of gradients were run`
      : `${orders} random orders of the mechanisms, in pairs of an order and its reverse, took ${coalitions.toLocaleString('en-GB')} coalitions; the sampling error says what other orders could have given`
  return (
    `A mechanism's part is what the gap loses when its difference between groups is replaced by the mean, averaged over ` +
    `every order in which the mechanisms could be taken out (its Shapley share), so that the parts add up to the whole. ` +
    `To that end ${how}: ${runs.toLocaleString('en-GB')} runs with the same random numbers. Intervals are over ` +
    `${replications} ${replications === 1 ? 'replication' : 'replications'}. “Taken out alone” is what would go if that one difference went and the others stayed.`
  )
}

function gradientText({ withoutGradient }: Decomposition): string {
  const names = withoutGradient.map((id) => MECHANISM_TITLES[id].toLowerCase())
  return names.length === 0
    ? 'Every mechanism differs between groups in this study.'
    : `No difference between groups in this study, and so no part: ${names.join(', ')}.`
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;color:#212b32;background:#f0f4f5;font:1.0625rem/1.55 "Frutiger W01",Arial,Helvetica,sans-serif}
.wrap{max-width:900px;margin:0 auto;padding:0 24px}
header{background:#005eb8;color:#fff;padding:28px 0 36px}.brand{font-weight:bold;margin:0 0 20px}
h1{font-size:2.25rem;line-height:1.2;margin:0 0 8px;overflow-wrap:anywhere}.lead{font-size:1.1875rem;margin:0}
main{padding:32px 0 48px}h2{font-size:1.5rem;line-height:1.25;margin:0 0 8px;color:#003087}h3{font-size:1.3125rem;margin:0 0 8px}h4{font-size:1rem;margin:0 0 8px}
p{max-width:46em}
.figure{background:#fff;border:1px solid #d8dde0;padding:24px;margin:0 0 24px}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:8px 24px;margin:0 0 16px;padding:0;font-size:.9375rem}.key li{display:flex;align-items:center;gap:8px}
.panels,.panel{min-width:0}.panel{overflow-x:auto}.panel svg{display:block;min-width:560px;max-width:100%;height:auto}
.scroll{overflow-x:auto}.scroll:focus-visible,summary:focus-visible{outline:3px solid #ffeb3b;box-shadow:0 0 0 6px #212b32}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}caption{text-align:left;padding:16px 0;font-weight:bold}
th,td{text-align:left;vertical-align:top;padding:8px 12px;border-top:1px solid #d8dde0}thead th{background:#f0f4f5}
details{margin:16px 0 0}summary{cursor:pointer;color:#005eb8;text-decoration:underline;padding:8px 0}
@media (max-width:640px){.wrap{padding:0 16px}h1{font-size:1.75rem}.figure{padding:16px}}
@media print{@page{size:A4;margin:14mm}body{background:#fff;font-size:10pt}header{background:#fff;color:#212b32;padding:0;border-bottom:3px solid #005eb8}.figure{border:0;padding:0;break-inside:avoid}details:not([open]){display:none}}
`
