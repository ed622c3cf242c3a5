/** The charts as Vega-Lite. Each is one small panel; the page lays panels out in a grid. */
import type { TopLevelSpec } from 'vega-lite'
import { COLOURS, TEXT_COLOUR } from './chart-style.ts'

/** A point of a line. */
export interface LinePoint {
  readonly date: string
  readonly value: number
  readonly lower?: number
  readonly upper?: number
  /** Which line; a key of the panel's styles. */
  readonly line: string
}

/** How a line is told apart: never by colour alone. */
export interface LineStyle {
  readonly colour: string
  readonly dash: readonly number[]
  readonly width: number
  /** Stands where the line ends, at most four characters; none by default. */
  readonly endLabel?: string
}

/** The value axis, the same in every panel of a figure. */
export interface ValueAxis {
  /** At most 16 characters: a longer title would outgrow the panel's height. */
  readonly title: string
  readonly domain: readonly [number, number]
  /** d3 number format. */
  readonly format: string
}

/** Where a panel's plot lies in its picture, pixels of the picture's own scale. */
export interface PanelFrame {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Axis labels; signed formats would print a plus before nought. */
export const LABEL = "datum.value === 0 ? '0' : datum.label"
const PANEL_WIDTH = 260
const PANEL_HEIGHT = 170
/** Room for the axis's title and ticks beside its numbers, and for one character of them. */
const AXIS_ROOM = 28
const CHARACTER = 7.4
const PADDING = { top: 8, right: 36, bottom: 26 } as const
/** Between two labels at the ends of lines, so that they can be read. */
const LABEL_DISTANCE = 14

/** Where {@link linePanel} puts its plot. */
export function panelFrame({ domain, format }: ValueAxis): PanelFrame {
  const farthest = Math.max(...domain.map(Math.abs))
  const characters = format.startsWith(',') ? Math.round(farthest).toLocaleString('en-GB').length : 5
  return { left: Math.ceil(AXIS_ROOM + characters * CHARACTER), top: PADDING.top, width: PANEL_WIDTH, height: PANEL_HEIGHT }
}

/**
 * Lines through time, with a 95% band where points have limits.
 * @param dates how the time axis is labelled, where the points are given later
 */
export function linePanel(
  points: readonly LinePoint[],
  styles: Readonly<Record<string, LineStyle>>,
  axis: ValueAxis,
  dates: DateLabels = dateLabels(points.map(({ date }) => Date.parse(date))),
): TopLevelSpec {
  const lines = Object.keys(styles)
  const { left } = panelFrame(axis)
  const scaleOf = <T>(range: readonly T[]): { domain: string[]; range: T[] } => ({ domain: lines, range: [...range] })
  const colour = {
    field: 'line',
    type: 'nominal',
    legend: null,
    scale: scaleOf(lines.map((line) => styles[line].colour)),
  } as const
  const x = {
    field: 'date',
    type: 'temporal',
    // Dates are days, the same wherever they are looked at.
    scale: { type: 'utc' },
    axis: { title: null, ...dates, grid: false, labelOverlap: true },
  } as const
  const value = (field: string): object => ({
    field,
    type: 'quantitative',
    scale: { domain: [...axis.domain], zero: false, nice: false },
    axis: { title: axis.title, format: axis.format, tickCount: 5, labelExpr: LABEL, titleX: 12 - left },
  })
  return {
    width: PANEL_WIDTH,
    height: PANEL_HEIGHT,
    autosize: { type: 'none' },
    padding: { left, ...PADDING },
    data: { values: points.map((point) => ({ ...point })) },
    encoding: { x, color: colour },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.lower)' }],
        mark: { type: 'area', opacity: 0.22 },
        encoding: { y: value('lower'), y2: { field: 'upper' } },
      },
      {
        mark: { type: 'line', interpolate: 'linear' },
        encoding: {
          y: value('value'),
          strokeDash: {
            field: 'line',
            type: 'nominal',
            legend: null,
            scale: scaleOf(lines.map((line) => [...styles[line].dash])),
          },
          strokeWidth: {
            field: 'line',
            type: 'ordinal',
            sort: lines,
            legend: null,
            scale: { type: 'ordinal', ...scaleOf(lines.map((line) => styles[line].width)) },
          },
        },
      },
      {
        data: { values: endLabels(points, styles, axis) },
        mark: { type: 'text', align: 'left', dx: 5, fontSize: 12, color: TEXT_COLOUR },
        encoding: { y: value('value'), text: { field: 'label' }, color: { value: TEXT_COLOUR } },
      },
    ],
  }
}

