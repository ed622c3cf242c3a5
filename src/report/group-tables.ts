/** What charts by deprivation leave out: the other groups that a study has, and what its mechanisms counted. */
import type { DimensionInfo } from '../measures/types.ts'
import type { ScenarioSummary } from '../results/types.ts'
import { dateText } from './dates.ts'
import { dataTable, html, type Markup } from './html.ts'
import { changeWithInterval, COUNT, POUNDS, SHARE, valueText, type Scale } from './numbers.ts'
import { estimate, type Reader } from './reader.ts'
import { titled } from './verdicts.ts'

/** Tables as sections of the page; none for a study of deprivation groups alone, with nothing else to count. */
export function groupTables(reader: Reader): Markup[] {
  const { dimensions } = reader.results.catalogue
  const shown = new Set([...reader.results.study.dimensions.map(({ id }) => id), 'priority', 'system'])
  return [...dimensions.filter(({ id }) => shown.has(id)).map((dimension) => waitsByGroup(reader, dimension)), ...mechanismCounts(reader)]
}

/** Rows up to which a table stands open. */
const MOST_ROWS_OPEN = 12

function section(id: string, title: string, caption: string, headings: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const table = dataTable(title, headings, rows)
  const folded = html`<details>
    <summary>Table: ${title.toLowerCase()}</summary>
    ${table}
  </details>`
  return html`<section class="figure table-only" aria-labelledby="${id}">
    <h3 id="${id}">${title}</h3>
    <p class="caption">${caption}</p>
    ${rows.length > MOST_ROWS_OPEN ? folded : table}
  </section>`
}

const WAITS: readonly (readonly [string, string, Scale])[] = [
  ['waiting', 'Waiting', COUNT],
  ['within-18-weeks', 'Within 18 weeks', SHARE],
]

/** Every scenario at the end, by group of a dimension. */
function waitsByGroup(reader: Reader, { id, groups }: DimensionInfo): Markup {
  const { catalogue, study } = reader.results
  const title = titleOf(id, reader)
  const rows = reader.scenarios.flatMap((scenario) =>
    groups.map((group) => [
      scenario.title,
      group.label,
      ...WAITS.flatMap(([measure, , scale]) => {
        const at = seriesAt(reader, { dimension: id, group: group.id, measure }) + reader.last
        const own = estimate(scenario, at)
        return [valueText(own.mean, scale), scenario.id === study.reference ? 'reference' : changeWithInterval(own, scale)]
      }),
    ]),
  )
  const headings = ['Scenario', 'Group', ...WAITS.flatMap(([, heading]) => [heading, 'Change from reference'])]
  const caption =
    `Mean over runs on ${dateText(catalogue.dates[reader.last])}, and the change from ${titled(reader.reference)}.` +
    (study.dimensions.some((further) => further.id === id) ? ' A dash stands for groups in which too few people wait to be shown.' : '')
  return section(`by-${id}`, title, caption, headings, rows)
}

function titleOf(id: string, { results }: Reader): string {
  if (id === 'priority') return 'Waits by clinical priority'
  if (id === 'system') return 'Waits by system'
  const further = results.study.dimensions.find((dimension) => dimension.id === id)
  return `Waits by ${(further?.title ?? id).toLowerCase()}`
}

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
function mechanismCounts(reader: Reader): Markup[] {
  const { measures } = reader.results
  const shown = COUNTS.flatMap(([id, scale]) => {
    const info = measures.find((measure) => measure.id === id)
    return info === undefined ? [] : [{ id, scale, label: info.label }]
  })
  const totalOf = (scenario: ScenarioSummary, measure: string): number => {
    const from = seriesAt(reader, { dimension: 'all', group: 'all', measure })
    return scenario.mean.subarray(from, from + reader.last + 1).reduce((sum, value) => sum + value, 0)
  }
  const columns = shown
    .map(({ id, scale, label }) => ({ label, scale, totals: reader.scenarios.map((scenario) => totalOf(scenario, id)) }))
    .filter(({ totals }) => totals.some((total) => total > 0))
  if (columns.length === 0) return []
  const rows = reader.scenarios.map((scenario, index) => [scenario.title, ...columns.map(({ totals, scale }) => valueText(totals[index], scale))])
  const caption = 'Totals over the whole projection, means over runs. What happens in no scenario is left out.'
  return [section('mechanisms', 'What mechanisms counted', caption, ['Scenario', ...columns.map(({ label }) => label)], rows)]
}

/** Where a series of all specialties and stages begins. */
function seriesAt({ results: { catalogue } }: Reader, wanted: { readonly dimension: string; readonly group: string; readonly measure: string }): number {
  const series = catalogue.keys.findIndex(
    ({ specialty, stage, dimension, group, measure }) =>
      specialty === 'all' && stage === 'all' && dimension === wanted.dimension && group === wanted.group && measure === wanted.measure,
  )
  if (series < 0) throw new Error(`the results have no series ${wanted.measure} of ${wanted.dimension} ${wanted.group}`)
  return series * catalogue.dates.length
}
