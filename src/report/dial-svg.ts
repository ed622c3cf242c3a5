/** The share of runs that meet a target, as a half circle filled to that share. */
import { COLOURS } from './chart-style.ts'
import { trusted, type Markup } from './html.ts'

const RADIUS = 42
const WIDTH = 104
const HEIGHT = 60
const CENTRE = { x: WIDTH / 2, y: 52 } as const

/** What a dial shows: shares of runs, 0 to 1. */
export interface Dial {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  /** The share as text, in the dial's middle. */
  readonly text: string
}

/** The drawing; a thin outer arc is the interval. The words beside it say the same. */
export function dialSvg({ mean, lower, upper, text }: Dial): Markup {
  const known = Number.isFinite(mean)
  const interval = known && Number.isFinite(lower) ? arc(lower, upper, RADIUS + 7, COLOURS.plum, 3) : ''
  return trusted(
    `<svg aria-hidden="true" focusable="false" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
      `${arc(0, 1, RADIUS, '#D8DDE0', 9)}${known ? arc(0, mean, RADIUS, COLOURS.blue, 9) : ''}${interval}` +
      `<text x="${CENTRE.x}" y="${CENTRE.y}" text-anchor="middle" font-family="Arial, Helvetica, sans-serif" font-size="21" font-weight="bold" fill="#003087">${text}</text></svg>`,
  )
}

/** From one share of the half circle to another, left to right. */
function arc(from: number, to: number, radius: number, colour: string, width: number): string {
  if (!(to > from)) return ''
  const at = (share: number): string => {
    const angle = Math.PI * (1 - share)
    return `${(CENTRE.x + radius * Math.cos(angle)).toFixed(1)},${(CENTRE.y - radius * Math.sin(angle)).toFixed(1)}`
  }
  return `<path d="M${at(from)}A${radius},${radius} 0 0 1 ${at(to)}" fill="none" stroke="${colour}" stroke-width="${width}"/>`
}
