/** The workbook's sheets on what money buys: activity, prices, savings, health forgone, and trade-offs. */
import type { Quadrants } from '../measures/distribution/equity-types.ts'
import { ACTIVITIES, type ActivityRow, type Outcome } from '../measures/money/types.ts'
import { moneyOutOf, tradeOffsOf } from './money-out.ts'
import { ACTIVITY_WORDS, NO_PRICE_WORDS, OUTCOME_WORDS, SLOT_VALUE_WORDS } from './money-words.ts'
import { financialYearName } from './money.ts'
import { likeliest, QUADRANT_WORDS } from './tradeoff.ts'
import type { StudyResults } from './types.ts'
import { date, interval, intervalColumns, number, tablePage, type Column, type Page } from './workbook-cells.ts'
import type { Cell, CellStyle } from './xlsx.ts'

const SCENARIO: Column = { title: 'Scenario', width: 30 }
const PLACE: readonly Column[] = [
  { title: 'Financial year', width: 18 },
  { title: 'From', width: 13 },
  { title: 'To', width: 13 },
  { title: 'Group', width: 8 },
  { title: 'Specialty', width: 11 },
]

/** Names of the whole projection, and of all time up to a date before its end. */
const WHOLE = 'All years'
const SO_FAR = 'From the start'

type Placed = Pick<ActivityRow, 'financialYear' | 'from' | 'to' | 'group' | 'specialty'>

function placeCells({ financialYear, from, to, group, specialty }: Placed, isEnd: boolean): Cell[] {
  return [financialYear === null ? (isEnd ? WHOLE : SO_FAR) : financialYearName(financialYear), date(from), date(to), group, specialty]
}

/** Activity, cost per outcome, savings, health forgone and trade-offs; those that a study has nothing for are left out. */
export function outcomePages(results: StudyResults): Page[] {
  const trade = tradeOffPage(results)
  const { savings, opportunityCost } = moneyOutOf(results)
  return [
    activityPage(results),
    costPage(results),
    ...(savings.length === 0 ? [] : [savingsPage(results)]),
    ...(opportunityCost.length === 0 ? [] : [forgonePage(results)]),
    ...(trade === null ? [] : [trade]),
  ]
}

function lastDate({ catalogue }: StudyResults): string {
  return catalogue.dates[catalogue.dates.length - 1]
}

function activityPage(results: StudyResults): Page {
  const { activity } = moneyOutOf(results)
  const end = lastDate(results)
  const activities = ACTIVITIES.filter((each) => activity.some((row) => row.activity === each))
  const nameOf = ({ scenario, financialYear, group, specialty }: ActivityRow): string => JSON.stringify([scenario, financialYear, group, specialty])
  const rows = [...Map.groupBy(activity, nameOf).values()].map((own): Cell[] => [
    own[0].scenario,
    ...placeCells(own[0], own[0].to === end),
    ...activities.flatMap((each) => {
      const row = own.find((candidate) => candidate.activity === each)
      return row === undefined ? [null, null, null] : interval(row, each === 'qalys' ? 'decimal' : 'whole')
    }),
  ])
  const columns = [SCENARIO, ...PLACE, ...activities.flatMap((each) => intervalColumns(ACTIVITY_WORDS[each].label))]
  const contents =
    'What each scenario does beyond the reference: clock stops, admissions, first appointments, removals apart, people brought within 18 weeks, QALYs and slots recovered, by year, group and specialty, with 95% intervals of paired runs.'
  return tablePage('Activity', 'Activity', contents, columns, rows)
}

const GAIN_STYLE: Readonly<Record<Outcome, CellStyle>> = {
  'clock-stop': 'whole',
  'within-18-weeks': 'whole',
  qaly: 'decimal',
  'qaly-discounted': 'decimal',
  'gap-18-weeks': 'decimal',
  'gap-unmet-need': 'decimal',
}

