/** Where and how long: the study that one starts from, the system, the first day, the horizon. */
import type { PackEntry } from '../contract.ts'
import { text } from '../messages.ts'
import { element, type Child } from './dom.ts'
import { fieldId, type FormContext } from './form-context.ts'
import { numberField } from './number-field.ts'
import { fieldFor } from './schema-form.ts'
import { fieldKind, property, studyNode } from './schema-nodes.ts'
import type { ScreenState, Session } from './session.ts'
import { summary } from './figure.ts'

const YEAR_CHOICES = [1, 2, 3, 5, 10] as const
const WEEKS_A_YEAR = 52

/** The part. @param beyond says what the horizon cuts off */
export function setupPart(session: Session, state: ScreenState, context: FormContext, beyond: HTMLElement): HTMLElement {
  return element(
    'section',
    { class: 'fw-part', 'aria-labelledby': 'part-setup' },
    element('h3', { id: 'part-setup', class: 'fw-part-title' }, text.setup.title),
    labelled('setup-study', text.setup.study, studySelect(session, state)),
    labelled('setup-system', text.setup.system, systemSelect(session, state)),
    horizon(session, context),
    beyond,
    element(
      'details',
      { class: 'nhsuk-details fw-details', 'data-key': 'setup-more' },
      summary(text.setup.more),
      element('div', { class: 'fw-nested' }, ...moreFields(context)),
    ),
  )
}

function labelled(id: string, label: string, control: HTMLElement): HTMLElement {
  return element('div', { class: 'fw-field' }, element('label', { for: id, class: 'fw-label' }, label), control)
}

function studySelect(session: Session, { studies, file }: ScreenState): HTMLElement {
  const select = element(
    'select',
    { id: 'setup-study', class: 'nhsuk-select' },
    studies.some(({ name }) => name === file?.name) ? null : element('option', { value: '', selected: true }, text.setup.ownStudy(file?.title ?? file?.name ?? '')),
    ...studies.map(({ name, title }) => element('option', { value: name, selected: name === file?.name }, title)),
  )
  select.addEventListener('change', () => {
    const chosen = studies.find(({ name }) => name === select.value)
    if (chosen !== undefined) void session.openText(chosen.text)
  })
  return select
}

function systemSelect(session: Session, { packs, file }: ScreenState): HTMLElement {
  const current = typeof file?.baseline === 'string' ? file.baseline : null
  const regions = Map.groupBy(packs, ({ region, own }) => (own ? text.setup.own : region))
  const select = element(
    'select',
    { id: 'setup-system', class: 'nhsuk-select' },
    current === null ? element('option', { value: '', selected: true }, text.setup.writtenOut) : null,
    ...[...regions].map(([region, entries]) =>
      element('optgroup', { label: region }, ...entries.map((pack) => packOption(pack, current))),
    ),
  )
  select.addEventListener('change', () => session.selectPack(select.value))
  return select
}

function packOption({ path, name }: PackEntry, current: string | null): Child {
  return element('option', { value: path, selected: path === current }, name)
}

/** Years at a click, weeks to the week. */
function horizon(session: Session, context: FormContext): HTMLElement {
  const weeks = property(studyNode('time'), 'weeks')
  const kind = fieldKind(weeks)
  if (kind.kind !== 'number') throw new Error('the horizon is not a number')
  const path = ['time', 'weeks']
  const current = context.get(path)
  const choices = YEAR_CHOICES.map((years) => {
    const isPressed = current === years * WEEKS_A_YEAR
    const made = element('button', { type: 'button', id: `horizon-${years}`, class: 'fw-choice', 'aria-pressed': String(isPressed) }, text.setup.years(years))
    made.addEventListener('click', () => session.edit(path, years * WEEKS_A_YEAR, true))
    return made
  })
  const id = fieldId(path)
  return element(
    'div',
    {},
    element('div', { class: 'fw-choices', role: 'group', 'aria-label': text.setup.horizon }, element('span', { class: 'fw-label' }, text.setup.horizon), ...choices),
    element('div', { class: 'fw-inline', id: `${id}-row` }, numberField(context, { path, label: text.setup.weeks, hint: '', ...kind, isOptional: false })),
  )
}

function moreFields(context: FormContext): HTMLElement[] {
  const time = studyNode('time')
  const rest = Object.keys(time.properties ?? {}).filter((name) => name !== 'weeks')
  return [
    fieldFor(context, ['title'], studyNode('title'), true),
    ...rest.map((name) => fieldFor(context, ['time', name], property(time, name), true)),
  ]
}
