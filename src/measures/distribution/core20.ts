/**
 * The most deprived fifth of England (Core20) against everybody else: values of the two, from values of groups, each
 * weighted by what its measure is a share or a rate of.
 */
import type { GAP_MEASURES } from '../definitions.ts'
import type { DimensionInfo, SeriesCatalogue } from '../types.ts'
import { seriesIndex } from './run-health.ts'

/** A measure whose groups can be pooled without their distributions. */
export type PooledMeasure = Exclude<(typeof GAP_MEASURES)[number], 'median-wait' | 'percentile-92-wait'>

/** What a measure is a mean over: those waiting, residents, or need. */
type Denominator = 'waiting' | 'residents' | 'need'

const DENOMINATORS: Readonly<Record<PooledMeasure, Denominator>> = {
  'within-18-weeks': 'waiting',
  'over-52-weeks': 'waiting',
  'over-65-weeks': 'waiting',
  'mean-wait': 'waiting',
  'treated-per-1000': 'residents',
  'treated-per-need': 'need',
  'unmet-need-per-1000': 'residents',
}

/** Measures that can be pooled; a median of the rest does not follow from the medians of its groups. */
export function isPooled(measure: string): measure is PooledMeasure {
  return Object.hasOwn(DENOMINATORS, measure)
}

/** Of all deprivation groups, how many first ones are the most deprived fifth; null where none are exactly that. */
export function core20Groups(groups: number): number | null {
  return groups > 0 && groups % 5 === 0 ? groups / 5 : null
}

/** The two sides in one run. */
export interface Core20Sides {
  readonly core20: number
  readonly rest: number
}

/**
 * Reads runs of a study.
 * @param dates dates that a block of values has for each series
 * @returns null where no groups are exactly the most deprived fifth
 */
export function core20Reader(
  catalogue: SeriesCatalogue,
  dates: number,
  measure: PooledMeasure,
): ((values: ArrayLike<number>, date: number) => Core20Sides) | null {
  const deprivation = catalogue.dimensions.find(({ id }) => id === 'deprivation')
  const first = core20Groups(deprivation?.groups.length ?? 0)
  if (deprivation === undefined || first === null) return null
  const find = groupFinder(catalogue, deprivation)
  const [own, waiting, treated] = [measure, 'waiting', 'treated-per-1000'].map(find)
  const people = deprivation.groups.map(({ population }) => population)
  return (values, date) => {
    const at = (series: readonly number[], group: number): number => values[series[group] * dates + date]
    const weight = (group: number): number => {
      switch (DENOMINATORS[measure]) {
        case 'waiting':
          return at(waiting, group)
        case 'residents':
          return people[group]
        case 'need':
          // Treated ÷ (treated ÷ need).
          return (at(treated, group) * people[group]) / at(own, group)
      }
    }
    const pooled = (groups: readonly number[]): number => {
      const present = groups.filter((group) => weight(group) !== 0)
      const total = present.reduce((sum, group) => sum + weight(group), 0)
      return present.reduce((sum, group) => sum + weight(group) * at(own, group), 0) / total
    }
    const all = [...deprivation.groups.keys()]
    return { core20: pooled(all.slice(0, first)), rest: pooled(all.slice(first)) }
  }
}

function groupFinder(catalogue: SeriesCatalogue, { id, groups }: DimensionInfo): (measure: string) => number[] {
  const find = seriesIndex(catalogue)
  return (measure) => groups.map((group) => find({ specialty: 'all', stage: 'all', dimension: id, group: group.id, measure }))
}
