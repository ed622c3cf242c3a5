/** The uncertain parameters of a study: every distribution in it, by key. */
import { formatPath } from '../positions.ts'
import type { DocumentPath } from '../positions.ts'
import type { Distribution } from '../study-numbers.ts'

/** One uncertain number, wherever it stands: numbers with one key take one value. */
export interface UncertainParameter {
  /** Path in the study file where the distribution was written. */
  readonly key: string
  readonly spec: Distribution
  /** Where it stands in the resolved study; one distribution may stand for all groups. */
  readonly paths: readonly DocumentPath[]
}

/** Parts of a study that hold no parameters. */
const NOT_PARAMETERS = new Set(['baseline', 'time', 'targets'])

/** The distributions of a study, in the order of their keys, so that a study's order of writing changes no draw. */
export function uncertainParameters(study: object): UncertainParameter[] {
  const found = new Map<string, { spec: Distribution; paths: DocumentPath[] }>()
  const visit = (value: unknown, path: DocumentPath): void => {
    if (typeof value !== 'object' || value === null) return
    if (isDistribution(value)) {
      const key = value.key ?? formatPath(path)
      const known = found.get(key)
      if (known === undefined) found.set(key, { spec: value, paths: [path] })
      else known.paths.push(path)
      return
    }
    // A formula's parts are no numbers of the study.
    if ('formula' in value) return
    if (Array.isArray(value)) for (const [index, each] of value.entries()) visit(each, [...path, index])
    else for (const [name, each] of Object.entries(value)) visit(each, [...path, name])
  }
  for (const [name, part] of Object.entries(study)) if (!NOT_PARAMETERS.has(name)) visit(part, [name])
  return [...found].map(([key, each]) => ({ key, ...each })).toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function isDistribution(value: object): value is Distribution {
  return 'dist' in value && typeof value.dist === 'string'
}
