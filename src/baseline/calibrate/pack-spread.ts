/**
 * How unsure a pack's fit is: what its levels would have been, had other blocks of the same months been seen. Pure; the
 * draws of months are keyed by area and treatment function.
 *
 * Each pair of months is run once by the fitted law. Blocks of months are then drawn anew, and what a correction of the
 * law would start from (published over expected stops, removals, decisions) is summed over those drawn: one step of the
 * fit from where it ended, in place of fitting again.
 */
import { totalOf, unreportedRemovals, type KnownSeries, type MonthCounts } from '../series/types.ts'
import type { PackSpread } from '../types.ts'
import { SPREAD_ANCHOR, SPREAD_GROUPS } from '../wait-groups.ts'
import { halfLifeWeights, monthsOf, runPairs, type PairRun, type ServiceFit } from './fit-service.ts'
import { calendarMonth, type FlowModel } from './forecast-flows.ts'
import { BLOCK_MONTHS, blockWeights, standardDeviation } from './resample.ts'

/** Enough for two digits: a standard deviation of so many draws is known to 5%. */
const RESAMPLES = 200
/** Added to stops before a ratio is taken, as the drift does: a group that nobody is seen in tells nothing. */
const STOPS_ADDED = 5
/** Spreads are at most this: beyond, nothing is known. */
const MOST_SPREAD = 1
const DIGITS = 2
/** Bands from which the admission list speaks of decisions rather than of direct listing. */
const [, LATER] = SPREAD_GROUPS

/** What a pair of months says, against what the law expects. */
interface PairFigures {
  readonly first: GroupStops
  readonly admission: GroupStops
  /** Unreported removals published and expected, and those expected where people leave rather than join. */
  readonly removed: number
  readonly expectedRemoved: number
  readonly leaving: number
  /** Decisions expected, and how many too few by the admission list. */
  readonly decisions: number
  readonly decisionsShort: number
  readonly clockStarts: number
  /** Clock starts less stops, the season of stops taken off. */
  readonly surplus: number
}

/** Stops by group of waits. */
interface GroupStops {
  readonly seen: readonly number[]
  readonly expected: readonly number[]
}

/** What is spread, from one weighting of the pairs. */
interface Levels {
  readonly first: readonly number[]
  readonly admission: readonly number[]
  readonly removed: number
  readonly admittedShare: number
  readonly clockStarts: number
}

/**
 * Spreads of a fit.
 *
 * @param pairs which pairs of months known count, the latest last
 * @param seed names the area
 * @returns undefined where the months hold no pair that counts
 */
export function packSpread(known: KnownSeries, fit: ServiceFit, flows: FlowModel, pairs: readonly boolean[], seed: string): PackSpread | undefined {
  const months = monthsOf(known)
  const usable = months.slice(1).map((_, index) => pairs.at(index + 1 - months.length) ?? true)
  if (!usable.includes(true)) return undefined
  const figures = runPairs(months, fit.law, fit.drift).map((run, index) => figuresOf(run, months[index], flows))
  const halving = halfLifeWeights(figures.length)
  const drawn = Array.from({ length: RESAMPLES }, (_, draw) => {
    const blocks = blockWeights(figures.length, `${seed}/${fit.code}/spread/${draw}`)
    return levelsOf(figures, blocks.map((weight, pair) => (usable[pair] ? weight * halving[pair] : 0)))
  })
  const widened = fewBlocks(halving.filter((_, pair) => usable[pair]))
  const spread = (pick: (levels: Levels) => number): number => Number(Math.min(MOST_SPREAD, widened * standardDeviation(drawn.map(pick))).toPrecision(DIGITS))
  const ofGroups = (pick: (levels: Levels) => readonly number[]): number[] => drawn[0].first.map((_, group) => spread((levels) => pick(levels)[group]))
  return {
    first: ofGroups(({ first }) => first),
    admission: ofGroups(({ admission }) => admission),
    removed: spread(({ removed }) => removed),
    admittedShare: spread(({ admittedShare }) => admittedShare),
    clockStarts: spread(({ clockStarts }) => clockStarts),
  }
}

/**
 * By how much a resampled standard deviation is too small, as one over n in place of n − 1 is: n is the number of blocks
 * that the months' weights are worth, at least two.
 */
function fewBlocks(weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const worth = total ** 2 / weights.reduce((sum, weight) => sum + weight ** 2, 0)
  const blocks = Math.max(2, worth / BLOCK_MONTHS)
  return Math.sqrt(blocks / (blocks - 1))
}

function figuresOf({ published, expected }: PairRun, before: MonthCounts, { effects }: FlowModel): PairFigures {
  const { removed, decisions, nonAdmitted, admitted } = expected.exits
  const stops = totalOf(published.nonAdmitted) + totalOf(published.admitted)
  return {
    first: { seen: byGroup(published.nonAdmitted), expected: byGroup(nonAdmitted) },
    admission: { seen: byGroup(published.admitted), expected: byGroup(admitted) },
    removed: unreportedRemovals(before, published),
    expectedRemoved: totalOf(removed),
    leaving: removed.reduce((sum, people) => sum + Math.max(0, people), 0),
    decisions: totalOf(decisions),
    decisionsShort: totalOf(published.waitingAdmission.subarray(LATER)) - totalOf(expected.waitingAdmission.subarray(LATER)),
    clockStarts: published.clockStarts,
    surplus: published.clockStarts - stops / Math.exp(effects.stopsPerStart[calendarMonth(published.month)]),
  }
}

function byGroup(values: Float64Array): number[] {
  return SPREAD_GROUPS.slice(1).map((end, group) => totalOf(values.subarray(SPREAD_GROUPS[group], end)))
}

function levelsOf(figures: readonly PairFigures[], weights: readonly number[]): Levels {
  const sum = (pick: (pair: PairFigures) => number): number => figures.reduce((total, pair, index) => total + weights[index] * pick(pair), 0)
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
  const stage = (pick: (pair: PairFigures) => GroupStops): number[] => {
    const ratios = SPREAD_GROUPS.slice(1).map((_, group) => Math.log((sum((pair) => pick(pair).seen[group]) + STOPS_ADDED) / (sum((pair) => pick(pair).expected[group]) + STOPS_ADDED)))
    return ratios.map((ratio) => ratio - ratios[SPREAD_ANCHOR])
  }
  return {
    first: stage(({ first }) => first),
    admission: stage(({ admission }) => admission),
    removed: share(sum((pair) => pair.removed - pair.expectedRemoved), sum(({ leaving }) => leaving)),
    admittedShare: share(sum(({ decisionsShort }) => decisionsShort), sum(({ decisions }) => decisions)),
    clockStarts: share(sum(({ surplus }) => surplus), sum(({ clockStarts }) => clockStarts)),
  }
}