/** How the time axis is labelled: ticks, and d3's format of their dates. */
export interface DateLabels {
  readonly format: string
  readonly tickCount: 'year' | { readonly interval: 'week' | 'month'; readonly step: number }
}

const DAY_MILLISECONDS = 86_400_000
/** For lines over fewer days than these, so that an axis has two labels at least. */
const DATE_LABELS: readonly (DateLabels & { readonly below: number })[] = [
  { below: 63, format: '%-d %b', tickCount: { interval: 'week', step: 2 } },
  { below: 200, format: '%b %Y', tickCount: { interval: 'month', step: 1 } },
  { below: 800, format: '%b %Y', tickCount: { interval: 'month', step: 3 } },
]

/**
 * Labels by year, unless the lines span too few years for them to say when something is.
 * @param times of the points, milliseconds
 */
export function dateLabels(times: readonly number[]): DateLabels {
  const days = (Math.max(...times) - Math.min(...times)) / DAY_MILLISECONDS
  const { format, tickCount } = DATE_LABELS.find(({ below }) => days < below) ?? { format: '%Y', tickCount: 'year' }
  return { format, tickCount }
}

interface EndLabel {
  readonly date: string
  readonly value: number
  readonly label: string
}

/** Labels at the last point of each line, moved apart where lines end close together. */
function endLabels(points: readonly LinePoint[], styles: Readonly<Record<string, LineStyle>>, axis: ValueAxis): EndLabel[] {
  const ends = Object.entries(styles).flatMap(([line, { endLabel }]) => {
    const last = points.findLast((point) => point.line === line)
    return endLabel === undefined || last === undefined ? [] : [{ date: last.date, value: last.value, label: endLabel }]
  })
  const least = ((axis.domain[1] - axis.domain[0]) / PANEL_HEIGHT) * LABEL_DISTANCE
  const spread: EndLabel[] = []
  for (const end of ends.toSorted((a, b) => a.value - b.value)) {
    const below = spread.at(-1)
    spread.push(below === undefined ? end : { ...end, value: Math.max(end.value, below.value + least) })
  }
  const above = (spread.at(-1)?.value ?? axis.domain[1]) - axis.domain[1]
  return above > 0 ? spread.map((end) => ({ ...end, value: end.value - above })) : spread
}

/** A bar of spend. */
export interface SpendBar {
  readonly group: string
  readonly pounds: number
  readonly label: string
}

/** Spend by deprivation group of one programme, each bar with its amount. */
export function spendPanel(bars: readonly SpendBar[], mostPounds: number): TopLevelSpec {
  return {
    width: PANEL_WIDTH,
    height: 130,
    data: { values: bars.map((bar) => ({ ...bar })) },
    encoding: {
      x: {
        field: 'group',
        type: 'ordinal',
        sort: null,
        axis: { title: 'Deprivation fifth (1 = most deprived)', labelAngle: 0 },
      },
      y: { field: 'pounds', type: 'quantitative', scale: { domain: [0, mostPounds * 1.12], nice: false }, axis: null },
    },
    layer: [
      { mark: { type: 'bar', color: COLOURS.blue, width: { band: 0.7 } } },
      {
        mark: { type: 'text', baseline: 'bottom', dy: -4, fontSize: 13, color: TEXT_COLOUR },
        encoding: { text: { field: 'label' } },
      },
    ],
  }
}
