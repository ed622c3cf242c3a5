/** The left half: what you change. Most used first, the rest folded. */
import { text } from '../messages.ts'
import { beyondNotice } from './beyond-notice.ts'
import { element, fill } from './dom.ts'
import { referenceOf, scenarioTitle } from './edits.ts'
import { fieldId, type FormContext } from './form-context.ts'
import { assumptionsPart, precisionPart, targetsPart } from './rare-controls.ts'
import { scenarioEditor } from './scenario-editor.ts'
import { scenarioList, scenarioNameId } from './scenario-list.ts'
import type { ScreenState, Session } from './session.ts'
import { setupPart } from './setup-part.ts'

/** Keeps the controls in step with the study: makes them anew when its shape changes, and marks what is wrong. */
export function mountControls(parent: HTMLElement, session: Session): void {
  const beyond = beyondNotice(session)
  session.listen((state, change) => {
    if (change === 'structure') keepingPlace(parent, () => render(parent, session, state, beyond))
    if (change === 'value') showTitles(state)
    if (change === 'problems' || change === 'results') markProblems(parent, state)
  })
}

function render(parent: HTMLElement, session: Session, state: ScreenState, beyond: HTMLElement): void {
  if (state.file === null) {
    fill(parent, element('p', { class: 'fw-quiet' }, text.loading))
    return
  }
  if (state.opened !== null) {
    fill(parent, element('p', { class: 'nhsuk-inset-text' }, text.opened.controls(state.opened)), scenarioList(session, state))
    return
  }
  const context = formContext(session, state)
  fill(
    parent,
    setupPart(session, state, context, beyond),
    scenarioList(session, state),
    scenarioEditor(session, context, state.editing, state.editing === referenceOf(state.file)),
    targetsPart(session, context),
    precisionPart(context),
    assumptionsPart(context),
  )
  markProblems(parent, state)
}

/** A change of a scenario may change its title; the control in use stays as it is. */
function showTitles({ file, editing }: ScreenState): void {
  if (file === null) return
  for (const id of Object.keys(file.scenarios)) {
    const name = document.getElementById(scenarioNameId(id))
    if (name !== null) name.textContent = scenarioTitle(file, id)
  }
  const box = document.getElementById(fieldId(['scenarios', editing, 'title']))
  if (box instanceof HTMLInputElement && box !== document.activeElement) box.value = file.scenarios[editing]?.title ?? ''
}

/** What controls know of the study. */
function formContext(session: Session, { study, file }: ScreenState): FormContext {
  const systems = study === null ? [] : study.baseline.kind === 'systems' ? study.baseline.systems : [study.baseline]
  const specialties = new Map<string, string>()
  for (const system of systems) {
    const { specialties: own } = system.kind === 'pack' ? system.pack : system.baseline
    for (const { code, name } of own) specialties.set(code, name)
  }
  return {
    get: (path) => path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], session.state().file),
    set: (path, value, isStructural) => session.edit(path, value, isStructural),
    groups: groupsOf(systems),
    specialties: [...specialties].map(([code, name]) => ({ code, name })),
    firstDay: study?.time.start ?? file?.time.start ?? '2026-02-01',
  }
}

function groupsOf(systems: readonly { readonly kind: string }[]): FormContext['groups'] {
  const [first] = systems as readonly ({ kind: 'pack' } | { kind: 'inline'; baseline: { groups: FormContext['groups'] } })[]
  if (first?.kind === 'inline') return first.baseline.groups
  return text.fifths.map((label, index) => ({ id: String(index + 1), label }))
}

/** Folded parts stay as they were and the control in use keeps the focus, when controls are made anew. */
function keepingPlace(parent: HTMLElement, work: () => void): void {
  const focused = document.activeElement?.id ?? ''
  const scroll = parent.scrollTop
  const open = new Map([...parent.querySelectorAll<HTMLDetailsElement>('details[data-key]')].map((each) => [each.dataset['key'], each.open]))
  work()
  for (const each of parent.querySelectorAll<HTMLDetailsElement>('details[data-key]')) {
    const before = open.get(each.dataset['key'])
    if (before !== undefined) each.open = before
  }
  parent.scrollTop = scroll
  if (focused !== '') document.getElementById(focused)?.focus({ preventScroll: true })
}

/** Says beside a control what is wrong with it, and opens the fold that it is in. */
function markProblems(parent: HTMLElement, { problems }: ScreenState): void {
  for (const marked of parent.querySelectorAll('[data-path].fw-wrong')) {
    marked.classList.remove('fw-wrong')
    marked.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid')
    const line = marked.querySelector<HTMLElement>('.fw-error')
    if (line !== null) line.hidden = true
  }
  for (const { path, message } of problems) {
    if (path === undefined) continue
    const field = [...parent.querySelectorAll<HTMLElement>('[data-path]')].find(({ dataset }) => dataset['path'] === path)
    if (field === undefined) continue
    field.classList.add('fw-wrong')
    field.querySelector('input, select, textarea')?.setAttribute('aria-invalid', 'true')
    const line = field.querySelector<HTMLElement>('.fw-error')
    if (line !== null) {
      line.hidden = false
      line.textContent = message
    }
    for (let fold = field.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  }
}
