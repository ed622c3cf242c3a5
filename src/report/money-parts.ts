/** What the report's parts on money are made of. */
import type { StudyResults } from '../results/types.ts'
import { dataTable, html, type Markup } from './html.ts'
import { POUNDS, valueText, type Scale } from './numbers.ts'

/** A part of the section: a heading, a sentence, tables. */
export function moneyPart(id: string, title: string, sentence: string, ...tables: readonly Markup[]): Markup {
  return html`<section class="figure" aria-labelledby="${id}">
    <h3 id="${id}">${title}</h3>
    <p class="caption">${sentence}</p>
    ${tables}
  </section>`
}

/** A table that a reader opens. */
export function folded(table: Markup, summary: string): Markup {
  return html`<details>
    <summary>Table: ${summary}</summary>
    ${table}
  </details>`
}

/** One row of a table, about one scenario. */
export interface ScenarioRow {
  /** Scenario's id; its title stands first in the row. */
  readonly scenario: string
  readonly cells: readonly string[]
}

/** A table whose rows are about scenarios; the page's script can hide those that a reader leaves out. */
export function scenarioTable({ scenarios }: StudyResults, caption: string, headings: readonly string[], rows: readonly ScenarioRow[]): Markup {
  const places = rows.map(({ scenario }) => scenarios.findIndex(({ id }) => id === scenario))
  const cells = rows.map(({ scenario, cells: rest }, row) => [scenarios[places[row]]?.title ?? scenario, ...rest])
  return dataTable(caption, ['Scenario', ...headings], cells, places)
}

/** The mean with its interval in brackets. */
export function meanText({ mean, lower, upper }: { readonly mean: number; readonly lower: number; readonly upper: number }, scale: Scale): string {
  if (!Number.isFinite(lower)) return valueText(mean, scale)
  return `${valueText(mean, scale)} (${valueText(lower, scale)} to ${valueText(upper, scale)})`
}

const wholeNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** Pounds to the nearest pound. */
export const WHOLE_POUNDS: Scale = {
  value: (value) => `${value < 0 ? '−' : ''}£${wholeNumber.format(Math.abs(value))}`,
  change: (size) => `£${wholeNumber.format(size)}`,
  changeUnit: '',
}

/** What one of something costs: millions to the nearest hundred thousand, less to the nearest pound. */
export const PRICE: Scale = { ...WHOLE_POUNDS, value: (value) => (Math.abs(value) >= 1e6 ? POUNDS : WHOLE_POUNDS).value(value) }
