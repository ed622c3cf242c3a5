/**
 * All indices of one table. Formulas, ranges and sources are in `docs/indices.md`; each function here is one of
 * its sections.
 */
import { logarithm } from '../../model/powers.ts'
import { createGapCalculator, GAP_INDICES } from '../gaps.ts'
import { ATKINSON_EPSILON, atkinsonEquivalent, KOLM_ALPHA, kolmEquivalent } from './aversion.ts'
import { fitLogisticEnds } from './logistic.ts'
import { scaleOf } from './scales.ts'
import type { IndexTable, IndexValues } from './types.ts'

const SLOPE = GAP_INDICES.indexOf('slope-index')

/** What the formulas share, prepared once per table. */
interface Context {
  readonly table: IndexTable
  /** Population shares; they sum to 1. */
  readonly share: readonly number[]
  /** Midpoint of each group in the cumulative population, 0 to 1. */
  readonly rank: readonly number[]
  /** Least squares slope on rank weighted by population: fitted value at rank 1 − fitted value at rank 0. */
  readonly slope: (values: readonly number[]) => number
  /** Size of the multiplier: the factor of absolute indices. */
  readonly size: number
  /** 1, or −1 where the multiplier says that higher is worse. */
  readonly direction: 1 | -1
}

/** Calculates every index of one set of values. */
export type IndexCalculator = (values: readonly number[]) => IndexValues

/**
 * Prepares the indices of a table, so that they can be calculated for its own values and for draws around them.
 */
export function createIndexCalculator(table: IndexTable): IndexCalculator {
  const context = prepare(table)
  return (values) => {
    const mean = weightedMean(context.share, values)
    return {
      ...lineIndices(context, values),
      ...logisticIndices(context, values),
      ...extremeIndices(context, values),
      ...concentrationIndices(context, values, mean),
      ...varianceIndices(context, values, mean),
      ...entropyIndices(context, values, mean),
      ...meanDifferences(context, values, mean),
      ...attributableIndices(context, values, mean),
      ...aversionIndices(context, values, mean),
    }
  }
}

function prepare(table: IndexTable): Context {
  const total = table.population.reduce((sum, people) => sum + people, 0)
  const share = table.population.map((people) => people / total)
  let below = 0
  const rank = share.map((part) => {
    below += part
    return below - part / 2
  })
  const gaps = createGapCalculator(table.population)
  const copy = new Float64Array(share.length)
  const out = new Float64Array(GAP_INDICES.length)
  const slope = (values: readonly number[]): number => {
    for (let group = 0; group < copy.length; group += 1) copy[group] = values[group]
    gaps(copy, out)
    return 0 - out[SLOPE]
  }
  return { table, share, rank, slope, size: Math.abs(table.multiplier), direction: table.multiplier < 0 ? -1 : 1 }
}

/** Taken from the last value, so that equal values have exactly that mean. */
function weightedMean(share: readonly number[], values: readonly number[]): number {
  const last = values[values.length - 1]
  let mean = last
  for (let group = 0; group < share.length; group += 1) mean += share[group] * (values[group] - last)
  return mean
}

/** Slope and relative index of inequality, from a line through the values, or through their log or logit. */
function lineIndices(
  { table, share, slope, size, direction }: Context,
  values: readonly number[],
): Pick<IndexValues, 'slopeIndex' | 'relativeIndex' | 'intercept'> {
  if (!table.ordered) return { slopeIndex: Number.NaN, relativeIndex: Number.NaN, intercept: Number.NaN }
  const scale = table.transform ? scaleOf(table.valueType) : scaleOf('continuous')
  const scaled = values.map(scale.to)
  const middle = weightedMean(share, scaled)
  const steepness = slope(scaled)
  const most = scale.from(middle - steepness / 2)
  const least = scale.from(middle + steepness / 2)
  return {
    slopeIndex: table.multiplier * (table.transform ? least - most : steepness),
    relativeIndex: positiveRatio(least, most, direction),
    intercept: size * most,
  }
}

/** Least ÷ most deprived end, or the inverse; a line can leave the possible range at its ends. */
function positiveRatio(least: number, most: number, direction: 1 | -1): number {
  if (!(most > 0 && least > 0)) return Number.NaN
  return direction > 0 ? least / most : most / least
}

/** Slope and relative index of a logistic curve, for proportions. */
function logisticIndices(
  { table, share, rank, direction }: Context,
  values: readonly number[],
): Pick<IndexValues, 'logisticSlopeIndex' | 'logisticRelativeIndex'> {
  if (!table.ordered || table.valueType !== 'proportion') {
    return { logisticSlopeIndex: Number.NaN, logisticRelativeIndex: Number.NaN }
  }
  const { most, least } = fitLogisticEnds(share, rank, values)
  return {
    logisticSlopeIndex: table.multiplier * (least - most),
    logisticRelativeIndex: positiveRatio(least, most, direction),
  }
}

/** The two ends alone: last against first in order, else highest against lowest. */
function extremeIndices(
  { table, size, direction }: Context,
  values: readonly number[],
): Pick<IndexValues, 'difference' | 'ratio'> {
  const first = values[0]
  const last = values[values.length - 1]
  if (!table.ordered) {
    const highest = Math.max(...values)
    const lowest = Math.min(...values)
    return { difference: size * (highest - lowest), ratio: ratioOf(highest, lowest) }
  }
  return {
    difference: table.multiplier * (last - first),
    ratio: direction > 0 ? ratioOf(last, first) : ratioOf(first, last),
  }
}

