/** The headline: key figures, and one row per scenario. */
import type { ScenarioSummary } from '../results/types.ts'
import { dateText } from './dates.ts'
import { html, type Markup } from './html.ts'
import {
  changeLimits,
  changeText,
  COUNT,
  isClear,
  POINTS,
  POUNDS,
  RATE_GAP,
  SHARE,
  valueText,
  type Scale,
} from './numbers.ts'
import type { Estimate, Moment, Reader } from './reader.ts'
import { GAP_18_WEEKS, GAP_UNMET_NEED, titled } from './verdicts.ts'

interface Column {
  readonly heading: string
  readonly measure: string
  readonly group: string
  readonly scale: Scale
}

const COLUMNS: readonly Column[] = [
  { heading: 'Waiting list', measure: 'waiting', group: 'all', scale: COUNT },
  { heading: 'Within 18 weeks', measure: 'within-18-weeks', group: 'all', scale: SHARE },
  { heading: 'Over 52 weeks', measure: 'over-52-weeks', group: 'all', scale: SHARE },
  { heading: 'Gap at 18 weeks', measure: GAP_18_WEEKS, group: 'gap', scale: POINTS },
  { heading: 'Unmet-need gap per 1,000', measure: GAP_UNMET_NEED, group: 'gap', scale: RATE_GAP },
  { heading: 'Spend', measure: 'spend-to-date', group: 'all', scale: POUNDS },
]

/** Four figures that set the scene: where the reference takes the list, and both gaps there. */
export function keyFigures(reader: Reader): Markup {
  const { reference, last, results } = reader
  const end = dateText(results.catalogue.dates[last])
  const figure = (value: string, label: string): Markup =>
    html`<div class="tile">
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`
  const of = (measure: string, group: string, date: number, scale: Scale): string =>
    valueText(reader.at(reference, measure, group, date).mean, scale)
  return html`<dl class="tiles">
    ${figure(
      of('waiting', 'all', last, COUNT),
      `pathways waiting on ${end} under ${titled(reference)} (${of('waiting', 'all', 0, COUNT)} at the start, ${dateText(results.catalogue.dates[0])})`,
    )}
    ${figure(
      of('within-18-weeks', 'all', last, SHARE),
      `within 18 weeks on that date (${of('within-18-weeks', 'all', 0, SHARE)} at the start)`,
    )}
    ${figure(
      of(GAP_18_WEEKS, 'gap', last, POINTS),
      `gap at 18 weeks on that date, most deprived against least (${of(GAP_18_WEEKS, 'gap', 0, POINTS)} at the start)`,
    )}
    ${figure(
      of(GAP_UNMET_NEED, 'gap', last, RATE_GAP),
      `gap in unmet need on that date, people per 1,000 residents, most deprived against least (${of(GAP_UNMET_NEED, 'gap', 0, RATE_GAP)} at the start)`,
    )}
  </dl>`
}

/** Every scenario at each moment: its mean, and the change from the reference with its 95% interval. */
export function headlineTables(reader: Reader): Markup[] {
  return reader.moments.map((moment) => headlineTable(reader, moment))
}

function headlineTable(reader: Reader, { date, words }: Moment): Markup {
  const caption = `Every scenario ${words}: mean over runs, and the change from ${titled(reader.reference)} with its 95% interval`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table class="headline">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Scenario</th>
          ${COLUMNS.map(({ heading }) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${reader.scenarios.map((scenario) => row(reader, scenario, date))}
      </tbody>
    </table>
  </div>`
}

function row(reader: Reader, scenario: ScenarioSummary, date: number): Markup {
  return html`<tr>
    <th scope="row">${scenario.title}</th>
    ${COLUMNS.map((column) => cell(reader.at(scenario, column.measure, column.group, date), column, scenario === reader.reference))}
  </tr>`
}

function cell(estimate: Estimate, { measure, scale }: Column, isReference: boolean): Markup {
  const words = isReference ? 'reference' : changeWords(estimate, scale, measure.startsWith('spend'))
  return html`<td><span class="value">${valueText(estimate.mean, scale)}</span><span class="change">${words}</span></td>`
}

/** Spend is planned, not simulated, so that it has no interval. */
function changeWords(estimate: Estimate, scale: Scale, isCertain: boolean): string {
  const limits = isCertain ? null : changeLimits(estimate, scale)
  if (limits === null) return changeText(estimate.difference, scale)
  if (estimate.differenceLower === 0 && estimate.differenceUpper === 0) return 'no difference'
  return isClear(estimate) ? `${changeText(estimate.difference, scale)} (${limits})` : `no clear difference (${limits})`
}
