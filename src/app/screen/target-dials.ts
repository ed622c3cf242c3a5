/** Targets: for each scenario a dial with the share of runs that meet it. */
import { dateText } from '../../report/dates.ts'
import { chanceText, measuredText, unitWords } from '../../measures/value-text.ts'
import type { TargetOutcome } from '../../measures/targets.ts'
import { text } from '../messages.ts'
import { element, fill, svgElement } from './dom.ts'
import { createFigure, type TableData } from './figure.ts'
import type { Picture } from './figures.ts'
import type { Shown } from './results-part.ts'

const RADIUS = 42
const CENTRE = 50

/** The figure; it says so where a study has no targets. */
export function targetsFigure(): Picture {
  const figure = createFigure({ id: 'targets', title: text.figureTitles.targets })
  figure.panels.classList.add('fw-targets')
  figure.panels.removeAttribute('aria-hidden')
  return {
    id: 'targets',
    root: figure.root,
    draw(shown) {
      const targets = [...new Map(shown.reader.results.targets.map(({ target }) => [target.id, target])).values()]
      figure.setSentence(targets.length === 0 ? text.targets.none : text.targets.sentence)
      figure.setTable(targetTable(shown))
      fill(
        figure.panels,
        ...targets.map((target) =>
          element(
            'div',
            { class: 'fw-target' },
            element('h4', { class: 'fw-panel-title' }, target.title),
            element('div', { class: 'fw-dials' }, ...outcomesOf(shown, target.id).map((each) => dial(shown, each))),
          ),
        ),
      )
    },
  }
}

function outcomesOf({ reader, compared }: Shown, target: string): TargetOutcome[] {
  return compared.flatMap(({ id }) => reader.results.targets.filter((outcome) => outcome.scenario === id && outcome.target.id === target))
}

const titleOf = ({ reader }: Shown, id: string): string => reader.scenarios.find((scenario) => scenario.id === id)?.title ?? id

/** A half circle filled to the share; the number inside says the same. */
function dial(shown: Shown, { scenario, probability, value, target, runs }: TargetOutcome): HTMLElement {
  const share = Number.isFinite(probability.mean) ? probability.mean : 0
  const unit = unitOf(shown, target.measure)
  return element(
    'div',
    { class: 'fw-dial' },
    svgElement(
      'svg',
      { viewBox: '0 0 100 58', 'aria-hidden': true, focusable: false },
      arc(1, 'fw-dial-back'),
      share > 0 ? arc(share, 'fw-dial-fill') : null,
      svgElement('text', { x: CENTRE, y: 52, class: 'fw-dial-text' }, runs === 0 ? '–' : chanceText(probability.mean)),
    ),
    element('p', { class: 'fw-dial-name' }, titleOf(shown, scenario)),
    element('p', { class: 'fw-dial-value' }, runs === 0 ? text.targets.notJudged : text.targets.value(valueIn(value.mean, unit), runs)),
  )
}

function arc(share: number, className: string): SVGElement {
  const angle = Math.PI * (1 - share)
  const x = CENTRE + RADIUS * Math.cos(angle)
  const y = CENTRE - RADIUS * Math.sin(angle)
  return svgElement('path', { class: className, d: `M ${CENTRE - RADIUS} ${CENTRE} A ${RADIUS} ${RADIUS} 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)}` })
}

const unitOf = ({ reader }: Shown, measure: string): string => reader.results.measures.find(({ id }) => id === measure)?.unit ?? ''

const valueIn = (value: number, unit: string): string => `${measuredText(value, unit).replace('-', '−')} ${unitWords(unit)}`.trimEnd()

function targetTable(shown: Shown): TableData {
  const rows = shown.reader.results.targets
    .filter(({ scenario }) => shown.compared.some(({ id }) => id === scenario))
    .map(({ target, scenario, probability, value, shortfall, date, firstMet, runs }) => {
      const unit = unitOf(shown, target.measure)
      return [
        target.title,
        titleOf(shown, scenario),
        runs === 0 ? text.targets.notJudged : text.targets.chance(chanceText(probability.mean), chanceText(probability.lower), chanceText(probability.upper)),
        valueIn(value.mean, unit),
        shortfall.mean === 0 ? text.targets.nothing : valueIn(shortfall.mean, unit === 'share' ? 'difference of shares' : unit),
        date === null ? text.targets.notJudged : dateText(date),
        firstMet === null ? text.targets.never : dateText(firstMet),
      ]
    })
  return { caption: text.table.caption(text.figureTitles.targets), headings: text.targets.headings, rows }
}
