/**
 * A cheap stand-in for an expensive function: Gaussian process regression on what has been tried so far (Rasmussen and
 * Williams, 2006, chapters 2 and 5.3). Its covariance is a linear part, since money buys nearly in proportion, and a
 * smooth one (squared exponential) for what bends; the length and the noise that predict each point best from all others
 * (leave-one-out, closed form) are taken.
 */

/** A fitted stand-in. */
export interface Surrogate {
  /** Predicted mean of each output at a point's features. */
  readonly predict: (features: readonly number[]) => number[]
}

/** Lengths tried, relative to the diagonal of the box that the features fill; noise variances, relative to the outputs'. */
const LENGTHS = [0.1, 0.2, 0.4, 0.8, 1.6]
const NOISES = [1e-6, 1e-4, 1e-2]
/** Prior variances of the constant and of a slope across a feature's whole range, for outputs of variance 1. */
const CONSTANT = 10
const SLOPE = 4

/**
 * @param features by point, all equally long
 * @param outputs by point, all equally long; finite
 */
export function fitSurrogate(features: readonly (readonly number[])[], outputs: readonly (readonly number[])[]): Surrogate {
  const scale = scaleOf(features)
  const points = features.map(scale)
  const standards = outputs[0].map((_, k) => standardOf(outputs.map((each) => each[k])))
  const targets = standards.map(({ mean, sd }, k) => Float64Array.from(outputs, (each) => (each[k] - mean) / sd))
  const fits = targets.map((): Fit => ({ length: LENGTHS[0], weights: new Float64Array(points.length), error: Number.POSITIVE_INFINITY }))
  for (const length of LENGTHS) {
    const covariance = covariancesOf(points, length)
    for (const noise of NOISES) {
      const inverse = inverseOf(covariance, points.length, noise)
      if (inverse === null) continue
      for (const [k, target] of targets.entries()) {
        const weights = product(inverse, target)
        const error = leaveOneOutError(inverse, weights)
        if (error < fits[k].error) fits[k] = { length, weights, error }
      }
    }
  }
  return {
    predict(own) {
      const at = scale(own)
      return fits.map(({ length, weights }, k) => {
        let sum = 0
        for (const [index, point] of points.entries()) sum += weights[index] * covarianceOf(at, point, length)
        return standards[k].mean + standards[k].sd * sum
      })
    },
  }
}

interface Fit {
  readonly length: number
  /** (K + noise)⁻¹ × outputs. */
  readonly weights: Float64Array
  readonly error: number
}

type Point = readonly number[]

/** Features in 0 to 1 over what was tried; those that never differed are left as 0. */
function scaleOf(features: readonly (readonly number[])[]): (own: readonly number[]) => Point {
  const least = features[0].map((_, k) => Math.min(...features.map((each) => each[k])))
  const range = least.map((low, k) => Math.max(...features.map((each) => each[k])) - low)
  return (own) => own.map((value, k) => (range[k] > 0 ? (value - least[k]) / range[k] : 0))
}

function standardOf(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, sd: Math.sqrt(variance) || 1 }
}

function covarianceOf(a: Point, b: Point, length: number): number {
  let [square, dot] = [0, 0]
  for (let k = 0; k < a.length; k += 1) {
    square += (a[k] - b[k]) ** 2
    dot += (a[k] - 0.5) * (b[k] - 0.5)
  }
  return CONSTANT + SLOPE * dot + Math.exp(-square / (2 * length * length * a.length))
}

/** Row by row. */
function covariancesOf(points: readonly Point[], length: number): Float64Array {
  const size = points.length
  const found = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) found[i * size + j] = found[j * size + i] = covarianceOf(points[i], points[j], length)
  }
  return found
}

/** Inverse of covariance + noise, by Cholesky's decomposition; null where rounding leaves it no longer positive. */
function inverseOf(covariance: Float64Array, size: number, noise: number): Float64Array | null {
  const lower = Float64Array.from(covariance)
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = lower[i * size + j] + (i === j ? noise : 0)
      for (let k = 0; k < j; k += 1) sum -= lower[i * size + k] * lower[j * size + k]
      if (i !== j) lower[i * size + j] = sum / lower[j * size + j]
      else if (sum > 1e-12) lower[i * size + i] = Math.sqrt(sum)
      else return null
    }
  }
  return inverseOfDecomposed(lower, size)
}

/** Lᵀ⁻¹ L⁻¹. */
function inverseOfDecomposed(lower: Float64Array, size: number): Float64Array {
  const inverted = new Float64Array(size * size)
  for (let column = 0; column < size; column += 1) {
    for (let i = column; i < size; i += 1) {
      let sum = i === column ? 1 : 0
      for (let k = column; k < i; k += 1) sum -= lower[i * size + k] * inverted[column * size + k]
      inverted[column * size + i] = sum / lower[i * size + i]
    }
  }
  const found = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0
      for (let k = i; k < size; k += 1) sum += inverted[i * size + k] * inverted[j * size + k]
      found[i * size + j] = found[j * size + i] = sum
    }
  }
  return found
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  return vector.map((_, i) => {
    let sum = 0
    for (let k = 0; k < size; k += 1) sum += matrix[i * size + k] * vector[k]
    return sum
  })
}

/** Sum of squared errors in predicting each point from the others. */
function leaveOneOutError(inverse: Float64Array, weights: Float64Array): number {
  const size = weights.length
  return weights.reduce((sum, weight, index) => sum + (weight / inverse[index * size + index]) ** 2, 0)
}
