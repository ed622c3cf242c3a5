/**
 * One point of a sweep, ready to run: its study, what is kept of its runs, and who its runs are.
 */
import { InputError } from '../../errors.ts'
import { buildCatalogue } from '../../measures/catalogue.ts'
import type { SeriesCatalogue } from '../../measures/types.ts'
import { compileScenario } from '../../model/compile/index.ts'
import { concreteStudy } from '../../scenario/resolve.ts'
import type { Study } from '../../scenario/study.ts'
import type { FactorValue } from './design.ts'
import { canonicalJson, runIdentity } from './identity.ts'
import type { Digest, RunIdentity } from './identity.ts'
import { keepSome, WHOLE_RUN } from './kept.ts'
import type { Kept } from './kept.ts'
import { sweepStudy } from './sweep-study.ts'
import type { SweepSource } from './sweep-study.ts'

/** A point whose values make a study. */
export interface ValidPoint {
  readonly point: number
  readonly values: readonly (FactorValue | null)[]
  readonly study: Study
  readonly kept: Kept
  readonly idOf: RunIdentity
  /** Identity of the same run with everything kept, as "fairwait run" stores it. */
  readonly wholeIdOf: RunIdentity
  /** Why it cannot be run, or null. */
  readonly fault: null
}

/** A point whose values are not allowed together. Its runs have identities too, to be recorded under. */
export interface FaultyPoint {
  readonly point: number
  readonly values: readonly (FactorValue | null)[]
  readonly idOf: RunIdentity
  readonly fault: InputError
}

export type SweepPoint = ValidPoint | FaultyPoint

/** Makes points of a sweep. */
export interface SweepPoints {
  readonly count: number
  at(point: number): Promise<SweepPoint>
}

/**
 * @param engine name and version, part of each run's identity
 */
export function sweepPoints(source: SweepSource, engine: string, digest: Digest): SweepPoints {
  const studies = sweepStudy(source)
  const { points } = studies
  const catalogueOf = catalogueMaker()
  return {
    count: points.count,
    async at(point) {
      const values = points.at(point)
      try {
        const study = await studies.at(point)
        const kept = keepSome(catalogueOf(study), source.design, study)
        const idOf = runIdentity(engine, study, kept.signature, digest)
        const wholeIdOf = runIdentity(engine, study, WHOLE_RUN, digest)
        return { point, values, study, kept, idOf, wholeIdOf, fault: null }
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        const what = canonicalJson([engine, source.file, source.design.factors, values])
        return { point, values, idOf: (task) => digest(what + canonicalJson(task)).slice(0, 32), fault: error }
      }
    },
  }
}

/** The catalogue of a study, made once for studies with the same groups, specialties, counts and dates. */
export function catalogueMaker(): (study: Study) => SeriesCatalogue {
  let known: { readonly baseline: object; readonly rest: string; readonly catalogue: SeriesCatalogue } | null = null
  return (study) => {
    const rest = canonicalJson([study.time, study.dimensions, study.priority.levels, study.counted])
    if (known?.baseline !== study.baseline || known.rest !== rest) {
      const catalogue = buildCatalogue(compileScenario(concreteStudy(study, 0), 0))
      known = { baseline: study.baseline, rest, catalogue }
    }
    return known.catalogue
  }
}
