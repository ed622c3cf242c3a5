/** Changes of a study file. Each returns a new file and leaves the old one alone. */
import type { StudyFile } from '../contract.ts'

/** Where a value stands in a study file. */
export type Path = readonly (string | number)[]

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/**
 * A copy with another value at a path; what lies beside the path is shared with the original. Objects that are missing
 * on the way are made; `undefined` takes the key, or the item of a list, away.
 */
export function withValue(file: StudyFile, path: Path, value: unknown): StudyFile {
  return replaced(file, path, value) as StudyFile
}

function replaced(root: unknown, path: Path, value: unknown): unknown {
  if (path.length === 0) return value
  const [key, ...rest] = path
  if (Array.isArray(root) || (root === undefined && typeof key === 'number')) {
    const list: unknown[] = Array.isArray(root) ? [...(root as unknown[])] : []
    const index = Number(key)
    if (rest.length === 0 && value === undefined) list.splice(index, 1)
    else list[index] = replaced(list[index], rest, value)
    return list
  }
  const copy: Record<string, unknown> = { ...(typeof root === 'object' && root !== null ? root : {}) }
  if (rest.length === 0 && value === undefined) delete copy[key]
  else copy[key] = replaced(copy[key], rest, value)
  return copy
}

/** A name that no scenario has yet: the wanted one, or with a number. */
export function freeScenarioId(file: StudyFile, wanted: string): string {
  let id = wanted
  for (let number = 2; Object.hasOwn(file.scenarios, id); number += 1) id = `${wanted}-${number}`
  return id
}

/** A copy with a further scenario that begins as another one. */
export function withCopiedScenario(file: StudyFile, from: string, id: string, title: string): StudyFile {
  return { ...file, scenarios: { ...file.scenarios, [id]: { ...structuredClone(file.scenarios[from]), title } } }
}

/** A copy without a scenario, and without what named it. */
export function withoutScenario(file: StudyFile, id: string): StudyFile {
  const { [id]: _, ...scenarios } = file.scenarios
  if (file.targets === undefined) return { ...file, scenarios }
  const targets = file.targets.map((target) => {
    if (!Array.isArray(target.required)) return target
    const { required, ...rest } = target
    const kept = required.filter((name) => name !== id)
    return kept.length === 0 ? rest : { ...rest, required: kept }
  })
  return { ...file, scenarios, targets }
}

/** The id of the scenario that the others are compared with. */
export function referenceOf(file: StudyFile): string {
  return file.reference ?? Object.keys(file.scenarios)[0]
}

/** A scenario's title, or its id where it has none. */
export function scenarioTitle(file: StudyFile, id: string): string {
  return file.scenarios[id]?.title ?? id
}
