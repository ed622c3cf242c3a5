/** One programme: its money and who it is for, and folded, its dates, its specialties and its unit costs. */
import { text } from '../messages.ts'
import { button, element } from './dom.ts'
import type { Path } from './edits.ts'
import { summary } from './figure.ts'
import { fieldId, humanised, pathText, type FormContext } from './form-context.ts'
import { numberField } from './number-field.ts'
import { fieldFor, fieldsOf } from './schema-form.ts'
import { fieldKind, property, requiredValues, variants, type SchemaNode, type Variant } from './schema-nodes.ts'

/** @param levers the schema's variants of a programme */
export function programmeCard(context: FormContext, path: Path, levers: readonly Variant[]): HTMLElement {
  const lever = String(context.get([...path, 'lever']))
  const variant = levers.find(({ name }) => name === lever)
  if (variant === undefined) throw new Error(`the schema has no lever ${lever}`)
  const { node } = variant
  const budget = property(node, 'budget')
  const hasAllocation = node.properties?.['allocate'] !== undefined
  return element(
    'div',
    { class: 'fw-card' },
    element('h5', { class: 'fw-card-title' }, text.words[lever] ?? humanised(lever)),
    fieldFor(context, [...path, 'budget', 'perYear'], property(budget, 'perYear'), false),
    hasAllocation ? allocation(context, [...path, 'allocate'], property(node, 'allocate')) : null,
    element(
      'details',
      { class: 'nhsuk-details fw-details', 'data-key': `${pathText(path)}-more` },
      summary(text.programme.more),
      element(
        'div',
        { class: 'fw-nested' },
        ...fieldsOf(context, [...path, 'budget'], budget, ['perYear']),
        ...fieldsOf(context, path, node, ['budget', 'allocate', 'lever']),
      ),
    ),
    button(text.programme.remove, () => context.set(path, undefined, true), 'fw-link-button'),
  )
}

/** Rules that are points of one scale: universal is θ = 0. */
const ON_THE_SCALE = ['universal', 'proportionate']

/** A slider from universal to progressive, or another of the schema's rules. */
function allocation(context: FormContext, path: Path, node: SchemaNode): HTMLElement {
  const rules = variants(node, 'rule')
  const proportionate = rules.find(({ name }) => name === 'proportionate')
  const written = context.get([...path, 'rule'])
  const rule = typeof written === 'string' ? written : 'universal'
  const isOnScale = ON_THE_SCALE.includes(rule) && proportionate !== undefined
  const id = fieldId([...path, 'rule'])
  const select = element(
    'select',
    { id, class: 'nhsuk-select', 'aria-describedby': `${id}-hint` },
    element('option', { value: 'proportionate', selected: isOnScale }, text.allocation.scale),
    ...rules
      .filter(({ name }) => !ON_THE_SCALE.includes(name))
      .map(({ name }) => element('option', { value: name, selected: name === rule }, text.words[name] ?? humanised(name))),
  )
  select.addEventListener('change', () => {
    const chosen = rules.find(({ name }) => name === select.value)
    if (chosen !== undefined) context.set(path, chosen.name === 'proportionate' ? { rule: chosen.name, theta: 1 } : requiredValues(chosen.node, context.firstDay), true)
  })
  const chosen = rules.find(({ name }) => name === rule)
  return element(
    'div',
    { class: 'fw-allocation', 'data-path': pathText(path) },
    element('label', { for: id, class: 'fw-label' }, text.allocation.label),
    select,
    isOnScale ? theta(context, path, proportionate.node) : element('p', { class: 'fw-hint', id: `${id}-hint` }, chosen?.description ?? ''),
    ...(isOnScale || chosen === undefined ? [] : fieldsOf(context, path, chosen.node, ['rule'])),
  )
}

function theta(context: FormContext, path: Path, node: SchemaNode): HTMLElement {
  const thetaNode = property(node, 'theta')
  const kind = fieldKind(thetaNode)
  if (kind.kind !== 'number') throw new Error('theta is not a number')
  return numberField(context, {
    path: [...path, 'theta'],
    label: text.allocation.theta,
    hint: text.allocation.hint,
    ...kind,
    isOptional: false,
    access: {
      get: () => context.get([...path, 'theta']) ?? 0,
      set: (value) => context.set(path, value === undefined || value === 0 ? { rule: 'universal' } : { rule: 'proportionate', theta: value }),
    },
  })
}
