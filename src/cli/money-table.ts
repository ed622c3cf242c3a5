/** The table of money under the table of scenarios: what is spent in each year, on whom, and what one of its outcomes costs. */
import type { Price } from '../measures/money/ratio.ts'
import { moneyHeadlines, type MoneyHeadline } from '../results/money-headlines.ts'
import { deprivationGroups } from '../results/row-plan.ts'
import type { StudyResults } from '../results/types.ts'
import { LATER_YEARS, MONEY_COLUMNS, MONEY_HEADING, moneyNotes } from './messages.ts'
import { cut, LINE_WIDTH, tableLines, type Style } from './terminal.ts'

/** Years that have a column of their own; the others are added up. */
const MOST_YEARS = 3
const MISSING = '–'

/** Lines of at most 80 columns; none for a study in which nothing is spent. */
export function moneyLines(results: StudyResults, style: Style): string[] {
  const spending = moneyHeadlines(results).filter(({ years }) => years.some(({ spent }) => spent > 0))
  if (spending.length === 0) return []
  const years = [...new Set(spending.flatMap((each) => each.years.map(({ financialYear }) => financialYear)))].toSorted()
  const [mostDeprived] = deprivationGroups(results.catalogue)
  const own = years.length > MOST_YEARS ? years.slice(0, MOST_YEARS - 1) : years
  const later = years.slice(own.length)
  const heads = Object.values(MONEY_COLUMNS)
  const rows = spending.map((each) => [
    each.scenario,
    ...own.map((year) => spentText(each, [year])),
    ...(later.length > 0 ? [spentText(each, later)] : []),
    shareText(each, mostDeprived),
    ...(['clock-stop', 'qaly-discounted', 'gap-18-weeks'] as const).map((outcome) => priceText(each.costPer[outcome])),
  ])
  const spentHeads = [...own, ...(later.length > 0 ? [LATER_YEARS] : [])].map((year) => ['', year] as const)
  const columns = [heads[0], ...spentHeads, ...heads.slice(1)]
  const [upper, lower, ...lines] = tableLines([columns.map(([first]) => first), columns.map(([, second]) => second), ...rows])
  return [
    style.bold(MONEY_HEADING),
    style.bold(upper),
    style.bold(lower),
    ...lines,
    '',
    ...moneyNotes(mostDeprived).map((line) => style.dim(cut(line, LINE_WIDTH))),
  ]
}

/** Millions spent in some financial years together. */
function spentText({ years }: MoneyHeadline, names: readonly string[]): string {
  return (years.reduce((sum, { financialYear, spent }) => sum + (names.includes(financialYear) ? spent : 0), 0) / 1e6).toFixed(1)
}

/** Share of all that is spent that is for one group. */
function shareText({ years }: MoneyHeadline, group: string): string {
  const sum = (of: (year: MoneyHeadline['years'][number]) => number): number => years.reduce((total, year) => total + of(year), 0)
  return `${((100 * sum(({ spentByGroup }) => spentByGroup[group] ?? 0)) / sum(({ spent }) => spent)).toFixed(0)}%`
}

/** Pounds to three figures, `£470` or `£62.1m`; a dash where there is no price. */
function priceText(price: Price | undefined): string {
  if (price === undefined || price.reason !== null) return MISSING
  return price.value >= 1e6 ? `£${(price.value / 1e6).toFixed(1)}m` : `£${Number(price.value.toPrecision(3)).toLocaleString('en-GB')}`
}
