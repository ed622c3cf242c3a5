/** A change and its interval as a small drawing on a line, for the cells of a table. */
import { COLOURS, RULE_COLOUR } from './chart-style.ts'
import { trusted, type Markup } from './html.ts'

const WIDTH = 150
const HEIGHT = 26
const MIDDLE = HEIGHT / 2
const DOT = 5.5

/** What is drawn, in the unit of the scale. Limits that are not finite are left out. */
export interface IntervalMark {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  /** Whether the interval leaves out nought: filled, or hollow. */
  readonly isClear: boolean
  /** Values of single runs, as ticks; none by default. */
  readonly runs?: readonly number[]
}

/** The line that marks lie on; `isReversed` puts lower values on the right. */
export interface IntervalScale {
  readonly low: number
  readonly high: number
  readonly isReversed: boolean
}

/** A scale that holds nought and every mark, with room for the dots. */
export function intervalScale(marks: readonly IntervalMark[], isReversed: boolean): IntervalScale {
  const values = marks.flatMap(({ mean, lower, upper, runs = [] }) => [mean, lower, upper, ...runs]).filter((value) => Number.isFinite(value))
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const room = (high - low) * 0.06
  return high > low ? { low: low - room, high: high + room, isReversed } : { low: -1, high: 1, isReversed }
}

/** The drawing. The numbers beside it say the same, so that it is hidden from screen readers. */
export function intervalSvg({ mean, lower, upper, isClear, runs = [] }: IntervalMark, scale: IntervalScale): Markup {
  const x = (value: number): string => {
    const share = (value - scale.low) / (scale.high - scale.low)
    return (DOT + (scale.isReversed ? 1 - share : share) * (WIDTH - 2 * DOT)).toFixed(1)
  }
  const zero = `<line x1="${x(0)}" x2="${x(0)}" y1="0" y2="${HEIGHT}" stroke="${RULE_COLOUR}" stroke-dasharray="3 2"/>`
  const ticks = runs
    .filter((value) => Number.isFinite(value))
    .map((value) => `<line x1="${x(value)}" x2="${x(value)}" y1="3" y2="${HEIGHT - 3}" stroke="${COLOURS.plum}" stroke-opacity=".6"/>`)
  const whisker =
    Number.isFinite(lower) && Number.isFinite(upper)
      ? `<line x1="${x(lower)}" x2="${x(upper)}" y1="${MIDDLE}" y2="${MIDDLE}" stroke="${COLOURS.blue}" stroke-width="3"/>`
      : ''
  const dot = Number.isFinite(mean)
    ? `<circle cx="${x(mean)}" cy="${MIDDLE}" r="${DOT - 1}" fill="${isClear ? COLOURS.blue : '#fff'}" stroke="${COLOURS.blue}" stroke-width="2"/>`
    : ''
  return trusted(
    `<svg class="interval" aria-hidden="true" focusable="false" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${zero}${ticks.join('')}${whisker}${dot}</svg>`,
  )
}
