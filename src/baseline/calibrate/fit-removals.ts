/**
 * Hazards of leaving unreported, by weeks waited, from lists that come out too long or too short a month ahead. Pure.
 *
 * A cohort that ends a month in band e has been in e for half a week, in the three before for a week each, and in the one
 * before those for the rest of the month (less where it started in the month). So the relative excess of a band is a sum
 * of what is wrong with the hazards of up to five bands, and the hazards are found from it by least squares, with curves
 * preferred that bend little, or bend as the fit that is leant on.
 */
import { BANDS } from '../types.ts'

/** Weeks that a cohort has spent in its band and in those before it, at the end of an average month. */
const WEEKS_SPENT: readonly number[] = [0.5, 1, 1, 1, 0.85]
/** Weight of bending, in people: bands with fewer are smoothed, those with more speak for themselves. */
const BENDING = 3e6
/** Weight of each hazard's own change, which keeps empty bands in place. */
const RIDGE = 100
/** Weight of the hazards leant on, in people. */
const LEAN = 300

/** What a month ahead leaves too many of, and where. */
export interface ListExcess {
  /** Expected less published list, by band, summed over months. */
  readonly excess: Float64Array
  /** Published list, summed likewise. */
  readonly list: Float64Array
}

/**
 * Corrects hazards.
 *
 * @param hazards per week by band, used for the expected lists
 * @param prior hazards leant on, at this specialty's level; null for none
 * @returns corrected hazards, unbounded
 */
export function correctedHazards(hazards: Float64Array, { excess, list }: ListExcess, prior: Float64Array | null): Float64Array {
  const matrix = Array.from({ length: BANDS }, () => new Float64Array(BANDS))
  const right = new Float64Array(BANDS)
  const target = prior ?? new Float64Array(BANDS)
  for (let band = 0; band < BANDS; band++) {
    addSquare(matrix, right, rowOfBand(band), list[band] > 0 ? excess[band] / list[band] : 0, list[band])
    matrix[band][band] += RIDGE + (prior === null ? 0 : LEAN)
    right[band] += prior === null ? 0 : LEAN * (target[band] - hazards[band])
  }
  for (let band = 1; band < BANDS - 1; band++) {
    const bend = (values: Float64Array): number => values[band - 1] - 2 * values[band] + values[band + 1]
    const row: readonly Coefficient[] = [[band - 1, 1], [band, -2], [band + 1, 1]]
    addSquare(matrix, right, row, bend(target) - bend(hazards), BENDING)
  }
  const change = solveSymmetric(matrix, right)
  return hazards.map((hazard, band) => hazard + change[band])
}

type Coefficient = readonly [band: number, factor: number]

function rowOfBand(band: number): Coefficient[] {
  return WEEKS_SPENT.flatMap((weeks, back): Coefficient[] => (band - back < 0 ? [] : [[band - back, weeks]]))
}

/** Adds weight × (Σ factor × change − value)² to the normal equations. */
function addSquare(matrix: readonly Float64Array[], right: Float64Array, row: readonly Coefficient[], value: number, weight: number): void {
  for (const [band, factor] of row) {
    right[band] += weight * factor * value
    for (const [other, otherFactor] of row) matrix[band][other] += weight * factor * otherFactor
  }
}

/** Solves a symmetric positive definite system by Cholesky's decomposition; the matrix is used up. */
function solveSymmetric(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  const solution = Float64Array.from(right)
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row][column]
      for (let k = 0; k < column; k++) sum -= matrix[row][k] * matrix[column][k]
      matrix[row][column] = row === column ? Math.sqrt(sum) : sum / matrix[column][column]
    }
  }
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < row; k++) solution[row] -= matrix[row][k] * solution[k]
    solution[row] /= matrix[row][row]
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) solution[row] -= matrix[k][row] * solution[k]
    solution[row] /= matrix[row][row]
  }
  return solution
}
