/** Controls for everything but a single number: choices, dates, groups, names, and numbers by group. */
import { text } from '../messages.ts'
import { element, type Child } from './dom.ts'
import type { Path } from './edits.ts'
import { summary } from './figure.ts'
import { entryBehind, fieldId, humanised, pathText, sourceText, type FormContext } from './form-context.ts'
import { errorLine, hintOf, numberField } from './number-field.ts'
import { fieldKind, type SchemaNode } from './schema-nodes.ts'

/** What every control is about. */
export interface FieldOptions {
  readonly path: Path
  readonly label: string
  readonly hint: string
  readonly isOptional: boolean
}

/** One of a few words. */
export function choiceField(context: FormContext, options: FieldOptions & { readonly values: readonly (string | number | boolean)[] }): HTMLElement {
  const { path, values, isOptional } = options
  const current = context.get(path)
  const select = element(
    'select',
    { ...controlAttributes(path), class: 'nhsuk-select' },
    isOptional ? element('option', { value: '' }, text.form.default) : null,
    ...values.map((value, index) =>
      element('option', { value: index, selected: value === current }, text.words[String(value)] ?? humanised(String(value))),
    ),
  )
  select.addEventListener('change', () => context.set(path, select.value === '' ? undefined : values[Number(select.value)]))
  return framed(options, select)
}

/** Yes, no, or the default. */
export function yesNoField(context: FormContext, options: FieldOptions): HTMLElement {
  return choiceField(context, { ...options, values: [true, false] })
}

/** A line of text, or a date. */
export function textField(context: FormContext, options: FieldOptions & { readonly type: 'text' | 'date' }): HTMLElement {
  const { path, type, isOptional } = options
  const value = context.get(path)
  const input = element('input', { ...controlAttributes(path), class: 'nhsuk-input', type, value: typeof value === 'string' || typeof value === 'number' ? value : '' })
  input.addEventListener('change', () => {
    if (input.value === '' && !isOptional) return
    context.set(path, input.value === '' ? undefined : input.value)
  })
  return framed(options, input)
}

/** Dates, one a line. */
export function datesField(context: FormContext, options: FieldOptions): HTMLElement {
  const { path } = options
  const value = context.get(path)
  const dates = Array.isArray(value) ? value.map(String) : []
  const input = element('textarea', { ...controlAttributes(path), class: 'nhsuk-textarea', rows: Math.min(8, dates.length + 1) }, dates.join('\n'))
  input.addEventListener('change', () => {
    const written = input.value.split(/[\s,;]+/).filter((each) => each !== '')
    context.set(path, written.length === 0 ? undefined : written)
  })
  return framed({ ...options, hint: `${options.hint} ${text.form.onePerLine}` }, input)
}

/** Deprivation groups by tick. */
export function groupsField(context: FormContext, options: FieldOptions): HTMLElement {
  const { path } = options
  const chosen = (): number[] => {
    const value = context.get(path)
    return Array.isArray(value) ? value.map(Number) : []
  }
  const boxes = context.groups.map(({ id, label }, index) =>
    tick(`${fieldId(path)}-${id}`, label, chosen().includes(index + 1), (isTicked) => {
      const rest = chosen().filter((group) => group !== index + 1)
      const next = isTicked ? [...rest, index + 1].toSorted((a, b) => a - b) : rest
      if (next.length > 0 || options.isOptional) context.set(path, next.length === 0 ? undefined : next)
    }),
  )
  return fieldset(options, boxes)
}

/** Names: specialties by tick, others as text. */
export function namesField(context: FormContext, options: FieldOptions): HTMLElement {
  const { path } = options
  if (path.at(-1) === 'specialties' && context.specialties.length > 0) return specialtiesField(context, options)
  const value = context.get(path)
  const input = element('input', { ...controlAttributes(path), class: 'nhsuk-input', type: 'text', value: Array.isArray(value) ? value.join(', ') : '' })
  input.addEventListener('change', () => {
    const names = input.value.split(/[\s,;]+/).filter((each) => each !== '')
    context.set(path, names.length === 0 ? undefined : names)
  })
  return framed({ ...options, hint: `${options.hint} ${text.form.commas}` }, input)
}

