/** A decomposition as a figure: waterfall, sentence, key and table. */
import type { Decomposition, Estimate, Explanation } from '../experiment/decompose/types.ts'
import type { MeasureInfo } from '../measures/types.ts'
import { chartSvg } from './chart-svg.ts'
import type { Figure } from './figure.ts'
import { dataTable, html, trusted, type Markup } from './html.ts'
import { waterfallSpec, WATERFALL_COLOURS, type WaterfallBar, type WaterfallKind } from './waterfall-spec.ts'
import {
  bySize,
  explanationRows,
  gapUnit,
  REST_TITLE,
  sideOf,
  signedNumber,
  waterfallSentence,
  WHOLE_TITLE,
  type GapUnit,
} from './waterfall-words.ts'

const TITLES = { gap: 'What makes the gap', change: 'What changes the gap' } as const

const KEY_WORDS: Readonly<Record<WaterfallKind, string>> = {
  against: 'Against the most deprived',
  favours: 'In favour of the most deprived',
  neutral: 'Part of the whole',
  rest: 'No mechanism here',
  whole: 'The whole',
}

/** Draws one explanation. */
export async function waterfallFigure(
  decomposition: Decomposition,
  explanation: Explanation,
  info: MeasureInfo,
): Promise<Figure> {
  const bars = waterfallBars(explanation, info)
  const kinds = [...new Set(bars.map(({ kind }) => kind))]
  return {
    id: `what-makes-the-${explanation.question}`,
    title: TITLES[explanation.question],
    caption: waterfallSentence(decomposition, explanation, info),
    key: kinds.map(keyOf),
    panels: [{ title: panelTitle(info), svg: await waterfallSvg(explanation, info) }],
    layout: 'whole',
    table: waterfallTable(explanation, info),
  }
}

/** The waterfall alone, as SVG text. */
export function waterfallSvg(explanation: Explanation, info: MeasureInfo): Promise<string> {
  const { words } = gapUnit(info)
  const axisTitle = words === '' ? 'Distance from equality' : words[0].toUpperCase() + words.slice(1)
  return chartSvg(waterfallSpec(waterfallBars(explanation, info), axisTitle))
}

/** Bars from nothing, the largest mechanism first, over the rest, to the whole. */
export function waterfallBars({ question, whole, rest, mechanisms }: Explanation, info: MeasureInfo): WaterfallBar[] {
  const unit = gapUnit(info)
  let at = 0
  const step = (label: string, kind: WaterfallKind, part: Estimate): WaterfallBar => {
    const start = at
    at += part.mean * unit.factor
    return barOf({ label, kind, part, start, end: at, unit })
  }
  return [
    ...mechanisms
      .toSorted(bySize)
      .map(({ title, contribution }) => step(title, sideOf(contribution.mean, info.direction), contribution)),
    step(REST_TITLE, 'rest', rest),
    barOf({ label: WHOLE_TITLE[question], kind: 'whole', part: whole, start: 0, end: whole.mean * unit.factor, unit }),
  ]
}

interface BarParts {
  readonly label: string
  readonly kind: WaterfallKind
  readonly part: Estimate
  readonly start: number
  readonly end: number
  readonly unit: GapUnit
}

function barOf({ label, kind, part, start, end, unit }: BarParts): WaterfallBar {
  const half = Number.isFinite(part.upper) ? (part.upper - part.mean) * unit.factor : 0
  return { label, kind, start, end, lower: end - half, upper: end + half, text: signedNumber(part.mean, unit) }
}

function panelTitle({ label }: MeasureInfo): string {
  return `${label}, most less least deprived`
}

function keyOf(kind: WaterfallKind): Markup {
  const box = trusted(
    `<svg width="16" height="16" aria-hidden="true" focusable="false"><rect width="16" height="16" fill="${WATERFALL_COLOURS[kind]}"/></svg>`,
  )
  return html`<li>${box}${KEY_WORDS[kind]}</li>`
}

function waterfallTable(explanation: Explanation, info: MeasureInfo): Markup {
  const unit = gapUnit(info)
  const isSampled = explanation.mechanisms.some(({ samplingError }) => samplingError > 0)
  const error = isSampled ? ['Sampling error'] : []
  return dataTable(
    `${TITLES[explanation.question]}${unit.words === '' ? '' : `, ${unit.words}`}`,
    ['Mechanism', 'Part', '95% interval', 'Share', ...error, 'Taken out alone'],
    explanationRows(explanation, unit, isSampled),
  )
}
