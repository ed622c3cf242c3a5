/** Charts of the other groups that a study has: age, ethnicity, place, clinical priority, systems. */
import type { DimensionInfo } from '../measures/types.ts'
import { COLOURS, RULE_COLOUR, TEXT_COLOUR } from './chart-style.ts'
import { dateText } from './dates.ts'
import { figureMarkup, type Figure, type Panel } from './figure.ts'
import { dataTable, escapeHtml, html, type Markup } from './html.ts'
import { dimensionWord, dimensionWords } from './index-tables.ts'
import { byGroupFigure, gapFigure, MOST_LINES, SHARE_WITHIN_18, type LineFigure } from './line-figures.ts'
import { changeText, changeWithInterval, COUNT, isClear, POINTS, SHARE, sizeText, valueText } from './numbers.ts'
import type { Estimate, Reader } from './reader.ts'
import { titled } from './verdicts.ts'
import { VISIBLE_GAP } from '../measures/headline-measures.ts'
import { isCrossing } from '../scenario/place-dimensions.ts'

/** The share within 18 weeks by group of every other dimension, and the gap across ordered ones. */
export async function dimensionFigures(reader: Reader): Promise<Markup[]> {
  const drawn: Figure[] = []
  const others = reader.results.catalogue.dimensions.filter(({ id, groups }) => id !== 'deprivation' && !isCrossing(id) && groups.length > 1)
  for (const dimension of others) {
    const few = dimension.groups.length <= MOST_LINES
    const share = shareFigure(reader, dimension)
    drawn.push(few ? { ...(await byGroupFigure(reader, share)), table: groupTable(reader, dimension) } : dotFigure(reader, share))
    if (reader.has(VISIBLE_GAP, 'gap', dimension.id)) drawn.push(await gapFigure(reader, gapAcross(reader, dimension)))
  }
  return drawn.map(figureMarkup)
}

function shareFigure(reader: Reader, dimension: DimensionInfo): LineFigure {
  return {
    id: `by-${dimension.id}`,
    title: `Share waiting within 18 weeks by ${dimensionWord(reader, dimension)}`,
    caption: shareCaption(reader, dimension),
    ...SHARE_WITHIN_18,
    dimension,
  }
}

function gapAcross(reader: Reader, dimension: DimensionInfo): LineFigure {
  const { groups } = dimension
  const words = dimensionWords(reader, dimension)
  const [first, last] = [groups[0].label, groups[groups.length - 1].label]
  return {
    id: `gap-${dimension.id}`,
    title: `The gap at 18 weeks by ${dimensionWord(reader, dimension)}`,
    caption: `The slope index across ${words}: “${first}” less “${last}”; above nought, more of the former are within 18 weeks. ${gapWords(reader, dimension)}`,
    measure: VISIBLE_GAP,
    dimension,
    scale: POINTS,
    factor: 100,
    axisTitle: 'Points',
    format: '+.1~f',
    shows: 0,
    digits: 2,
    after: ' points',
  }
}

function gapWords(reader: Reader, { id }: DimensionInfo): string {
  const clear = reader.others.filter((scenario) => isClear(reader.at(scenario, VISIBLE_GAP, 'gap', reader.last, id)))
  const own = valueText(reader.at(reader.reference, VISIBLE_GAP, 'gap', reader.last, id).mean, POINTS)
  const found = clear.map((scenario) => `${titled(scenario)} changes it by ${changeText(reader.at(scenario, VISIBLE_GAP, 'gap', reader.last, id).difference, POINTS)}`)
  const changes = reader.others.length === 0 ? '' : ` ${found.length === 0 ? 'No scenario makes a clear difference to it' : found.join('; ')}.`
  return `Under ${titled(reader.reference)} it is ${own} at the end.${changes}`
}

/** Who is best and worst placed under the reference, and how far apart. */
function shareCaption(reader: Reader, { id, groups }: DimensionInfo): string {
  const known = groups
    .map((group) => ({ label: group.label, share: reader.at(reader.reference, 'within-18-weeks', group.id, reader.last, id).mean }))
    .filter(({ share }) => Number.isFinite(share))
    .toSorted((a, b) => b.share - a.share)
  const [best] = known
  const worst = known.at(-1)
  if (best === undefined || worst === undefined || best === worst) return 'Too few people wait in these groups to compare them.'
  return (
    `Under ${titled(reader.reference)} at the end, ${valueText(best.share, SHARE)} of “${best.label}” are within 18 weeks and ` +
    `${valueText(worst.share, SHARE)} of “${worst.label}”, ${sizeText(best.share - worst.share, SHARE)} less. ` +
    `${known.length < groups.length ? 'A group with too few people to be shown has no mark. ' : ''}The axis does not begin at nought.`
  )
}

const ROW = 26
const LABEL_ROOM = 170
const PLOT = 190
const AXIS = 34

