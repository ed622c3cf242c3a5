/** workbook.xlsx: what a finance lead takes away. */
import { confidenceInterval } from '../measures/interval.ts'
import type { MeasureInfo } from '../measures/types.ts'
import { moneyRows, type MoneyRow } from './money.ts'
import { systemOf } from './row-plan.ts'
import type { ScenarioSummary, StudyResults } from './types.ts'
import { HEALTH_SHEET, healthSheet } from './workbook-health.ts'
import { cellName, workbookBytes, type Cell, type CellStyle, type Sheet } from './xlsx.ts'

/** Largest number of data rows that one sheet can hold, less room for its header and total. */
const MOST_ROWS = 1_000_000

/** The workbook: contents, scenarios, money, health and equity, data dictionary. The same bytes for equal results. */
export function workbookFile(results: StudyResults): Promise<Uint8Array> {
  const health = healthSheet(results)
  const sheets = [summarySheet(results), moneySheet(moneyRows(results)), ...(health === null ? [] : [health]), dictionarySheet(results.measures)]
  return workbookBytes([contentsSheet(results, sheets), ...sheets])
}

function contentsSheet(results: StudyResults, sheets: readonly Sheet[]): Sheet {
  const { study, catalogue } = results
  const facts: [string, string][] = [
    ['System', `${systemOf(results).name} (${systemOf(results).code})`],
    ['From', catalogue.dates[0]],
    ['To', catalogue.dates[catalogue.dates.length - 1]],
    ['Compared with', study.reference],
    ['Replications', String(study.replications)],
    ['Seed', study.seed],
  ]
  return {
    name: 'Contents',
    widths: [24, 90],
    frozenRows: 0,
    rows: [
      [{ text: study.title, style: 'title' }],
      [],
      ...facts,
      [],
      headers(['Sheet', 'What it holds']),
      ...sheets.map(({ name }) => [name, CONTENTS[name] ?? '']),
    ],
  }
}

const CONTENTS: Readonly<Record<string, string>> = {
  Scenarios:
    'Every measure at the last date, all specialties together, by scenario and group, with 95% intervals and the change from the reference.',
  [HEALTH_SHEET.name]: HEALTH_SHEET.contents,
  Money:
    'Budget, spend and unspent money in pounds by scenario, programme, group and financial year. Totals are formulas; check is budget less spent less unspent, nought throughout.',
  'Data dictionary': 'What each measure means, its unit, and whether a higher value is better or worse.',
}

function summarySheet(results: StudyResults): Sheet {
  const { keys, dates } = results.catalogue
  const units = new Map(results.measures.map(({ id, unit }) => [id, unit]))
  const rows: Cell[][] = [
    headers([
      'Scenario',
      'Date',
      'Dimension',
      'Group',
      'Measure',
      'Mean',
      'Lower 95%',
      'Upper 95%',
      'Change from reference',
      'Change, lower 95%',
      'Change, upper 95%',
      'Runs',
    ]),
  ]
  for (const scenario of results.scenarios) {
    for (const [series, { specialty, stage, dimension, group, measure }] of keys.entries()) {
      if (specialty !== 'all' || stage !== 'all') continue
      const at = series * dates.length + dates.length - 1
      rows.push([
        scenario.title,
        dates[dates.length - 1],
        dimension,
        group,
        measure,
        ...summaryCells(scenario, at, styleOf(measure, units)),
      ])
    }
  }
  return {
    name: 'Scenarios',
    widths: [34, 12, 14, 8, 34, 16, 16, 16, 16, 16, 16, 8],
    frozenRows: 1,
    rows: rows.slice(0, MOST_ROWS),
  }
}

function summaryCells(scenario: ScenarioSummary, at: number, style: CellStyle): Cell[] {
  const own = confidenceInterval(scenario.mean[at], scenario.sd[at], scenario.n[at])
  const change = confidenceInterval(scenario.difference[at], scenario.differenceSd[at], scenario.differenceN[at])
  const values = [scenario.mean[at], own.lower, own.upper, scenario.difference[at], change.lower, change.upper]
  return [...values.map((value) => ({ value, style })), { value: scenario.n[at], style: 'whole' }]
}

/** A ratio of two shares is no share: only differences of shares keep the unit. */
function styleOf(measure: string, units: ReadonlyMap<string, string>): CellStyle {
  if (measure.startsWith('relative')) return 'decimal'
  const unit = units.get(measure.slice(measure.indexOf(':') + 1)) ?? ''
  if (unit === 'share') return 'share'
  if (unit.startsWith('£')) return 'pounds'
  return unit.startsWith('pathways') || unit === 'people' ? 'whole' : 'decimal'
}

function moneySheet(rows: readonly MoneyRow[]): Sheet {
  const last = rows.length + 1
  const sum = (column: number, value: number): Cell => ({
    formula: rows.length === 0 ? '0' : `SUM(${cellName(column, 2)}:${cellName(column, last)})`,
    value: value / 100,
    style: 'total',
  })
  const total = (of: (row: MoneyRow) => number): number => rows.reduce((pence, row) => pence + of(row), 0)
  return {
    name: 'Money',
    widths: [30, 30, 22, 12, 14, 18, 18, 18, 14],
    frozenRows: 1,
    rows: [
      headers(['Scenario', 'Programme', 'Lever', 'Group', 'Financial year', 'Budget', 'Spent', 'Unspent', 'Check']),
      ...rows.map(moneyCells),
      [
        { text: 'Total', style: 'header' },
        null,
        null,
        null,
        null,
        sum(
          5,
          total((row) => row.budgetPence),
        ),
        sum(
          6,
          total((row) => row.spentPence),
        ),
        sum(
          7,
          total((row) => row.unspentPence),
        ),
        { formula: checkFormula(last + 1), value: 0, style: 'total' },
      ],
    ],
  }
}

function moneyCells(row: MoneyRow, index: number): Cell[] {
  const pounds = (pence: number): Cell => ({ value: pence / 100, style: 'pounds' })
  return [
    row.scenario,
    row.programme,
    row.lever,
    row.group,
    row.financialYear,
    pounds(row.budgetPence),
    pounds(row.spentPence),
    pounds(row.unspentPence),
    { formula: checkFormula(index + 2), value: 0, style: 'pounds' },
  ]
}

/** Budget less spent less unspent; pounds are binary fractions in a spreadsheet, so the penny is rounded to. */
function checkFormula(row: number): string {
  return `ROUND(F${row}-G${row}-H${row},2)`
}

function dictionarySheet(measures: readonly MeasureInfo[]): Sheet {
  return {
    name: 'Data dictionary',
    widths: [34, 40, 22, 20, 100],
    frozenRows: 1,
    rows: [
      headers(['Measure', 'Label', 'Unit', 'Direction', 'Meaning']),
      ...measures.map(({ id, label, unit, direction, meaning }) => [
        id,
        label,
        unit,
        direction.replaceAll('-', ' '),
        meaning,
      ]),
    ],
  }
}

function headers(texts: readonly string[]): Cell[] {
  return texts.map((text) => ({ text, style: 'header' }))
}
