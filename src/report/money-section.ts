/**
 * The report's section on money: `moneySection(results: StudyResults): Markup`, parts of a section under its heading;
 * empty where no scenario spends anything.
 *
 *     accounts by year, with their checks → what the money buys → what one of it costs → slots recovered → health forgone
 *     by group → every pair of scenarios
 */
import type { ActivityRow } from '../measures/money/types.ts'
import { accountTotals, moneyChecks, sortedMoneyRows, type AccountTotal, type MoneyCheck } from '../results/money-accounts.ts'
import { envelopesOf } from '../results/envelopes.ts'
import { moneyOutOf } from '../results/money-out.ts'
import { financialYearName } from '../results/money.ts'
import { ACTIVITY_WORDS, SLOT_VALUE_WORDS } from '../results/money-words.ts'
import { peopleRows } from '../results/people-money.ts'
import { deprivationGroups } from '../results/row-plan.ts'
import type { StudyResults } from '../results/types.ts'
import { html, type Markup } from './html.ts'
import { folded, meanText, moneyPart, scenarioTable, WHOLE_POUNDS, type ScenarioRow } from './money-parts.ts'
import { pricePart } from './money-prices.ts'
import { tradeOffPart } from './money-trade-offs.ts'
import { COUNT, QALYS, valueText } from './numbers.ts'

/** The section's parts, without its heading. */
export function moneySection(results: StudyResults): Markup {
  const totals = accountTotals(sortedMoneyRows(results))
  if (totals.length === 0) return results.scenarios.length < 2 ? html`` : html`<p>No scenario spends money.</p>${tradeOffPart(results)}`
  return html`${accountsPart(results, totals)}${envelopePart(results)}${activityPart(results)}${pricePart(results)}${savingsPart(results)}${forgonePart(results)}${tradeOffPart(results)}`
}

const pounds = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Whole pence to the penny: `£1,234.50`. */
function exactPounds(pence: number): string {
  return `${pence < 0 ? '−' : ''}£${pounds.format(Math.abs(pence) / 100)}`
}

/** Where the study has envelopes: what they hold, and what nobody asked for. */
function envelopePart(results: StudyResults): Markup {
  const { envelopes, transfers } = envelopesOf(results)
  if (envelopes.length === 0) return html``
  const rows = envelopes.map(({ scenario, financialYear, kind, envelopePence, carriedInPence, budgetPence, carriedOutPence, unallocatedPence }): ScenarioRow => ({
    scenario,
    cells: [financialYear, kind, ...[envelopePence, carriedInPence, budgetPence, carriedOutPence, unallocatedPence].map(exactPounds)],
  }))
  const moves = transfers.map(({ scenario, kind, from, fromYear, to, toYear, pence }): ScenarioRow => ({ scenario, cells: [kind, from, fromYear, to, toYear, exactPounds(pence)] }))
  return moneyPart(
    'envelopes',
    'Envelopes',
    'In each financial year an envelope and what was carried in are the budgets of its programmes, what is carried out, and what nobody asked for.',
    scenarioTable(results, 'Envelopes by financial year', ['Financial year', 'Kind', 'Envelope', 'Carried in', 'Budgets', 'Carried out', 'Not allocated'], rows),
    moves.length === 0 ? html`` : folded(scenarioTable(results, 'Money that moved', ['Kind', 'From', 'In', 'To', 'In', 'Amount'], moves), 'what moved, since it could not be spent where it was'),
  )
}

/** Where programmes are for people of further groups: what each group's part is. */
function peopleTable(results: StudyResults): Markup {
  const rows = peopleRows(results).map(
    ({ scenario, programme, financialYear, kind, dimension, group, budgetPence, spentPence, unspentPence }): ScenarioRow => ({
      scenario,
      cells: [programme, financialYear, kind, dimension, group, ...[budgetPence, spentPence, unspentPence].map(exactPounds)],
    }),
  )
  if (rows.length === 0) return html``
  const headings = ['Programme', 'Financial year', 'Kind', 'Dimension', 'Group', 'Budget', 'Spent', 'Unspent']
  return folded(scenarioTable(results, 'Money of programmes for people of other groups', headings, rows), 'money for other groups')
}

function accountsPart(results: StudyResults, totals: readonly AccountTotal[]): Markup {
  const groups = deprivationGroups(results.catalogue)
  const amounts = ['Budget', 'Spent', 'Unspent', ...groups.map((group) => `Spent on group ${group}`)]
  const rowOf = (names: readonly string[], of: readonly AccountTotal[]): ScenarioRow => ({
    scenario: of[0].scenario,
    cells: [
      ...names,
      ...[sum(of, (each) => each.budgetPence), sum(of, (each) => each.spentPence), sum(of, (each) => each.unspentPence)].map(exactPounds),
      ...groups.map((group) => exactPounds(sum(of, (each) => each.groups.find((part) => part.group === group)?.spentPence ?? 0))),
    ],
  })
  const byYear = [...Map.groupBy(totals, ({ scenario }) => scenario).values()].flatMap((own) => [
    ...[...Map.groupBy(own, ({ financialYear }) => financialYear)].map(([year, ofYear]) => rowOf([year], ofYear)),
    rowOf(['All years'], own),
  ])
  const byProgramme = totals.map((total) => rowOf([total.programme, total.lever, total.kind, total.financialYear], [total]))
  const checks = moneyChecks(results)
  return moneyPart(
    'accounts',
    'Budget, spent and unspent',
    checkSentence(checks),
    spentTable(results, totals),
    folded(scenarioTable(results, 'Money by financial year', ['Financial year', ...amounts], byYear), 'money by financial year and group'),
    folded(scenarioTable(results, 'Money by programme and financial year', ['Programme', 'Lever', 'Kind', 'Financial year', ...amounts], byProgramme), 'money by programme'),
    peopleTable(results),
    folded(checkTable(results, checks), 'does it reconcile?'),
  )
}

