/** Controls for one number: a box, and a slider where part of the range is useful on one. */
import { text } from '../messages.ts'
import { button, element } from './dom.ts'
import type { Path } from './edits.ts'
import { entryBehind, fieldId, pathText, sourceText, type FormContext } from './form-context.ts'
import { presentationOf, reaching, tidy, type Presentation } from './presentation.ts'

/** What a number control is about. */
export interface NumberOptions {
  readonly path: Path
  readonly label: string
  readonly hint: string
  readonly minimum: number
  readonly maximum: number
  readonly isInteger: boolean
  /** Key by which it is presented; the last of its path by default. */
  readonly name?: string
  /** Whether it may be left out of the file. */
  readonly isOptional: boolean
  /** Reads and writes the number where it does not stand in the file as such. */
  readonly access?: { get(): unknown; set(value: number | undefined): void }
}

/** A number with its label, its unit, its default and source. */
export function numberField(context: FormContext, options: NumberOptions): HTMLElement {
  const { path, minimum, maximum } = options
  const access = options.access ?? {
    get: () => context.get(path),
    set: (value: number | undefined) => context.set(path, value),
  }
  const value = access.get()
  if (value !== undefined && typeof value !== 'number') return fileOnlyField(context, options, value)
  const entry = entryBehind(context, path)
  const presentation = presentationOf(options.name ?? String(path.at(-1)), minimum, maximum, entry?.unit ?? null)
  const shown = value === undefined ? undefined : tidy(value * presentation.factor)
  const source = entry === null ? null : sourceText(entry)
  return numberRow(options, reaching(presentation, shown ?? 0), shown, source, (next) =>
    access.set(next === undefined ? undefined : tidy(next / presentation.factor)),
  )
}

function numberRow(
  options: NumberOptions,
  presentation: Presentation,
  shown: number | undefined,
  source: string | null,
  change: (next: number | undefined) => void,
): HTMLElement {
  const { path, label, hint, isOptional } = options
  const id = fieldId(path)
  const box = numberBox(options, presentation, shown)
  const slider = presentation.slider === null ? null : sliderOf(id, label, presentation, shown)
  box.addEventListener('input', () => {
    const next = box.value.trim() === '' ? undefined : Number(box.value)
    if (next === undefined && !isOptional) return
    if (next !== undefined && !Number.isFinite(next)) return
    if (slider !== null) setSlider(slider, next ?? presentation.slider?.low ?? 0, presentation.unit)
    change(next)
  })
  slider?.addEventListener('input', () => {
    box.value = slider.value
    setSlider(slider, Number(slider.value), presentation.unit)
    change(Number(slider.value))
  })
  const boxed = element('span', { class: 'fw-number' }, box, element('span', { class: 'fw-unit', id: `${id}-unit` }, presentation.unit))
  return element(
    'div',
    { class: 'fw-field', 'data-path': pathText(path) },
    element('label', { for: id, class: 'fw-label' }, label),
    slider === null ? null : element('div', { class: 'fw-slider-box' }, slider, endsOf(presentation)),
    boxed,
    hintOf(id, hint, source),
    errorLine(id),
  )
}

function numberBox({ path, minimum, maximum, isInteger, isOptional }: NumberOptions, { factor }: Presentation, shown: number | undefined): HTMLInputElement {
  const id = fieldId(path)
  return element('input', {
    id,
    class: 'nhsuk-input fw-input-number',
    type: 'number',
    inputmode: 'decimal',
    step: isInteger && factor === 1 ? 1 : 'any',
    min: Number.isFinite(minimum) ? tidy(minimum * factor) : undefined,
    max: Number.isFinite(maximum) ? tidy(maximum * factor) : undefined,
    value: shown,
    placeholder: isOptional ? text.form.default : undefined,
    'aria-describedby': `${id}-unit ${id}-hint ${id}-error`,
  })
}

function sliderOf(id: string, label: string, { slider, unit }: Presentation, shown: number | undefined): HTMLInputElement {
  const made = element('input', {
    id: `${id}-slider`,
    class: 'fw-slider',
    type: 'range',
    min: slider?.low,
    max: slider?.high,
    step: slider?.step,
    'aria-label': label,
  })
  setSlider(made, shown ?? slider?.low ?? 0, unit)
  return made
}

function setSlider(slider: HTMLInputElement, value: number, unit: string): void {
  slider.value = String(value)
  slider.setAttribute('aria-valuetext', `${value} ${unit}`)
}

function endsOf({ ends }: Presentation): HTMLElement | null {
  return ends === null ? null : element('div', { class: 'fw-ends', 'aria-hidden': true }, element('span', {}, ends[0]), element('span', {}, ends[1]))
}

/** The hint under a control, with the source of its default folded away. */
export function hintOf(id: string, hint: string, source: string | null): HTMLElement {
  return element(
    'div',
    { class: 'fw-hint' },
    element('span', { id: `${id}-hint` }, hint),
    source === null ? null : element('details', { class: 'fw-source' }, element('summary', {}, text.form.source), element('p', {}, source)),
  )
}

/** Where a control says what is wrong with it. */
export function errorLine(id: string): HTMLElement {
  return element('p', { class: 'fw-error', id: `${id}-error`, hidden: true })
}

/** A number that the file gives as a formula or a distribution: shown, and replaced only on request. */
function fileOnlyField(context: FormContext, { path, label, hint, minimum, access }: NumberOptions, value: unknown): HTMLElement {
  const id = fieldId(path)
  const replace = button(text.form.useNumber, () => {
    if (access === undefined) context.set(path, Math.max(0, minimum), true)
    else access.set(Math.max(0, minimum))
  })
  return element(
    'div',
    { class: 'fw-field', 'data-path': pathText(path) },
    element('span', { class: 'fw-label' }, label),
    element('code', { class: 'fw-code' }, writtenValue(value)),
    replace,
    hintOf(id, hint, null),
    errorLine(id),
  )
}

/** A formula or a distribution as text. */
export function writtenValue(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'formula' in value) return String(value.formula)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
