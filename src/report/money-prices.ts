/** What one unit of each outcome costs: a table, a sentence on the gap, and how prices stand year by year. */
import { OUTCOMES, type CostRow, type Outcome } from '../measures/money/types.ts'
import { moneyOutOf } from '../results/money-out.ts'
import { NO_PRICE_WORDS, OUTCOME_WORDS } from '../results/money-words.ts'
import type { StudyResults } from '../results/types.ts'
import { dateText } from './dates.ts'
import type { Markup } from './html.ts'
import { folded, meanText, moneyPart, PRICE, scenarioTable } from './money-parts.ts'
import { titledList } from './verdicts.ts'

const SHOWN = OUTCOMES.filter((outcome) => outcome !== 'qaly')
const BY_YEAR = OUTCOMES.filter((outcome) => outcome !== 'qaly-discounted')

/** The part on prices. */
export function pricePart(results: StudyResults): Markup {
  const { dates } = results.catalogue
  const rows = moneyOutOf(results).costs.filter(({ group, specialty }) => group === 'all' && specialty === 'all')
  const spending = rows.filter(({ price }) => price.reason !== 'no-extra-spend')
  const end = dates[dates.length - 1]
  const atEnd = spending.filter(({ to }) => to === end)
  const cells = (own: readonly CostRow[], outcomes: readonly Outcome[]): string[] =>
    outcomes.map((outcome) => priceText(own.find((row) => row.outcome === outcome)))
  const headings = (outcomes: readonly Outcome[]): string[] => outcomes.map((outcome) => OUTCOME_WORDS[outcome].label)
  const byDate = [...Map.groupBy(spending, ({ scenario }) => scenario)].flatMap(([scenario, own]) =>
    [...Map.groupBy(own, ({ to }) => to)].map(([to, ofDate]) => ({ scenario, cells: [dateText(to), ...cells(ofDate, BY_YEAR)] })),
  )
  return moneyPart(
    'prices',
    'What one of it costs',
    `Extra spend since the start ÷ extra outcome, with 95% intervals (Fieller) of paired runs. No price is given where the sign of an outcome is uncertain: money divided by what may be nothing is any number. ${gapSentence(results, atEnd)}`,
    scenarioTable(
      results,
      `Pounds for one, by ${dateText(end)}`,
      headings(SHOWN),
      [...Map.groupBy(atEnd, ({ scenario }) => scenario)].map(([scenario, own]) => ({ scenario, cells: cells(own, SHOWN) })),
    ),
    folded(scenarioTable(results, 'Pounds for one, from the start to each date', ['To', ...headings(BY_YEAR)], byDate), 'prices so far, at each year’s end'),
  )
}

function priceText(row: CostRow | undefined): string {
  if (row === undefined) return '–'
  const { value, lower, upper, reason } = row.price
  return reason === null ? meanText({ mean: value, lower, upper }, PRICE) : NO_PRICE_WORDS[reason]
}

function gapSentence(results: StudyResults, atEnd: readonly CostRow[]): string {
  const gaps = atEnd.filter(({ outcome }) => outcome === 'gap-18-weeks')
  const priced = gaps.filter(({ price }) => price.reason === null).toSorted((a, b) => a.price.value - b.price.value)
  const scenarioOf = ({ scenario }: CostRow): { readonly title: string } => results.scenarios.find(({ id }) => id === scenario) ?? { title: scenario }
  if (priced.length === 0) return 'No scenario clearly closes the gap at 18 weeks by the end, so that a point of it has no price.'
  const [cheapest] = priced
  const rest = gaps.length - priced.length
  const others = rest === 0 ? '' : ` In ${rest} of ${gaps.length} scenarios that spend it has no price.`
  return `A point of the gap at 18 weeks costs least under ${titledList([scenarioOf(cheapest)])}: ${priceText(cheapest)}.${others}`
}
