/**
 * Where each series stands in a run's block of numbers. Catalogue and measurer both read it, so that a name and
 * a number cannot part.
 *
 *     specialty `all`, then each other in turn:
 *       unit (all, all), then each group of each dimension: its measures
 *       each ordered dimension: measure × index gap rows
 */
import type { CompiledScenario, Dimension } from '../model/tables.ts'
import { FLOW_MEASURES, GAP_MEASURES } from './definitions.ts'
import { GAP_INDICES } from './gaps.ts'
import { HEALTH_MEASURES } from './health/loss.ts'

/** The dimension whose groups programmes' money is known by. */
const MONEY_DIMENSION = 'deprivation'

const WAIT_MEASURES = [
  'within-18-weeks',
  'over-52-weeks',
  'over-65-weeks',
  'over-52-weeks-count',
  'mean-wait',
  'median-wait',
  'percentile-92-wait',
] as const

const NEED_MEASURES = ['unmet-need', 'unmet-need-per-1000', 'treated-per-1000', 'treated-per-need'] as const
const MONEY_MEASURES = ['spend', 'spend-to-date'] as const

/** A series within a unit. */
export interface UnitSeries {
  readonly stage: string
  readonly measure: string
}

const COUNT_SERIES: readonly UnitSeries[] = [
  { stage: 'all', measure: 'waiting' },
  { stage: 'first-appointment', measure: 'waiting' },
  { stage: 'admission', measure: 'waiting' },
  ...[...FLOW_MEASURES.map(([measure]) => measure), ...WAIT_MEASURES, ...NEED_MEASURES, ...HEALTH_MEASURES].map(allStages),
]

/** Series of a unit, in storage order; units whose money is not known lack the last two. */
export const UNIT_SERIES: readonly UnitSeries[] = [...COUNT_SERIES, ...MONEY_MEASURES.map(allStages)]

function allStages(measure: string): UnitSeries {
  return { stage: 'all', measure }
}

/** Position of the first series of each kind within a unit. */
export const UNIT_OFFSETS = {
  waiting: 0,
  flows: 3,
  waits: 3 + FLOW_MEASURES.length,
  need: 3 + FLOW_MEASURES.length + WAIT_MEASURES.length,
  health: 3 + FLOW_MEASURES.length + WAIT_MEASURES.length + NEED_MEASURES.length,
  money: COUNT_SERIES.length,
} as const

/** Position of each gap measure's own series within a unit. */
export const GAP_MEASURE_OFFSETS: readonly number[] = GAP_MEASURES.map((measure) =>
  UNIT_SERIES.findIndex((series) => series.measure === measure),
)

/** A set of strata that is reported as one: everybody, or one group of a dimension. */
export interface Unit {
  readonly dimension: string
  readonly group: string
  readonly strata: readonly number[]
  /** Residents. */
  readonly population: number
  /** First series, counted from the specialty's first. */
  readonly offset: number
  /** Group index that money is known by; `all` for everybody, null where money is not known. */
  readonly moneyGroup: number | 'all' | null
}

/** Gap rows of an ordered dimension. */
export interface GapBlock {
  readonly dimension: string
  /** The dimension's groups, most deprived first. */
  readonly units: readonly Unit[]
  /** First series, counted from the specialty's first. */
  readonly offset: number
}

/** Places of all series of a specialty; specialties follow one another at `seriesPerSpecialty`. */
export interface SeriesLayout {
  readonly units: readonly Unit[]
  readonly gapBlocks: readonly GapBlock[]
  readonly seriesPerSpecialty: number
}

/** Series that a unit has. */
export function unitSeriesCount(unit: Pick<Unit, 'moneyGroup'>): number {
  return unit.moneyGroup === null ? COUNT_SERIES.length : UNIT_SERIES.length
}

/** The layout of a compiled scenario; the same for every scenario and draw of a study. */
export function seriesLayout({ dimensions, population }: CompiledScenario): SeriesLayout {
  let offset = 0
  const place = (dimension: string, group: string, strata: readonly number[], moneyGroup: Unit['moneyGroup']): Unit => {
    const unit = { dimension, group, strata, population: residents(population, strata), offset, moneyGroup }
    offset += unitSeriesCount(unit)
    return unit
  }
  const everybody = place('all', 'all', [...population.keys()], 'all')
  const grouped = dimensions.flatMap((dimension) =>
    dimension.groups.map(({ id }, index) =>
      place(dimension.id, id, strataOfGroup(dimension, index), dimension.id === MONEY_DIMENSION ? index : null),
    ),
  )
  const gapBlocks = dimensions
    .filter(({ ordered }) => ordered)
    .map(({ id }): GapBlock => {
      const block = { dimension: id, units: grouped.filter(({ dimension }) => dimension === id), offset }
      offset += GAP_MEASURES.length * GAP_INDICES.length
      return block
    })
  return { units: [everybody, ...grouped], gapBlocks, seriesPerSpecialty: offset }
}

function strataOfGroup({ groupOfStratum }: Dimension, group: number): number[] {
  return [...groupOfStratum.keys()].filter((stratum) => groupOfStratum[stratum] === group)
}

function residents(population: Float64Array, strata: readonly number[]): number {
  return strata.reduce((people, stratum) => people + population[stratum], 0)
}
