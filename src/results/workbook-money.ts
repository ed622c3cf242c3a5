/** The workbook's accounts: lines, totals by year that add them up by formula, and the checks. */
import { envelopesOf, type TransferRow } from './envelopes.ts'
import { accountTotals, moneyChecks, sortedMoneyRows, type AccountTotal, type Amounts } from './money-accounts.ts'
import type { MoneyRow } from './money.ts'
import { addedUp, GROUPS_TOGETHER, peopleRows } from './people-money.ts'
import type { StudyResults } from './types.ts'
import { pounds, tablePage, type Column, type Page } from './workbook-cells.ts'
import { cellName, quoted, type Cell, type CellStyle } from './xlsx.ts'

const LINES = 'Accounts'
const BY_YEAR = 'Money by year'

/** More lines than this are added up by group: a sheet has to be opened. money.csv has every line. */
const MOST_LINES = 100_000

/** First column of amounts in the accounts: budget, spent, unspent, check follow one another. */
const LINE_AMOUNTS = 8
const YEAR_AMOUNTS = 5

/** Money by year first, then the lines it adds up, then the checks. */
export function moneyPages(results: StudyResults, groups: readonly string[]): Page[] {
  const lines = sortedMoneyRows(results)
  const rows = linesOf(lines)
  return [yearPage(results, rows, groups), ...peoplePages(results), linePage(rows, rows.length < lines.length), ...envelopePages(results), checkPage(results)]
}

/** Money for people of further groups, where there is any. */
function peoplePages(results: StudyResults): Page[] {
  const rows = peopleRows(results)
  if (rows.length === 0) return []
  const names = ['Scenario', 'Financial year', 'Programme', 'Lever', 'Kind', 'Dimension', 'Group']
  const columns = [...names.map((title) => ({ title, width: title === 'Financial year' || title === 'Kind' ? 14 : 26 })), ...AMOUNT_COLUMNS]
  const cells = rows.map((row, index): Cell[] => [
    row.scenario,
    row.financialYear,
    row.programme,
    row.lever,
    row.kind,
    row.dimension,
    row.group,
    ...amountCells(row, names.length, index),
  ])
  const contents = `Programmes for people of further groups (PLUS groups, ages, ethnicity): their money by those groups. The groups of a dimension add up to the programme (sheet Checks); “${GROUPS_TOGETHER}” stands for all of them where few people of one wait.`
  return [tablePage('Money by other group', 'Money_by_other_group', contents, columns, cells)]
}

/** Envelopes, where there are any, with what moved below them; the balance is a formula. */
function envelopePages(results: StudyResults): Page[] {
  const { envelopes, transfers } = envelopesOf(results)
  if (envelopes.length === 0) return []
  const amounts = ['Envelope', 'Carried in', 'Budgets', 'Carried out', 'Not allocated']
  const columns: Column[] = [
    ...['Scenario', 'Financial year', 'Kind'].map((title) => ({ title, width: title === 'Scenario' ? 26 : 14 })),
    ...amounts.map((title) => ({ title, width: 18 })),
    { title: 'Check', width: 12 },
  ]
  const cells = envelopes.map((row, index): Cell[] => {
    const at = (offset: number): string => cellName(3 + offset, index + 2)
    return [
      row.scenario,
      row.financialYear,
      row.kind,
      ...[row.envelopePence, row.carriedInPence, row.budgetPence, row.carriedOutPence, row.unallocatedPence].map(pounds),
      { formula: `ROUND(${at(0)}+${at(1)}-${at(2)}-${at(3)}-${at(4)},2)`, value: 0, style: 'pounds' },
    ]
  })
  const contents = 'Each envelope by financial year: what it holds and what was carried in are budgets of its programmes, what is carried out, and what nobody asked for. Check is nought throughout.'
  const page = tablePage('Envelopes', 'Envelopes', contents, columns, cells)
  return transfers.length === 0 ? [page] : [page, movesPage(transfers)]
}

function movesPage(transfers: readonly TransferRow[]): Page {
  const columns = ['Scenario', 'Kind', 'From programme', 'From year', 'To programme', 'To year', 'Amount'].map((title) => ({ title, width: title.endsWith('programme') || title === 'Scenario' ? 26 : 14 }))
  const cells = transfers.map((move): Cell[] => [move.scenario, move.kind, move.from, move.fromYear, move.to, move.toYear, pounds(move.pence)])
  return tablePage('Moved money', 'Moved_money', 'Money that could not be spent where it was, and where it went.', columns, cells)
}

