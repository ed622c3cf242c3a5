/**
 * A smooth curve through noisy points: least squares on natural cubic splines with knots at quantiles, as many as
 * generalised cross-validation asks for.
 */

/** Most pieces of a curve; a net benefit rarely bends more than a few times over one parameter. */
const MOST_KNOTS = 8

/** A fitted curve. */
export interface Smooth {
  /** Its value at each point. */
  readonly fitted: Float64Array
  /** Degrees of freedom, the constant among them; 1 is no dependence at all. */
  readonly degrees: number
}

/**
 * Fits y by x. A constant, a line and splines of more and more knots compete; the least generalised
 * cross-validation score wins.
 */
export function smoothOf(x: Float64Array, y: Float64Array): Smooth {
  const scaled = standardised(x)
  let best: Smooth = { fitted: new Float64Array(y.length).fill(mean(y)), degrees: 1 }
  let bestScore = score(y, best)
  if (scaled === null) return best
  for (let knots = 2; knots <= MOST_KNOTS; knots += 1) {
    const fit = { fitted: projection(orthonormal(splineBasis(scaled, knots)), y), degrees: knots }
    const fitScore = score(y, fit)
    if (fitScore < bestScore) [best, bestScore] = [fit, fitScore]
  }
  return best
}

/** Generalised cross-validation: mean squared residual over the squared share of freedom left. */
function score(y: Float64Array, { fitted, degrees }: Smooth): number {
  const squares = y.reduce((sum, value, index) => sum + (value - fitted[index]) ** 2, 0)
  const left = y.length - degrees
  return left <= 0 ? Number.POSITIVE_INFINITY : (squares * y.length) / left ** 2
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Mean 0 and standard deviation 1; null where all are equal. */
function standardised(x: Float64Array): Float64Array | null {
  const middle = mean(x)
  const sd = Math.sqrt(x.reduce((sum, value) => sum + (value - middle) ** 2, 0) / x.length)
  return sd <= Math.abs(middle) * 1e-12 ? null : x.map((value) => (value - middle) / sd)
}

/** Columns 1, x and, with more than two knots, the natural cubic splines of Hastie, Tibshirani and Friedman (5.4). */
function splineBasis(x: Float64Array, knots: number): Float64Array[] {
  const sorted = x.toSorted()
  const at = Array.from({ length: knots }, (_, k) => sorted[Math.round(((k + 0.5) / knots) * (x.length - 1))])
  const columns = [new Float64Array(x.length).fill(1), x]
  const last = at[knots - 1]
  const cube = (value: number): number => Math.max(0, value) ** 3
  const piece = (value: number, knot: number): number => (cube(value - knot) - cube(value - last)) / (last - knot)
  const lastButOne = at[knots - 2]
  for (const knot of at.slice(0, -2)) {
    if (knot < lastButOne && lastButOne < last) {
      columns.push(x.map((value) => piece(value, knot) - piece(value, lastButOne)))
    }
  }
  return columns
}

/** Modified Gram–Schmidt, twice over for accuracy; columns that add nothing are left out. */
function orthonormal(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = []
  for (const column of columns) {
    const rest = Float64Array.from(column)
    const before = norm(rest)
    for (let pass = 0; pass < 2; pass += 1) for (const each of basis) subtractMultiple(rest, each, dot(rest, each))
    const length = norm(rest)
    if (length > before * 1e-9) basis.push(rest.map((value) => value / length))
  }
  return basis
}

function projection(basis: readonly Float64Array[], y: Float64Array): Float64Array {
  const fitted = new Float64Array(y.length)
  for (const each of basis) subtractMultiple(fitted, each, -dot(y, each))
  return fitted
}

function subtractMultiple(from: Float64Array, what: Float64Array, times: number): void {
  for (let index = 0; index < from.length; index += 1) from[index] -= times * what[index]
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index += 1) sum += a[index] * b[index]
  return sum
}

const norm = (values: Float64Array): number => Math.sqrt(dot(values, values))
