/** A decomposition in words: numbers in their unit, and the sentence over its waterfall. */
import type { Decomposition, Estimate, Explanation, MechanismShare } from '../experiment/decompose/types.ts'
import type { MeasureInfo } from '../measures/types.ts'
import { dateWords } from '../measures/value-text.ts'

/** How numbers of a gap measure are shown. */
export interface GapUnit {
  /** From the measure's unit to the one shown. */
  readonly factor: number
  readonly digits: number
  /** Unit after a number, empty for none. */
  readonly words: string
}

/** Mechanisms that the sentence names. */
const MOST_NAMED = 3

/** Lines of a table for what mechanisms make together, for what none makes, and for the whole. */
export const EXPLAINED_TITLE = 'All mechanisms together'
export const REST_TITLE = 'No mechanism here'
export const WHOLE_TITLE = { gap: 'The gap', change: 'Change in the gap' } as const

/** The unit of a gap measure: points for shares, else the measure's own. */
export function gapUnit({ unit }: Pick<MeasureInfo, 'unit'>): GapUnit {
  if (unit === 'difference of shares') return { factor: 100, digits: 2, words: 'points' }
  if (unit === 'ratio') return { factor: 1, digits: 3, words: '' }
  return { factor: 1, digits: 2, words: unit }
}

/** A number with its sign and without its unit: `+0.30`, `−1.20`, `0.00`; a dash where undefined. */
export function signedNumber(value: number, { factor, digits }: GapUnit): string {
  if (!Number.isFinite(value)) return '–'
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const size = new Intl.NumberFormat('en-GB', format).format(Math.abs(value * factor))
  if (!/[1-9]/.test(size)) return size
  return `${value < 0 ? '−' : '+'}${size}`
}

/** `−0.61 to −0.43`; a dash where there is no interval. */
function limitsText({ lower, upper }: Estimate, unit: GapUnit): string {
  return Number.isFinite(lower) ? `${signedNumber(lower, unit)} to ${signedNumber(upper, unit)}` : '–'
}

/** Whether runs put it on one side of zero. */
function isClearOfZero({ lower, upper }: Estimate): boolean {
  return lower > 0 || upper < 0
}

/** `62%` of what the mechanisms make together; a dash where that is not clear of zero. */
function shareOfExplained(part: Estimate, explained: Estimate): string {
  return isClearOfZero(explained) ? `${Math.round((100 * part.mean) / explained.mean)}%`.replace('-', '−') : '–'
}

/** What was found, in a few sentences. */
export function waterfallSentence(decomposition: Decomposition, explanation: Explanation, info: MeasureInfo): string {
  const unit = gapUnit(info)
  const { explained, mechanisms, rest } = explanation
  const clear = mechanisms.filter(({ contribution }) => isClearOfZero(contribution)).toSorted(bySize)
  return [
    openingSentence(decomposition, explanation, info, unit),
    clear.length === 0 ? noneClear(mechanisms.length) : namedSentence(clear, explained, unit),
    restSentence(rest, unit),
  ].join(' ')
}

function openingSentence(decomposition: Decomposition, { question, whole }: Explanation, info: MeasureInfo, unit: GapUnit): string {
  const { scenario, reference, date } = decomposition
  const subject =
    question === 'gap'
      ? `Under “${scenario.title}” the gap on ${dateWords(date)} is`
      : `Against “${reference.title}”, “${scenario.title}” changes the gap on ${dateWords(date)} by`
  const limits = limitsText(whole, unit)
  const interval = limits === '–' ? 'no interval from one run' : `95% interval ${limits}`
  return `${subject} ${amount(whole, unit)} (${interval})${meaningOf(question, whole, info)}.`
}

/** What the sign says for the most deprived, where it is clear and the measure has a better side. */
function meaningOf(question: Explanation['question'], whole: Estimate, { direction }: MeasureInfo): string {
  if (!isClearOfZero(whole)) return ', which is not clear of zero'
  const side = sideOf(whole.mean, direction)
  if (side === 'neutral') return ''
  if (question === 'gap') return side === 'against' ? ': the most deprived are worse off' : ': the most deprived are better off'
  return side === 'against' ? ', against the most deprived' : ', towards the most deprived'
}

/** Which side a value of a most-less-least-deprived gap is on. */
export function sideOf(value: number, direction: MeasureInfo['direction']): 'against' | 'favours' | 'neutral' {
  if (direction === 'neutral' || value === 0) return 'neutral'
  return value > 0 === (direction === 'higher-is-better') ? 'favours' : 'against'
}

function namedSentence(clear: readonly MechanismShare[], explained: Estimate, unit: GapUnit): string {
  const named = clear.slice(0, MOST_NAMED)
  // Where mechanisms pull against each other a share can be beyond the whole, which says less than the number.
  const isShared =
    isClearOfZero(explained) && named.every(({ contribution: { mean } }) => mean / explained.mean > 0 && mean / explained.mean <= 1)
  const parts = named.map(({ title, contribution }) => {
    const share = isShared ? ` (${shareOfExplained(contribution, explained)})` : ''
    return `${title.toLowerCase()} ${signedNumber(contribution.mean, unit)}${share}`
  })
  return `The mechanisms together make ${amount(explained, unit)}${clear.length > MOST_NAMED ? ', first of all' : ':'} ${list(parts)}.`
}

function restSentence(rest: Estimate, unit: GapUnit): string {
  if (rest.lower === 0 && rest.upper === 0) return 'Nothing else is part of it.'
  const chance = rest.lower <= 0 && rest.upper >= 0 ? ', no more than chance' : ''
  return `With no difference between groups ${amount(rest, unit)} would be left${chance}.`
}

function noneClear(mechanisms: number): string {
  return mechanisms === 0
    ? 'Nothing in the study differs by deprivation group.'
    : 'No mechanism makes a part of it that is clear of zero.'
}

function amount({ mean }: Estimate, unit: GapUnit): string {
  return `${signedNumber(mean, unit)} ${unit.words}`.trimEnd()
}

/** Larger contributions first. */
export function bySize(a: MechanismShare, b: MechanismShare): number {
  return Math.abs(b.contribution.mean) - Math.abs(a.contribution.mean)
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

/**
 * Rows of a table of an explanation, the largest mechanism first, then what they make together, the rest and the whole:
 * title, part, limits, share, error of sampling where coalitions were sampled, taken out alone.
 */
export function explanationRows({ question, whole, explained, rest, mechanisms }: Explanation, unit: GapUnit, isSampled: boolean): string[][] {
  const row = (title: string, part: Estimate, share = '', error = '', alone = ''): string[] => [
    title,
    signedNumber(part.mean, unit),
    limitsText(part, unit),
    share,
    ...(isSampled ? [error] : []),
    alone,
  ]
  const rows = mechanisms.toSorted(bySize).map(({ title, contribution, samplingError, takenOutAlone }) => {
    const error = `±${signedNumber(samplingError, unit).replace('+', '')}`
    return row(title, contribution, shareOfExplained(contribution, explained), error, signedNumber(takenOutAlone.mean, unit))
  })
  return [...rows, row(EXPLAINED_TITLE, explained), row(REST_TITLE, rest), row(WHOLE_TITLE[question], whole)]
}
