/** The workbook's sheet on health and who gains it: what scenarios gain, what it costs, and both gaps beside it. */
import type { BreakEven } from '../measures/distribution/preference.ts'
import type { Equity, ScenarioEquity } from '../measures/distribution/equity-types.ts'
import { groupSeries } from '../measures/group-series.ts'
import { confidenceInterval } from '../measures/interval.ts'
import { equityOf } from './equity-json.ts'
import type { ScenarioSummary, StudyResults } from './types.ts'
import type { Cell, CellStyle, Sheet } from './xlsx.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

/** Name of the sheet, and what it holds. */
export const HEALTH_SHEET = {
  name: 'Health and equity',
  contents:
    'Against the reference, over the whole projection: QALYs gained, pounds per QALY, net health after what the money would have bought elsewhere, who gains it, break-even aversions to inequality; and both gaps at the last date. Ranges hold the middle 95 of 100 samples of runs and assumptions.',
} as const

/** The two gaps that are always shown together, most less least deprived. */
const GAPS = [
  { measure: VISIBLE_GAP, title: 'Gap within 18 weeks', style: 'share' },
  { measure: NEED_GAP, title: 'Gap in unmet need per 1,000', style: 'decimal' },
] as const satisfies readonly { measure: string; title: string; style: CellStyle }[]

/** The sheet; null where the study has nothing to compare. */
export function healthSheet(results: StudyResults): Sheet | null {
  const equity = equityOf(results)
  if (equity === null) return null
  return {
    name: HEALTH_SHEET.name,
    widths: [34, 16, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 16, 16, 16, 16, 20, 12, 20, 12, ...GAPS.flatMap(() => [16, 16, 16, 16])],
    frozenRows: 1,
    rows: [...scenarioRows(results, equity), [], ...groupRows(results, equity)],
  }
}

const range = (title: string): string[] => [title, `${title}, low`, `${title}, high`]

function scenarioRows(results: StudyResults, equity: Equity): Cell[][] {
  const head = [
    'Scenario',
    'Spend, discounted',
    ...range('QALYs gained'),
    'Pounds per QALY',
    ...range('Net QALYs'),
    ...range('Net QALYs per 1,000, most less least deprived'),
    'More health, fairer',
    'More health, less fair',
    'Less health, fairer',
    'Less health, less fair',
    'Aversion (Atkinson)',
    'ε',
    'Aversion (Kolm)',
    'α',
    ...GAPS.flatMap(({ title }) => [title, `${title}, change`, 'Change, lower 95%', 'Change, upper 95%']),
  ]
  return [headers(head), ...equity.scenarios.map((each) => scenarioRow(results, each))]
}

function scenarioRow(results: StudyResults, equity: ScenarioEquity): Cell[] {
  const { quadrants, breakEvenAtkinson, breakEvenKolm } = equity
  const summary = results.scenarios.find(({ id }) => id === equity.id)
  const wide = ({ mean, rangeLower, rangeUpper }: ScenarioEquity['gap']): Cell[] =>
    [mean, rangeLower, rangeUpper].map((value) => number(value, 'decimal'))
  return [
    summary?.title ?? equity.id,
    number(equity.spend.mean, 'pounds'),
    ...wide(equity.healthGain),
    number(equity.poundsPerQalyGained, 'pounds'),
    ...wide(equity.totalNetHealth),
    ...wide(equity.gap),
    ...[quadrants.moreHealthFairer, quadrants.moreHealthLessFair, quadrants.lessHealthFairer, quadrants.lessHealthLessFair].map(
      (share) => number(share, 'share'),
    ),
    ...breakEvenCells(breakEvenAtkinson),
    ...breakEvenCells(breakEvenKolm),
    ...(summary === undefined ? [] : GAPS.flatMap(({ measure, style }) => gapCells(results, summary, measure, style))),
  ]
}

function breakEvenCells({ verdict, value }: BreakEven): Cell[] {
  return [verdict.replaceAll('-', ' '), number(value, 'decimal')]
}

function gapCells({ catalogue }: StudyResults, summary: ScenarioSummary, measure: string, style: CellStyle): Cell[] {
  const series = groupSeries(catalogue, { measure, specialty: 'all', group: 'gap' })
  const at = (series + 1) * catalogue.dates.length - 1
  const { lower, upper } = confidenceInterval(summary.difference[at], summary.differenceSd[at], summary.differenceN[at])
  return [summary.mean[at], summary.difference[at], lower, upper].map((value) => number(value, style))
}

function groupRows(results: StudyResults, { scenarios }: Equity): Cell[][] {
  const head = ['Scenario', 'Deprivation group', 'Residents', 'QALYs gained', 'Lower 95%', 'Upper 95%', ...range('Net QALYs')]
  const rows = scenarios.flatMap(({ id, netHealthByGroup }) =>
    netHealthByGroup.map(({ group, population, healthGain, netHealth }): Cell[] => [
      results.scenarios.find((scenario) => scenario.id === id)?.title ?? id,
      group,
      number(population, 'whole'),
      ...[healthGain.mean, healthGain.lower, healthGain.upper].map((value) => number(value, 'decimal')),
      ...[netHealth.mean, netHealth.rangeLower, netHealth.rangeUpper].map((value) => number(value, 'decimal')),
    ]),
  )
  return [headers(head), ...rows]
}

/** An undefined number is an empty cell. */
function number(value: number, style: CellStyle): Cell {
  return Number.isFinite(value) ? { value, style } : null
}

function headers(texts: readonly string[]): Cell[] {
  return texts.map((text) => ({ text, style: 'header' }))
}
