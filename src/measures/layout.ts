/**
 * Where each series stands in a run's block of numbers. Catalogue and measurer both read it, so that a name and
 * a number cannot part.
 *
 *     specialty `all`, then each other in turn:
 *       unit (all, all), then each group of each dimension: its measures
 *       each ordered dimension: measure × index gap rows
 *
 * In a study of many systems the groups of systems stand in block `all` only: 42 boards × 24 specialties × 5 groups
 * would be more numbers than anybody reads or any table holds.
 *
 * Which measures a unit has depends on the study alone (the counts that it speaks of, whether priority levels have
 * target times) and on the unit (rates of residents and need, and money, where those are known by its groups).
 */
import type { CompiledScenario, Dimension } from '../model/tables.ts'
import { isPlaces, isPlacesCrossed } from '../scenario/place-dimensions.ts'
import { FLOW_MEASURES, GAP_MEASURES, TARGET_TIME_MEASURES, TO_DATE_MEASURES, VALIDATION_MEASURES } from './definitions.ts'
import type { FlowMeasure } from './definitions.ts'
import { GAP_INDICES } from './gaps.ts'
import { HEALTH_MEASURES } from './health/loss.ts'

/** The dimension whose groups programmes' money is known by. */
const MONEY_DIMENSION = 'deprivation'

/** With more systems than this, what is reported of single systems is of all specialties together. */
const MOST_SYSTEMS_BY_SPECIALTY = 8

/** Measures of waits, in storage order. */
export const WAIT_MEASURES = [
  'within-18-weeks',
  'over-52-weeks',
  'over-65-weeks',
  'over-52-weeks-count',
  'mean-wait',
  'median-wait',
  'percentile-92-wait',
] as const

/** Rates of residents and of need: undefined for groups that are not of residents, such as priority levels. */
export const RESIDENT_MEASURES = ['unmet-need-per-1000', 'treated-per-1000', 'treated-per-need'] as const
const MONEY_MEASURES = ['spend', 'spend-to-date'] as const

/** A series within a unit. */
export interface UnitSeries {
  readonly stage: string
  readonly measure: string
}

/** The series of a unit, in storage order. */
export interface UnitPlan {
  readonly series: readonly UnitSeries[]
  /** Position of a measure of all stages within the unit; −1 where the unit does not have it. The list by stage follows `waiting`. */
  readonly at: (measure: string) => number
}

/**
 * Measures reckoned specialty by specialty, of which all specialties together are the sum, in storage order: the health
 * measures first, as they follow one another in every unit.
 */
export function summedMeasures({ counted }: Pick<CompiledScenario, 'counted'>): readonly string[] {
  return [...HEALTH_MEASURES, ...(counted.includes('removedByValidation') ? VALIDATION_MEASURES : [])]
}

function planOf(compiled: CompiledScenario, ofResidents: boolean, hasMoney: boolean): UnitPlan {
  const { counted, targetWeeksFirst, targetWeeksAdmission } = compiled
  const hasTargets = [targetWeeksFirst, targetWeeksAdmission].some((weeks) => weeks.some((week) => !Number.isNaN(week)))
  const isCounted = (flow: FlowMeasure): boolean => flow.counted === null || counted.includes(flow.counted)
  const measures = [
    ...FLOW_MEASURES.filter(isCounted).map(({ measure }) => measure),
    ...(counted.includes('slotsLost') ? ['lost-slot-cost'] : []),
    ...TO_DATE_MEASURES.filter(isCounted).map(({ measure }) => measure),
    ...WAIT_MEASURES,
    ...(hasTargets ? TARGET_TIME_MEASURES : []),
    'unmet-need',
    ...(ofResidents ? RESIDENT_MEASURES : []),
    ...summedMeasures(compiled),
    ...(hasMoney ? MONEY_MEASURES : []),
  ]
  const series = [
    { stage: 'all', measure: 'waiting' },
    { stage: 'first-appointment', measure: 'waiting' },
    { stage: 'admission', measure: 'waiting' },
    ...measures.map((measure) => ({ stage: 'all', measure })),
  ]
  const positions = new Map(series.toReversed().map(({ measure }, fromEnd) => [measure, series.length - 1 - fromEnd]))
  return { series, at: (measure) => positions.get(measure) ?? -1 }
}

