/** Made-up runs of a study with one or more specialties, whose answers are known. */
import type { EquityInput } from '../../../src/measures/distribution/outcomes.ts'
import { GAP_MEASURES, MEASURES } from '../../../src/measures/definitions.ts'
import { STANDARD_HEALTH } from '../../../src/measures/health/assumptions.ts'
import type { DimensionInfo, RunTable, SeriesKey } from '../../../src/measures/types.ts'

/** Values of a run at the reporting dates: by specialty, group and measure, at each date. */
export type ValueOf = (place: {
  readonly specialty: string
  readonly group: string
  readonly measure: string
  /** 0 the start. */
  readonly date: number
}) => number

export const FIFTHS: DimensionInfo = {
  id: 'deprivation',
  ordered: true,
  ofResidents: true,
  groups: ['1', '2', '3', '4', '5'].map((id) => ({ id, label: id, population: 100_000 })),
}

/** A study's runs from functions; scenarios in order, the first of them the reference. */
export function runsOf(
  scenarios: Readonly<Record<string, readonly ValueOf[]>>,
  dimension: DimensionInfo = FIFTHS,
  specialties: readonly string[] = ['C_120'],
): EquityInput {
  const dates = ['2026-01-31', '2027-01-31', '2028-01-31']
  const measures = MEASURES.map(({ id }) => id).filter((id) => !id.includes(':'))
  const keys: SeriesKey[] = ['all', ...specialties].flatMap((specialty) =>
    ['all', ...dimension.groups.map(({ id }) => id)].flatMap((group) =>
      measures.map((measure) => ({
        specialty,
        stage: 'all',
        dimension: group === 'all' ? 'all' : dimension.id,
        group,
        measure,
      })),
    ),
  )
  const runs: RunTable['runs'][number][] = Object.entries(scenarios).flatMap(([scenario, each]) =>
    each.map((valueOf, replication) => ({
      scenario,
      draw: 0,
      replication,
      values: Float64Array.from(
        keys.flatMap(({ specialty, group, measure }) =>
          dates.map((_, date) => valueOf({ specialty, group, measure, date })),
        ),
      ),
    })),
  )
  const ids = Object.keys(scenarios)
  return {
    catalogue: { keys, dimensions: [dimension], dates },
    runRows: { dateIndices: [0, 1, 2], runs },
    runsPerDraw: 1,
    scenarioIds: ids,
    reference: ids[0],
    health: STANDARD_HEALTH,
  }
}

/** A run in which groups lose these QALYs a year on the list, and programmes spend so much a year. */
export function losing(byGroup: readonly number[], spendAYear = 0): ValueOf {
  return ({ specialty, group, measure, date }) => {
    if (measure === 'spend-to-date') return specialty === 'all' && group === 'all' ? spendAYear * date : 0
    if (measure === 'qalys-lost-to-date' && group !== 'all') return byGroup[Number(group) - 1] * date
    return GAP_MEASURES.includes(measure as (typeof GAP_MEASURES)[number]) && group !== 'all' ? Number(group) / 10 : 0
  }
}
