/**
 * What is kept of each run for the screen: all specialties together, and single ones that a target speaks of. A run of
 * one board's 23 specialties shrinks to a twentieth, so that hundreds can be kept and added up again as more arrive.
 */
import type { RunValues, SeriesCatalogue } from '../../measures/types.ts'
import type { Study } from '../../scenario/study.ts'

/** The kept part of a catalogue. */
export interface ShownSeries {
  readonly catalogue: SeriesCatalogue
  /** Copies the kept part of a run. */
  shrink(values: RunValues): Float64Array
}

/** Which specialties are kept, as text: tells kept parts of the same runs apart. */
export function shownPart({ targets }: Study): string {
  return [...new Set(targets.map(({ specialty }) => specialty))].toSorted().join(' ')
}

/** @param whole the study's catalogue */
export function shownSeries(study: Study, whole: SeriesCatalogue): ShownSeries {
  const specialties = new Set(['all', ...study.targets.map(({ specialty }) => specialty)])
  const kept = whole.keys.flatMap(({ specialty }, index) => (specialties.has(specialty) ? [index] : []))
  const dates = whole.dates.length
  return {
    catalogue: { ...whole, keys: kept.map((index) => whole.keys[index]) },
    shrink(values) {
      const shrunk = new Float64Array(kept.length * dates)
      kept.forEach((index, position) => shrunk.set(values.subarray(index * dates, (index + 1) * dates), position * dates))
      return shrunk
    },
  }
}
