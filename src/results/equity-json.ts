/** equity.json: scenarios compared by health and its distribution; gaps.json and gaps.csv: every other index. */
import { compareEquity } from '../measures/distribution/equity.ts'
import type { EquityInput } from '../measures/distribution/outcomes.ts'
import type { Equity } from '../measures/distribution/equity-types.ts'
import { comparisonTable } from '../measures/distribution/comparisons.ts'
import { gapTable, type GapRow, type GapTable } from '../measures/distribution/gap-rows.ts'
import { csvText } from './csv-text.ts'
import type { StudyResults } from './types.ts'

/** Column names of gaps.csv, in order; rows of gaps.json have the same keys. */
export const GAP_COLUMNS = [
  'scenario',
  'date',
  'specialty',
  'dimension',
  'within',
  'measure',
  'index',
  'mean',
  'lower',
  'upper',
  'n',
  'difference',
  'differenceLower',
  'differenceUpper',
  'reason',
] as const satisfies readonly (keyof GapRow)[]

/** Columns whose numbers are limits: six significant digits, as everywhere in the results. */
const LIMITS: readonly (keyof GapRow)[] = ['lower', 'upper', 'differenceLower', 'differenceUpper']

/** Comparisons already made: report, workbook and files ask for the same, and each takes some tenths of a second. */
const knownEquity = new WeakMap<StudyResults, Equity | null>()

/** Scenarios compared by health; null where the study has nothing to compare. */
export function equityOf(results: StudyResults): Equity | null {
  const known = knownEquity.get(results)
  if (known !== undefined) return known
  const made = compareEquity(equityInput(results))
  knownEquity.set(results, made)
  return made
}

/** Every other index of inequality at the reporting dates. */
export function gapsOf(results: StudyResults): GapTable {
  const input = equityInput(results)
  const [indices, comparisons] = [gapTable(input, results.measures), comparisonTable(input, results.measures)]
  return { rows: [...indices.rows, ...comparisons.rows], refused: [...indices.refused, ...comparisons.refused] }
}

/** The part of the results that comparisons between scenarios need. */
export function equityInput({ catalogue, runRows, scenarios, study }: StudyResults): EquityInput {
  const runsPerDraw = study.draws > 1 ? study.replications : 1
  return { catalogue, runRows, runsPerDraw, scenarioIds: scenarios.map(({ id }) => id), reference: study.reference, health: study.health }
}

/** Text of equity.json. Undefined and unbounded numbers are null. */
export function equityJson(equity: Equity | null): string {
  const none = { schemaVersion: 1, perspective: null, scenarios: [] }
  return `${JSON.stringify(equity ?? none, finiteOrNull, 1)}\n`
}

/** Text of gaps.json, one row a line. */
export function gapsJson({ rows, refused }: GapTable): string {
  const lines = (items: readonly object[]): string =>
    items.map((item) => `\n${JSON.stringify(item, finiteOrNull)}`).join(',')
  const tidied = rows.map((row) => Object.fromEntries(GAP_COLUMNS.map((column) => [column, numberOf(row, column)])))
  return `{"schemaVersion":1,\n"rows":[${lines(tidied)}\n],\n"refused":[${lines(refused)}\n]}\n`
}

/** Text of gaps.csv. */
export function gapsCsv({ rows }: GapTable): string {
  const lines = rows.map((row) => GAP_COLUMNS.map((column) => fieldOf(numberOf(row, column))).join(','))
  return `${[GAP_COLUMNS.join(','), ...lines].join('\n')}\n`
}

function numberOf(row: GapRow, column: (typeof GAP_COLUMNS)[number]): string | number | null {
  const value = row[column]
  return typeof value === 'number' && Number.isFinite(value) && LIMITS.includes(column)
    ? Number(value.toPrecision(6))
    : value
}

function fieldOf(value: string | number | null): string {
  if (typeof value === 'string') return csvText(value)
  return value === null || !Number.isFinite(value) ? '' : String(value)
}

/** A replacer for JSON, which has no word for an undefined number. */
export function finiteOrNull(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}
