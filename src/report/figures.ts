/** The report's figures: each a grid of panels, a sentence that says what it shows, and its table. */
import { moneyRows } from '../results/money.ts'
import type { ScenarioSummary } from '../results/types.ts'
import { linePanel, spendPanel, type LinePoint, type LineStyle, type ValueAxis } from './chart-specs.ts'
import { chartSvg } from './chart-svg.ts'
import { COLOURS } from './chart-style.ts'
import { shareCaption, gapCaption, listCaption, spendCaption } from './captions.ts'
import { dateText } from './dates.ts'
import { figureMarkup, type Figure, type Panel } from './figure.ts'
import { dataTable, html, type Markup } from './html.ts'
import { changeWithInterval, COUNT, estimateText, POINTS, POUNDS, RATE_GAP, SHARE, type Scale } from './numbers.ts'
import { healthFigures } from './health-figures.ts'
import { lineKey } from './line-key.ts'
import { planeFigure } from './plane-figure.ts'
import type { Reader } from './reader.ts'
import { GAP_18_WEEKS, GAP_UNMET_NEED } from './verdicts.ts'

/** Every figure in order, ready for the page. */
export async function figures(reader: Reader): Promise<Markup[]> {
  const drawn = [
    await byGroupFigure(reader, {
      id: 'list',
      title: 'The waiting list by deprivation',
      caption: listCaption(reader),
      measure: 'waiting',
      scale: COUNT,
      factor: 1,
      axisTitle: 'Pathways',
      format: ',.0f',
      fromZero: true,
    }),
    await byGroupFigure(reader, {
      id: 'within-18-weeks',
      title: 'Share waiting within 18 weeks by deprivation',
      caption: shareCaption(reader),
      measure: 'within-18-weeks',
      scale: SHARE,
      factor: 100,
      axisTitle: 'Per cent',
      format: '.0f',
      fromZero: false,
    }),
    await gapFigure(reader, {
      id: 'gap-18-weeks',
      title: 'The gap at 18 weeks',
      caption: gapCaption(reader, GAP_18_WEEKS, POINTS),
      measure: GAP_18_WEEKS,
      scale: POINTS,
      factor: 100,
      axisTitle: 'Points',
      format: '+.1~f',
      fromZero: false,
    }),
    await gapFigure(reader, {
      id: 'gap-unmet-need',
      title: 'The gap in unmet need',
      caption: gapCaption(reader, GAP_UNMET_NEED, RATE_GAP),
      measure: GAP_UNMET_NEED,
      scale: RATE_GAP,
      factor: 1,
      axisTitle: 'Per 1,000',
      format: '+.1~f',
      fromZero: false,
    }),
  ]
  if (reader.others.length > 0) drawn.push(await planeFigure(reader), ...(await healthFigures(reader)))
  const spend = await spendFigure(reader)
  return [...drawn, ...(spend === null ? [] : [spend])].map(figureMarkup)
}

interface LineFigure {
  readonly id: string
  readonly title: string
  readonly caption: string
  readonly measure: string
  readonly scale: Scale
  /** From the measure's unit to the axis's. */
  readonly factor: number
  readonly axisTitle: string
  readonly format: string
  readonly fromZero: boolean
}

async function byGroupFigure(reader: Reader, figure: LineFigure): Promise<Figure> {
  const styles = groupStyles(reader.groups)
  const all = reader.scenarios.map((scenario) =>
    reader.groups.flatMap((group) => linePoints(reader, scenario, figure, group, group, false)),
  )
  const axis = valueAxis(figure, all.flat())
  return {
    ...figure,
    key: groupKey(reader.groups, styles),
    panels: await panelsOf(reader.scenarios, (_, index) => linePanel(all[index], styles, axis)),
    table: byGroupTable(reader, figure),
  }
}

async function gapFigure(reader: Reader, figure: LineFigure): Promise<Figure> {
  const styles = {
    scenario: { colour: COLOURS.blue, dash: [1, 0], width: 2.5 },
    reference: { colour: COLOURS.plum, dash: [5, 3], width: 2 },
  }
  const shown = reader.others.length > 0 ? reader.others : [reader.reference]
  const all = shown.map((scenario) => [
    ...(scenario === reader.reference ? [] : linePoints(reader, reader.reference, figure, 'gap', 'reference', true)),
    ...linePoints(reader, scenario, figure, 'gap', 'scenario', true),
  ])
  const axis = valueAxis(figure, all.flat())
  return {
    ...figure,
    key: [
      lineKey('The scenario named above the panel', styles.scenario),
      lineKey(`${reader.reference.title} (reference)`, styles.reference),
      html`<li><span class="band"></span>95% interval of the mean</li>`,
    ],
    panels: await panelsOf(shown, (_, index) => linePanel(all[index], styles, axis)),
    table: gapTable(reader, figure),
  }
}

function linePoints(
  reader: Reader,
  scenario: ScenarioSummary,
  figure: LineFigure,
  group: string,
  line: string,
  withBand: boolean,
): LinePoint[] {
  return reader.charted.flatMap((index) => {
    const { mean, lower, upper } = reader.at(scenario, figure.measure, group, index)
    if (!Number.isFinite(mean)) return []
    const band =
      withBand && Number.isFinite(lower) ? { lower: lower * figure.factor, upper: upper * figure.factor } : {}
    return [{ date: reader.results.catalogue.dates[index], value: mean * figure.factor, line, ...band }]
  })
}

