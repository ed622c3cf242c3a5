/**
 * Comparisons beside the indices across groups: the most deprived fifth against the rest, and the deprivation gap within
 * each system and within each group of a further dimension (what levelling up there would bring).
 */
import { GAP_MEASURES } from '../definitions.ts'
import { createGapCalculator, GAP_INDICES } from '../gaps.ts'
import { levelAndChange } from '../interval.ts'
import { crossedGroup, crossingOf } from '../../scenario/place-dimensions.ts'
import type { DimensionInfo, MeasureInfo } from '../types.ts'
import { core20Groups, core20Reader, isPooled } from './core20.ts'
import type { EquityInput } from './outcomes.ts'
import type { GapRefusal, GapRow, GapTable, RefusalReason } from './gap-rows.ts'
import { readRuns, seriesIndex } from './run-health.ts'

/** Indices of the most deprived fifth against the rest: its value less theirs, and divided by theirs. */
export const CORE20_INDICES = ['core20-difference', 'core20-ratio'] as const

/** Indices of the deprivation gap within a system or group; the last is what everybody there would gain by levelling up. */
export const WITHIN_INDICES = [...GAP_INDICES, 'levelling-up'] as const

/** Reads the indices of one run at the k-th reporting date. */
type IndexReader = (values: Float64Array, k: number) => readonly number[]

/** One comparison of one measure. */
interface Comparison {
  readonly measure: string
  readonly within: string
  readonly indices: readonly string[]
  readonly read: IndexReader
  /** Whether a cell that it rests on is hidden as too small. */
  readonly isHidden: (values: Float64Array, k: number) => boolean
}

/** Rows by scenario, then comparison, date and index. */
export function comparisonTable(input: EquityInput, measures: readonly MeasureInfo[]): GapTable {
  const compared = [...core20Comparisons(input), ...withinComparisons(input, measures)]
  const runsOf = readRuns(input.runRows, ({ values }) => values)
  const rows = input.scenarioIds.flatMap((scenario) =>
    compared.flatMap((comparison) =>
      input.runRows.dateIndices.flatMap((date, k) => {
        const [values, before] = [scenario, input.reference].map((each) => runsOf(each).map((run) => comparison.read(run, k)))
        const isHidden = runsOf(scenario).some((run) => comparison.isHidden(run, k))
        return comparison.indices.map((index, at): GapRow => ({
          scenario,
          date: input.catalogue.dates[date],
          specialty: 'all',
          dimension: 'deprivation',
          within: comparison.within,
          measure: comparison.measure,
          index,
          ...numbersOf(values.map((run) => run[at]), before.map((run) => run[at]), input.runsPerDraw, isHidden),
        }))
      }),
    ),
  )
  return { rows, refused: core20Refusals(input) }
}

function numbersOf(values: readonly number[], reference: readonly number[], runsPerDraw: number, isHidden: boolean) {
  const numbers = levelAndChange(values, reference, runsPerDraw)
  const reason: RefusalReason | null = numbers.n > 0 ? null : isHidden ? 'small-numbers' : 'no-value'
  return { ...numbers, reason }
}

function core20Comparisons({ catalogue, runRows }: EquityInput): Comparison[] {
  return GAP_MEASURES.flatMap((measure): Comparison[] => {
    const read = isPooled(measure) ? core20Reader(catalogue, runRows.dateIndices.length, measure) : null
    if (read === null) return []
    return [
      {
        measure,
        within: '',
        indices: CORE20_INDICES,
        read(values, k) {
          const { core20, rest } = read(values, k)
          return [core20 - rest, rest > 0 ? core20 / rest : Number.NaN]
        },
        isHidden: () => false,
      },
    ]
  })
}

function core20Refusals({ catalogue }: EquityInput): GapRefusal[] {
  const deprivation = catalogue.dimensions.find(({ id }) => id === 'deprivation')
  if (deprivation === undefined) return []
  const reasonOf = (measure: string): RefusalReason | null => {
    if (core20Groups(deprivation.groups.length) === null) return 'no-fifth'
    return isPooled(measure) ? null : 'not-poolable'
  }
  return GAP_MEASURES.flatMap((measure) => {
    const reason = reasonOf(measure)
    return reason === null ? [] : CORE20_INDICES.map((index) => ({ dimension: 'deprivation', measure, index, reason }))
  })
}

/** Groups of a crossed dimension that belong to one system or group, by deprivation. */
interface Cross {
  readonly within: string
  readonly dimension: string
  readonly groups: readonly { readonly id: string; readonly population: number }[]
}

function withinComparisons(input: EquityInput, measures: readonly MeasureInfo[]): Comparison[] {
  const find = seriesIndex(input.catalogue)
  const width = input.runRows.dateIndices.length
  return crossesOf(input.catalogue.dimensions).flatMap(({ within, dimension, groups }) => {
    const calculate = createGapCalculator(groups.map(({ population }) => population))
    const seriesOf = (measure: string): number[] =>
      groups.map((group) => find({ specialty: 'all', stage: 'all', dimension, group: group.id, measure }))
    const list = seriesOf('waiting')
    return GAP_MEASURES.map((measure): Comparison => {
      const series = seriesOf(measure)
      const sign = measures.find(({ id }) => id === measure)?.direction === 'higher-is-better' ? 1 : -1
      return {
        measure,
        within,
        indices: WITHIN_INDICES,
        read(values, k) {
          const byGroup = Float64Array.from(series, (each) => values[each * width + k])
          const indices = new Float64Array(GAP_INDICES.length)
          calculate(byGroup, indices)
          return [...indices, sign * (byGroup[byGroup.length - 1] - meanOf(byGroup, groups))]
        },
        isHidden: (values, k) => list.some((each) => Number.isNaN(values[each * width + k])),
      }
    })
  })
}

function meanOf(values: Float64Array, groups: Cross['groups']): number {
  const total = groups.reduce((people, { population }) => people + population, 0)
  return groups.reduce((sum, { population }, group) => sum + population * values[group], 0) / total
}

/** Every system and region, and every group of further dimensions, in which deprivation groups can be told apart. */
function crossesOf(dimensions: readonly DimensionInfo[]): Cross[] {
  const deprivation = dimensions.find(({ id }) => id === 'deprivation')
  if (deprivation === undefined) return []
  return dimensions.flatMap((outer) => {
    const crossed = dimensions.find(({ id }) => id === crossingOf(outer.id))
    if (crossed === undefined) return []
    return outer.groups.flatMap((group): Cross[] => {
      const ids = deprivation.groups.map(({ id }) => crossedGroup(outer.id, group.id, id))
      const groups = ids.flatMap((id) => crossed.groups.filter((each) => each.id === id && each.population > 0))
      return groups.length < 2 ? [] : [{ within: `${outer.id}/${group.id}`, dimension: crossed.id, groups }]
    })
  })
}
