/** A decomposition as Vega-Lite: bars that begin where the one above ends, down to the whole. */
import type { TopLevelSpec } from 'vega-lite'
import { LABEL } from './chart-specs.ts'
import { COLOURS } from './chart-style.ts'

/** What a bar stands for; its sign and label say the same as its colour. */
export type WaterfallKind = 'against' | 'favours' | 'neutral' | 'rest' | 'whole'

/** One bar, in the unit of the axis. */
export interface WaterfallBar {
  readonly label: string
  readonly kind: WaterfallKind
  readonly start: number
  readonly end: number
  /** Limits of where the bar ends; equal to `end` where there is no interval. */
  readonly lower: number
  readonly upper: number
  /** The bar's own value as text. */
  readonly text: string
}

/** Colour of each kind. */
export const WATERFALL_COLOURS: Readonly<Record<WaterfallKind, string>> = {
  against: COLOURS.orange,
  favours: COLOURS.teal,
  neutral: COLOURS.plum,
  rest: COLOURS.grey,
  whole: COLOURS.blue,
}

const WIDTH = 520
const ROW_HEIGHT = 34
/** Room around the bars. Names are measured without a screen here, too wide by half, so the room is set and not asked for. */
const PADDING = { left: 225, top: 6, right: 30, bottom: 48 } as const
const TEXT = '#212B32'
/** Room for the numbers at the ends of bars, as a share of the axis. */
const ROOM = 0.16

/** @param axisTitle unit of the axis */
export function waterfallSpec(bars: readonly WaterfallBar[], axisTitle: string): TopLevelSpec {
  const next = bars.slice(1).map(({ label }) => label)
  const data = bars.map((bar, index) => ({ ...bar, next: next[index] ?? null, far: Math.max(bar.start, bar.upper) }))
  const domain = domainOf(bars)
  const kinds = Object.keys(WATERFALL_COLOURS) as WaterfallKind[]
  const x = (field: string): object => ({
    field,
    type: 'quantitative',
    scale: { domain, nice: false, zero: false },
    axis: { title: axisTitle, tickCount: 6, format: '+.3~f', labelExpr: LABEL },
  })
  const y = { field: 'label', type: 'ordinal', sort: null, axis: { title: null, ticks: false, domain: false, labelLimit: 0 } }
  return {
    width: WIDTH,
    height: ROW_HEIGHT * bars.length,
    autosize: { type: 'none' },
    padding: PADDING,
    data: { values: data },
    layer: [
      { data: { values: [{ zero: 0 }] }, mark: { type: 'rule', color: '#768692' }, encoding: { x: x('zero') } },
      {
        transform: [{ filter: 'datum.next !== null' }],
        mark: { type: 'rule', color: '#768692', strokeDash: [2, 3] },
        encoding: { x: x('end'), y: { ...y, bandPosition: 0.5 }, y2: { field: 'next', bandPosition: 0.5 } },
      },
      {
        mark: { type: 'bar', height: { band: 0.62 } },
        encoding: {
          x: x('start'),
          x2: { field: 'end' },
          y,
          color: {
            field: 'kind',
            type: 'nominal',
            legend: null,
            scale: { domain: kinds, range: kinds.map((kind) => WATERFALL_COLOURS[kind]) },
          },
        },
      },
      {
        transform: [{ filter: 'datum.lower < datum.upper' }],
        mark: { type: 'rule', color: TEXT, strokeWidth: 1.5 },
        encoding: { x: x('lower'), x2: { field: 'upper' }, y },
      },
      {
        mark: { type: 'text', align: 'left', dx: 8, fontSize: 13, color: TEXT },
        encoding: { x: x('far'), y, text: { field: 'text' } },
      },
    ],
  } as TopLevelSpec
}

function domainOf(bars: readonly WaterfallBar[]): [number, number] {
  const ends = bars.flatMap(({ start, end, lower, upper }) => [start, end, lower, upper])
  const low = Math.min(0, ...ends)
  const high = Math.max(0, ...ends)
  const reach = high - low
  return reach > 0 ? [low - reach * 0.04, high + reach * ROOM] : [-1, 1]
}
