/** The headline: six numbers, large, each with its change from the reference and the interval of that change. */
import { dateText } from '../../report/dates.ts'
import { changeLimits, changeText, estimateText, valueText } from '../../report/numbers.ts'
import type { Estimate } from '../../report/reader.ts'
import { text } from '../messages.ts'
import { element, hiddenText } from './dom.ts'
import { dataTable } from './figure.ts'
import { term } from './glossary.ts'
import type { ScreenReader, ShownScenario } from './screen-reader.ts'
import { gapMove, verdictOf, type Verdict } from './sentences.ts'
import { SHOWN_FIGURES, type ShownFigure } from './shown.ts'

/** Tiles that stay in the page while their numbers change. */
export interface Tiles {
  readonly root: HTMLElement
  show(reader: ScreenReader, scenario: ShownScenario, date: number): void
}

/** Makes the six tiles, empty. */
export function createTiles(): Tiles {
  const tiles = SHOWN_FIGURES.map((figure) => ({ figure, ...emptyTile(figure) }))
  return {
    root: element('div', { class: 'fw-tiles' }, ...tiles.map(({ root }) => root)),
    show(reader, scenario, date) {
      for (const { figure, value, unit, change, before } of tiles) {
        const estimate = reader.at(scenario.id, figure.measure, figure.group, date)
        const start = reader.at(scenario.id, figure.measure, figure.group, 0)
        const [number, words] = numberAndUnit(estimate.mean, figure)
        value.textContent = number
        unit.textContent = words
        before.textContent = figure.id === 'pounds' ? '' : text.tiles.start(valueText(start.mean, figure.scale))
        showChange(change, estimate, figure, reader, scenario, date)
      }
    },
  }
}

function emptyTile(figure: ShownFigure) {
  const value = element('span', { class: 'fw-tile-value' }, '–')
  const unit = element('span', { class: 'fw-tile-unit' })
  const change = element('p', { class: 'fw-tile-change' })
  const before = element('p', { class: 'fw-tile-before' })
  const root = element(
    'div',
    { class: 'fw-tile', id: `tile-${figure.id}` },
    element('h3', { class: 'fw-tile-label' }, term(figure.word, figure.label)),
    element('p', { class: 'fw-tile-number' }, value, ' ', unit),
    change,
    before,
  )
  return { root, value, unit, change, before }
}

/** `−1.20` and `points`: the number large, its unit small. */
function numberAndUnit(value: number, { scale, unit }: ShownFigure): [string, string] {
  const written = valueText(value, scale)
  const space = written.indexOf(' ')
  return [space < 0 ? written : written.slice(0, space), unit]
}

/** Better or worse, where that can be said: a gap is better nearer to equality, and one that has turned round is neither. */
function judge({ mean }: Estimate, { better, group }: ShownFigure, reference: number, verdict: Verdict): 'better' | 'worse' | null {
  if (better === null || (verdict !== 'higher' && verdict !== 'lower')) return null
  if (group !== 'gap') return verdict === better ? 'better' : 'worse'
  const move = gapMove(mean, reference)
  return move === 'reverses' ? null : move === 'narrows' ? 'better' : 'worse'
}

function showChange(change: HTMLElement, estimate: Estimate, figure: ShownFigure, reader: ScreenReader, { id }: ShownScenario, date: number): void {
  const verdict = verdictOf(estimate, id === reader.reference.id)
  const against = reader.reference.title
  const judgement = judge(estimate, figure, reader.at(reader.reference.id, figure.measure, figure.group, date).mean, verdict)
  const isGood = judgement === 'better'
  const isBad = judgement === 'worse'
  change.className = `fw-tile-change${isGood ? ' fw-good' : ''}${isBad ? ' fw-bad' : ''}`
  const limits = figure.better === null ? null : changeLimits(estimate, figure.scale)
  switch (verdict) {
    case 'reference':
      change.textContent = text.tiles.reference
      return
    case 'unknown':
      change.textContent = text.tiles.unknown
      return
    case 'no difference':
      change.textContent = text.tiles.noDifference(against)
      return
    case 'no clear difference':
      change.textContent = text.tiles.noClearDifference(limits ?? '', against)
      return
    case 'no interval':
    case 'higher':
    case 'lower':
      change.replaceChildren(
        element('strong', {}, `${verdict === 'no interval' ? '' : verdict === 'higher' ? '▲ ' : '▼ '}${changeText(estimate.difference, figure.scale)}`),
        isGood || isBad ? hiddenText(isGood ? text.tiles.better : text.tiles.worse) : '',
        ` ${limits === null ? text.tiles.against(against) : text.tiles.interval(limits, against)}`,
      )
  }
}

/** Every compared scenario in one table: its value, and its change from the reference. */
export function headlineTable(reader: ScreenReader, shown: readonly ShownScenario[], date: number): HTMLElement {
  return dataTable({
    caption: text.headlineTable(dateText(reader.results.dates[date]), reader.reference.title),
    headings: [text.table.scenario, ...SHOWN_FIGURES.map(({ label, unit }) => `${label}, ${unit}`)],
    rows: shown.map((scenario) => [scenario.title, ...SHOWN_FIGURES.map((figure) => cell(reader, scenario, figure, date))]),
  })
}

function cell(reader: ScreenReader, scenario: ShownScenario, figure: ShownFigure, date: number): string {
  const estimate = reader.at(scenario.id, figure.measure, figure.group, date)
  const isCertain = figure.better === null
  const value = isCertain ? valueText(estimate.mean, figure.scale) : estimateText(estimate, figure.scale)
  const verdict = verdictOf(estimate, scenario.id === reader.reference.id)
  if (verdict === 'reference' || verdict === 'unknown') return value
  if (verdict === 'no difference') return `${value}; ${text.table.noDifference}`
  const limits = isCertain ? null : changeLimits(estimate, figure.scale)
  const change = limits === null ? changeText(estimate.difference, figure.scale) : `${changeText(estimate.difference, figure.scale)} (${limits})`
  return verdict === 'no clear difference' ? `${value}; ${text.table.noClearDifference(limits ?? '')}` : `${value}; ${change}`
}