/** One axis for all panels of a figure, with a little room; a gap's axis always shows zero, where there is none. */
function valueAxis({ axisTitle, format, fromZero, measure }: LineFigure, points: readonly LinePoint[]): ValueAxis {
  const showsZero = fromZero || measure.includes(':')
  const values = points.flatMap(({ value, lower = value, upper = value }) => [lower, upper])
  let low = showsZero ? 0 : Number.POSITIVE_INFINITY
  let high = showsZero ? 0 : Number.NEGATIVE_INFINITY
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (!(high > low)) return { title: axisTitle, format, domain: [0, 1] }
  const room = (high - low) * 0.08
  return { title: axisTitle, format, domain: [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room] }
}

function groupStyles(groups: readonly string[]): Record<string, LineStyle> {
  const middle: LineStyle = { colour: COLOURS.grey, dash: [1, 0], width: 1 }
  return Object.fromEntries(
    groups.map((group, index) => {
      if (index === 0) return [group, { colour: COLOURS.blue, dash: [1, 0], width: 3 }]
      return [group, index === groups.length - 1 ? { colour: COLOURS.orange, dash: [8, 4], width: 3 } : middle]
    }),
  )
}

function groupKey(groups: readonly string[], styles: Readonly<Record<string, LineStyle>>): Markup[] {
  const last = groups.length - 1
  return groups.flatMap((group, index) => {
    if (index === 0) return [lineKey(`Most deprived (${group})`, styles[group])]
    if (index === last) return [lineKey(`Least deprived (${group})`, styles[group])]
    return index === 1 ? [lineKey('Between', styles[group])] : []
  })
}

async function panelsOf(
  scenarios: readonly ScenarioSummary[],
  spec: (scenario: ScenarioSummary, index: number) => Parameters<typeof chartSvg>[0],
): Promise<Panel[]> {
  const panels: Panel[] = []
  for (const [index, scenario] of scenarios.entries())
    panels.push({ title: scenario.title, svg: await chartSvg(spec(scenario, index)) })
  return panels
}

function byGroupTable(reader: Reader, { title, measure, scale }: LineFigure): Markup {
  const rows = reader.scenarios.flatMap((scenario) =>
    reader.reporting.map((index) => [
      scenario.title,
      dateText(reader.results.catalogue.dates[index]),
      ...reader.groups.map((group) => estimateText(reader.at(scenario, measure, group, index), scale)),
    ]),
  )
  return dataTable(
    `${title}: mean and 95% interval`,
    ['Scenario', 'Date', ...reader.groups.map((group) => `Group ${group}`)],
    rows,
  )
}

function gapTable(reader: Reader, { title, measure, scale }: LineFigure): Markup {
  const rows = reader.scenarios.flatMap((scenario) =>
    reader.reporting.map((index) => {
      const estimate = reader.at(scenario, measure, 'gap', index)
      const change = scenario === reader.reference ? 'reference' : changeWithInterval(estimate, scale)
      return [scenario.title, dateText(reader.results.catalogue.dates[index]), estimateText(estimate, scale), change]
    }),
  )
  return dataTable(
    `${title}: mean, 95% interval and change`,
    ['Scenario', 'Date', 'Gap', 'Change from reference'],
    rows,
  )
}

async function spendFigure(reader: Reader): Promise<Figure | null> {
  const money = moneyRows(reader.results)
  const programmes = new Map<string, { title: string; pence: Map<string, number> }>()
  for (const { scenario, programme, group, spentPence } of money) {
    const id = JSON.stringify([scenario, programme])
    const title = `${reader.scenarios.find((each) => each.id === scenario)?.title ?? scenario}: ${programme}`
    const entry = programmes.get(id) ?? { title, pence: new Map<string, number>() }
    entry.pence.set(group, (entry.pence.get(group) ?? 0) + spentPence)
    programmes.set(id, entry)
  }
  if (programmes.size === 0) return null
  const most = Math.max(1, ...[...programmes.values()].flatMap(({ pence }) => [...pence.values()])) / 100
  const panels: Panel[] = []
  for (const { title, pence } of programmes.values()) {
    const bars = reader.groups.map((group) => ({
      group,
      pounds: (pence.get(group) ?? 0) / 100,
      label: POUNDS.value((pence.get(group) ?? 0) / 100),
    }))
    panels.push({ title, svg: await chartSvg(spendPanel(bars, most)) })
  }
  const rows = [...programmes.values()].map(({ title, pence }) => [
    title,
    ...reader.groups.map((group) => exactPounds(pence.get(group) ?? 0)),
    exactPounds([...pence.values()].reduce((sum, each) => sum + each, 0)),
  ])
  return {
    id: 'spend',
    title: 'Who the money is spent on',
    caption: spendCaption(reader),
    key: [],
    panels,
    table: dataTable(
      'Spend over the whole period',
      ['Scenario and programme', ...reader.groups.map((group) => `Group ${group}`), 'All groups'],
      rows,
    ),
  }
}

function exactPounds(pence: number): string {
  return `£${new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(pence / 100)}`
}
