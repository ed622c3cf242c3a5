/** Figures of lines through time: every scenario by group, and a gap against the reference's. */
import type { DimensionInfo } from '../measures/types.ts'
import type { ScenarioSummary } from '../results/types.ts'
import { linePanel, panelFrame, type LinePoint, type LineStyle, type ValueAxis } from './chart-specs.ts'
import { COLOURS } from './chart-style.ts'
import { chartSvg } from './chart-svg.ts'
import { dateText } from './dates.ts'
import type { Figure, Panel, PanelValues } from './figure.ts'
import { dataTable, html, type Markup } from './html.ts'
import { lineKey } from './line-key.ts'
import { changeWithInterval, estimateText, SHARE, type Scale } from './numbers.ts'
import type { Reader } from './reader.ts'

/** What a figure of lines shows. */
export interface LineFigure {
  readonly id: string
  readonly title: string
  readonly caption: string
  readonly measure: string
  readonly dimension: DimensionInfo
  readonly scale: Scale
  /** From the measure's unit to the axis's. */
  readonly factor: number
  readonly axisTitle: string
  readonly format: string
  /** A value that the axis must show, such as nought; none by default. */
  readonly shows?: number
  /** Decimals and unit of the numbers that a pointer brings up. */
  readonly digits: number
  readonly after: string
}

/** How every figure of the share within 18 weeks looks. */
export const SHARE_WITHIN_18 = {
  measure: 'within-18-weeks',
  scale: SHARE,
  factor: 100,
  axisTitle: 'Per cent',
  format: '.0f',
  digits: 1,
  after: '%',
} as const satisfies Partial<LineFigure>

/** Colours of up to four groups, each with a dash of its own. */
const GROUP_STYLES: readonly Omit<LineStyle, 'endLabel'>[] = [
  { colour: COLOURS.blue, dash: [1, 0], width: 3 },
  { colour: COLOURS.orange, dash: [8, 4], width: 3 },
  { colour: COLOURS.teal, dash: [3, 3], width: 3 },
  { colour: COLOURS.plum, dash: [10, 3, 2, 3], width: 2.5 },
]
/** Groups of a dimension up to which each has a line of its own. */
export const MOST_LINES = GROUP_STYLES.length

/** A panel for each scenario, a line for each group. */
export async function byGroupFigure(reader: Reader, figure: LineFigure): Promise<Figure> {
  const { groups } = figure.dimension
  const styles = figure.dimension.id === 'deprivation' ? endsOfScale(groups) : eachItsOwn(groups)
  const lines = groups.map(({ id, label }) => ({ group: id, line: id, label }))
  const all = reader.scenarios.map((scenario) => lines.flatMap(({ group, line }) => linePoints(reader, scenario, figure, group, line, false)))
  const axis = valueAxis(figure, all.flat())
  const panels: Panel[] = []
  for (const [index, scenario] of reader.scenarios.entries()) {
    panels.push({
      title: scenario.title,
      scenario: index,
      svg: await chartSvg(linePanel(all[index], styles, axis)),
      values: panelValues(reader, figure, axis, lines.map((line) => ({ ...line, scenario }))),
    })
  }
  return { ...figure, key: groupKey(figure.dimension, styles), panels, table: byGroupTable(reader, figure) }
}

const GAP_STYLES = {
  scenario: { colour: COLOURS.blue, dash: [1, 0], width: 2.5 },
  reference: { colour: COLOURS.plum, dash: [5, 3], width: 2, endLabel: 'ref.' },
} as const satisfies Record<string, LineStyle>

/** The key of every figure of gaps. */
export function gapKey(reader: Reader): Markup[] {
  return [
    lineKey('The scenario named above the panel', GAP_STYLES.scenario),
    lineKey(`${reader.reference.title} (reference)`, GAP_STYLES.reference),
    html`<li><span class="band"></span>95% interval of the mean</li>`,
  ]
}

/** A panel for each scenario: its gap, with its band, beside the reference's. */
export async function gapPanels(reader: Reader, figure: LineFigure): Promise<Panel[]> {
  const shown = reader.others.length > 0 ? reader.others : [reader.reference]
  const linesOf = (scenario: ScenarioSummary) => [
    { scenario, group: 'gap', line: 'scenario', label: scenario.title },
    ...(scenario === reader.reference ? [] : [{ scenario: reader.reference, group: 'gap', line: 'reference', label: 'Reference' }]),
  ]
  const all = shown.map((each) => linesOf(each).flatMap(({ scenario, line }) => linePoints(reader, scenario, figure, 'gap', line, true)))
  const axis = valueAxis(figure, all.flat())
  const panels: Panel[] = []
  for (const [index, scenario] of shown.entries()) {
    panels.push({
      title: scenario.title,
      scenario: reader.scenarios.indexOf(scenario),
      svg: await chartSvg(linePanel(all[index], GAP_STYLES, axis)),
      values: panelValues(reader, figure, axis, linesOf(scenario)),
    })
  }
  return panels
}

/** One gap as a figure of its own. */
export async function gapFigure(reader: Reader, figure: LineFigure): Promise<Figure> {
  return { ...figure, key: gapKey(reader), panels: await gapPanels(reader, figure), table: gapTable(reader, figure) }
}

