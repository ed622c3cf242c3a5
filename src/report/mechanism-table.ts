/** What the mechanisms of a study counted, such as missed appointments and slots of surgical hubs. */
import type { ScenarioSummary } from '../results/types.ts'
import { folded } from './figure.ts'
import { dataTable, html, type Markup } from './html.ts'
import { COUNT, POUNDS, valueText, type Scale } from './numbers.ts'
import type { Reader } from './reader.ts'

/** Flows of mechanisms that a reader would look for; what a study does not report, or what never happens, is left out. */
const COUNTS: readonly (readonly [string, Scale])[] = [
  ['late-starts', COUNT],
  ['additional-starts', COUNT],
  ['diverted', COUNT],
  ['unmet-need-emergency', COUNT],
  ['deteriorated', COUNT],
  ['cancelled-by-patient', COUNT],
  ['cancelled-by-hospital', COUNT],
  ['dna', COUNT],
  ['slots-lost', COUNT],
  ['lost-slot-cost', POUNDS],
  ['further-appointments', COUNT],
  ['slots-independent-sector', COUNT],
  ['slots-hub', COUNT],
  ['slots-mutual-aid', COUNT],
]

/** Totals over the projection by scenario: sums of weekly means, which are means of sums. */
export function mechanismTable(reader: Reader): Markup[] {
  const { measures } = reader.results
  const shown = COUNTS.flatMap(([id, scale]) => {
    const info = measures.find((measure) => measure.id === id)
    return info === undefined ? [] : [{ id, scale, label: info.label }]
  })
  const weeks = [...reader.results.catalogue.dates.keys()]
  const totalOf = (scenario: ScenarioSummary, measure: string): number =>
    weeks.reduce((sum, week) => sum + reader.at(scenario, measure, 'all', week).mean, 0)
  const columns = shown
    .map(({ id, scale, label }) => ({ label, scale, totals: reader.scenarios.map((scenario) => totalOf(scenario, id)) }))
    .filter(({ totals }) => totals.some((total) => total > 0))
  if (columns.length === 0) return []
  const rows = reader.scenarios.map((scenario, index) => [scenario.title, ...columns.map(({ totals, scale }) => valueText(totals[index], scale))])
  const table = dataTable('What mechanisms counted', ['Scenario', ...columns.map(({ label }) => label)], rows, [...reader.scenarios.keys()])
  return [
    html`<section class="figure table-only" aria-labelledby="mechanisms">
      <h3 id="mechanisms">What mechanisms counted</h3>
      <p class="caption">Totals over the whole projection, means over runs. What happens in no scenario is left out.</p>
      ${folded('Table: what mechanisms counted', table)}
    </section>`,
  ]
}