/** Dots in rows, for more groups than lines can carry: filled for the scenario, hollow for the reference. */
function dotFigure(reader: Reader, figure: LineFigure): Figure {
  const { dimension } = figure
  const of = (scenario: Reader['reference'], group: string): Estimate => reader.at(scenario, figure.measure, group, reader.last, dimension.id)
  const values = reader.scenarios.flatMap((scenario) =>
    dimension.groups.flatMap(({ id }) => [of(scenario, id).lower, of(scenario, id).mean, of(scenario, id).upper]),
  )
  const finite = values.filter((value) => Number.isFinite(value))
  const [low, high] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)]
  const x = (value: number): number => LABEL_ROOM + 8 + ((value - low) / (high - low || 1)) * (PLOT - 16)
  const panels = reader.scenarios.map((scenario, index): Panel => {
    const rows = dimension.groups.map(({ id, label }, row) => dotRow({ label, own: of(scenario, id), reference: of(reader.reference, id), x, y: row * ROW + ROW / 2 }))
    return { title: scenario.title, scenario: index, svg: dotSvg(rows, dimension.groups.length * ROW, [low, high], x) }
  })
  return {
    ...figure,
    key: [html`<li>Filled: the scenario named above, with its 95% interval</li>`, html`<li>Hollow: ${reader.reference.title} (reference)</li>`],
    panels,
    table: groupTable(reader, dimension),
  }
}

interface DotRow {
  readonly label: string
  readonly own: Estimate
  readonly reference: Estimate
  readonly x: (value: number) => number
  readonly y: number
}

function dotRow({ label, own, reference, x, y }: DotRow): string {
  const short = label.length > 24 ? `${label.slice(0, 23)}…` : label
  const text = `<text x="${LABEL_ROOM}" y="${y + 4}" text-anchor="end" font-size="12" fill="${TEXT_COLOUR}">${escapeHtml(short)}</text>`
  const at = (value: number): string => x(value).toFixed(1)
  const whisker = Number.isFinite(own.lower)
    ? `<line x1="${at(own.lower)}" x2="${at(own.upper)}" y1="${y}" y2="${y}" stroke="${COLOURS.blue}" stroke-width="2"/>`
    : ''
  const dot = (value: number, fill: string, radius: number): string =>
    Number.isFinite(value) ? `<circle cx="${at(value)}" cy="${y}" r="${radius}" fill="${fill}" stroke="${COLOURS.blue}" stroke-width="1.5"/>` : ''
  return `${text}${dot(reference.mean, '#fff', 5)}${whisker}${dot(own.mean, COLOURS.blue, 3.5)}`
}

function dotSvg(rows: readonly string[], height: number, ends: readonly [number, number], x: (value: number) => number): string {
  const width = LABEL_ROOM + PLOT + 10
  const marks = ends.map(
    (value) =>
      `<line x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}" y1="0" y2="${height + 4}" stroke="${RULE_COLOUR}" stroke-dasharray="2 3"/>` +
      `<text x="${x(value).toFixed(1)}" y="${height + 18}" text-anchor="middle" font-size="12" fill="${TEXT_COLOUR}">${valueText(value, SHARE)}</text>`,
  )
  return `<svg aria-hidden="true" focusable="false" width="${width}" height="${height + AXIS}" viewBox="0 0 ${width} ${height + AXIS}" font-family="Arial, Helvetica, sans-serif">${marks.join('')}${rows.join('')}</svg>`
}

/** Every scenario at the end by group: who waits, and the share within 18 weeks, with their changes. */
function groupTable(reader: Reader, { id, groups }: DimensionInfo): Markup {
  const changeOf = (scenario: Reader['reference'], estimate: Estimate, scale: typeof COUNT): string =>
    scenario === reader.reference ? 'reference' : changeWithInterval(estimate, scale)
  const rows = reader.scenarios.flatMap((scenario) =>
    groups.map((group) => {
      const [waiting, share] = ['waiting', 'within-18-weeks'].map((measure) => reader.at(scenario, measure, group.id, reader.last, id))
      return [
        scenario.title,
        group.label,
        valueText(waiting.mean, COUNT),
        changeOf(scenario, waiting, COUNT),
        valueText(share.mean, SHARE),
        changeOf(scenario, share, SHARE),
      ]
    }),
  )
  const scenarios = reader.scenarios.flatMap((_, index) => groups.map(() => index))
  const date = dateText(reader.results.catalogue.dates[reader.last])
  return dataTable(
    `Waits by group on ${date}: means over runs and changes from ${titled(reader.reference)}; a dash where too few people wait to be shown`,
    ['Scenario', 'Group', 'Waiting', 'Change from reference', 'Within 18 weeks', 'Change from reference'],
    rows,
    scenarios,
  )
}
