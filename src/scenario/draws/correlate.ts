/** Correlation between the dimensions of a design, put in by rank (Iman and Conover, 1982). */
import { normalQuantile } from '../../measures/indices/normal-quantile.ts'

/**
 * Reorders each dimension of a design so that ranks have the wished correlation. The values of a dimension stay the
 * same set, so that a Latin hypercube stays one.
 *
 * @param points row by row, `runs × matrix.length`, more runs than dimensions
 * @param matrix Spearman rank correlations: symmetric, 1 on the diagonal, positive definite
 * @returns new points; rank correlations differ from those wished by a few hundredths for some hundred runs
 * @throws RangeError for a matrix that no distribution can have, or too few runs
 */
export function correlate(points: Float64Array, matrix: readonly (readonly number[])[]): Float64Array {
  const dimensions = matrix.length
  const runs = points.length / dimensions
  if (runs <= dimensions) throw new RangeError(`correlating ${dimensions} dimensions needs more than ${runs} runs`)
  const wished = choleskyOf(scoreCorrelations(matrix))
  if (wished === null) throw new RangeError('the correlations contradict one another: not positive definite')
  const columns = Array.from({ length: dimensions }, (_, each) => Float64Array.from({ length: runs }, (__, run) => points[run * dimensions + each]))
  const scores = columns.map(normalScores)
  const present = choleskyOf(scores.map((a) => scores.map((b) => dot(a, b) / dot(a, a))))
  // Of very few runs two dimensions may have the same ranks, which nothing can tell apart.
  const independent = present === null ? scores : solved(present, scores)
  const correlated = wished.map((row) => combined(row, independent))
  const result = new Float64Array(points.length)
  for (const [each, column] of columns.entries()) {
    const sorted = column.toSorted()
    for (const [run, rank] of ranksOf(correlated[each]).entries()) result[run * dimensions + each] = sorted[rank]
  }
  return result
}

/**
 * The largest factor that correlations between different dimensions can be multiplied by, at most 1, so that there is
 * a joint distribution with them.
 * @param matrix symmetric, 1 on the diagonal
 */
export function largestFactor(matrix: readonly (readonly number[])[]): number {
  const isPossible = (factor: number): boolean =>
    choleskyOf(scoreCorrelations(matrix.map((row, i) => row.map((each, j) => (i === j ? 1 : each * factor))))) !== null
  if (isPossible(1)) return 1
  let [low, high] = [0, 1]
  while (high - low > 1e-6) {
    const middle = (low + high) / 2
    if (isPossible(middle)) low = middle
    else high = middle
  }
  return low
}

/** Correlations of normal scores whose ranks correlate so: ranks of a normal copula correlate a little less. */
export function scoreCorrelations(matrix: readonly (readonly number[])[]): number[][] {
  return matrix.map((row, i) => row.map((each, j) => (i === j ? 1 : 2 * Math.sin((Math.PI * each) / 6))))
}

/** 0 for the smallest; ties in the order they come. */
export function ranksOf(values: ArrayLike<number>): Uint32Array {
  const order = Array.from({ length: values.length }, (_, index) => index).toSorted((a, b) => values[a] - values[b] || a - b)
  const ranks = new Uint32Array(values.length)
  for (const [rank, index] of order.entries()) ranks[index] = rank
  return ranks
}

/** Van der Waerden scores. */
function normalScores(values: Float64Array): Float64Array {
  return Float64Array.from(ranksOf(values), (rank) => normalQuantile((rank + 1) / (values.length + 1)))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index += 1) sum += a[index] * b[index]
  return sum
}

/** Lower triangle L with L Lᵀ = matrix; null for a matrix that is not positive definite. */
export function choleskyOf(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = []
  for (const [i, row] of matrix.entries()) {
    lower.push([])
    for (let j = 0; j <= i; j += 1) {
      let rest = row[j]
      for (let k = 0; k < j; k += 1) rest -= lower[i][k] * lower[j][k]
      if (i === j && !(rest > 1e-12)) return null
      lower[i].push(i === j ? Math.sqrt(rest) : rest / lower[j][j])
    }
  }
  return lower
}

/** Columns X with L X = columns, by forward substitution. */
function solved(lower: readonly (readonly number[])[], columns: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = []
  for (const [i, row] of lower.entries()) {
    const rest = Float64Array.from(columns[i])
    for (let k = 0; k < i; k += 1) for (let run = 0; run < rest.length; run += 1) rest[run] -= row[k] * found[k][run]
    found.push(rest.map((value) => value / row[i]))
  }
  return found
}

function combined(weights: readonly number[], columns: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(columns[0].length)
  for (const [k, weight] of weights.entries()) for (let run = 0; run < sum.length; run += 1) sum[run] += weight * columns[k][run]
  return sum
}
