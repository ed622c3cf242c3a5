/** The scenario under the controls: its programmes, who is next, and shocks. */
import { text } from '../messages.ts'
import { button, element, type Child } from './dom.ts'
import { referenceOf, type Path } from './edits.ts'
import { summary } from './figure.ts'
import { humanised, pathText, type FormContext } from './form-context.ts'
import { programmeCard } from './programme-card.ts'
import { fieldFor, fieldsOf } from './schema-form.ts'
import { POLICY_NODE, PROGRAMME_NODE, property, requiredValues, SCENARIO_NODE, SHOCK_NODE, variants, type SchemaNode } from './schema-nodes.ts'
import type { Session } from './session.ts'

/** Money of a programme that was just added, pounds a year. */
const FIRST_BUDGET = 5_000_000

/** The part. */
export function scenarioEditor(session: Session, context: FormContext, id: string, isReference: boolean): HTMLElement {
  const path = ['scenarios', id]
  return element(
    'section',
    { class: 'fw-part', 'aria-labelledby': 'part-scenario' },
    element('h3', { id: 'part-scenario', class: 'fw-part-title' }, text.scenario.title),
    fieldFor(context, [...path, 'title'], property(SCENARIO_NODE, 'title'), true),
    isReference ? element('p', { class: 'fw-hint' }, text.scenario.isReference) : null,
    ...programmes(context, [...path, 'invest']),
    policies(context, [...path, 'policy']),
    shocks(context, [...path, 'shocks']),
    element(
      'details',
      { class: 'nhsuk-details fw-details', 'data-key': `${pathText(path)}-more` },
      summary(text.scenario.more),
      element('div', { class: 'fw-nested' }, ...fieldsOf(context, path, SCENARIO_NODE, ['title', 'invest', 'policy', 'shocks'])),
    ),
    isReference ? null : removeButton(session, id),
  )
}

function removeButton(session: Session, id: string): Child {
  const { file } = session.state()
  if (file === null || id === referenceOf(file)) return null
  return button(text.scenario.remove, () => session.removeScenario(id), 'fw-link-button')
}

function programmes(context: FormContext, path: Path): HTMLElement[] {
  const list = listAt(context, path)
  const levers = variants(PROGRAMME_NODE, 'lever')
  const cards = list.map((_, index) => programmeCard(context, [...path, index], levers))
  const adder = chooser('add-programme', text.programme.add, levers, (node) => {
    const programme = requiredValues(node, context.firstDay)
    context.set([...path, list.length], { ...programme, budget: { perYear: FIRST_BUDGET, from: nextApril(context.firstDay), rampWeeks: 26 } }, true)
  })
  return [element('h4', { class: 'fw-sub-title' }, text.programme.title), ...cards, adder]
}

/** The first day of the financial year after a date, or that date. */
function nextApril(date: string): string {
  const year = Number(date.slice(0, 4))
  return date.slice(5) <= '04-01' ? `${year}-04-01` : `${year + 1}-04-01`
}

/** Head start first, since it is what is asked for; the other rules folded. */
function policies(context: FormContext, path: Path): HTMLElement {
  const value = context.get(path)
  const paths: Path[] = Array.isArray(value) ? value.map((_, index) => [...path, index]) : [path]
  return element(
    'details',
    { class: 'nhsuk-details fw-details', open: value !== undefined, 'data-key': pathText(path) },
    summary(text.policy.title),
    element('div', { class: 'fw-nested' }, element('p', { class: 'fw-hint' }, text.policy.hint), ...paths.map((each, index) => policyCard(context, each, paths.length > 1 ? index : null))),
  )
}

function policyCard(context: FormContext, path: Path, index: number | null): HTMLElement {
  return element(
    'div',
    { class: 'fw-card' },
    index === null ? null : element('h5', { class: 'fw-card-title' }, text.policy.number(index + 1)),
    fieldFor(context, [...path, 'headStartWeeks'], property(POLICY_NODE, 'headStartWeeks'), true),
    element(
      'details',
      { class: 'nhsuk-details fw-details', 'data-key': `${pathText(path)}-more` },
      summary(text.policy.more),
      element('div', { class: 'fw-nested' }, ...fieldsOf(context, path, POLICY_NODE, ['headStartWeeks'])),
    ),
  )
}

function shocks(context: FormContext, path: Path): HTMLElement {
  const list = listAt(context, path)
  const kinds = variants(SHOCK_NODE, 'kind')
  const cards = list.map((shock, index) => {
    const kind = kinds.find(({ name }) => name === (shock as { kind?: unknown }).kind)
    return kind === undefined ? null : shockCard(context, [...path, index], kind.name, kind.node)
  })
  const adder = chooser('add-shock', text.shock.add, kinds, (node) => {
    const weeks = { weeks: [context.firstDay] }
    context.set([...path, list.length], { ...requiredValues(node, context.firstDay), ...weeks }, true)
  })
  return element(
    'details',
    { class: 'nhsuk-details fw-details', open: list.length > 0, 'data-key': pathText(path) },
    summary(text.shock.title(list.length)),
    element('div', { class: 'fw-nested' }, ...cards, adder),
  )
}

function shockCard(context: FormContext, path: Path, kind: string, node: SchemaNode): HTMLElement {
  const first = ['weeks', 'capacityLoss', 'capacityChange'].filter((name) => node.properties?.[name] !== undefined)
  return element(
    'div',
    { class: 'fw-card' },
    element('h5', { class: 'fw-card-title' }, text.words[kind] ?? humanised(kind)),
    ...first.map((name) => fieldFor(context, [...path, name], property(node, name), !(node.required ?? []).includes(name))),
    element(
      'details',
      { class: 'nhsuk-details fw-details', 'data-key': `${pathText(path)}-more` },
      summary(text.shock.more),
      element('div', { class: 'fw-nested' }, ...fieldsOf(context, path, node, first)),
    ),
    button(text.shock.remove, () => context.set(path, undefined, true), 'fw-link-button'),
  )
}

/** A select and a button that adds what it names. */
function chooser(id: string, label: string, options: ReturnType<typeof variants>, add: (node: SchemaNode) => void): HTMLElement {
  const select = element(
    'select',
    { id, class: 'nhsuk-select' },
    ...options.map(({ name }) => element('option', { value: name }, text.words[name] ?? humanised(name))),
  )
  const made = button(text.form.add, () => {
    const chosen = options.find(({ name }) => name === select.value)
    if (chosen !== undefined) add(chosen.node)
  })
  made.id = `${id}-button`
  made.setAttribute('aria-label', label)
  return element('div', { class: 'fw-adder' }, element('label', { for: id, class: 'fw-label' }, label), element('div', { class: 'fw-adder-row' }, select, made))
}

function listAt(context: FormContext, path: Path): readonly unknown[] {
  const value = context.get(path)
  return Array.isArray(value) ? value : []
}
