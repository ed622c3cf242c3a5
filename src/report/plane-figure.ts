/** The figure that sets efficiency against equity, one plane for each moment of comparison. */
import type { ScenarioSummary } from '../results/types.ts'
import { planeCaption } from './captions.ts'
import { chartSvg } from './chart-svg.ts'
import type { Figure, Panel } from './figure.ts'
import { dataTable, html, type Markup } from './html.ts'
import { changeWithInterval, POINTS, RATE_GAP, SHARE } from './numbers.ts'
import { equityPlane, type PlanePoint, type PlaneReach, type PlaneText } from './plane-spec.ts'
import type { Moment, Reader } from './reader.ts'
import { titled } from './verdicts.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

/** Room between the farthest interval and the edge of the plane. */
const ROOM = 1.25
/** Least reach, in units of the axis, where no scenario changes anything: ticks then differ in the two digits of their labels. */
const LEAST_REACH = 0.04

const ACROSS = {
  x: 'Change in share within 18 weeks, points',
  right: 'Shorter waits',
  left: 'Longer waits',
  xFormat: '+.2~f',
  yFormat: '+.2~f',
} as const

/** A gap as the upward axis: what moves it towards the most deprived lies above nought. */
interface Upward {
  readonly name: string
  readonly measure: string
  /** From the measure's unit to the axis's, turned so that up is towards the most deprived. */
  readonly factor: number
  readonly text: PlaneText
}

const UPWARD: readonly Upward[] = [
  { name: 'gap at 18 weeks', measure: VISIBLE_GAP, factor: 100, text: { ...ACROSS, y: 'Change in the gap, points' } },
  { name: 'gap in unmet need', measure: NEED_GAP, factor: -1, text: { ...ACROSS, y: 'Gap in need closed, per 1,000' } },
]

/** Draws the figure: both gaps, side by side at each moment; planes of one gap share their scales. */
export async function planeFigure(reader: Reader): Promise<Figure> {
  const panels: Panel[][] = []
  for (const upward of UPWARD) {
    const moments = reader.moments.map((moment) => ({ moment, points: planePoints(reader, upward, moment) }))
    const reach = reachOf(moments.flatMap(({ points }) => points))
    const drawn: Panel[] = []
    for (const { moment, points } of moments) {
      drawn.push({ title: `${capital(moment.words)}: ${upward.name}`, svg: await chartSvg(equityPlane(points, reach, upward.text)) })
    }
    panels.push(drawn)
  }
  return {
    id: 'efficiency-equity',
    title: 'Efficiency against equity',
    caption: `Change from ${titled(reader.reference)}, with 95% intervals; up is towards the most deprived. ${planeCaption(reader)}`,
    key: letterKey(reader.others),
    panels: reader.moments.flatMap((_, index) => panels.map((drawn) => drawn[index])),
    layout: 'wide',
    table: planeTable(reader),
  }
}

/** Which letter stands for which scenario. */
export function letterKey(scenarios: readonly { readonly title: string }[]): Markup[] {
  return scenarios.map(({ title }, index) => html`<li><span class="letter">${letter(index)}</span>${title}</li>`)
}

function planePoints(reader: Reader, upward: Upward, { date }: Moment): PlanePoint[] {
  return reader.others
    .map((scenario, index) => planePoint(reader, scenario, { upward, label: letter(index), date }))
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
}

interface Placed {
  readonly upward: Upward
  readonly label: string
  readonly date: number
}

function planePoint(reader: Reader, scenario: ScenarioSummary, { upward, label, date }: Placed): PlanePoint {
  const share = reader.at(scenario, 'within-18-weeks', 'all', date)
  const gap = reader.at(scenario, upward.measure, 'gap', date)
  const limit = (value: number, bound: number): number => (Number.isFinite(bound) ? bound : value)
  const [low, high] = [gap.differenceLower, gap.differenceUpper]
    .map((bound) => limit(gap.difference, bound) * upward.factor)
    .toSorted((a, b) => a - b)
  return {
    label,
    x: share.difference * 100,
    xLower: limit(share.difference, share.differenceLower) * 100,
    xUpper: limit(share.difference, share.differenceUpper) * 100,
    y: gap.difference * upward.factor,
    yLower: low,
    yUpper: high,
  }
}

/** Room for every interval, on either side. */
export function reachOf(points: readonly PlanePoint[]): PlaneReach {
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
      changeWithInterval(reader.at(scenario, VISIBLE_GAP, 'gap', date), POINTS),
      changeWithInterval(reader.at(scenario, NEED_GAP, 'gap', date), RATE_GAP),
    ]),
  )
  return dataTable(
    'Efficiency against equity: change from the reference',
    ['Scenario', 'When', 'Share within 18 weeks', 'Gap at 18 weeks', 'Unmet-need gap per 1,000'],
    rows,
  )
}

/** A, B, C…, then numbers. */
export function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1)
}

function capital(words: string): string {
  return words[0].toUpperCase() + words.slice(1)
}
