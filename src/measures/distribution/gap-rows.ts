/**
 * Every other index of inequality, at the reporting dates: run by run from the values of groups, then means, intervals
 * and paired differences. Slope, relative and extreme-group indices of ordered groups are series of their own
 * (`gaps.ts`) and not repeated here.
 *
 * Signed indices read **most deprived against least deprived**, like every gap in the results: above 0, the measure is
 * higher among the most deprived. (A concentration index by the textbook has the opposite sign.)
 */
import { createIndexCalculator } from '../indices/calculate.ts'
import { INDEX_KEYS, type IndexKey, type IndexTable, type UndefinedReason } from '../indices/types.ts'
import { undefinedReason } from '../indices/undefined-reasons.ts'
import { levelAndChange } from '../interval.ts'
import type { DimensionInfo, MeasureInfo } from '../types.ts'
import { GAP_MEASURES } from '../definitions.ts'
import { byGroup, QALE_BY_QUINTILE } from './assumptions.ts'
import type { EquityInput } from './outcomes.ts'
import { readRuns, seriesIndex } from './run-health.ts'

/** Why an index is not given. */
export type RefusalReason =
  | UndefinedReason
  | 'not-a-good'
  | 'not-years'
  | 'no-value'
  | 'small-numbers'
  | 'not-poolable'
  | 'no-fifth'

/** An index of one scenario on one date; NaN where undefined. */
export interface GapRow {
  readonly scenario: string
  readonly date: string
  readonly specialty: 'all'
  readonly dimension: string
  /** `dimension/group` of the people among whom it is, e.g. `system/QYG`; empty for everybody. */
  readonly within: string
  readonly measure: string
  readonly index: string
  readonly mean: number
  readonly lower: number
  readonly upper: number
  /** Runs in which the index was defined. */
  readonly n: number
  /** Mean paired difference from the reference. */
  readonly difference: number
  readonly differenceLower: number
  readonly differenceUpper: number
  /** Why there is no value; null where there is one. */
  readonly reason: RefusalReason | null
}

/** An index that a measure or a dimension rules out on every date. */
export interface GapRefusal {
  readonly dimension: string
  readonly measure: string
  readonly index: string
  readonly reason: RefusalReason
}

/** The table and what is left out of it. */
export interface GapTable {
  readonly rows: readonly GapRow[]
  readonly refused: readonly GapRefusal[]
}

/** Indices of the table; those of two groups or a line are series where groups have an order. */
const UNORDERED_ONLY: readonly IndexKey[] = ['difference', 'ratio']
const LEFT_OUT: readonly IndexKey[] = [
  'slopeIndex',
  'relativeIndex',
  'intercept',
  'logisticSlopeIndex',
  'logisticRelativeIndex',
]
const SIGNED: readonly IndexKey[] = ['absoluteConcentrationIndex', 'relativeConcentrationIndex', 'erreygers', 'wagstaff']

/** Reads one run's values by group at the k-th reporting date. */
type GroupReader = (values: Float64Array, k: number, out: number[]) => void

/** A measure whose inequality is reported. */
interface Subject {
  readonly id: string
  readonly valueType: IndexTable['valueType']
  readonly direction: 1 | -1
  /** Whether its unit is years of health, in which aversion is known. */
  readonly isYears: boolean
  readonly read: GroupReader
}

/** `between-group-variance` for `betweenGroupVariance`. */
export function indexId(key: IndexKey): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/**
 * @param measures what the catalogue's measures mean
 * @returns rows by scenario, date, dimension, measure and index; dimensions whose groups are not of residents, or with
 *   residents in fewer than two groups, have none
 */
