/** The table that ends a run: one row a scenario, then its course over time. */
import type { StudyResults } from '../results/types.ts'
import { removedByValidation } from '../results/validation.ts'
import { headlines, startingPoint, type Estimate, type Headline, type Standing } from './headlines.ts'
import { COLUMNS, gapScale, listScale, OVER_TIME, removedNotes, START_ROW, tableHeading, tableNotes } from './messages.ts'
import { cut, LINE_WIDTH, padded, plainText, sparkline, tableLines, type Style } from './terminal.ts'

const SPARKLINE_WIDTH = 25

/** Lines of at most 80 columns. */
export function summaryLines(results: StudyResults, style: Style): string[] {
  const scenarios = headlines(results)
  const [title, ...subtitle] = tableHeading(results).map((line) => cut(plainText(line), LINE_WIDTH))
  const replicated = results.study.replications * Math.max(1, results.study.draws) > 1
  const [upperHead, lowerHead, ...rows] = tableLines(tableCells(startingPoint(results), scenarios, results.study.reference))
  const [overTimeHead, ...courses] = overTimeLines(scenarios, style)
  return [
    style.bold(title),
    ...subtitle,
    '',
    style.bold(upperHead),
    style.bold(lowerHead),
    ...rows,
    '',
    ...removedNotes(removedByValidation(results)).map((line) => cut(plainText(line), LINE_WIDTH)),
    ...tableNotes(results.study.reference, replicated).map((line) => style.dim(cut(line, LINE_WIDTH))),
    '',
    style.bold(overTimeHead),
    ...courses,
  ]
}

function tableCells(start: Standing, scenarios: readonly Headline[], reference: string): string[][] {
  const heads = Object.values(COLUMNS)
  return [
    heads.map(([upper]) => upper),
    heads.map(([, lower]) => lower),
    [START_ROW, ...standingCells(start, '')],
    ...scenarios.map((scenario) => [
      scenario.id,
      ...standingCells(scenario, scenario.id === reference ? '–' : signedCount(scenario.waitingDifference.mean)),
    ]),
  ]
}

function standingCells(standing: Standing, difference: string): string[] {
  return [
    count(standing.waiting.mean),
    difference,
    percent(standing.within18Weeks.mean),
    percent(standing.over52Weeks.mean),
    points(standing.gapWithin18Weeks),
    fixed(standing.gapUnmetNeed.mean, 1),
    fixed(standing.spendToDate.mean / 1e6, 1),
  ]
}

function overTimeLines(scenarios: readonly Headline[], style: Style): string[] {
  const lists = range(scenarios.map((scenario) => scenario.waitingOverTime))
  const gaps = range(scenarios.map((scenario) => scenario.gapOverTime))
  const nameWidth = LINE_WIDTH - 2 * (SPARKLINE_WIDTH + 2)
  const line = (name: string, list: string, gap: string): string =>
    [padded(cut(name, nameWidth), nameWidth, 'right'), list, gap].join('  ').trimEnd()
  const course = (values: readonly number[], scale: readonly [number, number]): string =>
    style.accent(sparkline(values, scale, SPARKLINE_WIDTH).padEnd(SPARKLINE_WIDTH))
  return [
    line(
      OVER_TIME,
      listScale(count(lists[0]), count(lists[1])).padEnd(SPARKLINE_WIDTH),
      gapScale(fixed(gaps[0] * 100, 1), fixed(gaps[1] * 100, 1)),
    ),
    ...scenarios.map(({ id, waitingOverTime, gapOverTime }) => line(id, course(waitingOverTime, lists), course(gapOverTime, gaps))),
  ]
}

/** Lowest and highest number of all series, so that scenarios share a scale. */
function range(series: readonly (readonly number[])[]): readonly [number, number] {
  const defined = series.flat().filter((value) => !Number.isNaN(value))
  return defined.length === 0 ? [Number.NaN, Number.NaN] : [Math.min(...defined), Math.max(...defined)]
}

const MISSING = '–'

function count(value: number): string {
  return Number.isNaN(value) ? MISSING : Math.round(value).toLocaleString('en-GB')
}

function signedCount(value: number): string {
  return value >= 0.5 ? `+${count(value)}` : count(value)
}

function percent(share: number): string {
  return Number.isNaN(share) ? MISSING : `${(share * 100).toFixed(1)}%`
}

function fixed(value: number, digits: number): string {
  if (Number.isNaN(value)) return MISSING
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** A difference of shares in percentage points, with half its interval's width where there is one. */
function points({ mean, upper }: Estimate): string {
  const half = (upper - mean) * 100
  return Number.isNaN(half) || half === 0 ? fixed(mean * 100, 2) : `${fixed(mean * 100, 2)} ±${half.toFixed(2)}`
}