interface NamedLine {
  readonly scenario: ScenarioSummary
  readonly group: string
  readonly label: string
}

function panelValues(reader: Reader, figure: LineFigure, axis: ValueAxis, lines: readonly NamedLine[]): PanelValues {
  const { measure, dimension, factor, digits, after } = figure
  return {
    frame: panelFrame(axis),
    digits,
    after,
    lines: lines.map(({ scenario, group, label }) => ({
      label,
      values: reader.charted.map((index) => {
        const { mean } = reader.at(scenario, measure, group, index, dimension.id)
        return Number.isFinite(mean) ? mean * factor : null
      }),
    })),
  }
}

function linePoints(
  reader: Reader,
  scenario: ScenarioSummary,
  { measure, dimension, factor }: LineFigure,
  group: string,
  line: string,
  withBand: boolean,
): LinePoint[] {
  return reader.charted.flatMap((index) => {
    const { mean, lower, upper } = reader.at(scenario, measure, group, index, dimension.id)
    if (!Number.isFinite(mean)) return []
    const band = withBand && Number.isFinite(lower) ? { lower: lower * factor, upper: upper * factor } : {}
    return [{ date: reader.results.catalogue.dates[index], value: mean * factor, line, ...band }]
  })
}

/** One axis for all panels of a figure, with a little room. */
function valueAxis({ axisTitle, format, shows }: LineFigure, points: readonly LinePoint[]): ValueAxis {
  let low = shows ?? Number.POSITIVE_INFINITY
  let high = shows ?? Number.NEGATIVE_INFINITY
  for (const { value, lower = value, upper = value } of points) {
    low = Math.min(low, lower)
    high = Math.max(high, upper)
  }
  if (!(high > low)) return { title: axisTitle, format, domain: [shows ?? 0, (shows ?? 0) + 1] }
  const room = (high - low) * 0.08
  return { title: axisTitle, format, domain: [low === shows ? low : low - room, high === shows ? high : high + room] }
}

type Groups = DimensionInfo['groups']

/** The most and the least deprived stand out; who is between them is grey. */
function endsOfScale(groups: Groups): Record<string, LineStyle> {
  const last = groups.length - 1
  return Object.fromEntries(
    groups.map(({ id }, index): [string, LineStyle] => {
      if (index === 0) return [id, { ...GROUP_STYLES[0], endLabel: id }]
      return [id, index === last ? { ...GROUP_STYLES[1], endLabel: id } : { colour: COLOURS.grey, dash: [1, 0], width: 1 }]
    }),
  )
}

function eachItsOwn(groups: Groups): Record<string, LineStyle> {
  return Object.fromEntries(groups.map(({ id }, index): [string, LineStyle] => [id, { ...GROUP_STYLES[index], endLabel: id.slice(0, 4) }]))
}

function groupKey({ id: dimension, groups }: DimensionInfo, styles: Readonly<Record<string, LineStyle>>): Markup[] {
  if (dimension !== 'deprivation') return groups.map(({ id, label }) => lineKey(id === label ? label : `${label} (${id})`, styles[id]))
  const last = groups.length - 1
  return groups.flatMap(({ id }, index) => {
    if (index === 0) return [lineKey(`Most deprived (${id})`, styles[id])]
    if (index === last) return [lineKey(`Least deprived (${id})`, styles[id])]
    return index === 1 ? [lineKey('Between', styles[id])] : []
  })
}

function byGroupTable(reader: Reader, { title, measure, scale, dimension }: LineFigure): Markup {
  const rows = reader.scenarios.flatMap((scenario) =>
    reader.reporting.map((index) => [
      scenario.title,
      dateText(reader.results.catalogue.dates[index]),
      ...dimension.groups.map(({ id }) => estimateText(reader.at(scenario, measure, id, index, dimension.id), scale)),
    ]),
  )
  const headings = dimension.groups.map(({ id, label }) => (dimension.id === 'deprivation' ? `Group ${id}` : label))
  return dataTable(`${title}: mean and 95% interval`, ['Scenario', 'Date', ...headings], rows, ofEveryScenario(reader))
}

/** The gap of every scenario at the reporting dates. */
export function gapTable(reader: Reader, { title, measure, scale, dimension }: LineFigure): Markup {
  const rows = reader.scenarios.flatMap((scenario) =>
    reader.reporting.map((index) => {
      const estimate = reader.at(scenario, measure, 'gap', index, dimension.id)
      const change = scenario === reader.reference ? 'reference' : changeWithInterval(estimate, scale)
      return [scenario.title, dateText(reader.results.catalogue.dates[index]), estimateText(estimate, scale), change]
    }),
  )
  return dataTable(
    `${title}: mean, 95% interval and change`,
    ['Scenario', 'Date', 'Gap', 'Change from reference'],
    rows,
    ofEveryScenario(reader),
  )
}

/** Which scenario the rows of a table are about that has one for each reporting date of each. */
function ofEveryScenario(reader: Reader): number[] {
  return reader.scenarios.flatMap((_, index) => reader.reporting.map(() => index))
}
