/** The same system, smaller or larger: every published count of its pack times a factor, to the nearest person, and every fitted flow. */
import type { PackFit, PackSpecialty } from '../../src/baseline/types.ts'
import type { Study } from '../../src/scenario/study.ts'

/**
 * @param size 1 gives the study itself
 * @throws Error where the study has no single pack
 */
export function scaledStudy(study: Study, size: number): Study {
  if (size === 1) return study
  const { baseline } = study
  if (baseline.kind !== 'pack') throw new Error('only a study of one baseline pack can be scaled')
  const pack = { ...baseline.pack, specialties: baseline.pack.specialties.map((specialty) => scaledSpecialty(specialty, size)) }
  return { ...study, baseline: { ...baseline, pack } }
}

function scaledSpecialty(specialty: PackSpecialty, size: number): PackSpecialty {
  const counts = (bands: readonly number[]): number[] => bands.map((people) => Math.round(people * size))
  return {
    ...specialty,
    waitingWithoutDecision: counts(specialty.waitingWithoutDecision),
    waitingWithDecision: counts(specialty.waitingWithDecision),
    admittedStops: counts(specialty.admittedStops),
    nonAdmittedStops: counts(specialty.nonAdmittedStops),
    clockStarts: Math.round(specialty.clockStarts * size),
    ...(specialty.fitted && { fitted: scaledFit(specialty.fitted, size) }),
  }
}

function scaledFit(fit: PackFit, size: number): PackFit {
  return {
    ...fit,
    clockStartsPerWeek: fit.clockStartsPerWeek * size,
    nonAdmittedPerWeek: fit.nonAdmittedPerWeek * size,
    admittedPerWeek: fit.admittedPerWeek * size,
  }
}
