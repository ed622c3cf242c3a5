/** The right half: what happens. Numbers first, then pictures, then tables. */
import { VALIDATION_MEASURES } from '../../measures/definitions.ts'
import { dateText } from '../../report/dates.ts'
import { COUNT, valueText } from '../../report/numbers.ts'
import { text } from '../messages.ts'
import { element, fill } from './dom.ts'
import { createFigures } from './figures.ts'
import { glossaryPart } from './glossary.ts'
import { mountRunBar } from './run-bar.ts'
import { readScreen, type ScreenReader, type ShownScenario } from './screen-reader.ts'
import { announcement, figureSentence } from './sentences.ts'
import type { ScreenState, Session } from './session.ts'
import { figureOf } from './shown.ts'
import { createTaskQueue } from './task-queue.ts'
import { createTiles, headlineTable } from './tiles.ts'

/** What the pictures and tables need: the numbers, the scenarios side by side, the one under the controls, the date. */
export interface Shown {
  readonly state: ScreenState
  readonly reader: ScreenReader
  readonly compared: readonly ShownScenario[]
  readonly chosen: ShownScenario
  readonly date: number
}

/** Keeps the right half in step with the results. */
export function mountResults(parent: HTMLElement, session: Session, live: HTMLElement): void {
  const queue = createTaskQueue(() => session.report([{ message: text.problems.drawing }]))
  const bar = element('div', { class: 'fw-run-bar', role: 'group', 'aria-label': text.run.label })
  const when = dateSelect()
  const title = element('h2', { class: 'fw-results-title', id: 'results-title' }, text.results.title)
  const lead = element('p', { class: 'fw-lead' })
  const tiles = createTiles()
  const table = element('div', { class: 'fw-headline' })
  const figures = createFigures(session, queue)
  const empty = element('p', { class: 'fw-quiet', id: 'results-empty' }, text.results.empty)
  const body = element('div', { id: 'results-body', hidden: true }, lead, tiles.root, ...figures.roots, table)
  fill(parent, element('div', { class: 'fw-results-head' }, title, when.root), bar, empty, body, glossaryPart())
  mountRunBar(bar, session)

  const show = (): void => {
    const shown = shownOf(session.state(), when.value())
    body.hidden = shown === null
    empty.hidden = shown !== null
    if (shown === null) return
    when.offer(shown.reader, shown.date)
    title.textContent = shown.chosen.title
    lead.textContent = leadText(shown)
    tiles.show(shown.reader, shown.chosen, shown.date)
    figures.show(shown)
    queue.add('headline-table', () => fill(table, headlineTable(shown.reader, shown.compared, shown.date)))
    if (shown.state.run === 'done') live.textContent = announce(shown)
  }
  when.onChange(show)
  session.listen((_, change) => {
    if (change === 'results' || (change === 'structure' && session.state().results === null)) show()
  })
}

/** What to show; null until there are results. */
export function shownOf(state: ScreenState, wantedDate: string | null): Shown | null {
  const { results, compared: wanted, editing } = state
  if (results === null) return null
  const reader = readScreen(results)
  const compared = wanted.flatMap((id) => reader.scenarios.filter((scenario) => scenario.id === id))
  const chosen = reader.scenarios.find(({ id }) => id === editing) ?? reader.others[0] ?? reader.reference
  const found = wantedDate === null ? -1 : results.dates.indexOf(wantedDate)
  return { state, reader, compared: compared.length === 0 ? [reader.reference] : compared, chosen, date: found < 0 ? reader.last : found }
}

function leadText({ reader, chosen, date }: Shown): string {
  const [list, gap] = [figureOf('list'), figureOf('visible-gap')].map((figure) => figureSentence(reader, chosen, figure, date))
  const removed = reader.at(chosen.id, VALIDATION_MEASURES[0], 'all', date).mean
  return [list, ...(removed > 0 ? [text.results.removed(valueText(removed, COUNT))] : []), gap].join(' ')
}

function announce({ reader, chosen, date }: Shown): string {
  return announcement(reader, chosen, [figureOf('list'), figureOf('within-18-weeks'), figureOf('visible-gap')], date)
}

/** The date at which numbers are read: the ends of financial years, and the last. */
function dateSelect() {
  const select = element('select', { id: 'read-date', class: 'nhsuk-select' })
  let chosen: string | null = null
  return {
    root: element('div', { class: 'fw-when' }, element('label', { for: 'read-date', class: 'fw-label' }, text.results.readOn), select),
    value: () => chosen,
    offer(reader: ScreenReader, date: number): void {
      const dates = reader.reporting.slice(1).map((index) => reader.results.dates[index])
      const offered = [...select.options].map(({ value }) => value)
      if (offered.join() !== dates.join()) fill(select, ...dates.map((each) => element('option', { value: each }, dateText(each))))
      select.value = reader.results.dates[date]
    },
    onChange(act: () => void): void {
      select.addEventListener('change', () => {
        chosen = select.value
        act()
      })
    },
  }
}
