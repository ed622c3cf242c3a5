/**
 * Inputs that the study declares to be correlated: drawn together, and told of together.
 *
 *     independent probabilities → normal scores → correlated within each group → probabilities again
 *
 * Groups are what correlations connect, directly or through others. Between groups nothing is correlated, so that
 * indices of whole groups have their plain meaning (Jacques, Lavergne and Devictor, 2006), which those of single
 * correlated inputs have not.
 */
import { normalQuantile } from '../../measures/indices/normal-quantile.ts'
import { choleskyOf, scoreCorrelations } from '../../scenario/draws/correlate.ts'
import { gammaDistribution } from '../../scenario/draws/special-functions.ts'
import { correlationMatrix } from '../../scenario/draws/study-draws.ts'
import type { Correlation } from '../../scenario/study.ts'

/** Inputs that are drawn and told of together. */
export interface InputGroup {
  /** Places of its inputs, rising. */
  readonly members: readonly number[]
  /** Correlations of their normal scores, by member; 1 on the diagonal. */
  readonly scores: readonly (readonly number[])[]
}

/** Each input a group of its own. */
export function separate(inputs: number): InputGroup[] {
  return Array.from({ length: inputs }, (_, input) => ({ members: [input], scores: [[1]] }))
}

/**
 * The groups of some inputs, in the order of their first members.
 * @param ids of the inputs; correlations of others are left out
 * @param correlations that some distribution can have
 */
export function inputGroups(ids: readonly string[], correlations: readonly Correlation[]): InputGroup[] {
  const tied = correlations.filter(({ between, rank }) => rank !== 0 && between.every((id) => ids.includes(id)))
  const groupOf = ids.map((_, input) => input)
  for (const { between } of tied) {
    const [kept, given] = between.map((id) => groupOf[ids.indexOf(id)]).toSorted((a, b) => a - b)
    for (const [input, group] of groupOf.entries()) if (group === given) groupOf[input] = kept
  }
  const matrix = scoreCorrelations(correlationMatrix(ids, tied))
  return [...new Set(groupOf)].map((group) => {
    const members = [...groupOf.keys()].filter((input) => groupOf[input] === group)
    return { members, scores: members.map((i) => members.map((j) => matrix[i][j])) }
  })
}

/** Whether an input of any group is correlated with another. */
export function areCorrelated(groups: readonly InputGroup[]): boolean {
  return groups.some(({ members }) => members.length > 1)
}

/**
 * Points with the correlations of their groups. Inputs without any keep their coordinates.
 * @param points independent and even, row by row, in the open unit cube
 * @throws RangeError for correlations that no distribution can have
 */
export function joined(points: Float64Array, inputs: number, groups: readonly InputGroup[]): Float64Array {
  const result = points.slice()
  for (const { members, scores } of groups) {
    if (members.length === 1) continue
    const lower = choleskyOf(scores)
    if (lower === null) throw new RangeError('the correlations contradict one another: not positive definite')
    for (let start = 0; start < points.length; start += inputs) {
      const independent = members.map((input) => normalQuantile(points[start + input]))
      for (const [k, input] of members.entries()) {
        result[start + input] = normalProbability(lower[k].reduce((sum, weight, each) => sum + weight * independent[each], 0))
      }
    }
  }
  return result
}

/** Probabilities of all inputs where one of them is given, the others at the medians that they have given it. */
export function mediansGiven(input: number, probability: number, inputs: number, groups: readonly InputGroup[]): Float64Array {
  const medians = new Float64Array(inputs).fill(0.5)
  const score = normalQuantile(probability)
  for (const { members, scores } of groups) {
    const own = members.indexOf(input)
    if (own < 0) continue
    for (const [k, other] of members.entries()) medians[other] = normalProbability(scores[own][k] * score)
  }
  medians[input] = probability
  return medians
}

/** Closest to 0 and 1 that a probability comes, so that each has its quantile. */
const LEAST_PROBABILITY = 1e-12

/** The standard normal distribution function, kept inside the open interval from 0 to 1. */
export function normalProbability(score: number): number {
  const half = gammaDistribution(0.5, (score * score) / 2) / 2
  return Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, score < 0 ? 0.5 - half : 0.5 + half))
}