function specialtiesField(context: FormContext, options: FieldOptions): HTMLElement {
  const { path, label } = options
  const chosen = (): string[] => {
    const value = context.get(path)
    return Array.isArray(value) ? value.map(String) : []
  }
  const heading = summary(text.form.specialties(chosen().length))
  const boxes = context.specialties.map(({ code, name }) =>
    tick(`${fieldId(path)}-${code}`, name, chosen().includes(code), (isTicked) => {
      const rest = chosen().filter((each) => each !== code)
      const next = isTicked ? [...rest, code] : rest
      context.set(path, next.length === 0 ? undefined : next)
      heading.replaceChildren(...summary(text.form.specialties(next.length)).childNodes)
    }),
  )
  return element(
    'details',
    { class: 'nhsuk-details fw-details', 'data-path': pathText(path), 'data-key': pathText(path) },
    heading,
    element('fieldset', { class: 'fw-fieldset fw-ticks-long' }, element('legend', { class: 'nhsuk-u-visually-hidden' }, label), ...boxes),
  )
}

/** A number for each deprivation group. */
export function perGroupField(context: FormContext, options: FieldOptions & { readonly number: SchemaNode }): HTMLElement {
  const { path, number } = options
  const field = fieldKind(number)
  if (field.kind !== 'number') throw new Error(`${pathText(path)} has no number by group`)
  const entry = entryBehind(context, path)
  const name = path[0] === 'assumptions' && entry !== null ? `assumption:${entry.id}` : String(path.at(-1))
  const rows = context.groups.map(({ label }, index) =>
    numberField(context, {
      ...field,
      path: [...path, 'deprivation', String(index + 1)],
      label,
      hint: '',
      name,
      isOptional: true,
      access: {
        get: () => groupValue(context.get(path), index),
        set: (value) => context.set(path, withGroup(context, path, index, value)),
      },
    }),
  )
  return fieldset(options, rows, entry === null ? null : sourceText(entry))
}

/** What a file's value says of one group: it may be one number for all, a list, or numbers by group. */
function groupValue(value: unknown, index: number): unknown {
  if (Array.isArray(value)) return value[index]
  if (typeof value === 'object' && value !== null && 'deprivation' in value) {
    return (value.deprivation as Record<string, unknown>)[String(index + 1)]
  }
  return typeof value === 'number' ? value : undefined
}

function withGroup(context: FormContext, path: Path, index: number, value: number | undefined): unknown {
  const before = context.get(path)
  const all = context.groups.map((_, each) => [String(each + 1), each === index ? value : groupValue(before, each)] as const)
  const set = all.filter(([, each]) => each !== undefined)
  return set.length === 0 ? undefined : { deprivation: Object.fromEntries(set) }
}

function tick(id: string, label: string, isTicked: boolean, change: (isTicked: boolean) => void): HTMLElement {
  const box = element('input', { id, type: 'checkbox', class: 'fw-tick', checked: isTicked })
  box.addEventListener('change', () => change(box.checked))
  return element('div', { class: 'fw-tick-row' }, box, element('label', { for: id }, label))
}

function controlAttributes(path: Path): Record<string, string> {
  const id = fieldId(path)
  return { id, 'aria-describedby': `${id}-hint ${id}-error` }
}

function framed({ path, label, hint }: FieldOptions, control: Child): HTMLElement {
  const id = fieldId(path)
  return element(
    'div',
    { class: 'fw-field', 'data-path': pathText(path) },
    element('label', { for: id, class: 'fw-label' }, label),
    control,
    hintOf(id, hint, null),
    errorLine(id),
  )
}

function fieldset({ path, label, hint }: FieldOptions, rows: readonly HTMLElement[], source: string | null = null): HTMLElement {
  const id = fieldId(path)
  return element(
    'fieldset',
    { class: 'fw-fieldset', 'data-path': pathText(path) },
    element('legend', { class: 'fw-label' }, label),
    hintOf(id, hint, source),
    ...rows,
    errorLine(id),
  )
}
