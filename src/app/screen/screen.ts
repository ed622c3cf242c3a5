/** The screen: puts the parts into the page and starts with a worked example, or with the study of the link. */
import type { Engine } from '../contract.ts'
import { text } from '../messages.ts'
import { mountControls } from './controls.ts'
import { button, element, fill } from './dom.ts'
import { readFragment } from './link.ts'
import { createCodeQuestion, createNote, mountProblems, mountTour } from './notices.ts'
import { acceptDrops, openFiles } from './opening.ts'
import { mountMini } from './mini-headline.ts'
import { mountResults } from './results-part.ts'
import { createSession, type Session } from './session.ts'
import { mountTopBar } from './top-bar.ts'

/** The study on which the screen opens. */
const WORKED_EXAMPLE = 'recovery'

/** Fills the page and starts. */
export async function startScreen(root: HTMLElement, engine: Engine): Promise<void> {
  const session = createSession(engine)
  const code = createCodeQuestion(session)
  const parts = layOut(root, code.root)
  const say = createNote(parts.note)
  mountTopBar(parts.top, engine, session, code.ask, say)
  mountProblems(parts.problems, session)
  mountOpened(parts.opened, session)
  mountControls(parts.controls, session)
  mountResults(parts.results, session, parts.live)
  mountMini(parts.mini, parts.results, session)
  mountTitle(session)
  acceptDrops(document.body, (files) => void openFiles(session, files, code.ask))
  addEventListener('hashchange', () => void openFragment(session))
  await session.start()
  if (await openFragment(session)) return
  // The tour speaks of the worked example.
  mountTour(parts.tour)
  await openExample(session)
}

interface Parts {
  readonly top: HTMLElement
  readonly note: HTMLElement
  readonly live: HTMLElement
  readonly problems: HTMLElement
  readonly tour: HTMLElement
  readonly opened: HTMLElement
  readonly controls: HTMLElement
  readonly results: HTMLElement
  readonly mini: HTMLElement
}

function layOut(root: HTMLElement, dialog: HTMLElement): Parts {
  const top = element('header', { class: 'fw-top' })
  const note = element('p', { class: 'fw-toast', role: 'status' })
  const live = element('p', { class: 'nhsuk-u-visually-hidden', role: 'status', id: 'announcement' })
  const problems = element('div', { class: 'nhsuk-error-summary fw-problems', role: 'alert', hidden: true, id: 'problems' })
  const tour = element('section', { class: 'fw-tour', hidden: true, 'aria-label': text.tour.label })
  const opened = element('div', { class: 'fw-opened', hidden: true })
  const controls = element('section', { class: 'fw-change', 'aria-label': text.controlsTitle })
  const results = element('section', { class: 'fw-results', id: 'results', tabindex: -1, 'aria-labelledby': 'results-title' })
  const mini = element('p', { class: 'fw-mini', hidden: true, 'aria-label': text.mini.label })
  const change = element('div', { class: 'fw-change-box' }, element('h2', { class: 'fw-change-title' }, text.controlsTitle), controls)
  fill(
    root,
    element('a', { class: 'nhsuk-skip-link', href: '#results' }, text.skip),
    top,
    note,
    element('main', { class: 'fw-main' }, problems, opened, tour, element('div', { class: 'fw-halves' }, element('div', { class: 'fw-change-side' }, change, mini), results)),
    element('footer', { class: 'fw-foot' }, element('p', {}, text.foot), element('p', {}, text.licence)),
    live,
    dialog,
  )
  return { top, note, live, problems, tour, opened, controls, results, mini }
}

/** Says that what is on the screen came from a folder, and leads back. */
function mountOpened(parent: HTMLElement, session: Session): void {
  session.listen(({ opened }) => {
    parent.hidden = opened === null
    if (opened === null) return
    fill(parent, element('p', {}, text.opened.banner(opened)), button(text.opened.back, () => session.closeResults()))
  })
}

function mountTitle(session: Session): void {
  session.listen(({ file, results, opened }) => {
    const title = opened === null ? (file?.title ?? file?.name) : results?.study.title
    document.title = title === undefined ? text.brand : `${title} – ${text.brand}`
  })
}

/** Takes the study of the page's address; resolves to whether there was one that could be read. */
async function openFragment(session: Session): Promise<boolean> {
  const content = readFragment(location.hash)
  switch (content.kind) {
    case 'none':
      return false
    case 'broken':
      session.report([{ message: text.problems.brokenLink }])
      // What was on the screen stays; on an empty screen the example takes its place.
      if (session.state().file === null) await openBeside(session)
      return true
    case 'study': {
      const isTaken = await session.openText(content.text)
      if (!isTaken && session.state().file === null) await openBeside(session)
      return true
    }
  }
}

/** The worked example, with what went wrong still to be read. */
async function openBeside(session: Session): Promise<void> {
  const { problems } = session.state()
  await openExample(session)
  session.report(problems)
}

async function openExample(session: Session): Promise<void> {
  const { studies } = session.state()
  const example = studies.find(({ name }) => name === WORKED_EXAMPLE) ?? studies[0]
  if (example !== undefined) await session.openText(example.text)
}
