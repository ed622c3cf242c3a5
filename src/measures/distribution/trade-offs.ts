/**
 * Every pair of scenarios: what one has over the other in health, and in two gaps.
 *
 *     paired runs → net health of each pair, under sampled weights and prices (outcomes.ts)
 *                 → how much smaller the visible gap at 18 weeks is (gap-closed.ts)
 *                 → signs of both → share of samples in each quadrant
 *
 * Efficiency is total net health, so that scenarios that spend differently can be compared. A pair is given once: the
 * reference, and after it the earlier scenario of the study, is what the other is held against. The other way round every
 * sign is the opposite.
 */
import type { EquityEstimate, Quadrants, UncertainEstimate } from './equity-types.ts'
import { VISIBLE_GAP } from '../headline-measures.ts'
import { gapClosed, gapReader } from './gap-closed.ts'
import { estimate, outcomeOf, quadrantsOf, readHealthRuns, uncertainEstimate, type EquityInput, type HealthRuns } from './outcomes.ts'
import { readRuns, type OfScenario } from './run-health.ts'
import { centralSample } from './samples.ts'

/** One scenario held against another. */
export interface TradeOff {
  readonly scenario: string
  readonly against: string
  /** Extra pounds, discounted. */
  readonly spend: EquityEstimate
  /** QALYs gained by waiting less and needing less, money aside. */
  readonly healthGain: UncertainEstimate
  /** The same less what the money would have done elsewhere: efficiency. */
  readonly netHealth: UncertainEstimate
  /** By how much the gap at 18 weeks is smaller at the end, as a share (0.01 is a point); below 0 it is larger. */
  readonly visibleGapClosed: EquityEstimate
  /** Slope index of net health, QALYs per 1,000 residents; above 0 the most deprived gain more. */
  readonly healthGap: UncertainEstimate
  /** Shares of samples, with equality judged by the visible gap, and by health. */
  readonly byVisibleGap: Quadrants
  readonly byHealthGap: Quadrants
}

/** All pairs, and what they rest on. */
export interface TradeOffs {
  readonly schemaVersion: 1
  readonly from: string
  /** The end, at which the visible gap is read. */
  readonly to: string
  readonly runs: number
  readonly samples: number
  /** By what is held against, the reference first, then in the study's order; within it by scenario in that order. */
  readonly pairs: readonly TradeOff[]
}

/** @returns null where there is nothing to compare: fewer than two deprivation groups with residents, or no runs */
export function tradeOffs(input: EquityInput): TradeOffs | null {
  const read = readHealthRuns(input)
  if (read === null) return null
  const { catalogue, runRows, reference } = input
  const ids = [reference, ...input.scenarioIds.filter((id) => id !== reference)]
  const last = runRows.dateIndices.length - 1
  const gapOf = gapReader(catalogue, runRows.dateIndices.length, VISIBLE_GAP)
  const gapsOf = readRuns(runRows, (run) => gapOf(run, last))
  return {
    schemaVersion: 1,
    from: catalogue.dates[0],
    to: catalogue.dates[runRows.dateIndices[last]],
    runs: read.pairs,
    samples: read.samples.length,
    pairs: ids.flatMap((against, index) =>
      ids.slice(index + 1).map((scenario) => tradeOff(input, read, gapsOf, scenario, against)),
    ),
  }
}

function tradeOff(
  { health, runsPerDraw }: EquityInput,
  { setting, runsOf, samples }: HealthRuns,
  gapsOf: OfScenario<number>,
  scenario: string,
  against: string,
): TradeOff {
  const [after, before] = [scenario, against].map(runsOf)
  const closed = gapClosed(gapsOf(against), gapsOf(scenario), runsPerDraw)
  const middle = centralSample(health)
  const central = after.map((run, pair) => outcomeOf(setting, before[pair], run, middle))
  const sampled = samples.map(({ pair, sample }) => outcomeOf(setting, before[pair], after[pair], sample))
  return {
    scenario,
    against,
    spend: estimate(setting, after.map((run, pair) => run.spend - before[pair].spend)),
    healthGain: uncertainEstimate(setting, central, sampled, ({ totalGain }) => totalGain),
    netHealth: uncertainEstimate(setting, central, sampled, ({ totalNet }) => totalNet),
    visibleGapClosed: estimate(setting, closed),
    healthGap: uncertainEstimate(setting, central, sampled, ({ gap }) => gap),
    byVisibleGap: quadrantsOf(sampled.map(({ totalNet }, number) => ({ total: totalNet, gap: closed[samples[number].pair] }))),
    byHealthGap: quadrantsOf(sampled.map(({ totalNet, gap }) => ({ total: totalNet, gap }))),
  }
}