/** A row a scenario: what is spent in each year. */
function spentTable(results: StudyResults, totals: readonly AccountTotal[]): Markup {
  const years = [...new Set(totals.map(({ financialYear }) => financialYear))].toSorted()
  const rows = [...Map.groupBy(totals, ({ scenario }) => scenario)].map(([scenario, own]) => ({
    scenario,
    cells: [
      sum(own, ({ budgetPence }) => budgetPence),
      ...years.map((year) => sum(own, ({ financialYear, spentPence }) => (financialYear === year ? spentPence : 0))),
      sum(own, ({ unspentPence }) => unspentPence),
    ].map(exactPounds),
  }))
  return scenarioTable(results, 'Budget of all years, spent by year, unspent', ['Budget', ...years.map((year) => `Spent ${year}`), 'Unspent'], rows)
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

function checkSentence(checks: readonly MoneyCheck[]): string {
  const broken = checks.filter(({ differencePence }) => differencePence !== 0)
  if (broken.length === 0) return 'To the penny, in every scenario: budget = spent + unspent, and what the accounts say was spent is what the runs spent. Money outside the projection is not counted.'
  if (broken.every(({ isExpected }) => !isExpected)) {
    return 'To the penny, in every scenario: budget = spent + unspent. Spend differs between draws of the uncertain numbers: the accounts are those of the first draw, and outcomes are held against what each run spent.'
  }
  return 'The accounts do not reconcile: see the table of checks.'
}

function checkTable(results: StudyResults, checks: readonly MoneyCheck[]): Markup {
  const rows = checks.map(({ scenario, check, leftPence, rightPence, differencePence }) => ({ scenario, cells: [check, ...[leftPence, rightPence, differencePence].map(exactPounds)] }))
  return scenarioTable(results, 'Does it reconcile?', ['Check', 'Left', 'Right', 'Difference'], rows)
}

const SHOWN = ['clock-stops', 'admissions', 'first-appointments', 'brought-within-18-weeks', 'qalys', 'removed', 'removed-by-validation', 'removed-beyond-18-weeks'] as const

function activityPart(results: StudyResults): Markup {
  const all = moneyOutOf(results).activity.filter(({ group, specialty }) => group === 'all' && specialty === 'all')
  const shown = SHOWN.filter((name) => all.some(({ activity }) => activity === name))
  const cells = (rows: readonly ActivityRow[]): string[] =>
    shown.map((name) => {
      const row = rows.find(({ activity }) => activity === name)
      return row === undefined ? '–' : meanText(row, name === 'qalys' ? QALYS : COUNT)
    })
  const headings = shown.map((name) => ACTIVITY_WORDS[name].label)
  const byScenario = [...Map.groupBy(all, ({ scenario }) => scenario)]
  const whole = byScenario.map(([scenario, rows]) => ({ scenario, cells: cells(rows.filter(({ financialYear }) => financialYear === null)) }))
  const byYear = byScenario.flatMap(([scenario, rows]) =>
    [...Map.groupBy(rows, ({ financialYear }) => financialYear)].flatMap(([year, ofYear]) => (year === null ? [] : [{ scenario, cells: [financialYearName(year), ...cells(ofYear)] }])),
  )
  return moneyPart(
    'bought',
    'What the money buys',
    'Beyond the reference, over the whole projection, with 95% intervals of paired runs. “Brought within 18 weeks” is a stock at the end: fewer people waiting longer, those whom validation removed counted as waiting still. Removals change the count, not care; a shorter list has fewer.',
    scenarioTable(results, 'Activity beyond the reference', headings, whole),
    folded(scenarioTable(results, 'Activity beyond the reference by financial year', ['Financial year', ...headings], byYear), 'activity by financial year'),
  )
}

function savingsPart(results: StudyResults): Markup {
  const rows = moneyOutOf(results).savings.filter(({ group, specialty, financialYear }) => group === 'all' && specialty === 'all' && financialYear === null)
  if (rows.length === 0) return html``
  return moneyPart(
    'savings',
    'Slots recovered, and spend net of their value',
    SLOT_VALUE_WORDS.meaning,
    scenarioTable(
      results,
      'Slots recovered from absence over the whole projection',
      ['Slots recovered', 'Their value', 'Extra spend', 'Net of savings'],
      rows.map(({ scenario, slotsRecovered, value, spend, netSpend }) => ({
        scenario,
        cells: [meanText(slotsRecovered, COUNT), meanText(value, WHOLE_POUNDS), valueText(spend.mean, WHOLE_POUNDS), meanText(netSpend, WHOLE_POUNDS)],
      })),
    ),
  )
}

function forgonePart(results: StudyResults): Markup {
  const rows = moneyOutOf(results).opportunityCost
  if (rows.length === 0) return html``
  const table = scenarioTable(
    results,
    'QALYs gained and forgone by deprivation group',
    ['Group', 'Gained', 'Forgone', 'Share of all forgone'],
    rows.map(({ scenario, group, share, mean, low, high, healthGain }) => ({
      scenario,
      cells: [group, meanText(healthGain, COUNT), meanText({ mean, lower: low, upper: high }, COUNT), `${(100 * share).toFixed(1)}%`],
    })),
  )
  return moneyPart(
    'forgone',
    'Health forgone elsewhere, by group',
    'The same money would have bought health in the NHS at large. Discounted QALYs of each group: gained by waiting less, and forgone, with the range from the dearest to the cheapest QALY.',
    folded(table, 'health gained and forgone by group'),
  )
}
