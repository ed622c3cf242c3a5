/** The section on gaps: the visible one and that in need side by side, as differences and as ratios, and every index. */
import { gapCaption } from './captions.ts'
import { figureMarkup, folded, type Panel } from './figure.ts'
import { indexTables } from './index-tables.ts'
import { html, type Markup } from './html.ts'
import { gapKey, gapPanels, gapTable, type LineFigure } from './line-figures.ts'
import { POINTS, RATE_GAP, RATIO } from './numbers.ts'
import type { Reader } from './reader.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

type GapFigure = Omit<LineFigure, 'dimension' | 'caption' | 'id'>

/** The two gaps as differences between the ends of the scale. */
const ABSOLUTE: readonly [GapFigure, GapFigure] = [
  { title: 'The gap at 18 weeks', measure: VISIBLE_GAP, scale: POINTS, factor: 100, axisTitle: 'Points', format: '+.1~f', shows: 0, digits: 2, after: ' points' },
  { title: 'The gap in unmet need', measure: NEED_GAP, scale: RATE_GAP, factor: 1, axisTitle: 'Per 1,000', format: '+.1~f', shows: 0, digits: 1, after: ' per 1,000' },
]

/** The same as ratios: 1 is equality. */
const RELATIVE: readonly [GapFigure, GapFigure] = [
  { title: 'The ratio at 18 weeks', measure: 'relative-index:within-18-weeks', scale: RATIO, factor: 1, axisTitle: 'Ratio', format: '.2~f', shows: 1, digits: 3, after: '' },
  { title: 'The ratio in unmet need', measure: 'relative-index:unmet-need-per-1000', scale: RATIO, factor: 1, axisTitle: 'Ratio', format: '.2~f', shows: 1, digits: 3, after: '' },
]

/** The section's parts. */
export async function gapSection(reader: Reader): Promise<Markup[]> {
  const [absolute, relative] = [await pairFigure(reader, 'gaps', ABSOLUTE), await pairFigure(reader, 'ratios', RELATIVE)]
  return [
    html`<div data-mode="absolute">${absolute}</div>
      <div data-mode="relative">${folded('The same gaps as ratios, most deprived to least', relative)}</div>`,
    ...indexTables(reader),
  ]
}

/** The visible gap on the left, that in need on the right, a row for each scenario. */
async function pairFigure(reader: Reader, id: string, pair: readonly [GapFigure, GapFigure]): Promise<Markup> {
  const [visible, need] = pair.map((gap) => ({ ...gap, id, caption: '', dimension: reader.deprivation }))
  const sides = [await gapPanels(reader, visible), await gapPanels(reader, need)]
  const named = (side: readonly Panel[], { title }: LineFigure): Panel[] => side.map((panel) => ({ ...panel, title: `${panel.title}: ${title.toLowerCase()}` }))
  const [left, right] = [named(sides[0], visible), named(sides[1], need)]
  return figureMarkup({
    id,
    title: `${visible.title} and ${need.title.toLowerCase()}`,
    caption: id === 'gaps' ? gapsCaption(reader) : RATIO_CAPTION,
    key: gapKey(reader),
    layout: 'pairs',
    panels: left.flatMap((panel, index) => [panel, right[index]]),
    table: html`${gapTable(reader, visible)}${gapTable(reader, need)}`,
  })
}

const RATIO_CAPTION =
  'The relative index: the most deprived end of a straight line through all groups divided by its least deprived end; 1 is ' +
  'equality. A gap can narrow in points and widen as a ratio, where everybody gets better.'

function gapsCaption(reader: Reader): string {
  return (
    'The slope index: a straight line through all groups, its most deprived end minus its least deprived end. ' +
    `On the left, the list: ${gapCaption(reader, VISIBLE_GAP, POINTS)} On the right, need that never reached it: ${gapCaption(reader, NEED_GAP, RATE_GAP)}`
  )
}
