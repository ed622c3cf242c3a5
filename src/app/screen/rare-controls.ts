/** What is changed less often, folded: targets, precision, assumptions. */
import { ASSUMPTIONS } from '../../scenario/assumptions.ts'
import { text } from '../messages.ts'
import { button, element } from './dom.ts'
import { summary } from './figure.ts'
import { sourceText, type FormContext } from './form-context.ts'
import { fieldFor, fieldsOf } from './schema-form.ts'
import { property, requiredValues, studyNode, TARGET_NODE } from './schema-nodes.ts'
import type { Session } from './session.ts'

/** Goals that every scenario is held against. */
export function targetsPart(session: Session, context: FormContext): HTMLElement {
  const value = context.get(['targets'])
  const targets = Array.isArray(value) ? (value as readonly { readonly id?: string; readonly title?: string }[]) : []
  const cards = targets.map((target, index) =>
    element(
      'details',
      { class: 'nhsuk-details fw-details', 'data-key': `targets[${index}]` },
      summary(target.title ?? target.id ?? String(index + 1)),
      element(
        'div',
        { class: 'fw-nested' },
        ...fieldsOf(context, ['targets', index], TARGET_NODE),
        button(text.targets.remove, () => context.set(['targets', index], undefined, true), 'fw-link-button'),
      ),
    ),
  )
  const add = button(text.targets.add, () => {
    const required = requiredValues(TARGET_NODE, context.firstDay)
    const own = { ...required, id: `target-${targets.length + 1}`, measure: 'within-18-weeks', atLeast: 0.65, by: lastDate(session) ?? context.firstDay }
    context.set(['targets', targets.length], own, true)
  })
  return folded('targets', text.targets.title(targets.length), element('p', { class: 'fw-hint' }, text.targets.hint), ...cards, add)
}

function lastDate(session: Session): string | undefined {
  return session.state().results?.dates.at(-1)
}

/** How many runs, how many draws, and their seed. */
export function precisionPart(context: FormContext): HTMLElement {
  const keys = ['replications', 'draws', 'drawMethod', 'sample', 'seed', 'smallNumbers']
  const fields = keys.map((key) => fieldFor(context, [key], studyNode(key), true))
  return folded('precision', text.precisionPart.title, element('p', { class: 'fw-hint' }, text.precisionPart.hint), ...fields)
}

/** Every assumption with its default and source; its control is made when it is opened. */
export function assumptionsPart(context: FormContext): HTMLElement {
  const block = studyNode('assumptions')
  const rows = ASSUMPTIONS.filter(({ id }) => block.properties?.[id] !== undefined).map((entry) => {
    const isSet = context.get(['assumptions', entry.id]) !== undefined
    const body = element('div', { class: 'fw-nested' })
    const row = element(
      'details',
      { class: 'nhsuk-details fw-details', 'data-key': `assumptions.${entry.id}`, 'data-words': `${entry.label} ${entry.id}`.toLowerCase() },
      summary(isSet ? text.assumptions.changed(entry.label) : entry.label),
      body,
    )
    row.addEventListener('toggle', () => {
      if (!row.open || body.childElementCount > 0) return
      body.append(
        element('p', { class: 'fw-hint' }, sourceText(entry)),
        fieldFor(context, ['assumptions', entry.id], property(block, entry.id), true),
      )
    })
    return row
  })
  return folded('assumptions', text.assumptions.title(rows.length), element('p', { class: 'fw-hint' }, text.assumptions.hint), search(rows), ...rows)
}

function search(rows: readonly HTMLElement[]): HTMLElement {
  const input = element('input', { type: 'search', id: 'assumptions-search', class: 'nhsuk-input' })
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase()
    for (const row of rows) row.hidden = !(row.dataset['words'] ?? '').includes(wanted)
  })
  return element('div', { class: 'fw-field' }, element('label', { for: 'assumptions-search', class: 'fw-label' }, text.assumptions.search), input)
}

function folded(key: string, title: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element(
    'details',
    { class: 'nhsuk-details fw-details fw-part', 'data-key': `part-${key}` },
    summary(title),
    element('div', { class: 'fw-nested' }, ...children),
  )
}
