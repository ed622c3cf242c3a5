/** The charts as Vega-Lite. Each is one small panel; the page lays panels out in a grid. */
import type { TopLevelSpec } from 'vega-lite'
import { COLOURS } from './chart-style.ts'

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
}

/** The value axis, the same in every panel of a figure. */
export interface ValueAxis {
  /** At most 16 characters: a longer title would outgrow the panel's height. */
  readonly title: string
  readonly domain: readonly [number, number]
  /** d3 number format. */
  readonly format: string
}

/** Axis labels; signed formats would print a plus before nought. */
export const LABEL = "datum.value === 0 ? '0' : datum.label"
const PANEL_WIDTH = 260
const PANEL_HEIGHT = 170

/** Lines through time, with a 95% band where points have limits. */
export function linePanel(
  points: readonly LinePoint[],
  styles: Readonly<Record<string, LineStyle>>,
  axis: ValueAxis,
): TopLevelSpec {
  const lines = Object.keys(styles)
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
    axis: { title: null, format: '%Y', tickCount: 'year', grid: false, labelOverlap: true },
  } as const
  const scale = { domain: [...axis.domain], zero: false, nice: false }
  const y = {
    field: 'value',
    type: 'quantitative',
    scale,
    axis: { title: axis.title, format: axis.format, tickCount: 5, labelExpr: LABEL },
  } as const
  return {
    width: PANEL_WIDTH,
    height: PANEL_HEIGHT,
    data: { values: points.map((point) => ({ ...point })) },
    encoding: { x, color: colour },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.lower)' }],
        mark: { type: 'area', opacity: 0.22 },
        encoding: {
          y: {
            field: 'lower',
            type: 'quantitative',
            scale,
            axis: { title: axis.title, format: axis.format, tickCount: 5, labelExpr: LABEL },
          },
          y2: { field: 'upper' },
        },
      },
      {
        mark: { type: 'line', interpolate: 'linear' },
        encoding: {
          y,
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
    ],
  }
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
        mark: { type: 'text', baseline: 'bottom', dy: -4, fontSize: 13, color: '#212B32' },
        encoding: { text: { field: 'label' } },
      },
    ],
  }
}
