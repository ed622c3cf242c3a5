/** The sentences under the figures on health. */
import type { Acceptability, Equity } from '../measures/distribution/equity-types.ts'
import { ATKINSON_EPSILON } from '../measures/indices/aversion.ts'
import { chanceText } from '../measures/value-text.ts'
import type { Titled } from './health-figures.ts'
import { changeText, COUNT, QALYS } from './numbers.ts'
import type { Reader } from './reader.ts'
import { titled, titledList } from './verdicts.ts'

/** What net health is, and which scenario gains most of it. */
export function netHealthCaption(reader: Reader, equity: Equity, others: readonly Titled[]): string {
  const { low, high } = equity.perspective.poundsPerQaly
  const best = others.find((each) => each.equity.id === equity.mostEfficient)
  const found = best === undefined ? noneGains(reader, others) : mostOf(best, others)
  return (
    `Health gained by waiting less, on the list and off it, less the health that the same money would have bought ` +
    `elsewhere at £${COUNT.value(low)} to £${COUNT.value(high)} a QALY; up is towards the most deprived. Whiskers hold ` +
    `the middle 95 of 100 samples of runs, of what a week of waiting costs in health, and of that price. ${found}`
  )
}

/** That the money does more elsewhere, and where this hangs on the assumptions. */
function noneGains(reader: Reader, others: readonly Titled[]): string {
  const found = `With every assumption at its middle no scenario gains more than ${titled(reader.reference)}.`
  const open = others.filter(({ equity: { totalNetHealth } }) => totalNetHealth.rangeLower < 0 && totalNetHealth.rangeUpper > 0)
  return open.length === 0 ? found : `${found} As they vary, ${titledList(open)} may gain or lose.`
}

/** The scenario that gains most, and those that the runs cannot tell from it. */
function mostOf(best: Titled, others: readonly Titled[]): string {
  const { mean, rangeLower, rangeUpper } = best.equity.totalNetHealth
  const size = `${changeText(mean, QALYS)} (${changeText(rangeLower, COUNT)} to ${changeText(rangeUpper, COUNT)} as weights and prices vary)`
  const alike = others.filter(({ equity }) => {
    const { lower, upper } = equity.priceOfEquity.netHealth
    return equity.id !== best.equity.id && !(upper < 0 || lower > 0)
  })
  if (alike.length === 0) return `${titled(best)} gains most: ${size}.`
  const verb = alike.length === 1 ? 'makes' : 'make'
  return `${titled(best)} gains ${size}; ${titledList(alike)} ${verb} no clear difference from it in total.`
}

/** What somebody indifferent to inequality would choose, and somebody as averse as people in England. */
export function acceptabilityCaption(all: readonly Titled[]): string {
  const near = Math.round(ATKINSON_EPSILON)
  return (
    `Share of samples in which somebody of this aversion to inequality in health would choose the scenario. Without ` +
    `aversion (ε 0) that is ${choiceAt(all, 0)}; at the aversion found in England, about ${near}, ${choiceAt(all, near)}.`
  )
}

function choiceAt(all: readonly Titled[], epsilon: number): string {
  const at = ({ equity }: Titled): Acceptability | undefined => equity.acceptability.find((each) => each.epsilon === epsilon)
  const [best] = all.toSorted((a, b) => (at(b)?.probability ?? 0) - (at(a)?.probability ?? 0))
  return `${titled(best)} most often (${chanceText(at(best)?.probability ?? Number.NaN)})`
}