export function gapTable(input: EquityInput, measures: readonly MeasureInfo[]): GapTable {
  const dimensions = input.catalogue.dimensions.flatMap((dimension) => {
    const groups = dimension.groups.filter(({ population }) => population > 0)
    return dimension.ofResidents && groups.length >= 2 ? [{ ...dimension, groups }] : []
  })
  const tables = dimensions.flatMap((dimension) =>
    subjectsOf(input, measures, dimension).map((subject) => subjectTable(input, dimension, subject)),
  )
  const order = (row: GapRow): number => input.scenarioIds.indexOf(row.scenario)
  const rows = tables.flatMap((table) => table.rows)
  return {
    rows: rows.toSorted((a, b) => order(a) - order(b) || (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
    refused: tables.flatMap((table) => table.refused),
  }
}

function subjectsOf(input: EquityInput, measures: readonly MeasureInfo[], dimension: DimensionInfo): Subject[] {
  const reader = groupReader(input, dimension)
  const plain = GAP_MEASURES.map((id): Subject => {
    const info = measures.find((each) => each.id === id)
    const direction = info?.direction === 'higher-is-better' ? 1 : -1
    return { id, valueType: info?.unit === 'share' ? 'proportion' : 'rate', direction, isYears: false, read: reader(id) }
  })
  const population = dimension.groups.map((group) => group.population)
  const [onList, offList] = [reader('qalys-lost-to-date'), reader('qalys-lost-off-list-to-date')]
  const perThousand = (read: GroupReader): GroupReader => (values, k, out) => {
    read(values, k, out)
    population.forEach((people, group) => {
      out[group] *= 1000 / people
    })
  }
  const loss = { valueType: 'rate', direction: -1, isYears: false } as const
  const health: Subject[] = [
    { id: 'qalys-lost-per-1000-to-date', ...loss, read: perThousand(onList) },
    { id: 'qalys-lost-off-list-per-1000-to-date', ...loss, read: perThousand(offList) },
  ]
  if (dimension.id !== 'deprivation') return [...plain, ...health]
  const baseline = baselineOf(input, dimension)
  const elsewhere = population.map(() => 0)
  const read: GroupReader = (values, k, out) => {
    onList(values, k, out)
    offList(values, k, elsewhere)
    population.forEach((people, group) => {
      out[group] = baseline[group] - (out[group] + elsewhere[group]) / people
    })
  }
  return [...plain, ...health, { id: 'healthy-years', valueType: 'rate', direction: 1, isYears: true, read }]
}

function baselineOf({ catalogue }: EquityInput, { id, groups }: DimensionInfo): number[] {
  const all = catalogue.dimensions.find((dimension) => dimension.id === id)?.groups ?? []
  const years = byGroup(QALE_BY_QUINTILE, all.length)
  return groups.map((group) => years[all.findIndex((each) => each.id === group.id)])
}

function groupReader({ catalogue, runRows }: EquityInput, { id, groups }: DimensionInfo): (measure: string) => GroupReader {
  const find = seriesIndex(catalogue)
  const width = runRows.dateIndices.length
  return (measure) => {
    const series = groups.map((group) =>
      find({ specialty: 'all', stage: 'all', dimension: id, group: group.id, measure }),
    )
    return (values, k, out) => {
      series.forEach((each, group) => {
        out[group] = values[each * width + k]
      })
    }
  }
}

function subjectTable(input: EquityInput, dimension: DimensionInfo, subject: Subject): GapTable {
  const keys = INDEX_KEYS.filter(
    (key) => !LEFT_OUT.includes(key) && !(dimension.ordered && UNORDERED_ONLY.includes(key)),
  )
  const refused = keys.flatMap((key): GapRefusal[] => {
    const reason = refusalOf(key, dimension, subject)
    return reason === null ? [] : [{ dimension: dimension.id, measure: subject.id, index: indexId(key), reason }]
  })
  const given = keys.filter((key) => refusalOf(key, dimension, subject) === null)
  const runsOf = readRuns(input.runRows, ({ values }) => values)
  const readList = groupReader(input, dimension)('waiting')
  const list = dimension.groups.map(() => 0)
  const rows = input.runRows.dateIndices.flatMap((date, k) => {
    const table = tableOf(dimension, subject)
    const calculate = createIndexCalculator(table)
    const values = table.values.slice()
    const ofRuns = (scenario: string): Run[] =>
      runsOf(scenario).map((run) => {
        readList(run, k, list)
        subject.read(run, k, values)
        return { values: values.slice(), indices: calculate(values), isHidden: list.some((people) => Number.isNaN(people)) }
      })
    const reference = ofRuns(input.reference)
    return input.scenarioIds.flatMap((scenario) => {
      const own = scenario === input.reference ? reference : ofRuns(scenario)
      return given.map((key) => ({
        scenario,
        date: input.catalogue.dates[date],
        specialty: 'all' as const,
        dimension: dimension.id,
        within: '',
        measure: subject.id,
        index: indexId(key),
        ...numbersOf(key, subject, table, own, reference, input.runsPerDraw),
      }))
    })
  })
  return { rows, refused }
}

/** One run's values by group, and their indices. */
interface Run {
  /** Whether a group is hidden as too small: even its list is undefined. */
  readonly isHidden: boolean
  readonly values: readonly number[]
  readonly indices: Readonly<Record<IndexKey, number>>
}

function tableOf({ ordered, groups }: DimensionInfo, { valueType, direction }: Subject): IndexTable {
  return {
    valueType,
    transform: false,
    multiplier: direction,
    ordered,
    reference: ordered ? groups.length - 1 : null,
    population: groups.map(({ population }) => population),
    values: groups.map(() => 0),
  }
}

/** What a measure or a dimension rules out whatever the values. */
function refusalOf(key: IndexKey, { ordered }: DimensionInfo, subject: Subject): RefusalReason | null {
  if (!ordered && SIGNED.includes(key)) return 'no-order'
  if (!ordered && key.startsWith('meanDifferenceFromReference')) return 'no-reference'
  if ((key === 'erreygers' || key === 'wagstaff') && subject.valueType !== 'proportion') return 'not-a-proportion'
  if (key === 'atkinson' && subject.direction < 0) return 'not-a-good'
  return key === 'kolm' && !subject.isYears ? 'not-years' : null
}

function numbersOf(
  key: IndexKey,
  { direction }: Subject,
  table: IndexTable,
  own: readonly Run[],
  reference: readonly Run[],
  runsPerDraw: number,
): Pick<GapRow, 'mean' | 'lower' | 'upper' | 'n' | 'difference' | 'differenceLower' | 'differenceUpper' | 'reason'> {
  // The calculator turns signed indices by direction: back, and then round to most against least deprived.
  const valueOf = ({ indices }: Run): number => (SIGNED.includes(key) ? 0 - direction * indices[key] : indices[key])
  const numbers = levelAndChange(own.map(valueOf), reference.map(valueOf), runsPerDraw)
  return { ...numbers, reason: numbers.n > 0 ? null : reasonOf(key, table, own) }
}

function reasonOf(key: IndexKey, table: IndexTable, runs: readonly Run[]): RefusalReason {
  const { values, isHidden } = runs[0] ?? { values: [], isHidden: false }
  if (isHidden) return 'small-numbers'
  if (values.length === 0 || values.some((value) => Number.isNaN(value))) return 'no-value'
  return undefinedReason(key, { ...table, values })
}
