/**
 * The uncertain parameters of a study, and its draws by design.
 *
 *     study → every distribution in it, by key → points of a design → values by key and draw
 */
import type { Distribution, Study } from '../../scenario/study.ts'
import { formatPath } from '../../scenario/positions.ts'
import type { DocumentPath } from '../../scenario/positions.ts'
import { quantileOf } from './quantiles.ts'
import { latinHypercube, sobolPoints } from './samplers.ts'

/** One uncertain number, wherever it stands: numbers with one key take one value. */
export interface UncertainParameter {
  /** Path in the study file where the distribution was written. */
  readonly key: string
  readonly spec: Distribution
  /** Where it stands in the resolved study; one distribution may stand for all groups. */
  readonly paths: readonly DocumentPath[]
}

/** How draws of the uncertain parameters are spread. */
export type DrawMethod = 'latin-hypercube' | 'sobol'

/** Parts of a study that hold no parameters. */
const NOT_PARAMETERS = new Set(['baseline', 'time', 'targets'])

/** The distributions of a study, in the order of their keys, so that a study's order of writing changes no draw. */
export function uncertainParameters(study: Study): UncertainParameter[] {
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

/**
 * The draws of a study by design, in place of independent ones.
 *
 * @param study with `draws` of 1 or more
 * @returns for each key its value in every draw; before any cut at the parameter's range
 * @throws RangeError for more than 128 uncertain parameters with `sobol`
 */
export function studyDraws(study: Study, method: DrawMethod): ReadonlyMap<string, Float64Array> {
  const parameters = uncertainParameters(study)
  const sample = method === 'sobol' ? sobolPoints : latinHypercube
  const points = sample(study.seed, study.draws, parameters.length)
  return new Map(
    parameters.map(({ key, spec }, dimension) => [
      key,
      Float64Array.from({ length: study.draws }, (_, draw) =>
        quantileOf(spec, points[draw * parameters.length + dimension]),
      ),
    ]),
  )
}
