/** tradeoff.json and tradeoff.csv: every pair of scenarios by health and two gaps. */
import type { Quadrants } from '../measures/distribution/equity-types.ts'
import type { TradeOff, TradeOffs } from '../measures/distribution/trade-offs.ts'
import { csvText } from './csv-text.ts'
import { finiteOrNull } from './equity-json.ts'

/** Quadrants in words: efficiency is total net health, equality a gap. */
export const QUADRANT_WORDS: Readonly<Record<keyof Quadrants, string>> = {
  moreHealthFairer: 'better on both',
  moreHealthLessFair: 'more efficient, less equal',
  lessHealthFairer: 'more equal, less efficient',
  lessHealthLessFair: 'worse on both',
  noDifference: 'no difference',
}

/** Column names of tradeoff.csv, in order. */
export const TRADE_OFF_COLUMNS = ['scenario', 'against', 'measure', 'mean', 'lower', 'upper', 'rangeLower', 'rangeUpper'] as const

const ESTIMATES = ['spend', 'healthGain', 'netHealth', 'visibleGapClosed', 'healthGap'] as const satisfies readonly (keyof TradeOff)[]
const JUDGED_BY = ['byVisibleGap', 'byHealthGap'] as const satisfies readonly (keyof TradeOff)[]

/** The quadrant with the largest share of samples; of equal ones the first. */
export function likeliest(quadrants: Quadrants): keyof Quadrants {
  const names: readonly (keyof Quadrants)[] = ['moreHealthFairer', 'moreHealthLessFair', 'lessHealthFairer', 'lessHealthLessFair', 'noDifference']
  return names.reduce((best, name) => (quadrants[name] > quadrants[best] ? name : best))
}

/** Text of tradeoff.json, one pair a line. */
export function tradeOffJson(tradeOffs: TradeOffs | null): string {
  const { pairs, ...perspective } = tradeOffs ?? { schemaVersion: 1, pairs: [] }
  const lines = pairs.map((pair) => `\n${JSON.stringify(pair, finiteOrNull)}`)
  return `{${JSON.stringify(perspective).slice(1, -1)},\n"pairs":[${lines.join(',')}\n]}\n`
}

/** Text of tradeoff.csv: a line for each estimate and each quadrant of a pair. */
export function tradeOffCsv(tradeOffs: TradeOffs | null): string {
  const lines = (tradeOffs?.pairs ?? []).flatMap((pair) => [...ESTIMATES.map((name) => estimateLine(pair, name)), ...JUDGED_BY.flatMap((by) => quadrantLines(pair, by))])
  return `${[TRADE_OFF_COLUMNS.join(','), ...lines].join('\n')}\n`
}

function estimateLine(pair: TradeOff, name: (typeof ESTIMATES)[number]): string {
  const estimate = pair[name]
  const range = 'rangeLower' in estimate ? [estimate.rangeLower, estimate.rangeUpper] : [Number.NaN, Number.NaN]
  return lineOf(pair, name, [estimate.mean, ...[estimate.lower, estimate.upper, ...range].map(sixDigits)])
}

function quadrantLines(pair: TradeOff, by: (typeof JUDGED_BY)[number]): string[] {
  return Object.entries(pair[by]).map(([quadrant, share]) => lineOf(pair, `${by}:${quadrant}`, [share, Number.NaN, Number.NaN, Number.NaN, Number.NaN]))
}

function lineOf({ scenario, against }: TradeOff, measure: string, numbers: readonly number[]): string {
  return [...[scenario, against, measure].map(csvText), ...numbers.map((value) => (Number.isFinite(value) ? String(value) : ''))].join(',')
}

function sixDigits(value: number): number {
  return Number(value.toPrecision(6))
}
