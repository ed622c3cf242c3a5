/**
 * One point of a sweep, ready to run: its study, what is kept of its runs, and who its runs are.
 */
import { InputError } from '../../errors.ts'
import { buildCatalogue } from '../../measures/catalogue.ts'
import type { SeriesCatalogue, SeriesKey } from '../../measures/types.ts'
import { compileScenario } from '../../model/compile/index.ts'
import { concreteStudy } from '../../scenario/resolve.ts'
import type { Study } from '../../scenario/study.ts'
import type { Design, FactorValue } from './design.ts'
import { canonicalJson, runIdentities } from './identity.ts'
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
  const keptOf = keptMaker(source.design)
  return {
    count: points.count,
    async at(point) {
      const values = points.at(point)
      try {
        const study = await studies.at(point)
        const kept = keptOf(study)
        const identityOf = runIdentities(engine, study, digest)
        return { point, values, study, kept, idOf: identityOf(kept.signature), wholeIdOf: identityOf(WHOLE_RUN), fault: null }
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        const what = canonicalJson([engine, source.file, source.design.factors, values])
        return { point, values, idOf: (task) => digest(what + canonicalJson(task)).slice(0, 32), fault: error }
      }
    },
  }
}

/** What is kept of a study's runs; one and the same for all points at which it is the same. */
function keptMaker(design: Design): (study: Study) => Kept {
  const catalogueOf = catalogueMaker()
  let known: { readonly catalogue: SeriesCatalogue; readonly rest: string; readonly kept: Kept } | null = null
  return (study) => {
    const catalogue = catalogueOf(study)
    const rest = canonicalJson([study.dimensions, study.smallNumbers])
    if (known === null || known.rest !== rest || !areNamedAlike(known.catalogue, catalogue)) {
      known = { catalogue, rest, kept: keepSome(catalogue, design, study) }
    }
    return known.kept
  }
}

/** Whether two catalogues have the same series on the same dates. */
function areNamedAlike(a: SeriesCatalogue, b: SeriesCatalogue): boolean {
  if (a === b) return true
  return (
    a.keys.length === b.keys.length &&
    a.dates.length === b.dates.length &&
    a.dates.every((date, k) => date === b.dates[k]) &&
    a.keys.every((key, k) => isSameSeries(key, b.keys[k]))
  )
}

function isSameSeries(a: SeriesKey, b: SeriesKey): boolean {
  return a.measure === b.measure && a.group === b.group && a.dimension === b.dimension && a.stage === b.stage && a.specialty === b.specialty
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
