/** What `fairwait indices` prints: a table, or one JSON object. */
import { ATKINSON_EPSILON, KOLM_ALPHA } from '../measures/indices/aversion.ts'
import { INDEX_KEYS, type IndexKey } from '../measures/indices/types.ts'
import { undefinedReason } from '../measures/indices/undefined-reasons.ts'
import { BLOCKS, COLUMN_HEADS, INDEX_LABELS, indicesHeading, NOTES, UNDEFINED } from './indices-messages.ts'
import type { IndicesResult } from './indices.ts'
import { LINE_WIDTH, plainText, tableLines } from './terminal.ts'

/** Keys whose limits stand beside them in the JSON object; all limits are in `intervals`. */
const LIMITS_BESIDE: readonly IndexKey[] = ['slopeIndex', 'relativeIndex']

/**
 * The JSON object: every index by its name, null where undefined (with the reason in `undefined`), limits of the
 * slope and relative index beside them, and intervals of all in `intervals`.
 */
export function indicesJson(result: IndicesResult): string {
  const { table, values, simulated, groups } = result
  const intervals = simulated?.intervals ?? {}
  const head = INDEX_KEYS.slice(0, INDEX_KEYS.indexOf('intercept') + 1)
  const numbers = (keys: readonly IndexKey[]) => keys.map((key) => [key, orNull(values[key])])
  const object = {
    schemaVersion: 1,
    file: result.file,
    groups: groups.groups,
    valueType: table.valueType,
    transform: table.transform,
    multiplier: table.multiplier,
    direction: table.multiplier < 0 ? 'higher-is-worse' : 'higher-is-better',
    ordered: table.ordered,
    best: result.best,
    reference: table.reference === null ? null : groups.groups[table.reference],
    standardErrorsFrom: simulated?.source ?? null,
    confidence: simulated?.confidence ?? null,
    repetitions: simulated?.repetitions ?? null,
    atkinsonEpsilon: ATKINSON_EPSILON,
    kolmAlpha: KOLM_ALPHA,
    ...Object.fromEntries(numbers(head)),
    ...Object.fromEntries(
      LIMITS_BESIDE.flatMap((key) => [
        [`${key}Lower`, intervals[key]?.lower ?? null],
        [`${key}Upper`, intervals[key]?.upper ?? null],
      ]),
    ),
    ...Object.fromEntries(numbers(INDEX_KEYS.slice(head.length))),
    intervals,
    undefined: Object.fromEntries(undefinedKeys(result).map((key) => [key, UNDEFINED[undefinedReason(key, table)]])),
    notes: notesOf(result),
  }
  return `${JSON.stringify(object, null, 2)}\n`
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function undefinedKeys({ values }: IndicesResult): IndexKey[] {
  return INDEX_KEYS.filter((key) => !Number.isFinite(values[key]))
}

/** The table as text of at most 80 columns. */
export function indicesText(result: IndicesResult): string {
  const heading = indicesHeading(plainText(result.file), result.table.values.length, result.simulated)
  const rows = BLOCKS.flatMap(({ heading: block, keys }) => [
    [block, '', '', ''],
    ...keys.filter((key) => Number.isFinite(result.values[key])).map((key) => indexRow(result, key)),
    ['', '', '', ''],
  ])
  const table = tableLines([['', COLUMN_HEADS.value, COLUMN_HEADS.lower, COLUMN_HEADS.upper], ...rows])
  const missing = undefinedKeys(result).map(
    (key) => `Not given: ${INDEX_LABELS[key]} (${UNDEFINED[undefinedReason(key, result.table)]}).`,
  )
  return `${[heading, '', ...table, ...[...notesOf(result), ...missing].flatMap(wrapped)].join('\n')}\n`
}

function indexRow({ values, simulated }: IndicesResult, key: IndexKey): string[] {
  const interval = simulated?.intervals[key]
  const limits = interval === undefined ? ['', ''] : [shown(interval.lower), shown(interval.upper)]
  return [`  ${INDEX_LABELS[key]}`, shown(values[key]), ...limits]
}

/** Five significant digits, plain where that is short. */
function shown(value: number): string {
  const size = Math.abs(value)
  if (value !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(3)
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 5 })
}

function notesOf({ table, groups, simulated, best }: IndicesResult): string[] {
  const precision =
    simulated === null ? noIntervals(table.valueType, groups.precision) : NOTES.precision(simulated.source, table.valueType)
  return [
    precision,
    NOTES.direction(table.multiplier > 0, plainText(best)),
    ...(table.reference === null ? [] : [NOTES.reference(plainText(groups.groups[table.reference]))]),
    ...(simulated === null ? [] : [NOTES.spread]),
    NOTES.aversion(ATKINSON_EPSILON, KOLM_ALPHA),
    ...(groups.ignored.length === 0 ? [] : [NOTES.ignoredColumns(groups.ignored.map(plainText))]),
  ]
}

function noIntervals(
  valueType: IndicesResult['table']['valueType'],
  { limits, standardErrors, counts }: IndicesResult['groups']['precision'],
): string {
  if (limits === null && standardErrors === null && counts === null) return NOTES.noPrecision
  return valueType === 'continuous' ? NOTES.countsUnused : NOTES.offScale(valueType)
}

/** Words broken into lines that fit. */
function wrapped(words: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > LINE_WIDTH) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