/** A set of strata that is reported as one: everybody, or one group of a dimension. */
export interface Unit {
  readonly dimension: string
  readonly group: string
  readonly strata: readonly number[]
  /** Residents. */
  readonly population: number
  /** First series, counted from the block's first. */
  readonly offset: number
  readonly plan: UnitPlan
  /** Group index that money is known by; `all` for everybody, null where money is not known. */
  readonly moneyGroup: number | 'all' | null
}

/** Gap rows of an ordered dimension. */
export interface GapBlock {
  readonly dimension: string
  /** The dimension's groups, most deprived first. */
  readonly units: readonly Unit[]
  /** First series, counted from the block's first. */
  readonly offset: number
}

/** Places of all series of one block. */
export interface BlockLayout {
  readonly units: readonly Unit[]
  readonly gapBlocks: readonly GapBlock[]
  /** Number of series. */
  readonly series: number
}

/** Places of all series: the block of `all`, then one for each specialty. */
export interface SeriesLayout {
  readonly all: BlockLayout
  /** Its units are the first of those of `all`, at the same places. */
  readonly specialty: BlockLayout
}

/** The layout of a compiled scenario; the same for every scenario and draw of a study. */
export function seriesLayout(compiled: CompiledScenario): SeriesLayout {
  const all = blockLayout(compiled, compiled.dimensions)
  const systems = compiled.dimensions.find(({ id }) => id === 'system')?.groups.length ?? 1
  if (systems <= MOST_SYSTEMS_BY_SPECIALTY) return { all, specialty: all }
  return { all, specialty: blockLayout(compiled, compiled.dimensions.filter(({ id }) => !isPlaces(id) && !isPlacesCrossed(id))) }
}

function blockLayout(compiled: CompiledScenario, dimensions: readonly Dimension[]): BlockLayout {
  const { population } = compiled
  const plans = {
    everything: planOf(compiled, true, true),
    ofResidents: planOf(compiled, true, false),
    others: planOf(compiled, false, false),
  }
  let offset = 0
  const place = (parts: Pick<Unit, 'dimension' | 'group' | 'strata' | 'plan' | 'moneyGroup'>): Unit => {
    const unit = { ...parts, population: residents(population, parts.strata), offset }
    offset += parts.plan.series.length
    return unit
  }
  const everybody = place({ dimension: 'all', group: 'all', strata: [...population.keys()], plan: plans.everything, moneyGroup: 'all' })
  const grouped = dimensions.flatMap((dimension) =>
    dimension.groups.map(({ id }, index) => {
      const moneyGroup = dimension.id === MONEY_DIMENSION ? index : null
      const plan = moneyGroup !== null ? plans.everything : dimension.ofResidents ? plans.ofResidents : plans.others
      return place({ dimension: dimension.id, group: id, strata: strataOfGroup(dimension, index), plan, moneyGroup })
    }),
  )
  const gapBlocks = dimensions
    .filter(({ ordered, ofResidents }) => ordered && ofResidents)
    .map(({ id }): GapBlock => {
      const block = { dimension: id, units: grouped.filter(({ dimension }) => dimension === id), offset }
      offset += GAP_MEASURES.length * GAP_INDICES.length
      return block
    })
  return { units: [everybody, ...grouped], gapBlocks, series: offset }
}

function strataOfGroup({ groupOfStratum }: Dimension, group: number): number[] {
  return [...groupOfStratum.keys()].filter((stratum) => groupOfStratum[stratum] === group)
}

function residents(population: Float64Array, strata: readonly number[]): number {
  return strata.reduce((people, stratum) => people + population[stratum], 0)
}
