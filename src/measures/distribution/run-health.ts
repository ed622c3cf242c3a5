/**
 * What each run says of health and money: losses by weight and group, and spend, discounted, from the values of single
 * runs at the reporting dates.
 */
import { power } from '../../model/powers.ts'
import { weightOf, type HealthSetting } from '../health/assumptions.ts'
import type { DimensionInfo, RunTable, SeriesCatalogue, SeriesKey } from '../types.ts'

/** Health and money of one run over the whole projection. */
export interface RunHealth {
  /** QALYs lost by waiting with weights at their means, on the list and off it: [weight][group]. */
  readonly loss: readonly (readonly number[])[]
  /** QALYs lost with deaths and emergency admissions, by group. */
  readonly eventLoss: readonly number[]
  /** Pounds spent. */
  readonly spend: number
}

const DAYS_A_YEAR = 365.25
const LOSS_MEASURES = ['qalys-lost-to-date', 'qalys-lost-off-list-to-date'] as const
const EVENT_MEASURES = ['deaths-to-date', 'emergencies-to-date'] as const

/** Finds a series by name; −1 where the catalogue lacks it. */
export function seriesIndex(catalogue: SeriesCatalogue): (key: SeriesKey) => number {
  const nameOf = ({ specialty, stage, dimension, group, measure }: SeriesKey): string =>
    [specialty, stage, dimension, group, measure].join('|')
  const indices = new Map(catalogue.keys.map((key, index) => [nameOf(key), index]))
  return (key) => indices.get(nameOf(key)) ?? -1
}

/** Of each run of a scenario, in the order of draws and replications: runs of two scenarios at one place are a pair. */
export type OfScenario<Read> = (scenario: string) => readonly Read[]

/** Reads every run once, for each scenario; nothing of a scenario that was not run. */
export function readRuns<Read>(table: RunTable, read: (run: RunTable['runs'][number]) => Read): OfScenario<Read> {
  const runs = Map.groupBy(table.runs, ({ scenario }) => scenario)
  const byScenario = new Map([...runs].map(([scenario, own]) => [scenario, own.map(read)]))
  return (scenario) => byScenario.get(scenario) ?? []
}

/** Reads runs of a study. */
export function runHealthReader(
  catalogue: SeriesCatalogue,
  dateIndices: readonly number[],
  { id, groups }: DimensionInfo,
  health: HealthSetting,
): (values: Float64Array) => RunHealth {
  const find = seriesIndex(catalogue)
  const specialties = new Set(catalogue.keys.map(({ specialty }) => specialty))
  specialties.delete('all')
  const { weights, discountRates, qalysPerDeath, qalysPerEmergency } = health
  const discounted = discounter(catalogue, dateIndices, discountRates.health)
  const seriesOf = (codes: readonly string[], measures: readonly string[]): number[][] =>
    groups.map((group) =>
      codes.flatMap((specialty) =>
        measures.map((measure) => find({ specialty, stage: 'all', dimension: id, group: group.id, measure })),
      ),
    )
  const total = (values: Float64Array, series: readonly number[]): number =>
    series.reduce((sum, each) => sum + discounted(values, each), 0)
  const byWeight = weights.map((weight) => {
    const codes = [...specialties].filter((code) => weightOf(health, code) === weight)
    const loss = seriesOf(codes, LOSS_MEASURES)
    const [deaths, emergencies] = EVENT_MEASURES.map((measure) => seriesOf(codes, [measure]))
    return { loss, deaths, emergencies }
  })
  const spendSeries = find({ specialty: 'all', stage: 'all', dimension: 'all', group: 'all', measure: 'spend-to-date' })
  const spent = discounter(catalogue, dateIndices, discountRates.money)
  return (values) => {
    const events = byWeight.map(({ deaths, emergencies }) =>
      groups.map((_, group) => {
        const lostInDeaths = qalysPerDeath === 0 ? 0 : qalysPerDeath * total(values, deaths[group])
        return lostInDeaths + (qalysPerEmergency === 0 ? 0 : qalysPerEmergency * total(values, emergencies[group]))
      }),
    )
    return {
      // The series hold both; the weights' uncertainty is of waiting alone.
      loss: byWeight.map(({ loss }, weight) => loss.map((series, group) => total(values, series) - events[weight][group])),
      eventLoss: groups.map((_, group) => events.reduce((sum, each) => sum + each[group], 0)),
      spend: spent(values, spendSeries),
    }
  }
}

/** Turns a running sum at the reporting dates into a discounted total: what falls between two dates, at their middle. */
function discounter(
  { dates }: SeriesCatalogue,
  dateIndices: readonly number[],
  rate: number,
): (values: Float64Array, series: number) => number {
  const years = dateIndices.map((index) => (Date.parse(dates[index]) - Date.parse(dates[0])) / (DAYS_A_YEAR * 86_400_000))
  const factors = years.map((year, k) => power(1 + rate, -((year + years[Math.max(0, k - 1)]) / 2)))
  return (values, series) => {
    let total = 0
    for (let k = 1; k < dateIndices.length; k += 1) {
      const at = series * dateIndices.length + k
      total += factors[k] * (values[at] - values[at - 1])
    }
    return total
  }
}
