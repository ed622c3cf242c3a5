/** Figures on health and who gains it: the equity plane of net health, and who would prefer which scenario. */
import type { Equity, ScenarioEquity, UncertainEstimate } from '../measures/distribution/equity-types.ts'
import type { BreakEven } from '../measures/distribution/preference.ts'
import { chanceText } from '../measures/value-text.ts'
import { equityOf } from '../results/equity-json.ts'
import { ACCEPTABILITY_STYLES, acceptabilityPanel } from './acceptability-spec.ts'
import { chartSvg } from './chart-svg.ts'
import type { Figure, Panel } from './figure.ts'
import { acceptabilityCaption, netHealthCaption } from './health-captions.ts'
import { dataTable, html, type Markup } from './html.ts'
import { lineKey } from './line-key.ts'
import { changeText, COUNT, PER_1000, POUNDS, valueText, type Scale } from './numbers.ts'
import { letter, letterKey, reachOf } from './plane-figure.ts'
import { equityPlane, type PlanePoint, type PlaneText } from './plane-spec.ts'
import type { Reader } from './reader.ts'

const TEXT: PlaneText = {
  x: 'Net health gained, thousand QALYs',
  y: 'Change in the gap, QALYs per 1,000',
  right: 'More health',
  left: 'Less health',
  xFormat: '+.2~f',
  yFormat: '+.2~f',
}

/** One scenario of the comparison with its title. */
export interface Titled {
  readonly title: string
  readonly equity: ScenarioEquity
}

/** Both figures; none where the study has nothing to compare. */
export async function healthFigures(reader: Reader): Promise<Figure[]> {
  const equity = equityOf(reader.results)
  if (equity === null) return []
  const all = equity.scenarios.map((each): Titled => {
    const title = reader.scenarios.find(({ id }) => id === each.id)?.title ?? each.id
    return { title, equity: each }
  })
  const others = all.filter((each) => each.equity.id !== reader.reference.id)
  return [await netHealthFigure(reader, equity, others), await acceptabilityFigure(reader, all)]
}

async function netHealthFigure(reader: Reader, equity: Equity, others: readonly Titled[]): Promise<Figure> {
  const points = others.map(({ equity: { totalNetHealth, gap } }, index): PlanePoint => ({
    label: letter(index),
    x: totalNetHealth.mean / 1000,
    xLower: totalNetHealth.rangeLower / 1000,
    xUpper: totalNetHealth.rangeUpper / 1000,
    y: gap.mean,
    yLower: gap.rangeLower,
    yUpper: gap.rangeUpper,
  }))
  const drawn = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
  return {
    id: 'net-health',
    title: 'Net health, and who gains it',
    caption: netHealthCaption(reader, equity, others),
    key: letterKey(others),
    panels: [
      { title: 'The whole projection', svg: await chartSvg(equityPlane(drawn, reachOf(drawn), TEXT)) },
    ],
    layout: 'wide',
    table: netHealthTable(others),
  }
}

function netHealthTable(others: readonly Titled[]): Markup {
  const rows = others.map(({ title, equity }, index) => [
    `${letter(index)} ${title}`,
    POUNDS.value(equity.spend.mean),
    rangeText(equity.healthGain, COUNT),
    valueText(equity.poundsPerQalyGained, POUNDS),
    rangeText(equity.totalNetHealth, COUNT),
    rangeText(equity.gap, PER_1000),
    priceText(equity.priceOfEquity.atkinson),
    chanceText(equity.quadrants.moreHealthFairer),
    chanceText(equity.quadrants.moreHealthLessFair),
    chanceText(equity.quadrants.lessHealthFairer),
    chanceText(equity.quadrants.lessHealthLessFair),
  ])
  return dataTable(
    `Net health over the whole projection, against the reference: mean and middle 95 of 100 samples; ε, with its 95% ` +
      `interval over runs, is the aversion from which a scenario is preferred to the most efficient one`,
    [
      'Scenario',
      'Spend',
      'QALYs gained',
      '£ per QALY',
      'Net QALYs',
      'Gap per 1,000',
      'From ε',
      'More, fairer',
      'More, less fair',
      'Less, fairer',
      'Less, less fair',
    ],
    rows,
  )
}

function rangeText({ mean, rangeLower, rangeUpper }: UncertainEstimate, scale: Scale): string {
  return `${changeText(mean, scale)} (${changeText(rangeLower, scale)} to ${changeText(rangeUpper, scale)})`
}

const epsilonText = (value: number): string => (Number.isFinite(value) ? value.toFixed(1) : 'beyond 40')

/** The price of equity in words. */
function priceText({ verdict, value, lower, upper }: BreakEven): string {
  switch (verdict) {
    case 'no-difference':
      return 'no difference'
    case 'always-preferred':
      return 'any'
    case 'never-preferred':
      return 'none'
    case 'changes-more-than-once':
      return 'not meaningful'
    case 'preferred-above':
    case 'preferred-below': {
      const limits = Number.isNaN(lower) ? '' : ` (${epsilonText(lower)} to ${epsilonText(upper)})`
      return `${verdict === 'preferred-below' ? 'only below ' : ''}${epsilonText(value)}${limits}`
    }
  }
}

async function acceptabilityFigure(reader: Reader, all: readonly Titled[]): Promise<Figure> {
  const panels: Panel[] = []
  for (const { title, equity } of all) {
    panels.push({ title, svg: await chartSvg(acceptabilityPanel(equity.acceptability)) })
  }
  const { best, better } = ACCEPTABILITY_STYLES
  return {
    id: 'acceptability',
    title: 'Who would prefer it, by aversion to inequality',
    caption: acceptabilityCaption(all),
    key: [
      lineKey('Best of all scenarios', best),
      lineKey(`Better than ${reader.reference.title} (reference)`, better),
      html`<li>Dotted: the aversion found in England</li>`,
    ],
    panels,
    table: acceptabilityTable(all),
  }
}

/** Aversions of the table; the charts and the data have all. */
const SHOWN_EPSILONS: readonly number[] = [0, 1, 2, 5, 8, 11, 15, 20]

function acceptabilityTable(all: readonly Titled[]): Markup {
  const rows = all.map(({ title, equity }) => [
    title,
    ...SHOWN_EPSILONS.map((shown) =>
      chanceText(equity.acceptability.find(({ epsilon }) => epsilon === shown)?.probability ?? Number.NaN),
    ),
  ])
  return dataTable(
    'Share of samples in which a scenario is the best of all, by aversion ε',
    ['Scenario', ...SHOWN_EPSILONS.map((epsilon) => `ε ${epsilon}`)],
    rows,
  )
}
