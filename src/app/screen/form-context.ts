/** What a control needs to know of the study, and how it changes it. */
import { assumptionEntry, ASSUMPTIONS, PART_DEFAULTS, type AssumptionEntry } from '../../scenario/assumptions.ts'
import { text } from '../messages.ts'
import { valueAt, type Path } from './edits.ts'

/** A study under the controls. */
export interface FormContext {
  /** The value in the study file; undefined where the file leaves the default. */
  get(path: Path): unknown
  /** Changes the file; `undefined` goes back to the default. A change of structure makes the controls anew. */
  set(path: Path, value: unknown, isStructural?: boolean): void
  /** Deprivation groups, most deprived first. */
  readonly groups: readonly { readonly id: string; readonly label: string }[]
  readonly specialties: readonly { readonly code: string; readonly name: string }[]
  /** First day of the study, ISO date. */
  readonly firstDay: string
}

/** A path as the study file's problems write it: `scenarios.x.invest[0].lever`. */
export function pathText(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('')
}

/** An id for a control at a path. */
export function fieldId(path: Path): string {
  return `field-${path.join('-').replaceAll(/[^A-Za-z0-9-]/g, '_')}`
}

/** The name of a key in plain words: the screen's own, or the key taken apart. */
export function labelOf(name: string): string {
  return text.labels[name] ?? humanised(name)
}

/** `costPerContact` and `surgical-hub` as `Cost per contact` and `Surgical hub`. */
export function humanised(name: string): string {
  const words = name.replaceAll('-', ' ').replaceAll(/([a-z])([A-Z0-9])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const KNOWN = new Set([...ASSUMPTIONS, ...PART_DEFAULTS].map(({ id }) => id))

/**
 * The registry's entry behind a default; null where there is none.
 * @param file for the lever or kind of shock that a path lies in
 */
export function entryBehind(context: FormContext, path: Path): AssumptionEntry | null {
  const name = String(path.at(-1))
  const id = registryId(context, path, name)
  return id !== null && KNOWN.has(id) ? assumptionEntry(id) : null
}

function registryId(context: FormContext, path: Path, name: string): string | null {
  if (path[0] === 'assumptions') return path.length === 2 ? name : null
  if (path[0] !== 'scenarios') return null
  const part = context.get(path.slice(0, 4))
  if (path[2] === 'invest' && path[4] === 'parameters') return `lever.${String(valueAt(part, ['lever']))}.${name}`
  return path[2] === 'shocks' ? `shock.${String(valueAt(part, ['kind']))}.${name}` : null
}

/** Where a default comes from, in a line: value, unit, source, how sure. */
export function sourceText({ value, unit, source, confidence, note }: AssumptionEntry): string {
  const numbers = typeof value === 'number' ? [value] : value
  return text.source(numbers.join(', '), unit, source, text.confidence[confidence], note)
}
