/**
 * workbook.xlsx: what a finance lead takes away.
 *
 *     contents (links, facts) → summary → money by year, accounts, checks → activity, prices, savings, health forgone,
 *     trade-offs → targets → gaps → health and equity → every measure → assumptions → data dictionary
 */
import { ASSUMPTION_HEADINGS, assumptionRows } from '../report/assumptions-table.ts'
import { ACTIVITY_WORDS, NO_PRICE_WORDS, OUTCOME_WORDS, SLOT_VALUE_WORDS, type Words } from './money-words.ts'
import { deprivationGroups, systemOf } from './row-plan.ts'
import type { StudyResults } from './types.ts'
import { date, heightFor, tablePage, type Page } from './workbook-cells.ts'
import { HEALTH_SHEET, healthSheet } from './workbook-health.ts'
import { moneyPages } from './workbook-money.ts'
import { outcomePages } from './workbook-outcomes.ts'
import { gapsPage, measuresPage, summaryPage, targetsPage } from './workbook-standing.ts'
import { workbookBytes, type Cell, type Sheet } from './xlsx.ts'

/** The workbook: numbers are numbers, totals are formulas, and nothing runs. The same bytes for equal results. */
export function workbookFile(results: StudyResults): Promise<Uint8Array> {
  const pages = pagesOf(results)
  return workbookBytes(
    [contentsSheet(results, pages), ...pages.map(({ sheet }) => sheet)],
    pages.flatMap(({ names }) => names),
  )
}

function pagesOf(results: StudyResults): Page[] {
  const health = healthSheet(results)
  const targets = targetsPage(results)
  return [
    summaryPage(results),
    ...moneyPages(results, deprivationGroups(results.catalogue)),
    ...outcomePages(results),
    ...(targets === null ? [] : [targets]),
    gapsPage(results),
    ...(health === null ? [] : [{ sheet: health, contents: HEALTH_SHEET.contents, names: [] }]),
    measuresPage(results),
    assumptionsPage(results),
    dictionaryPage(results),
  ]
}

const CONTENTS_WIDTH = 110
/** Of small letters a line holds more than of the figures that widths are counted in. */
const LETTERS_IN_CONTENTS = 128

function contentsSheet(results: StudyResults, pages: readonly Page[]): Sheet {
  const { study, catalogue, scenarios } = results
  const facts: (readonly [string, Cell])[] = [
    ['System', `${systemOf(results).name} (${systemOf(results).code})`],
    ['From', date(catalogue.dates[0])],
    ['To', date(catalogue.dates[catalogue.dates.length - 1])],
    ['Compared with', study.reference],
    ['Replications', String(study.replications)],
    ...(study.draws > 0 ? [['Draws of uncertain numbers', String(study.draws)] as const] : []),
    ['Seed', study.seed],
  ]
  const heading = (text: string): Cell => ({ text, style: 'header' })
  return {
    name: 'Contents',
    widths: [28, CONTENTS_WIDTH],
    frozenRows: 0,
    rowHeights: Object.fromEntries(pages.map((page, index) => [facts.length + 5 + index, heightFor([{ text: page.contents, width: LETTERS_IN_CONTENTS }])])),
    rows: [
      [{ text: study.title, style: 'title' }],
      [],
      ...facts.map((fact) => [...fact]),
      [],
      [heading('Sheet'), heading('What it holds')],
      ...pages.map(({ sheet, contents }): Cell[] => [
        { text: sheet.name, style: 'link', linkTo: sheet.name },
        { text: contents, style: 'note' },
      ]),
      [],
      [heading('Scenario'), heading('Title')],
      ...scenarios.map(({ id, title }) => [id, title]),
    ],
  }
}

function assumptionsPage({ study }: StudyResults): Page {
  const widths = [56, 32, 26, 60, 34, 90]
  const columns = ASSUMPTION_HEADINGS.map((title, index) => ({ title, width: widths[index] }))
  return tablePage('Assumptions', 'Assumptions', 'Every assumption in force, as the report has them: value, unit, source and how sure we are. By group, values run from the most to the least deprived.', columns, assumptionRows(study))
}

function dictionaryPage({ measures }: StudyResults): Page {
  const columns = [
    { title: 'Term', width: 36 },
    { title: 'Label', width: 42 },
    { title: 'Unit', width: 26 },
    { title: 'Direction', width: 20 },
    { title: 'Meaning', width: 110 },
  ]
  const words = (prefix: string, terms: Readonly<Record<string, Words>>): Cell[][] =>
    Object.entries(terms).map(([id, { label, unit, meaning }]) => [`${prefix}${id}`, label, unit, '', meaning])
  const rows: Cell[][] = [
    ...measures.map(({ id, label, unit, direction, meaning }) => [id, label, unit, direction.replaceAll('-', ' '), meaning]),
    ...words('extra:', ACTIVITY_WORDS),
    ...words('cost-per:', OUTCOME_WORDS),
    ...words('', { 'value-of-slots-recovered': SLOT_VALUE_WORDS }),
    ...Object.entries(NO_PRICE_WORDS).map(([id, text]) => [id, 'Why there is no price', '', '', text]),
  ]
  return tablePage('Data dictionary', 'Data_dictionary', 'What each measure and each word of the money sheets means, its unit, and whether a higher value is better or worse.', columns, rows)
}
