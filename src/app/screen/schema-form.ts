/** Controls for any part of a study, made from its schema: what the schema gains, the screen gains. */
import { text } from '../messages.ts'
import { button, element, hiddenText, type Child } from './dom.ts'
import type { Path } from './edits.ts'
import { summary } from './figure.ts'
import { fieldId, humanised, labelOf, pathText, type FormContext } from './form-context.ts'
import { errorLine, hintOf, numberField, writtenValue } from './number-field.ts'
import { fieldKind, property, requiredValues, variants, type SchemaNode } from './schema-nodes.ts'
import { choiceField, datesField, groupsField, namesField, perGroupField, textField, yesNoField } from './simple-fields.ts'

/** A control for a node at a path. */
export function fieldFor(context: FormContext, path: Path, node: SchemaNode, isOptional: boolean): HTMLElement {
  const field = fieldKind(node)
  const value = context.get(path)
  const base = { path, label: labelOf(String(path.at(-1))), hint: node.description ?? '', isOptional }
  switch (field.kind) {
    case 'number':
      return numberField(context, { ...base, ...field })
    case 'per-group':
      return perGroupField(context, { ...base, number: field.number })
    case 'choice':
      // A word may have a longer form with more to say.
      if (typeof value === 'object' && value !== null) return fileOnly(context, base)
      return choiceField(context, { ...base, values: field.values })
    case 'yes-no':
      return yesNoField(context, base)
    case 'date':
    case 'text':
      return textField(context, { ...base, type: field.kind })
    case 'dates':
      return datesField(context, base)
    case 'groups':
      return groupsField(context, base)
    case 'names':
      return namesField(context, base)
    case 'object':
      return objectField(context, base, field.node)
    case 'variants':
      return variantField(context, base, field.node, field.key)
    case 'file-only':
      return fileOnly(context, base)
  }
}

/** Controls for the keys of an object, but for some. */
export function fieldsOf(context: FormContext, path: Path, node: SchemaNode, except: readonly string[] = []): HTMLElement[] {
  return Object.keys(node.properties ?? {})
    .filter((name) => !except.includes(name) && property(node, name).const === undefined)
    .map((name) => fieldFor(context, [...path, name], property(node, name), !(node.required ?? []).includes(name)))
}

interface Base {
  readonly path: Path
  readonly label: string
  readonly hint: string
  readonly isOptional: boolean
}

/** Folded until something in it is set; the first thing set brings what must stand beside it. */
function objectField(context: FormContext, { path, label, hint, isOptional }: Base, node: SchemaNode): HTMLElement {
  const isSet = context.get(path) !== undefined
  const within: FormContext = {
    ...context,
    set(target, value, isStructural) {
      if (context.get(path) === undefined && value !== undefined) context.set(path, requiredValues(node, context.firstDay))
      context.set(target, value, isStructural)
    },
  }
  return element(
    'details',
    { class: 'nhsuk-details fw-details', open: isSet && isOptional, 'data-key': pathText(path) },
    summary(label),
    element(
      'div',
      { class: 'fw-nested' },
      hint === '' ? null : element('p', { class: 'fw-hint' }, hint),
      ...fieldsOf(within, path, node),
      isSet && isOptional ? button(text.form.remove(label), () => context.set(path, undefined, true)) : null,
    ),
  )
}

/** A choice of shapes, and the controls of the one chosen. */
function variantField(context: FormContext, { path, label, hint, isOptional }: Base, node: SchemaNode, key: string): HTMLElement {
  const id = fieldId(path)
  const options = variants(node, key)
  const current = context.get([...path, key])
  const select = element(
    'select',
    { id, class: 'nhsuk-select', 'aria-describedby': `${id}-hint ${id}-error` },
    isOptional ? element('option', { value: '' }, text.form.default) : null,
    ...options.map(({ name }) => element('option', { value: name, selected: name === current }, text.words[name] ?? humanised(name))),
  )
  select.addEventListener('change', () => {
    const chosen = options.find(({ name }) => name === select.value)
    context.set(path, chosen === undefined ? undefined : requiredValues(chosen.node, context.firstDay), true)
  })
  const chosen = options.find(({ name }) => name === current)
  return element(
    'div',
    { class: 'fw-field', 'data-path': pathText(path) },
    element('label', { for: id, class: 'fw-label' }, label),
    select,
    hintOf(id, chosen?.description ?? hint, null),
    errorLine(id),
    ...(chosen === undefined ? [] : fieldsOf(context, path, chosen.node, [key])),
  )
}

/** What only the study file can say, shown as it stands there. */
function fileOnly(context: FormContext, { path, label }: Base): HTMLElement {
  const value = context.get(path)
  const shown: Child = value === undefined ? text.form.default : element('code', { class: 'fw-code' }, writtenValue(value))
  return element(
    'div',
    { class: 'fw-field', 'data-path': pathText(path) },
    element('span', { class: 'fw-label' }, label),
    shown,
    element('p', { class: 'fw-hint' }, hiddenText(`${label}: `), text.form.fileOnly),
  )
}
