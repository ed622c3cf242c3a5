/**
 * What each run says of health and money: losses by weight and group, and spend, discounted, from the values of single
 * runs at the reporting dates.
 */
import { QALY_WEIGHTS, qalyWeightOf } from '../health/assumptions.ts'
import type { DimensionInfo, RunTable, SeriesCatalogue, SeriesKey } from '../types.ts'
import { HEALTH_DISCOUNT_RATE } from './assumptions.ts'

/** Health and money of one run over the whole projection. */
export interface RunHealth {
  /** QALYs lost with weights at their means, on the list and off it: [weight][group]. */
  readonly loss: readonly (readonly number[])[]
  /** Pounds spent. */
  readonly spend: number
}

const DAYS_A_YEAR = 365.25
const LOSS_MEASURES = ['qalys-lost-to-date', 'qalys-lost-off-list-to-date'] as const

/** Finds a series by name; −1 where the catalogue lacks it. */
export function seriesIndex(catalogue: SeriesCatalogue): (key: SeriesKey) => number {
  const nameOf = ({ specialty, stage, dimension, group, measure }: SeriesKey): string =>
    [specialty, stage, dimension, group, measure].join('|')
  const indices = new Map(catalogue.keys.map((key, index) => [nameOf(key), index]))
  return (key) => indices.get(nameOf(key)) ?? -1
}

/** Runs by scenario, in the order of draws and replications, so that runs of two scenarios at one place are a pair. */
export function runsByScenario(table: RunTable): ReadonlyMap<string, readonly RunTable['runs'][number][]> {
  return Map.groupBy(table.runs, ({ scenario }) => scenario)
}

/** Reads runs of a study. */
export function runHealthReader(
  catalogue: SeriesCatalogue,
  dateIndices: readonly number[],
  { id, groups }: DimensionInfo,
): (values: Float64Array) => RunHealth {
  const find = seriesIndex(catalogue)
  const specialties = new Set(catalogue.keys.map(({ specialty }) => specialty))
  specialties.delete('all')
  const discounted = discounter(catalogue, dateIndices)
  const lossSeries = QALY_WEIGHTS.map((weight) => {
    const codes = [...specialties].filter((code) => qalyWeightOf(code) === weight)
    return groups.map((group) =>
      codes.flatMap((specialty) =>
        LOSS_MEASURES.map((measure) => find({ specialty, stage: 'all', dimension: id, group: group.id, measure })),
      ),
    )
  })
  const spendSeries = find({ specialty: 'all', stage: 'all', dimension: 'all', group: 'all', measure: 'spend-to-date' })
  return (values) => ({
    loss: lossSeries.map((byGroup) =>
      byGroup.map((series) => series.reduce((sum, each) => sum + discounted(values, each), 0)),
    ),
    spend: discounted(values, spendSeries),
  })
}

/** Turns a running sum at the reporting dates into a discounted total: what falls between two dates, at their middle. */
function discounter(
  { dates }: SeriesCatalogue,
  dateIndices: readonly number[],
): (values: Float64Array, series: number) => number {
  const years = dateIndices.map((index) => (Date.parse(dates[index]) - Date.parse(dates[0])) / (DAYS_A_YEAR * 86_400_000))
  const factors = years.map((year, k) => (1 + HEALTH_DISCOUNT_RATE) ** -((year + years[Math.max(0, k - 1)]) / 2))
  return (values, series) => {
    let total = 0
    for (let k = 1; k < dateIndices.length; k += 1) {
      const at = series * dateIndices.length + k
      total += factors[k] * (values[at] - values[at - 1])
    }
    return total
  }
}
