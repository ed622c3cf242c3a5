/** What `fairwait solve` prints and writes. */
import { marginOf } from '../experiment/solve/margin.ts'
import { fewestValues } from '../experiment/solve/order-limits.ts'
import { fallsSomewhere } from '../experiment/solve/shape.ts'
import { meanMargin, type Tried } from '../experiment/solve/solve.ts'
import { MEASURES } from '../measures/definitions.ts'
import { meanInterval } from '../measures/interval.ts'
import { limitText, measuredText } from '../measures/value-text.ts'
import { csvText } from '../results/csv-text.ts'
import { duration } from './messages.ts'
import {
  ANSWER_MARK,
  answerText,
  BESIDE_HEADS,
  BESIDE_LABELS,
  BESIDE_NEAREST,
  besideTitle,
  effortText,
  POINTS,
  questionLine,
  TRIED_HEADS,
  writtenLine,
} from './solve-messages.ts'
import { HEADLINE_MEASURES, type HeadlineMeasure } from '../measures/headline-measures.ts'
import type { SolveResult } from './solve.ts'
import { tableLines, wrapped, type Style } from './terminal.ts'

const unitOf = (measure: string): string => MEASURES.find(({ id }) => id === measure)?.unit ?? ''
const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`

/** Values as text: pounds where a budget is varied. */
export function valueText({ vary }: Pick<SolveResult, 'vary'>): (value: number) => string {
  const sign = /budget|envelope/.test(vary[0]) ? '£' : ''
  const digits = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 })
  return (value) => `${value < 0 ? '-' : ''}${sign}${digits.format(Math.abs(value))}`
}

/**
 * Lines of at most 80 columns.
 * @param written folder and names of files; null where none are written
 */
export function solveLines(result: SolveResult, written: { readonly folder: string; readonly files: readonly string[] } | null, style: Style): string[] {
  const { study, target, vary, probability, scenario, solution, runs, seconds } = result
  return [
    style.bold(wrapped(study.title).join('\n')),
    ...wrapped(questionLine(target.title, percent(probability), scenario)),
    ...vary.flatMap((path) => wrapped(path)),
    '',
    ...answerLines(result).flatMap(wrapped),
    '',
    ...triedLines(result, style),
    '',
    ...besideLines(result, style),
    '',
    style.dim(wrapped(effortText(runs.ran, runs.stored, solution.replications, duration(seconds))).join('\n')),
    ...(written === null ? [] : wrapped(writtenLine(written.folder, written.files))),
  ]
}

/** The answer, and everything that qualifies it. */
function answerLines(result: SolveResult): string[] {
  const { solution, probability, isWhole, from, to } = result
  const text = valueText(result)
  const { at, status, isSure, replications } = solution
  const lines: string[] = []
  if (status === 'solved') lines.push(answerText.solved(text(at.value), intervalText(result)))
  if (status === 'already-met') lines.push(answerText.alreadyMet(text(from)))
  if (status === 'cannot-be-met') lines.push(answerText.cannotBeMet(text(from), text(to)), nearestText(result))
  lines.push(answerText.share(text(at.value), at.met, at.margins.length, percent(at.shareLower), percent(at.shareUpper)))
  const below = status === 'solved' ? solution.tried.findLast(({ value, margins }) => value < at.value && margins.length === replications) : undefined
  if (below !== undefined) lines.push(answerText.missedBelow(text(below.value), below.met, below.margins.length))
  if (!isSure) {
    const needed = fewestValues(probability)
    if (replications < needed) lines.push(answerText.openInterval(replications, needed))
    else lines.push(status === 'solved' ? answerText.notPrecise(replications) : answerText.notSure(replications))
  }
  return [...lines, ...shapeLines(result), ...(isWhole ? [answerText.wholeNumbers] : [])]
}

function intervalText(result: SolveResult): string {
  const { solution, from, to } = result
  const text = valueText(result)
  const lower = solution.lower === null ? answerText.belowBound(text(from)) : text(solution.lower)
  const upper = solution.upper === null ? answerText.aboveBound(text(to)) : text(solution.upper)
  return answerText.between(percent(Math.floor(solution.level * 1000) / 1000), lower, upper)
}

function nearestText(result: SolveResult): string {
  const { target, solution, date } = result
  const unit = unitOf(target.measure)
  const mean = meanTarget(result, solution.at)
  const nearest = answerText.nearest(valueText(result)(solution.at.value), measuredText(mean, unit), date, limitText(target.limit, unit))
  if (!(marginOf(target, mean) >= 0)) return nearest
  // Nobody is helped by more of what cannot be met for chance alone.
  const { margins } = solution.at
  const own = (result.taken.get(solution.at.value) ?? []).slice(0, margins.length).map(([value]) => value)
  return `${nearest} ${answerText.chance(limitText(Number(spreadOf(own).toPrecision(2)), unit))}`
}

/** Standard deviation over runs. */
function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** More must bring the target nearer; where it clearly does not, that is said. */
function shapeLines(result: SolveResult): string[] {
  const { shape } = result.solution
  if (!fallsSomewhere(shape)) return []
  if (!shape.some(({ direction }) => direction === 'rises')) return [answerText.fallsThroughout]
  const text = valueText(result)
  const falls = shape.filter(({ direction }) => direction === 'falls')
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of falls) {
    const last = joined.at(-1)
    if (last?.to === from) last.to = to
    else joined.push({ from, to })
  }
  const found = result.solution.status === 'solved' ? [answerText.leastFound] : []
  return [...joined.map(({ from, to }) => answerText.falls(text(from), text(to))), ...found]
}

function triedLines(result: SolveResult, style: Style): string[] {
  const { solution, target } = result
  const [text, unit] = [valueText(result), unitOf(target.measure)]
  const rows = solution.tried.map((tried) => [
    `${text(tried.value)}${tried.value === solution.at.value ? ` ${ANSWER_MARK}` : ''}`,
    String(tried.met),
    String(tried.margins.length),
    measuredText(meanTarget(result, tried), unit),
  ])
  const [head, ...body] = tableLines([TRIED_HEADS, ...rows])
  return [style.bold(head), ...body]
}

const meanTarget = ({ taken }: SolveResult, { value, margins }: Tried): number => meanOf(taken, value, 0, margins.length)

function meanOf(taken: SolveResult['taken'], value: number, position: number, replications: number): number {
  return meanInterval((taken.get(value) ?? []).slice(0, replications).map((values) => values[position])).mean
}

function besideLines(result: SolveResult, style: Style): string[] {
  const { solution, date } = result
  const heads: string[] = [...BESIDE_HEADS]
  if (solution.status === 'cannot-be-met') heads.splice(2, 1, BESIDE_NEAREST)
  const rows = besideRows(result).map(({ measure, unit, before, after, change }) => [
    BESIDE_LABELS[measure],
    measuredText(before, unit),
    measuredText(after, unit),
    changeText(change, unit),
  ])
  const [head, ...body] = tableLines([heads, ...rows])
  return [style.bold(besideTitle(date)), head, ...body]
}

/** A change of a share is in points. */
function changeText(change: number, unit: string): string {
  const text = unit === 'share' ? `${measuredText(change, 'difference of shares')}${POINTS}` : measuredText(change, unit)
  return change > 0 ? `+${text}` : text
}

interface BesideRow {
  readonly measure: HeadlineMeasure
  readonly unit: string
  readonly before: number
  readonly after: number
  /** Mean paired difference. */
  readonly change: number
}

/** Measures at the lower bound and at the answer, or the nearest miss; those that the study does not have are left out. */
function besideRows({ solution, taken, from }: SolveResult): BesideRow[] {
  const replications = Math.min(taken.get(from)?.length ?? 0, solution.at.margins.length)
  return HEADLINE_MEASURES.flatMap((measure, index) => {
    const [before, after] = [from, solution.at.value].map((value) => meanOf(taken, value, index + 1, replications))
    return Number.isNaN(after) ? [] : [{ measure, unit: unitOf(measure), before, after, change: after - before }]
  })
}

/** The result as one versioned object. */
export function solveJson(result: SolveResult): Record<string, unknown> {
  const { study, target, scenario, vary, from, to, isWhole, probability, precision, date, solution, runs } = result
  const { status, at, lower, upper, level, replications, isSure, shape, tried } = solution
  return {
    format: 'fairwait-solve',
    version: 1,
    study: study.name,
    seed: study.seed,
    scenario,
    target,
    date,
    vary,
    between: [from, to],
    wholeNumbers: isWhole,
    probability,
    precision,
    status,
    value: status === 'cannot-be-met' ? null : at.value,
    lower,
    upper,
    level,
    sure: isSure,
    replications,
    nearest: triedJson(result, at),
    monotone: !fallsSomewhere(shape),
    shape,
    tried: tried.map((each) => triedJson(result, each)),
    beside: besideRows(result).map(({ measure, before, after, change }) => ({ measure, before, after, change })),
    runs,
  }
}

function triedJson(result: SolveResult, tried: Tried): Record<string, number> {
  const { value, margins, met, share, shareLower, shareUpper } = tried
  const margin = meanMargin(tried)
  return {
    value,
    replications: margins.length,
    met,
    share,
    shareLower,
    shareUpper,
    mean: meanTarget(result, tried),
    margin: margin.mean,
    marginLower: margin.lower,
    marginUpper: margin.upper,
  }
}

/** Texts of the files by name: the object, and a row for each value and replication. */
export function solveFiles(result: SolveResult): Record<string, string> {
  const head = ['value', 'replication', 'margin', 'target', ...HEADLINE_MEASURES]
  const rows = result.solution.tried.flatMap(({ value, margins }) =>
    margins.map((margin, replication) =>
      [value, replication, margin, ...(result.taken.get(value)?.[replication] ?? [])].map((each) => (Number.isNaN(each) ? '' : String(each))),
    ),
  )
  // How long it took is not of the result.
  return {
    'solve.json': `${JSON.stringify(solveJson(result), null, 1)}\n`,
    'solve.csv': `${[head.map(csvText), ...rows].map((row) => row.join(',')).join('\n')}\n`,
  }
}
