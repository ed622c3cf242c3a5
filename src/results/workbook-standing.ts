/** The workbook's sheets on where scenarios stand: the summary, targets, gaps, every measure. */
import { groupSeries, type GroupSeries } from '../measures/group-series.ts'
import { confidenceInterval } from '../measures/interval.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import { isMissed, type TargetOutcome } from '../measures/targets.ts'
import type { CostRow, Outcome } from '../measures/money/types.ts'
import type { SeriesKey } from '../measures/types.ts'
import { moneyOutOf } from './money-out.ts'
import { NO_PRICE_WORDS, OUTCOME_WORDS } from './money-words.ts'
import type { ScenarioSummary, StudyResults } from './types.ts'
import { date, interval, intervalColumns, number, tablePage, type Column, type Page } from './workbook-cells.ts'
import type { Cell, CellStyle } from './xlsx.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

/** Largest number of data rows that one sheet can hold, less room for its header. */
const MOST_ROWS = 1_000_000

/** A mean over runs and its change from the reference, at a place of a summary's arrays. */
function standingCells(scenario: ScenarioSummary, at: number, style: CellStyle): Cell[] {
  const own = confidenceInterval(scenario.mean[at], scenario.sd[at], scenario.n[at])
  const change = confidenceInterval(scenario.difference[at], scenario.differenceSd[at], scenario.differenceN[at])
  return [scenario.mean[at], own.lower, own.upper, scenario.difference[at], change.lower, change.upper].map((value) => number(value, style))
}

const STANDING_COLUMNS: readonly Column[] = ['Mean', 'Lower 95%', 'Upper 95%', 'Change from reference', 'Change, lower 95%', 'Change, upper 95%'].map((title) => ({
  title,
  width: 16,
}))

/** A ratio of two shares is no share: only differences of shares keep the unit. */
function styleOf(measure: string, units: ReadonlyMap<string, string>): CellStyle {
  if (measure.startsWith('relative')) return 'decimal'
  const unit = units.get(measure.slice(measure.indexOf(':') + 1)) ?? ''
  if (unit === 'share') return measure.includes(':') ? 'points' : 'share'
  if (unit.startsWith('£')) return 'pounds'
  return unit.startsWith('pathways') || unit === 'people' ? 'whole' : 'decimal'
}

/** Key figures at the end: what a finance lead looks at first. */
const KEY_FIGURES: readonly { readonly title: string; readonly key: Pick<GroupSeries, 'group' | 'measure'>; readonly style: CellStyle }[] = [
  { title: 'Waiting', key: { group: 'all', measure: 'waiting' }, style: 'whole' },
  { title: 'Within 18 weeks', key: { group: 'all', measure: 'within-18-weeks' }, style: 'share' },
  { title: 'Over 52 weeks', key: { group: 'all', measure: 'over-52-weeks' }, style: 'points' },
  { title: 'Gap at 18 weeks', key: { group: 'gap', measure: VISIBLE_GAP }, style: 'points' },
  { title: 'Gap in unmet need per 1,000', key: { group: 'gap', measure: NEED_GAP }, style: 'decimal' },
]

const KEY_PRICES: readonly Outcome[] = ['clock-stop', 'within-18-weeks', 'qaly-discounted', 'gap-18-weeks']

/** One column a scenario, at the end of the projection. */
export function summaryPage(results: StudyResults): Page {
  const { dates } = results.catalogue
  const last = dates.length - 1
  const placeOf = (key: Pick<GroupSeries, 'group' | 'measure'>): number => groupSeries(results.catalogue, { specialty: 'all', ...key })
  const spend = placeOf({ group: 'all', measure: 'spend-to-date' }) * dates.length + last
  const figures = KEY_FIGURES.map((figure) => ({ ...figure, at: placeOf(figure.key) * dates.length + last })).filter(({ at }) => at >= 0)
  const ends = moneyOutOf(results).costs.filter(({ group, specialty, to }) => group === 'all' && specialty === 'all' && to === dates[last])
  const titles = [
    'Title',
    'Date',
    'Spend to date',
    ...figures.flatMap(({ title }) => [title, `${title}: change from reference`, `${title}: change, lower 95%`, `${title}: change, upper 95%`]),
    ...KEY_PRICES.flatMap((outcome) => {
      const title = `£ per ${OUTCOME_WORDS[outcome].label}`
      return [title, `${title}: lower 95%`, `${title}: upper 95%`, `${title}: why none`]
    }),
    'Targets met',
    'Targets',
  ]
  const byScenario = results.scenarios.map((scenario): Cell[] => [
    scenario.title,
    date(dates[last]),
    number(scenario.mean[spend], 'pounds'),
    ...figures.flatMap(({ at, style }) => {
      const { lower, upper } = confidenceInterval(scenario.difference[at], scenario.differenceSd[at], scenario.differenceN[at])
      return [scenario.mean[at], scenario.difference[at], lower, upper].map((value) => number(value, style))
    }),
    ...KEY_PRICES.flatMap((outcome) => priceCells(ends.find((row) => row.scenario === scenario.id && row.outcome === outcome))),
    ...targetCells(results, scenario),
  ])
  const rows = titles.map((title, row): Cell[] => [title, ...byScenario.map((cells) => cells[row])])
  const columns: Column[] = [{ title: 'At the end of the projection', width: 62 }, ...results.scenarios.map(({ id }) => ({ title: id, width: 34 }))]
  return tablePage('Summary', 'Summary', 'A column a scenario, at the end: spend, list, waits, both gaps, prices of outcomes, and how many targets are met.', columns, rows)
}

