/** What a search makes as small as possible, read from measures. */
import { equalityOf, MEASURES } from '../../measures/definitions.ts'
import { groupSeries } from '../../measures/group-series.ts'
import type { SeriesCatalogue } from '../../measures/types.ts'
import { NEED_GAP, VISIBLE_GAP } from '../../measures/headline-measures.ts'

/** Names for the objectives that are asked for most; health counts people off the list too, so that a discharge is no gain. */
const OBJECTIVE_NAMES: Readonly<Record<string, readonly string[]>> = {
  health: ['qalys-lost-to-date', 'qalys-lost-off-list-to-date'],
  gap: [VISIBLE_GAP],
  'unmet-gap': [NEED_GAP],
  spend: ['spend-to-date'],
}

/** One objective. */
export interface Objective {
  /** As the user named it. */
  readonly id: string
  /** Measures whose sum it is. */
  readonly measures: readonly string[]
  /** Positions of the measures at the end of a run, everybody or the gap. */
  readonly positions: readonly number[]
  /** The number that the search makes small, of the measures' sum: itself, its negative, or its distance from equality. */
  readonly cost: (value: number) => number
}

/** Objectives that a name can be: the short names, and every measure that is better or worse. */
export function objectiveNames(catalogue: SeriesCatalogue): string[] {
  const reported = new Set(catalogue.keys.map(({ measure }) => measure))
  const judged = MEASURES.filter(({ id, direction }) => direction !== 'neutral' && reported.has(id)).map(({ id }) => id)
  return [...Object.keys(OBJECTIVE_NAMES).filter((name) => OBJECTIVE_NAMES[name].every((measure) => reported.has(measure))), ...judged]
}

/** @param id one of {@link objectiveNames} */
export function objectiveOf(id: string, catalogue: SeriesCatalogue): Objective {
  const measures = OBJECTIVE_NAMES[id] ?? [id]
  const equality = equalityOf(measures[0])
  const better = MEASURES.find((info) => info.id === measures[0])?.direction === 'higher-is-better'
  return {
    id,
    measures,
    positions: measures.map((measure) => endOf(catalogue, measure)),
    cost(value) {
      if (equality !== null) return Math.abs(value - equality)
      return better ? -value : value
    },
  }
}

function endOf(catalogue: SeriesCatalogue, measure: string): number {
  const { dates } = catalogue
  const series = groupSeries(catalogue, { measure, specialty: 'all', group: measure.includes(':') ? 'gap' : 'all' })
  if (series < 0) throw new Error(`the runs report no ${measure}`)
  return series * dates.length + dates.length - 1
}