/** The lines, or where there are too many, one for each programme's year, kind and group. */
function linesOf(rows: readonly MoneyRow[]): MoneyRow[] {
  if (rows.length <= MOST_LINES) return [...rows]
  return accountTotals(rows).flatMap(({ groups }) =>
    groups.map(({ first, end }): MoneyRow => {
      const { people: _ofOneLine, ...sum } = addedUp(rows.slice(first, end))
      return { ...sum, specialty: 'all', system: 'all' }
    }),
  )
}

const AMOUNT_COLUMNS: readonly Column[] = ['Budget', 'Spent', 'Unspent', 'Check'].map((title) => ({ title, width: title === 'Check' ? 12 : 18 }))

function linePage(rows: readonly MoneyRow[], isAddedUp: boolean): Page {
  const names = ['Scenario', 'Financial year', 'Programme', 'Lever', 'Kind', 'Group', 'Specialty', 'System']
  const columns = [...names.map((title) => ({ title, width: ['Scenario', 'Programme', 'Lever'].includes(title) ? 26 : 13 })), ...AMOUNT_COLUMNS]
  const cells = rows.map((row, index): Cell[] => [
    row.scenario,
    row.financialYear,
    row.programme,
    row.lever,
    row.kind,
    row.group,
    row.specialty,
    row.system,
    ...amountCells(row, LINE_AMOUNTS, index),
  ])
  const which = isAddedUp ? 'The accounts in pounds, added up by group; money.csv has every line' : 'Every line of the accounts, in pounds: scenario, year, programme, kind of money, group, specialty, system'
  const contents = `${which}. Check is budget less spent less unspent, nought throughout.`
  const page = tablePage(LINES, 'Accounts', contents, columns, cells)
  const range = (name: string, column: number) => ({ name, sheet: LINES, from: cellName(column, 2), to: cellName(column, Math.max(2, rows.length + 1)) })
  return {
    ...page,
    names: [...page.names, range('Accounts_budget', LINE_AMOUNTS), range('Accounts_spent', LINE_AMOUNTS + 1), range('Accounts_unspent', LINE_AMOUNTS + 2)],
  }
}

/** Amounts of a line with their check, from a column on. */
function amountCells({ budgetPence, spentPence, unspentPence }: Amounts, firstColumn: number, index: number): Cell[] {
  return [...[budgetPence, spentPence, unspentPence].map(pounds), { formula: checkFormula(firstColumn, index + 2), value: 0, style: 'pounds' }]
}

/** Budget less spent less unspent; pounds are binary fractions in a spreadsheet, so the penny is rounded to. */
function checkFormula(firstColumn: number, row: number): string {
  const [budget, spent, unspent] = [0, 1, 2].map((offset) => cellName(firstColumn + offset, row))
  return `ROUND(${budget}-${spent}-${unspent},2)`
}

/** Where a row's amounts are added up from: cells of this sheet, or lines of the accounts. */
type Source = readonly string[] | { readonly first: number; readonly end: number }

/** Amounts by column, whole pence: budget, spent, unspent, then spent by group. */
interface YearRow {
  readonly names: readonly string[]
  readonly pence: readonly number[]
  readonly style: CellStyle
  readonly sourceOf: (column: number) => Source
}

function yearPage(results: StudyResults, rows: readonly MoneyRow[], groups: readonly string[]): Page {
  const columns: Column[] = [
    ...['Scenario', 'Financial year', 'Programme', 'Lever', 'Kind'].map((title) => ({ title, width: title === 'Financial year' || title === 'Kind' ? 14 : 28 })),
    ...AMOUNT_COLUMNS,
    ...groups.map((group) => ({ title: `Spent on group ${group}`, width: 18 })),
    { title: 'Groups check', width: 12 },
  ]
  const cells: Cell[][] = []
  const totals = accountTotals(rows)
  for (const { id } of results.scenarios) {
    const own = totals.filter(({ scenario }) => scenario === id)
    const yearRows: { readonly row: number; readonly pence: readonly number[] }[] = []
    for (const [year, ofYear] of Map.groupBy(own, ({ financialYear }) => financialYear)) {
      const first = cells.length + 2
      for (const total of ofYear) cells.push(yearCells(programmeRow(total, groups), cells.length + 2, groups.length))
      const last = cells.length + 1
      const pence = sumColumns(ofYear.map((total) => penceOf(total, groups)))
      const row: YearRow = { names: [id, year, 'All programmes', '', ''], pence, style: 'total', sourceOf: (column) => [`${cellName(column, first)}:${cellName(column, last)}`] }
      cells.push(yearCells(row, cells.length + 2, groups.length))
      yearRows.push({ row: cells.length + 1, pence })
    }
    if (yearRows.length === 0) continue
    const row: YearRow = {
      names: [id, 'All years', 'All programmes', '', ''],
      pence: sumColumns(yearRows.map(({ pence }) => pence)),
      style: 'total',
      sourceOf: (column) => yearRows.map((year) => cellName(column, year.row)),
    }
    cells.push(yearCells(row, cells.length + 2, groups.length))
  }
  const contents = 'Budget, spent and unspent money by scenario, financial year and programme, and who it is spent on. Every amount is a formula that adds up the accounts; checks are nought throughout. Scenarios are alternatives: they are not added up.'
  return tablePage(BY_YEAR, 'Money_by_year', contents, columns, cells)
}