function priceCells(row: CostRow | undefined): Cell[] {
  if (row === undefined) return [null, null, null, '']
  const { value, lower, upper, reason } = row.price
  return [...[value, lower, upper].map((each) => number(each, 'pounds')), reason === null ? '' : NO_PRICE_WORDS[reason]]
}

function targetCells({ targets }: StudyResults, { id }: ScenarioSummary): Cell[] {
  const own = targets.filter(({ scenario }) => scenario === id)
  return [own.filter((outcome) => !isMissed(outcome)).length, own.length].map((count) => number(count, 'whole'))
}

/** Every target in every scenario; null for a study without targets. */
export function targetsPage(results: StudyResults): Page | null {
  const { targets, measures } = results
  if (targets.length === 0) return null
  const units = new Map(measures.map(({ id, unit }) => [id, unit]))
  const columns: Column[] = [
    { title: 'Scenario', width: 28 },
    { title: 'Target', width: 46 },
    { title: 'Met', width: 18 },
    { title: 'Required', width: 10 },
    { title: 'Measure', width: 32 },
    { title: 'Specialty', width: 11 },
    { title: 'Group', width: 8 },
    { title: 'Limit is', width: 10 },
    { title: 'Limit', width: 12 },
    { title: 'By', width: 13 },
    { title: 'Judged on', width: 13 },
    { title: 'Runs', width: 8 },
    ...intervalColumns('Share of runs that meet it'),
    ...intervalColumns('Value'),
    ...intervalColumns('Short by'),
    { title: 'First met', width: 13 },
    { title: 'Kept from', width: 13 },
  ]
  const contents = 'Each target in each scenario, judged run by run: share of runs that meet it (Wilson interval), value and shortfall (Student’s t), first date met by half of the runs.'
  return tablePage('Targets', 'Targets', contents, columns, targets.map((outcome) => targetRow(outcome, styleOf(outcome.target.measure, units))))
}

function targetRow(outcome: TargetOutcome, style: CellStyle): Cell[] {
  const { scenario, target, date: judged, runs, probability, value, shortfall, firstMet, keptFrom } = outcome
  const { title, measure, specialty, group, limitKind, limit, by, requiredIn } = target
  return [
    scenario,
    title,
    runs === 0 ? 'cannot be judged' : isMissed(outcome) ? 'no' : 'yes',
    requiredIn.includes(scenario) ? 'yes' : 'no',
    measure,
    specialty,
    group,
    limitKind === 'atLeast' ? 'at least' : limitKind === 'atMost' ? 'at most' : 'within',
    number(limit, style),
    date(by),
    date(judged),
    number(runs, 'whole'),
    ...interval(probability, 'share'),
    ...interval(value, style),
    ...interval(shortfall, style),
    date(firstMet),
    date(keptFrom),
  ]
}

/** Indices of inequality across ordered groups at the reporting dates, all specialties together. */
export function gapsPage(results: StudyResults): Page {
  const { dates } = results.catalogue
  const isGap = ({ specialty, group }: SeriesKey): boolean => specialty === 'all' && group === 'gap'
  const rows = seriesCells(results, isGap, reportingDateIndices(dates), ({ dimension, measure }) => {
    const [index, of] = measure.split(':')
    return [dimension, of, index.replaceAll('-', ' ')]
  })
  const columns: Column[] = [
    { title: 'Scenario', width: 28 },
    { title: 'Date', width: 13 },
    { title: 'Across', width: 14 },
    { title: 'Measure', width: 24 },
    { title: 'Index', width: 18 },
    ...STANDING_COLUMNS,
    { title: 'Runs', width: 8 },
  ]
  const contents = 'Gaps between the most and the least deprived, on the list and in need, at each financial year’s end; above nought the measure is higher among the most deprived. gaps.csv has every other index.'
  return tablePage('Gaps', 'Gaps', contents, columns, rows)
}

/** Every measure of everybody and of each group at the end, all specialties together. */
export function measuresPage(results: StudyResults): Page {
  const { dates } = results.catalogue
  const isShown = ({ specialty, stage }: SeriesKey): boolean => specialty === 'all' && stage === 'all'
  const rows = seriesCells(results, isShown, [dates.length - 1], ({ dimension, group, measure }) => [dimension, group, measure])
  const columns: Column[] = [
    { title: 'Scenario', width: 28 },
    { title: 'Date', width: 13 },
    { title: 'Dimension', width: 14 },
    { title: 'Group', width: 10 },
    { title: 'Measure', width: 36 },
    ...STANDING_COLUMNS,
    { title: 'Runs', width: 8 },
  ]
  const contents = 'Every measure at the last date, all specialties together, by scenario and group, with 95% intervals and the change from the reference.'
  return tablePage('Every measure', 'Every_measure', contents, columns, rows)
}

function seriesCells(results: StudyResults, isShown: (key: SeriesKey) => boolean, at: readonly number[], names: (key: SeriesKey) => string[]): Cell[][] {
  const { keys, dates } = results.catalogue
  const units = new Map(results.measures.map(({ id, unit }) => [id, unit]))
  const rows = results.scenarios.flatMap((scenario) =>
    keys.flatMap((key, series) =>
      isShown(key)
        ? at.map((index): Cell[] => {
            const place = series * dates.length + index
            return [scenario.id, date(dates[index]), ...names(key), ...standingCells(scenario, place, styleOf(key.measure, units)), number(scenario.n[place], 'whole')]
          })
        : [],
    ),
  )
  return rows.slice(0, MOST_ROWS)
}