function costPage(results: StudyResults): Page {
  const end = lastDate(results)
  const rows = moneyOutOf(results).costs.map((row): Cell[] => [
    row.scenario,
    ...placeCells(row, row.to === end),
    OUTCOME_WORDS[row.outcome].label,
    number(row.spend.mean, 'pounds'),
    OUTCOME_WORDS[row.outcome].unit,
    ...interval(row.gain, GAIN_STYLE[row.outcome]),
    ...[row.price.value, row.price.lower, row.price.upper].map((value) => number(value, 'pounds')),
    row.price.reason === null ? '' : NO_PRICE_WORDS[row.price.reason],
  ])
  const columns: Column[] = [
    SCENARIO,
    ...PLACE,
    { title: 'Outcome', width: 36 },
    { title: 'Extra spend', width: 18 },
    { title: 'Unit', width: 20 },
    ...intervalColumns('Extra outcome'),
    ...intervalColumns('Pounds for one'),
    { title: 'Why there is no price', width: 34 },
  ]
  const contents =
    'Pounds per additional clock stop, patient brought within 18 weeks, QALY and point of gap closed, since the start, with 95% intervals (Fieller). No price where the sign of the outcome is uncertain. Outcomes of a group or a specialty also come from money spent on others.'
  return tablePage('Cost per outcome', 'Cost_per_outcome', contents, columns, rows)
}

function savingsPage(results: StudyResults): Page {
  const end = lastDate(results)
  const rows = moneyOutOf(results).savings.map((row): Cell[] => [
    row.scenario,
    ...placeCells(row, row.to === end),
    ...interval(row.slotsRecovered, 'whole'),
    ...interval(row.value, 'pounds'),
    number(row.spend.mean, 'pounds'),
    ...interval(row.netSpend, 'pounds'),
  ])
  const columns = [
    SCENARIO,
    ...PLACE,
    ...intervalColumns('Slots recovered'),
    ...intervalColumns(SLOT_VALUE_WORDS.label, 18),
    { title: 'Extra spend', width: 18 },
    ...intervalColumns('Net of savings', 18),
  ]
  return tablePage('Savings', 'Savings', `Slots recovered from absence, their value, and spend net of it. ${SLOT_VALUE_WORDS.meaning}`, columns, rows)
}

function forgonePage(results: StudyResults): Page {
  const rows = moneyOutOf(results).opportunityCost.map((row): Cell[] => [
    row.scenario,
    row.group,
    number(row.share, 'share'),
    ...interval(row.healthGain, 'decimal'),
    ...[row.mean, row.low, row.high].map((value) => number(value, 'decimal')),
  ])
  const columns: Column[] = [
    SCENARIO,
    { title: 'Group', width: 8 },
    { title: 'Share of health forgone', width: 16 },
    ...intervalColumns('QALYs gained'),
    ...['QALYs forgone elsewhere', 'QALYs forgone, dearest QALY', 'QALYs forgone, cheapest QALY'].map((title) => ({ title, width: 18 })),
  ]
  const contents = 'By deprivation group and discounted: QALYs gained by waiting less, and QALYs that the same money would have bought in the NHS at large.'
  return tablePage('Health forgone', 'Health_forgone', contents, columns, rows)
}

const QUADRANTS: readonly (keyof Quadrants)[] = ['moreHealthFairer', 'moreHealthLessFair', 'lessHealthFairer', 'lessHealthLessFair', 'noDifference']

function tradeOffPage(results: StudyResults): Page | null {
  const made = tradeOffsOf(results)
  if (made === null || made.pairs.length === 0) return null
  const rows = made.pairs.map((pair): Cell[] => [
    pair.scenario,
    pair.against,
    number(pair.spend.mean, 'pounds'),
    ...interval(pair.netHealth, 'decimal'),
    ...interval(pair.visibleGapClosed, 'points'),
    ...interval(pair.healthGap, 'decimal'),
    ...[pair.byVisibleGap, pair.byHealthGap].flatMap((quadrants) => [
      QUADRANT_WORDS[likeliest(quadrants)],
      ...QUADRANTS.map((quadrant) => number(quadrants[quadrant], 'share')),
    ]),
  ])
  const judged = (by: string): Column[] => [
    { title: `Likeliest, by ${by}`, width: 28 },
    ...QUADRANTS.map((quadrant) => ({ title: `${QUADRANT_WORDS[quadrant]}, by ${by}`, width: 16 })),
  ]
  const columns: Column[] = [
    SCENARIO,
    { title: 'Held against', width: 30 },
    { title: 'Extra spend, discounted', width: 18 },
    ...intervalColumns('Net QALYs (efficiency)'),
    ...intervalColumns('Gap at 18 weeks closed'),
    ...intervalColumns('Net QALYs per 1,000, most less least deprived'),
    ...judged('the gap at 18 weeks'),
    ...judged('health'),
  ]
  const contents =
    'Every pair of scenarios: change in total health after its cost elsewhere, in the gap at 18 weeks at the end and in health by group, and the share of samples of paired runs in each quadrant.'
  return tablePage('Trade-offs', 'Trade_offs', contents, columns, rows)
}