function ratioOf(numerator: number, denominator: number): number {
  return denominator > 0 && numerator >= 0 ? numerator / denominator : Number.NaN
}

/** Concentration of the values along rank, and its two corrections for proportions. */
function concentrationIndices(
  { table, share, rank, direction }: Context,
  values: readonly number[],
  mean: number,
): Pick<IndexValues, 'absoluteConcentrationIndex' | 'relativeConcentrationIndex' | 'erreygers' | 'wagstaff'> {
  let covariance = table.ordered ? 0 : Number.NaN
  for (let group = 0; group < values.length; group += 1) {
    covariance += share[group] * (rank[group] - 0.5) * (values[group] - mean)
  }
  const absolute = 2 * covariance
  const relative = mean > 0 ? absolute / mean : Number.NaN
  const bounded = table.valueType === 'proportion'
  return {
    absoluteConcentrationIndex: table.multiplier * absolute,
    relativeConcentrationIndex: direction * relative,
    erreygers: bounded ? direction * 4 * absolute : Number.NaN,
    wagstaff: bounded && mean < 1 ? (direction * relative) / (1 - mean) : Number.NaN,
  }
}

function varianceIndices(
  { share, size }: Context,
  values: readonly number[],
  mean: number,
): Pick<IndexValues, 'betweenGroupVariance' | 'betweenGroupStandardDeviation' | 'coefficientOfVariation'> {
  let variance = 0
  for (let group = 0; group < values.length; group += 1) variance += share[group] * (values[group] - mean) ** 2
  const deviation = Math.sqrt(variance)
  return {
    betweenGroupVariance: size ** 2 * variance,
    betweenGroupStandardDeviation: size * deviation,
    coefficientOfVariation: mean > 0 ? (100 * deviation) / mean : Number.NaN,
  }
}

/** Theil's index and the mean log deviation, × 1,000. Negative values, whose logarithm is undefined, give NaN. */
function entropyIndices(
  { share }: Context,
  values: readonly number[],
  mean: number,
): Pick<IndexValues, 'theil' | 'meanLogDeviation'> {
  let theil = 0
  let logDeviation = 0
  for (let group = 0; group < values.length; group += 1) {
    const ratio = mean > 0 ? values[group] / mean : Number.NaN
    const logRatio = ratio === 0 ? Number.NaN : logarithm(ratio)
    // r · ln r tends to 0 with r; −ln r has no limit.
    theil += ratio === 0 ? 0 : share[group] * ratio * logRatio
    logDeviation -= share[group] * logRatio
  }
  return { theil: 1000 * theil, meanLogDeviation: 1000 * logDeviation }
}

/** Mean absolute differences from the best group, the mean and the reference, each group alike or by population. */
function meanDifferences(
  { table, share, size, direction }: Context,
  values: readonly number[],
  mean: number,
): Pick<
  IndexValues,
  | 'meanDifferenceFromBest'
  | 'meanDifferenceFromBestWeighted'
  | 'meanDifferenceFromMean'
  | 'meanDifferenceFromMeanWeighted'
  | 'meanDifferenceFromReference'
  | 'meanDifferenceFromReferenceWeighted'
  | 'indexOfDisparity'
  | 'indexOfDisparityWeighted'
> {
  const alike = values.map(() => 1 / values.length)
  const from = (weights: readonly number[], level: number): number =>
    values.reduce((sum, value, group) => sum + weights[group] * Math.abs(value - level), 0)
  const best = bestValue(values, direction)
  const reference = table.reference === null ? Number.NaN : values[table.reference]
  const fromMean = from(alike, mean)
  const fromMeanWeighted = from(share, mean)
  return {
    meanDifferenceFromBest: size * from(alike, best),
    meanDifferenceFromBestWeighted: size * from(share, best),
    meanDifferenceFromMean: size * fromMean,
    meanDifferenceFromMeanWeighted: size * fromMeanWeighted,
    meanDifferenceFromReference: size * from(alike, reference),
    meanDifferenceFromReferenceWeighted: size * from(share, reference),
    indexOfDisparity: mean > 0 ? (100 * fromMean) / mean : Number.NaN,
    indexOfDisparityWeighted: mean > 0 ? (100 * fromMeanWeighted) / mean : Number.NaN,
  }
}

/** The best of some values. */
export function bestValue(values: readonly number[], direction: 1 | -1): number {
  return direction > 0 ? Math.max(...values) : Math.min(...values)
}

/** What the mean would gain if every group had the level of the least deprived, or, without order, of the best. */
function attributableIndices(
  { table, direction }: Context,
  values: readonly number[],
  mean: number,
): Pick<IndexValues, 'populationAttributableRisk' | 'populationAttributableFraction'> {
  const level = table.ordered ? values[values.length - 1] : bestValue(values, direction)
  return {
    populationAttributableRisk: table.multiplier * (level - mean),
    populationAttributableFraction: mean > 0 ? (direction * 100 * (level - mean)) / mean : Number.NaN,
  }
}

function aversionIndices(
  { share, size }: Context,
  values: readonly number[],
  mean: number,
): Pick<IndexValues, 'atkinson' | 'kolm'> {
  return {
    atkinson: mean > 0 ? 1 - atkinsonEquivalent(share, values, ATKINSON_EPSILON) / mean : Number.NaN,
    kolm: size * (mean - kolmEquivalent(share, values, KOLM_ALPHA)),
  }
}
