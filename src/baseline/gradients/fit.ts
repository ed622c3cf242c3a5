/**
 * A few unknowns with a prior, held to a few anchors: the most probable values by Gauss–Newton steps with finite
 * differences, and their covariance where the model is taken as straight about them (Laplace). Pure.
 */

/** A number with a spread: normal. */
export interface Normal {
  readonly mean: number
  readonly sd: number
}

/** What is fitted to what. */
export interface FitProblem {
  /** Prior of each unknown, on the scale on which it is normal. */
  readonly priors: readonly Normal[]
  readonly anchors: readonly Normal[]
  /** What the model makes of values of the unknowns, one number for each anchor; smooth. */
  readonly predict: (values: readonly number[]) => readonly number[]
  /** Where the search begins; the priors' means by default. */
  readonly start?: readonly number[]
}

/** The fit. */
export interface Fit {
  readonly values: readonly number[]
  readonly covariance: readonly (readonly number[])[]
  readonly predictions: readonly number[]
  /** Change of each prediction with each unknown: [anchor][unknown]. */
  readonly jacobian: readonly (readonly number[])[]
  /** Posterior ÷ prior standard deviation by unknown: near 1 the anchors say nothing of it. */
  readonly spreadLeft: readonly number[]
}

/** A finite difference is this part of the prior's standard deviation. */
const DIFFERENCE = 0.1
const MOST_STEPS = 12
const HALVINGS = 6
/** A step ends the search where no value moves by more than this part of its prior's spread. */
const STILL = 0.01

/** Fits. */
export function fitToAnchors(problem: FitProblem): Fit {
  let values = problem.start ?? problem.priors.map(({ mean }) => mean)
  let predictions = problem.predict(values)
  for (let step = 0; ; step++) {
    const jacobian = jacobianAt(problem, values, predictions)
    const covariance = inverse(precision(problem, jacobian))
    const change = covariance.map((row) => dot(row, downhill(problem, jacobian, values, predictions)))
    const moved = descend(problem, values, predictions, change)
    const still = moved === null || change.every((part, index) => Math.abs(part) < STILL * problem.priors[index].sd)
    if (moved !== null) ({ values, predictions } = moved)
    if (still || step === MOST_STEPS) return summary(problem, values, predictions, jacobian, covariance)
  }
}

function summary({ priors }: FitProblem, values: readonly number[], predictions: readonly number[], jacobian: readonly number[][], covariance: readonly number[][]): Fit {
  return { values, covariance, predictions, jacobian, spreadLeft: priors.map(({ sd }, index) => Math.sqrt(covariance[index][index]) / sd) }
}

function jacobianAt({ priors, anchors, predict }: FitProblem, values: readonly number[], predictions: readonly number[]): number[][] {
  const columns = priors.map(({ sd }, unknown) => {
    const step = DIFFERENCE * sd
    const shifted = predict(values.map((value, index) => (index === unknown ? value + step : value)))
    return shifted.map((value, anchor) => (value - predictions[anchor]) / step)
  })
  return anchors.map((_, anchor) => columns.map((column) => column[anchor]))
}

/** Inverse of the posterior's covariance. */
function precision({ priors, anchors }: FitProblem, jacobian: readonly number[][]): number[][] {
  return priors.map((prior, a) =>
    priors.map((_, b) => {
      const known = a === b ? 1 / prior.sd ** 2 : 0
      return jacobian.reduce((sum, row, anchor) => sum + (row[a] * row[b]) / anchors[anchor].sd ** 2, known)
    }),
  )
}

/** How the log posterior rises with each unknown. */
function downhill({ priors, anchors }: FitProblem, jacobian: readonly number[][], values: readonly number[], predictions: readonly number[]): number[] {
  return priors.map(({ mean, sd }, unknown) =>
    jacobian.reduce((sum, row, anchor) => sum + (row[unknown] * (anchors[anchor].mean - predictions[anchor])) / anchors[anchor].sd ** 2, (mean - values[unknown]) / sd ** 2),
  )
}

/** The step, halved until it is no worse; null where no part of it is. */
function descend(problem: FitProblem, values: readonly number[], predictions: readonly number[], change: readonly number[]): { values: number[]; predictions: readonly number[] } | null {
  const before = misfit(problem, values, predictions)
  for (let halving = 0; halving <= HALVINGS; halving++) {
    const moved = values.map((value, index) => value + change[index] / 2 ** halving)
    const there = problem.predict(moved)
    if (misfit(problem, moved, there) <= before) return { values: moved, predictions: there }
  }
  return null
}

function misfit({ priors, anchors }: FitProblem, values: readonly number[], predictions: readonly number[]): number {
  const square = (value: number, { mean, sd }: Normal): number => ((value - mean) / sd) ** 2
  const ofPriors = values.reduce((sum, value, index) => sum + square(value, priors[index]), 0)
  return predictions.reduce((sum, value, index) => sum + square(value, anchors[index]), ofPriors)
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, index) => sum + value * b[index], 0)

/** Inverse of a symmetric positive definite matrix, by elimination: a prior on every unknown keeps its pivots above 0. */
function inverse(matrix: readonly number[][]): number[][] {
  const size = matrix.length
  const rows = matrix.map((row, index) => [...row, ...Array.from({ length: size }, (_, column) => Number(column === index))])
  for (let pivot = 0; pivot < size; pivot++) {
    const scaled = rows[pivot].map((value) => value / rows[pivot][pivot])
    rows[pivot] = scaled
    for (let other = 0; other < size; other++) {
      if (other === pivot) continue
      const factor = rows[other][pivot]
      rows[other] = rows[other].map((value, column) => value - factor * scaled[column])
    }
  }
  return rows.map((row) => row.slice(size))
}
