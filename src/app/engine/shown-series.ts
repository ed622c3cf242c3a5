/**
 * What is kept of each run for the screen: the measures that it draws, of all specialties together, and what targets
 * speak of. A run of one board's 23 specialties shrinks to a two-hundredth, so that hundreds can be kept and added up
 * again as more arrive.
 */
import { VALIDATION_MEASURES } from '../../measures/definitions.ts'
import { HEADLINE_MEASURES } from '../../measures/headline-measures.ts'
import type { RunValues, SeriesCatalogue, SeriesKey } from '../../measures/types.ts'
import type { Study } from '../../scenario/study.ts'

/** The kept part of a catalogue. */
export interface ShownSeries {
  readonly catalogue: SeriesCatalogue
  /** Places of its series in the whole catalogue. */
  readonly places: readonly number[]
  /** Copies the kept part of a run. */
  shrink(values: RunValues): Float64Array
}

const DIMENSIONS: readonly string[] = ['all', 'deprivation']
/** Removals by validation stand beside the list, where a study has such programmes. */
const MEASURES: readonly string[] = [...HEADLINE_MEASURES, VALIDATION_MEASURES[0]]

/** Whether the screen draws a series. */
export function isOnScreen({ specialty, stage, dimension, measure }: SeriesKey): boolean {
  return specialty === 'all' && stage === 'all' && DIMENSIONS.includes(dimension) && MEASURES.includes(measure)
}

/** What is kept beside what every study keeps, as text: tells kept parts of the same runs apart. */
export function shownPart({ targets }: Pick<Study, 'targets'>): string {
  return [...new Set(targets.map(({ specialty, measure }) => `${specialty} ${measure}`))].toSorted().join('\n')
}

/** @param whole the study's catalogue */
export function shownSeries({ targets }: Pick<Study, 'targets'>, whole: SeriesCatalogue): ShownSeries {
  const isJudged = ({ specialty, measure }: SeriesKey): boolean =>
    targets.some((target) => target.specialty === specialty && target.measure === measure)
  const places = whole.keys.flatMap((key, index) => (isOnScreen(key) || isJudged(key) ? [index] : []))
  const dates = whole.dates.length
  return {
    catalogue: { ...whole, keys: places.map((index) => whole.keys[index]) },
    places,
    shrink(values) {
      const shrunk = new Float64Array(places.length * dates)
      places.forEach((index, position) => shrunk.set(values.subarray(index * dates, (index + 1) * dates), position * dates))
      return shrunk
    },
  }
}
