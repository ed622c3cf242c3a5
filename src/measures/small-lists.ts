/**
 * Which lists of people may be too small to be told, and which series tell of them: the one rule behind every table,
 * store and screen that hides small numbers.
 */
import { crossingOf } from '../scenario/place-dimensions.ts'
import type { Study } from '../scenario/study.ts'
import type { SeriesCatalogue, SeriesKey } from './types.ts'

/** What of a study says which lists are too small: its further dimensions, and people on the least list that is told. */
export type Protection = Pick<Study, 'dimensions' | 'smallNumbers'>

/** The small lists of one catalogue; numbers are looked up in values at key × dates + date. */
export interface SmallLists {
  /** Whether a series is of a further dimension, or of its crossing with deprivation, in a study that protects those. */
  protects(series: number): boolean
  /**
   * Whether a series tells of a list of fewer people than the study's `smallNumbers`: its own group's, or that of any
   * group for a gap across groups.
   * @param date position among the catalogue's dates
   */
  isSmall(series: number, date: number, values: Float64Array): boolean
  /** Whether any protected list, of any specialty and at any date, is small. */
  areIn(values: Float64Array): boolean
}

/**
 * The rule for one study: a list is the people of a group waiting over all stages, by specialty. Deprivation groups by
 * themselves, systems and priority levels are told whatever their size.
 */
export function smallLists({ keys, dates }: SeriesCatalogue, { dimensions, smallNumbers }: Protection): SmallLists {
  const protectedIds = new Set(smallNumbers === 0 ? [] : dimensions.flatMap(({ id }) => [id, crossingOf(id)]))
  const told = [...keys.keys()].filter((series) => protectedIds.has(keys[series].dimension))
  const lists = told.filter((series) => keys[series].measure === 'waiting' && keys[series].stage === 'all')
  const ofGroup = Map.groupBy(lists, (series) => groupName(keys[series]))
  const ofDimension = Map.groupBy(lists, (series) => dimensionName(keys[series]))
  const listsOf = new Map(
    told.map((series) => {
      const key = keys[series]
      return [series, key.group === 'gap' ? ofDimension.get(dimensionName(key)) : ofGroup.get(groupName(key))]
    }),
  )
  const isFew = (list: number, date: number, values: Float64Array): boolean => values[list * dates.length + date] < smallNumbers
  return {
    protects: (series) => listsOf.has(series),
    isSmall: (series, date, values) => listsOf.get(series)?.some((list) => isFew(list, date, values)) ?? false,
    areIn: (values) => lists.some((list) => dates.some((_, date) => isFew(list, date, values))),
  }
}

const dimensionName = ({ specialty, dimension }: SeriesKey): string => JSON.stringify([specialty, dimension])
const groupName = ({ specialty, dimension, group }: SeriesKey): string => JSON.stringify([specialty, dimension, group])