function programmeRow(total: AccountTotal, groups: readonly string[]): YearRow {
  const { scenario, financialYear, programme, lever, kind, first, end } = total
  return {
    names: [scenario, financialYear, programme, lever, kind],
    pence: penceOf(total, groups),
    style: 'pounds',
    sourceOf(column) {
      const group = groups[column - YEAR_AMOUNTS - 4]
      if (group === undefined) return { first, end }
      return total.groups.find((each) => each.group === group) ?? []
    },
  }
}

function penceOf({ budgetPence, spentPence, unspentPence, groups: own }: AccountTotal, groups: readonly string[]): number[] {
  return [budgetPence, spentPence, unspentPence, ...groups.map((group) => own.find((each) => each.group === group)?.spentPence ?? 0)]
}

function sumColumns(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, column) => rows.reduce((pence, row) => pence + row[column], 0))
}

function yearCells({ names, pence, style, sourceOf }: YearRow, row: number, groups: number): Cell[] {
  const [budget, spent, unspent, ...byGroup] = pence
  const amount = (value: number, column: number): Cell => ({ formula: sumFormula(sourceOf(column), column), value: value / 100, style })
  const firstGroup = YEAR_AMOUNTS + 4
  const allGroups = `SUM(${cellName(firstGroup, row)}:${cellName(firstGroup + groups - 1, row)})`
  return [
    ...names.map((text): Cell => (style === 'total' ? { text, style: 'header' } : text)),
    ...[budget, spent, unspent].map((value, offset) => amount(value, YEAR_AMOUNTS + offset)),
    { formula: checkFormula(YEAR_AMOUNTS, row), value: 0, style: 'pounds' },
    ...byGroup.map((value, group) => amount(value, firstGroup + group)),
    { formula: `ROUND(${cellName(YEAR_AMOUNTS + 1, row)}-${allGroups},2)`, value: 0, style: 'pounds' },
  ]
}

/** The accounts have amounts three columns on from this sheet's; what is spent on a group is in the column of spend. */
function sumFormula(source: Source, column: number): string {
  if (!('first' in source)) return source.length === 0 ? '0' : `SUM(${source.join(',')})`
  const from = column < YEAR_AMOUNTS + 3 ? column - YEAR_AMOUNTS + LINE_AMOUNTS : LINE_AMOUNTS + 1
  return `SUM(${quoted(LINES)}!${cellName(from, source.first + 2)}:${cellName(from, source.end + 1)})`
}

function checkPage(results: StudyResults): Page {
  const columns: Column[] = [
    { title: 'Scenario', width: 30 },
    { title: 'Check', width: 44 },
    { title: 'Left', width: 20 },
    { title: 'Right', width: 20 },
    { title: 'Difference', width: 16 },
    { title: 'Holds', width: 60 },
  ]
  const rows = moneyChecks(results).map(({ scenario, check, leftPence, rightPence, differencePence, isExpected }, index): Cell[] => [
    scenario,
    check,
    pounds(leftPence),
    pounds(rightPence),
    { formula: `ROUND(C${index + 2}-D${index + 2},2)`, value: differencePence / 100, style: 'total' },
    differencePence === 0 ? 'to the penny' : isExpected ? 'DOES NOT HOLD' : 'draws spend differently; the accounts are those of the first draw, the runs their mean',
  ])
  return tablePage('Checks', 'Money_checks', 'Proof that money reconciles: budget against spent and unspent, and the accounts against what the runs spent.', columns, rows)
}
