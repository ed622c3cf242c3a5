/** The scenarios of the study: which are on the screen, and which is under the controls. */
import { text } from '../messages.ts'
import { SCENARIO_STYLES } from './chart-series.ts'
import { button, element, hiddenText } from './dom.ts'
import { referenceOf } from './edits.ts'
import { lineSample } from './figure.ts'
import type { ScreenState, Session } from './session.ts'
import { MOST_COMPARED } from './shown.ts'

/** Id of the element that says a scenario's title. */
export const scenarioNameId = (id: string): string => `name-${id}`

/** The list. */
export function scenarioList(session: Session, state: ScreenState): HTMLElement {
  const { file, results, opened } = state
  const scenarios =
    opened !== null || file === null
      ? (results?.scenarios ?? [])
      : Object.entries(file.scenarios).map(([id, { title }]) => ({ id, title: title ?? id }))
  const reference = opened !== null || file === null ? results?.study.reference : referenceOf(file)
  const isFull = state.compared.length >= MOST_COMPARED
  return element(
    'section',
    { class: 'fw-part', 'aria-labelledby': 'part-scenarios' },
    element('h3', { id: 'part-scenarios', class: 'fw-part-title' }, text.scenarios.title),
    element('p', { class: 'fw-hint' }, isFull ? text.scenarios.full(MOST_COMPARED) : text.scenarios.hint(MOST_COMPARED)),
    element(
      'ul',
      { class: 'fw-scenarios' },
      ...scenarios.map((scenario) => row(session, state, scenario, scenario.id === reference, isFull)),
    ),
    opened !== null ? null : button(text.scenarios.add, () => session.copyScenario(state.editing)),
  )
}

function row(
  session: Session,
  { compared, editing }: ScreenState,
  { id, title }: { readonly id: string; readonly title: string },
  isReference: boolean,
  isFull: boolean,
): HTMLElement {
  const place = compared.indexOf(id)
  const isShown = place >= 0
  const tick = element('input', {
    type: 'checkbox',
    id: `show-${id}`,
    class: 'fw-tick',
    checked: isShown,
    disabled: isReference || (!isShown && isFull),
    'aria-label': text.scenarios.show(title),
  })
  tick.addEventListener('change', () => session.setCompared(id, tick.checked))
  const name = element(
    'button',
    { type: 'button', id: `edit-${id}`, class: 'fw-scenario-name', 'aria-pressed': String(id === editing) },
    element('span', { id: scenarioNameId(id) }, title),
    isReference ? element('span', { class: 'fw-tag' }, text.scenarios.reference) : null,
    id === editing ? hiddenText(text.scenarios.editing) : null,
  )
  name.addEventListener('click', () => session.editScenario(id))
  return element('li', { class: id === editing ? 'fw-scenario fw-scenario-chosen' : 'fw-scenario' }, tick, isShown ? lineSample(SCENARIO_STYLES[place]) : element('span', { class: 'fw-no-line' }), name)
}
