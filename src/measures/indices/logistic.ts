/**
 * A logistic curve of proportions on rank, fitted by maximum likelihood, each group weighing as many people as it
 * has. Where a straight line through logits gives every logit the same say per person, this gives it by what
 * people's outcomes say.
 */
import { exponential } from '../../model/powers.ts'

/** Newton's method doubles the right digits each time; a fit that exists is found in fewer than ten. */
const MAX_ITERATIONS = 40

/** Fitted proportions at the ends of the rank. */
export interface LogisticEnds {
  /** At rank 0, the most deprived end. */
  readonly most: number
  /** At rank 1, the least deprived end. */
  readonly least: number
}

/**
 * Fits ln(p ÷ (1 − p)) = intercept + slope · rank.
 * @param share population shares
 * @param rank midpoints in the cumulative population, rising
 * @param values proportions, 0 to 1
 * @returns NaN ends where no curve fits best, as with all groups at 0
 */
export function fitLogisticEnds(
  share: readonly number[],
  rank: readonly number[],
  values: readonly number[],
): LogisticEnds {
  let level = 0
  let slope = 0
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration += 1) {
    const step = newtonStep(share, rank, values, level, slope)
    level += step.level
    slope += step.slope
    if (Math.abs(step.level) + Math.abs(step.slope) < 1e-12) {
      return { most: logistic(level - slope / 2), least: logistic(level + slope / 2) }
    }
  }
  return { most: Number.NaN, least: Number.NaN }
}

/** One step of Newton's method; the level is the logit in the middle of the population. */
function newtonStep(
  share: readonly number[],
  rank: readonly number[],
  values: readonly number[],
  level: number,
  slope: number,
): { readonly level: number; readonly slope: number } {
  let score = 0
  let scoreByRank = 0
  let information = 0
  let informationByRank = 0
  let informationByRankSquared = 0
  for (let group = 0; group < values.length; group += 1) {
    const height = rank[group] - 0.5
    const fitted = logistic(level + slope * height)
    const residual = share[group] * (values[group] - fitted)
    const weight = share[group] * fitted * (1 - fitted)
    score += residual
    scoreByRank += residual * height
    information += weight
    informationByRank += weight * height
    informationByRankSquared += weight * height * height
  }
  const determinant = information * informationByRankSquared - informationByRank ** 2
  return {
    level: (informationByRankSquared * score - informationByRank * scoreByRank) / determinant,
    slope: (information * scoreByRank - informationByRank * score) / determinant,
  }
}

function logistic(logit: number): number {
  return 1 / (1 + exponential(-logit))
}
