/** The figure that sets efficiency against equity, one plane for each moment of comparison. */
import type { ScenarioSummary } from '../results/types.ts'
import { planeCaption } from './captions.ts'
import { chartSvg } from './chart-svg.ts'
import type { Figure, Panel } from './figure.ts'
import { dataTable, html, type Markup } from './html.ts'
import { changeWithInterval, POINTS, SHARE } from './numbers.ts'
import { equityPlane, type PlanePoint, type PlaneReach } from './plane-spec.ts'
import type { Moment, Reader } from './reader.ts'
import { GAP_18_WEEKS, titled } from './verdicts.ts'

/** Room between the farthest interval and the edge of the plane. */
const ROOM = 1.25
/** Least reach, in points, where no scenario changes anything. */
const LEAST_REACH = 0.01

/** Draws the figure; the planes share their scales. */
export async function planeFigure(reader: Reader): Promise<Figure> {
  const moments = reader.moments.map((moment) => ({ moment, points: planePoints(reader, moment) }))
  const reach = reachOf(moments.flatMap(({ points }) => points))
  const panels: Panel[] = []
  for (const { moment, points } of moments) {
    panels.push({ title: capital(moment.words), svg: await chartSvg(equityPlane(points, reach)) })
  }
  return {
    id: 'efficiency-equity',
    title: 'Efficiency against equity',
    caption: `Change from ${titled(reader.reference)}, with 95% intervals; up is towards the most deprived. ${planeCaption(reader)}`,
    key: reader.others.map(
      (scenario, index) => html`<li><span class="letter">${letter(index)}</span>${scenario.title}</li>`,
    ),
    panels,
    isWide: true,
    table: planeTable(reader),
  }
}

function planePoints(reader: Reader, { date }: Moment): PlanePoint[] {
  return reader.others
    .map((scenario, index) => planePoint(reader, scenario, letter(index), date))
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
}

function planePoint(reader: Reader, scenario: ScenarioSummary, label: string, date: number): PlanePoint {
  const share = reader.at(scenario, 'within-18-weeks', 'all', date)
  const gap = reader.at(scenario, GAP_18_WEEKS, 'gap', date)
  const limit = (value: number, bound: number): number => (Number.isFinite(bound) ? bound : value) * 100
  return {
    label,
    x: share.difference * 100,
    xLower: limit(share.difference, share.differenceLower),
    xUpper: limit(share.difference, share.differenceUpper),
    y: gap.difference * 100,
    yLower: limit(gap.difference, gap.differenceLower),
    yUpper: limit(gap.difference, gap.differenceUpper),
  }
}

function reachOf(points: readonly PlanePoint[]): PlaneReach {
  const farthest = (values: readonly number[]): number => Math.max(LEAST_REACH, ...values.map(Math.abs)) * ROOM
  return {
    x: farthest(points.flatMap(({ xLower, xUpper }) => [xLower, xUpper])),
    y: farthest(points.flatMap(({ yLower, yUpper }) => [yLower, yUpper])),
  }
}

function planeTable(reader: Reader): Markup {
  const rows = reader.moments.flatMap(({ date, words }) =>
    reader.others.map((scenario, index) => [
      `${letter(index)} ${scenario.title}`,
      capital(words),
      changeWithInterval(reader.at(scenario, 'within-18-weeks', 'all', date), SHARE),
      changeWithInterval(reader.at(scenario, GAP_18_WEEKS, 'gap', date), POINTS),
    ]),
  )
  return dataTable(
    'Efficiency against equity: change from the reference',
    ['Scenario', 'When', 'Share within 18 weeks', 'Gap at 18 weeks'],
    rows,
  )
}

function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1)
}

function capital(words: string): string {
  return words[0].toUpperCase() + words.slice(1)
}
