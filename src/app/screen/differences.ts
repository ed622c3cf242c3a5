/** The parameters in which scenarios differ from the reference: what a reader needs to know and no more. */
import type { StudyFile } from '../contract.ts'

/** One place in a scenario, and what each scenario says there. */
export interface Difference {
  /** Path inside the scenario, e.g. `invest[0].budget.perYear`. */
  readonly path: string
  /** As text, by scenario in the order asked for; null where a scenario says nothing there. */
  readonly values: readonly (string | null)[]
}

/** Keys that name a scenario and do not change it. */
const NAMES = new Set(['title', 'description'])

/** Places in which not all of these scenarios say the same, in the order in which they are met. */
export function differences(file: StudyFile, scenarios: readonly string[]): Difference[] {
  const flattened = scenarios.map((id) => flatten(file.scenarios[id] ?? {}))
  const paths = new Set(flattened.flatMap((each) => [...each.keys()]))
  return [...paths]
    .map((path) => ({ path, values: flattened.map((each) => each.get(path) ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]))
}

function flatten(scenario: object): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) {
      found.set(path, String(value))
      return
    }
    if ('formula' in value && typeof value.formula === 'string') {
      found.set(path, value.formula)
      return
    }
    if (isPlainList(value)) {
      found.set(path, value.join(', '))
      return
    }
    for (const [key, each] of Object.entries(value)) {
      if (path === '' && NAMES.has(key)) continue
      visit(each, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`)
    }
  }
  visit(scenario, '')
  return found
}

function isPlainList(value: object): value is readonly (string | number)[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' || typeof each === 'number')
}
