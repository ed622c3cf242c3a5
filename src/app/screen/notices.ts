/** What the page says on its own: problems, short notes, the tour, and the question for a code. */
import { formatProblem } from '../../errors.ts'
import { text } from '../messages.ts'
import { button, element, fill } from './dom.ts'
import type { AskForCode } from './opening.ts'
import type { ScreenState, Session } from './session.ts'

/** Most problems listed. */
const MOST_PROBLEMS = 8

/** Lists what is wrong, as the command line words it, and takes the focus there once. */
export function mountProblems(parent: HTMLElement, session: Session): void {
  session.listen(({ problems }: ScreenState) => {
    const words = problems.map(formatProblem)
    const before = parent.dataset['words'] ?? ''
    parent.hidden = words.length === 0
    parent.dataset['words'] = words.join('\n')
    if (words.length === 0 || before === parent.dataset['words']) return
    const more = words.length - MOST_PROBLEMS
    fill(
      parent,
      element('h2', { class: 'nhsuk-error-summary__title', id: 'problems-title' }, text.problems.title),
      element('ul', { class: 'nhsuk-list nhsuk-error-summary__list' }, ...words.slice(0, MOST_PROBLEMS).map((each) => element('li', {}, each))),
      more > 0 ? element('p', {}, text.problems.more(more)) : null,
      element('p', {}, text.problems.kept),
      button(text.problems.close, () => session.report([])),
    )
    parent.scrollIntoView({ block: 'nearest' })
  })
}

/** A note that a screen reader reads out and that goes by itself. */
export function createNote(parent: HTMLElement): (words: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (words) => {
    clearTimeout(timer)
    parent.textContent = words
    timer = setTimeout(() => {
      parent.textContent = ''
    }, 6000)
  }
}

const TOUR_KEY = 'fairwait-tour-done'

/** Three steps for the first minutes; gone for good once dismissed. */
export function mountTour(parent: HTMLElement): void {
  if (wasDone()) return
  let step = 0
  const show = (): void => {
    const [title, words] = text.tour.steps[step]
    const isLast = step === text.tour.steps.length - 1
    fill(
      parent,
      element('p', { class: 'fw-tour-count' }, text.tour.count(step + 1, text.tour.steps.length)),
      element('h2', { class: 'fw-tour-title' }, title),
      element('p', {}, words),
      element(
        'div',
        { class: 'fw-tour-buttons' },
        isLast ? null : button(text.tour.next, () => {
          step += 1
          show()
          parent.querySelector('button')?.focus()
        }),
        button(isLast ? text.tour.done : text.tour.dismiss, () => {
          parent.hidden = true
          remember()
          document.getElementById('results-title')?.focus()
        }, 'fw-link-button'),
      ),
    )
  }
  parent.hidden = false
  show()
}

function wasDone(): boolean {
  try {
    return localStorage.getItem(TOUR_KEY) !== null
  } catch {
    // A page opened from disk may have no storage; the tour is then short.
    return false
  }
}

function remember(): void {
  try {
    localStorage.setItem(TOUR_KEY, 'yes')
  } catch {
    // Then it comes again.
  }
}

/** Asks whose figures to take from a published file. */
export function createCodeQuestion(session: Session): { readonly root: HTMLDialogElement; readonly ask: AskForCode } {
  const select = element('select', { id: 'code-select', class: 'nhsuk-select' })
  const words = element('p', {})
  const root = element(
    'dialog',
    { class: 'fw-dialog', 'aria-labelledby': 'code-title' },
    element(
      'form',
      { method: 'dialog' },
      element('h2', { id: 'code-title' }, text.code.title),
      words,
      element('label', { for: 'code-select', class: 'fw-label' }, text.code.label),
      select,
      element(
        'div',
        { class: 'fw-tour-buttons' },
        element('button', { value: 'take', class: 'nhsuk-button nhsuk-button--small' }, text.code.take),
        element('button', { value: '', class: 'fw-link-button' }, text.code.cancel),
      ),
    ),
  )
  const ask: AskForCode = (file) => {
    words.textContent = text.code.words(file)
    const packs = session.state().packs.filter(({ own }) => !own)
    fill(select, ...packs.map(({ code, name }) => element('option', { value: code }, `${name} (${code})`)))
    root.returnValue = ''
    root.showModal()
    return new Promise((resolve) => {
      root.addEventListener('close', () => resolve(root.returnValue === 'take' ? select.value : null), { once: true })
    })
  }
  return { root, ask }
}
