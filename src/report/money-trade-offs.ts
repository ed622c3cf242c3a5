/** Every pair of scenarios: what each has over the other in health and in two gaps. */
import type { Quadrants } from '../measures/distribution/equity-types.ts'
import type { TradeOff } from '../measures/distribution/trade-offs.ts'
import { tradeOffsOf } from '../results/money-out.ts'
import { likeliest, QUADRANT_WORDS } from '../results/tradeoff.ts'
import type { StudyResults } from '../results/types.ts'
import { dateText } from './dates.ts'
import { html, type Markup } from './html.ts'
import { folded, meanText, moneyPart, scenarioTable, type ScenarioRow } from './money-parts.ts'
import { COUNT, POINTS, RATE_GAP } from './numbers.ts'

const HEADINGS = ['Held against', 'Net QALYs', 'Gap at 18 weeks closed', 'Judged by that gap', 'Net QALYs per 1,000, most less least deprived', 'Judged by health']

/** The part on trade-offs; nothing where there are no two scenarios to compare. */
export function tradeOffPart(results: StudyResults): Markup {
  const made = tradeOffsOf(results)
  if (made === null || made.pairs.length === 0) return html``
  const title = (id: string): string => results.scenarios.find((each) => each.id === id)?.title ?? id
  const { reference } = results.study
  const [own, others] = [made.pairs.filter(({ against }) => against === reference), made.pairs.filter(({ against }) => against !== reference)]
  const table = (caption: string, pairs: readonly TradeOff[]): Markup => scenarioTable(results, caption, HEADINGS, pairs.map((pair) => rowOf(pair, title(pair.against))))
  return moneyPart(
    'trade-offs',
    'Efficiency against equality, pair by pair',
    `Efficiency is total health after what the money would have bought elsewhere; equality is judged twice, by the gap at 18 weeks on ${dateText(made.to)} and by who gains health. Shares are of ${made.samples} samples of paired runs, with uncertain weights and prices of health: they say how often a single run falls so.`,
    table(`Against ${title(reference)}`, own),
    ...(others.length === 0 ? [] : [folded(table('Every other pair of scenarios', others), 'every other pair')]),
  )
}

function rowOf(pair: TradeOff, against: string): ScenarioRow {
  return {
    scenario: pair.scenario,
    cells: [
      against,
      meanText(pair.netHealth, COUNT),
      meanText(pair.visibleGapClosed, POINTS),
      quadrantText(pair.byVisibleGap),
      meanText(pair.healthGap, RATE_GAP),
      quadrantText(pair.byHealthGap),
    ],
  }
}

/** `More equal, less efficient (72%); better on both (28%)`: shares of a hundredth and more. */
function quadrantText(quadrants: Quadrants): string {
  const names = Object.keys(QUADRANT_WORDS) as (keyof Quadrants)[]
  const first = likeliest(quadrants)
  const shown = [first, ...names.filter((name) => name !== first && quadrants[name] >= 0.01).toSorted((a, b) => quadrants[b] - quadrants[a])]
  const text = shown.map((name) => `${QUADRANT_WORDS[name]} (${Math.round(100 * quadrants[name])}%)`).join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
