/** The bar at the top: open, save, share. */
import type { Engine, ExportKind } from '../contract.ts'
import { text } from '../messages.ts'
import { button, element } from './dom.ts'
import { openFiles, type AskForCode } from './opening.ts'
import { saveExport, saveStudy, studyLink } from './saving.ts'
import type { ScreenState, Session } from './session.ts'

/** Files that a finished run can be saved as, in the order in which they are offered. */
const OFFERED: readonly ExportKind[] = ['workbook.xlsx', 'series.csv', 'runs.csv', 'summary.json', 'report.html', 'results.zip']

/** Fills the bar. */
export function mountTopBar(parent: HTMLElement, engine: Engine, session: Session, askForCode: AskForCode, say: (words: string) => void): void {
  parent.append(
    element('p', { class: 'fw-brand' }, element('strong', {}, text.brand), element('span', {}, text.brandLine)),
    element(
      'div',
      { class: 'fw-actions' },
      menu('open', text.top.open, [filePicker(session, askForCode, false), filePicker(session, askForCode, true)]),
      menu('save', text.top.save, saveButtons(engine, session, say)),
      shareButton(engine, session, say),
      undoButton(session, say),
    ),
  )
}

/** A button, and Ctrl+Z wherever the browser has no use of its own for it. */
function undoButton(session: Session, say: (words: string) => void): HTMLElement {
  const undo = (): void => {
    if (!session.state().canUndo) return
    session.undo()
    say(text.top.undone)
  }
  const made = button(text.top.undo, undo, 'fw-top-button')
  made.id = 'undo'
  made.setAttribute('aria-keyshortcuts', 'Control+Z')
  const show = (): void => {
    // Not `disabled`, which would take the focus away from whoever undoes the last change by keyboard.
    made.setAttribute('aria-disabled', String(!session.state().canUndo))
  }
  session.listen(show)
  show()
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || isText(event.target)) return
    event.preventDefault()
    undo()
  })
  return made
}

/** Whether a control has text to undo by itself. */
function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(target.type))
}

function menu(key: string, label: string, items: readonly HTMLElement[]): HTMLElement {
  const id = `menu-${key}`
  const panel = element('div', { id, popover: 'auto', class: 'fw-menu' }, ...items)
  const opener = element('button', { type: 'button', id: `open-${id}`, class: 'fw-top-button', popovertarget: id }, label)
  panel.addEventListener('toggle', () => {
    if (!panel.matches(':popover-open')) return
    const { bottom, right } = opener.getBoundingClientRect()
    panel.style.top = `${bottom + 4}px`
    panel.style.left = `${Math.max(8, Math.min(right, document.documentElement.clientWidth - 8) - panel.offsetWidth)}px`
  })
  return element('div', {}, opener, panel)
}

function filePicker(session: Session, askForCode: AskForCode, isFolder: boolean): HTMLElement {
  const id = isFolder ? 'open-folder' : 'open-file'
  const input = element('input', { id, type: 'file', class: 'fw-file', webkitdirectory: isFolder, accept: isFolder ? undefined : '.yaml,.yml,.json,.csv,.zip' })
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    input.value = ''
    document.getElementById('menu-open')?.hidePopover()
    void openFiles(session, files, askForCode)
  })
  return element('div', { class: 'fw-menu-row' }, element('label', { for: id }, isFolder ? text.top.openFolder : text.top.openFile), input)
}

function saveButtons(engine: Engine, session: Session, say: (words: string) => void): HTMLElement[] {
  const study = button(text.top.saveStudy, () => void saveStudy(engine, session).then((saved) => say(saved ? text.top.saved(text.top.saveStudy) : '')), 'fw-menu-item')
  study.id = 'save-study'
  const exports = OFFERED.map((kind) => {
    const made = button(text.top.exports[kind], () => void saveExport(engine, session, kind).then((saved) => say(saved ? text.top.saved(text.top.exports[kind]) : '')), 'fw-menu-item')
    made.id = `save-${kind.replace('.', '-')}`
    return made
  })
  const note = element('p', { class: 'fw-hint' })
  const show = (): void => {
    const state = session.state()
    for (const each of exports) each.disabled = state.finished === null
    note.textContent = saveNote(state)
  }
  session.listen(show)
  show()
  return [study, ...exports, note]
}

/** What the files that can be saved are of. */
function saveNote({ run, finished, opened }: ScreenState): string {
  if (opened !== null) return text.top.saveOpened
  if (finished === null) return text.top.saveWait
  return run === 'done' ? text.top.saveNote : text.top.saveLast(finished)
}

function shareButton(engine: Engine, session: Session, say: (words: string) => void): HTMLElement {
  const made = button(
    text.top.share,
    () => {
      void studyLink(engine, session).then(async (link) => {
        if (link === null) return session.report([{ message: text.problems.linkTooLong }])
        try {
          await navigator.clipboard.writeText(link)
          say(text.top.shared)
        } catch {
          // A page opened from disk may not use the clipboard.
          say(text.top.sharedInAddress)
        }
      })
    },
    'fw-top-button',
  )
  made.id = 'share'
  return made
}
