/** The headline: one row per scenario. */
import type { ScenarioSummary } from '../results/types.ts'
import { comparisonSentence, type Change } from './comparison-words.ts'
import { ofScenario } from './figure.ts'
import { html, type Markup } from './html.ts'
import { changeLimits, changeText, COUNT, isClear, POINTS, POUNDS, RATE_GAP, SHARE, valueText, type Scale } from './numbers.ts'
import type { Estimate, Moment, Reader } from './reader.ts'
import { titled } from './verdicts.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

/** A figure that the report leads with. */
export interface Column {
  readonly heading: string
  /** What its number counts, where the number's own sign does not say; empty where it does. */
  readonly unit: string
  readonly measure: string
  readonly group: string
  readonly scale: Scale
  /** What there is more of where it is better. */
  readonly better: string
}

/** The figures, in order. */
export const HEADLINE_COLUMNS: readonly Column[] = [
  { heading: 'Waiting list', unit: 'pathways', measure: 'waiting', group: 'all', scale: COUNT, better: 'Shorter' },
  { heading: 'Within 18 weeks', unit: '', measure: 'within-18-weeks', group: 'all', scale: SHARE, better: 'More' },
  { heading: 'Over 52 weeks', unit: '', measure: 'over-52-weeks', group: 'all', scale: SHARE, better: 'Fewer' },
  { heading: 'Gap at 18 weeks', unit: '', measure: VISIBLE_GAP, group: 'gap', scale: POINTS, better: 'For the most deprived' },
  { heading: 'Gap in unmet need', unit: 'per 1,000 residents', measure: NEED_GAP, group: 'gap', scale: RATE_GAP, better: 'For the most deprived' },
  { heading: 'Spend', unit: '', measure: 'spend-to-date', group: 'all', scale: POUNDS, better: '' },
]

/** What each scenario does at each moment, one sentence each. */
export function comparisonSentences(reader: Reader): Markup {
  const when = (words: string): string => words.replace(/\bon (?=\d)/, 'by ')
  const items = reader.others.flatMap((scenario) =>
    reader.moments.map(
      ({ date, words }) => html`<li${ofScenario(reader.scenarios.indexOf(scenario))}>${comparisonSentence({
        scenario: scenario.title,
        reference: reader.reference.title,
        when: when(words),
        ...changesOf(reader, scenario, date),
      })}</li>`,
    ),
  )
  return html`<ul class="sentences">
    ${items}
  </ul>`
}

function changesOf(reader: Reader, scenario: ScenarioSummary, date: number) {
  const change = (measure: string, group: string): Change => ({
    estimate: reader.at(scenario, measure, group, date),
    reference: reader.at(reader.reference, measure, group, date).mean,
  })
  return {
    waiting: change('waiting', 'all'),
    within18Weeks: change('within-18-weeks', 'all'),
    gapAt18Weeks: change(VISIBLE_GAP, 'gap'),
    gapInUnmetNeed: change(NEED_GAP, 'gap'),
  }
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
          ${HEADLINE_COLUMNS.map(({ heading, unit }) => html`<th scope="col">${unit === '' ? heading : `${heading}, ${unit}`}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${reader.scenarios.map((scenario) => row(reader, scenario, date))}
      </tbody>
    </table>
  </div>`
}

function row(reader: Reader, scenario: ScenarioSummary, date: number): Markup {
  return html`<tr${ofScenario(reader.scenarios.indexOf(scenario))}>
    <th scope="row">${scenario.title}</th>
    ${HEADLINE_COLUMNS.map((column) => cell(reader.at(scenario, column.measure, column.group, date), column, scenario === reader.reference))}
  </tr>`
}

function cell(estimate: Estimate, { measure, scale }: Column, isReference: boolean): Markup {
  const words = isReference ? 'reference' : changeWords(estimate, scale, measure.startsWith('spend'))
  return html`<td><span class="value">${valueText(estimate.mean, scale)}</span><span class="change">${words}</span></td>`
}

/** A change and its interval, or that it is not clear. Spend is planned, not simulated, so that it has no interval. */
export function changeWords(estimate: Estimate, scale: Scale, isCertain: boolean): string {
  const limits = isCertain ? null : changeLimits(estimate, scale)
  if (limits === null) return changeText(estimate.difference, scale)
  if (estimate.differenceLower === 0 && estimate.differenceUpper === 0) return 'no difference'
  return isClear(estimate) ? `${changeText(estimate.difference, scale)} (${limits})` : `no clear difference (${limits})`
}
