/** Every index of inequality at the end: those of ordered groups, the most deprived fifth against the rest, and within systems. */
import type { DimensionInfo, MeasureInfo } from '../measures/types.ts'
import { gapsOf } from '../results/equity-json.ts'
import { isCrossing, isPlaces } from '../scenario/place-dimensions.ts'
import type { GapRow } from '../measures/distribution/gap-rows.ts'
import { folded, ofScenario } from './figure.ts'
import { html, type Markup } from './html.ts'
import { dateText } from './dates.ts'
import { estimateText, isClear, NUMBER } from './numbers.ts'
import type { Estimate, Reader } from './reader.ts'

const CORE20 = 'core20-'

interface TableText {
  readonly id: string
  readonly title: string
  readonly caption: string
}

interface IndexRow {
  readonly scenario: string
  readonly measure: string
  readonly index: string
  /** `dimension/group` among whose people it is; empty for everybody. */
  readonly within: string
  readonly estimate: Estimate
}

/** Tables in folds. */
export function indexTables(reader: Reader): Markup[] {
  const rows = gapsOf(reader.results).rows.filter(({ date, n }) => date === reader.results.catalogue.dates[reader.last] && n > 0)
  const of = (wanted: (row: GapRow) => boolean): IndexRow[] => rows.filter(wanted).map(indexRow)
  const core20 = of(({ within, index }) => within === '' && index.startsWith(CORE20))
  const inside = of(({ within }) => within !== '')
  const others = reader.results.catalogue.dimensions
    .filter(({ id }) => !isCrossing(id))
    .map((dimension) => ({
      dimension,
      rows: [
        ...seriesRows(reader, dimension),
        ...of(({ within, index, dimension: id }) => within === '' && id === dimension.id && !index.startsWith(CORE20)),
      ],
    }))
  const end = dateText(reader.results.catalogue.dates[reader.last])
  return [
    ...tableIn(reader, core20, {
      id: 'core20',
      title: 'The most deprived fifth against everybody else',
      caption: `On ${end}: the most deprived fifth’s value less that of the rest, and divided by it.`,
    }),
    ...tableIn(reader, inside, {
      id: 'within',
      title: 'The deprivation gap inside each system and group',
      caption: `On ${end}: indices across deprivation groups, among the people of one system or group alone.`,
    }),
    ...others.flatMap(({ dimension, rows: each }) =>
      tableIn(reader, each, {
        id: `indices-${dimension.id}`,
        title: `Every index across ${dimensionWords(reader, dimension)}`,
        caption: `On ${end}. Signed indices read first group against last: most deprived against least.`,
      }),
    ),
  ]
}

/** A row for each index, a column for each scenario; nothing where no index is defined. */
function tableIn(reader: Reader, rows: readonly IndexRow[], { id, title, caption }: TableText): Markup[] {
  if (rows.length === 0) return []
  const lines = Map.groupBy(rows, ({ within, measure, index }) => JSON.stringify([within, measure, index]))
  const hasPlaces = rows.some(({ within }) => within !== '')
  const body = [...lines.values()].map((line) => {
    const [{ within, measure, index }] = line
    const place = hasPlaces ? `${placeOf(reader, within)}: ` : ''
    return html`<tr>
      <th scope="row">${place}${labelOf(reader, measure)}, ${index.replaceAll('-', ' ')}</th>
      ${reader.scenarios.map((scenario, column) => html`<td${ofScenario(column)}>${cellText(line, scenario.id)}</td>`)}
    </tr>`
  })
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">
    <table>
      <caption>
        ${title}: mean and 95% interval; * a clear difference from ${reader.reference.title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Measure and index</th>
          ${reader.scenarios.map((scenario, column) => html`<th scope="col"${ofScenario(column)}>${scenario.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`
  return [
    html`<section class="figure table-only" aria-labelledby="${id}">
      <h3 id="${id}">${title}</h3>
      <p class="caption">${caption} Shares are from 0 to 1.</p>
      ${folded(`Table: ${title.toLowerCase()}`, table)}
    </section>`,
  ]
}

function cellText(line: readonly IndexRow[], scenario: string): string {
  const row = line.find((each) => each.scenario === scenario)
  if (row === undefined) return '–'
  return `${estimateText(row.estimate, NUMBER)}${isClear(row.estimate) ? ' *' : ''}`
}

function indexRow({ scenario, measure, index, within, mean, lower, upper, difference, differenceLower, differenceUpper }: GapRow): IndexRow {
  return { scenario, measure, index, within, estimate: { mean, lower, upper, difference, differenceLower, differenceUpper } }
}

/** Indices that are series of their own, such as the slope index. */
function seriesRows(reader: Reader, { id }: DimensionInfo): IndexRow[] {
  const { keys } = reader.results.catalogue
  const own = keys.filter(({ specialty, stage, dimension, group }) => specialty === 'all' && stage === 'all' && dimension === id && group === 'gap')
  return reader.scenarios.flatMap((scenario) =>
    own.flatMap(({ measure }) => {
      const estimate = reader.at(scenario, measure, 'gap', reader.last, id)
      const [index, of] = measure.split(':')
      return Number.isFinite(estimate.mean) ? [{ scenario: scenario.id, measure: of, index, within: '', estimate }] : []
    }),
  )
}

/** Measures that only the indices have. */
const LABELS: Readonly<Record<string, string>> = {
  'qalys-lost-per-1000-to-date': 'Health lost while waiting per 1,000, to date',
  'qalys-lost-off-list-per-1000-to-date': 'Health lost off the list per 1,000, to date',
  'healthy-years': 'Healthy years at birth',
}

function labelOf(reader: Reader, measure: string): string {
  const info: MeasureInfo | undefined = reader.results.measures.find(({ id }) => id === measure)
  return info?.label ?? LABELS[measure] ?? measure
}

function placeOf(reader: Reader, within: string): string {
  const [dimension, ...group] = within.split('/')
  const id = group.join('/')
  return reader.results.catalogue.dimensions.find((each) => each.id === dimension)?.groups.find((each) => each.id === id)?.label ?? id
}

/** The words for a dimension inside a sentence. */
export function dimensionWords({ results }: Reader, { id }: DimensionInfo): string {
  if (id === 'deprivation') return 'deprivation groups'
  if (id === 'priority') return 'clinical priorities'
  if (isPlaces(id)) return `${id}s`
  return results.study.dimensions.find((dimension) => dimension.id === id)?.title.toLowerCase() ?? id
}

/** The word for a dimension after “by”. */
export function dimensionWord(reader: Reader, dimension: DimensionInfo): string {
  if (dimension.id === 'priority') return 'clinical priority'
  return isPlaces(dimension.id) ? dimension.id : dimensionWords(reader, dimension)
}
