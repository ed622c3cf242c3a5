/** The statistics that verification rests on, in double precision and without the kernel's own functions. */

/** Chance of a false alarm of each test of a distribution; the seeds are fixed, so that each either passes or not. */
export const ALPHA = 0.001

/** Standard errors that an estimate may lie from its theory: a chance of 6 in 100,000 if the theory holds. */
export const STANDARD_ERRORS = 4

/** ln Γ(x) for x > 0: the recurrence up to 12, then Stirling's series. */
function lnGamma(x: number): number {
  if (x < 12) return lnGamma(x + 1) - Math.log(x)
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
}

/** P(χ² > x) with so many degrees of freedom: the regularised upper incomplete gamma function Q(degrees ÷ 2, x ÷ 2). */
export function chiSquareUpper(x: number, degrees: number): number {
  const a = degrees / 2
  const half = x / 2
  if (half <= 0) return 1
  const density = Math.exp(a * Math.log(half) - half - lnGamma(a + 1))
  return half < a + 1 ? 1 - lowerBySeries(a, half, density) : upperByFraction(a, half, density * a)
}

function lowerBySeries(a: number, half: number, first: number): number {
  let term = first
  let total = first
  for (let n = 1; n < 10_000 && term > total * 1e-16; n++) {
    term *= half / (a + n)
    total += term
  }
  return total
}

/** The continued fraction of the upper tail, by Lentz's method. */
function upperByFraction(a: number, half: number, factor: number): number {
  let b = half + 1 - a
  let c = Infinity
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return factor * fraction
}

/** The χ² beyond which a test with these degrees of freedom alarms. */
function criticalValue(degrees: number, alpha: number): number {
  let low = 0
  let high = 10 * degrees + 100
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (chiSquareUpper(middle, degrees) > alpha) low = middle
    else high = middle
  }
  return high
}

/** Neighbouring values pooled until each cell expects at least so many. */
function pool(values: readonly number[], expected: readonly number[], least: number): number[] {
  const pooled: number[] = []
  let value = 0
  let weight = 0
  values.forEach((own, index) => {
    value += own
    weight += expected[index]
    if (weight < least) return
    pooled.push(value)
    value = 0
    weight = 0
  })
  // What is left at the end joins the last cell.
  pooled[pooled.length - 1] += value
  return pooled
}

/** Expected people in a cell from which the χ² approximation is taken to hold. */
const LEAST_EXPECTED = 10

/** A goodness-of-fit test. */
export interface Fit {
  readonly chiSquare: number
  readonly degrees: number
  /** Chance of a misfit this large or larger if the theory holds. */
  readonly p: number
}

/** Pearson's test of counts against probabilities that sum to 1. */
export function goodnessOfFit(counts: readonly number[], probabilities: readonly number[]): Fit {
  const n = counts.reduce((total, count) => total + count, 0)
  const expected = probabilities.map((probability) => probability * n)
  const cells = pool(expected, expected, LEAST_EXPECTED)
  const observed = pool(counts, expected, LEAST_EXPECTED)
  const chiSquare = cells.reduce((total, due, cell) => total + (observed[cell] - due) ** 2 / due, 0)
  return { chiSquare, degrees: cells.length - 1, p: chiSquareUpper(chiSquare, cells.length - 1) }
}

/** Chance that {@link goodnessOfFit} with n observations alarms at {@link ALPHA} when another theory holds instead. */
export function power(probabilities: readonly number[], alternative: readonly number[], n: number): number {
  const expected = probabilities.map((probability) => probability * n)
  const cells = pool(expected, expected, LEAST_EXPECTED)
  const others = pool(alternative.map((probability) => probability * n), expected, LEAST_EXPECTED)
  const noncentrality = cells.reduce((total, due, cell) => total + (others[cell] - due) ** 2 / due, 0)
  const degrees = cells.length - 1
  const critical = criticalValue(degrees, ALPHA)
  let missed = 0
  for (let j = 0; j < 2000; j++) {
    const weight = Math.exp(j * Math.log(noncentrality / 2) - noncentrality / 2 - lnGamma(j + 1))
    missed += weight * (1 - chiSquareUpper(critical, degrees + 2 * j))
  }
  return 1 - missed
}

/** Standard errors between a count out of n and its chance. */
export function standardErrorsOff(count: number, n: number, chance: number): number {
  return Math.abs(count - n * chance) / Math.sqrt(n * chance * (1 - chance))
}

/** Standard errors between the mean of independent numbers and what is expected of them. */
export function meanOff(values: readonly number[], expected: number): number {
  return Math.abs(mean(values) - expected) / Math.sqrt(variance(values) / values.length)
}

/** Probabilities of a Poisson count, 0 to `most`. */
export function poisson(expected: number, most: number): number[] {
  return Array.from({ length: most + 1 }, (_, n) => Math.exp(n * Math.log(expected) - expected - lnGamma(n + 1)))
}

/** Probabilities of a binomial count, 0 to n. */
export function binomial(n: number, p: number): number[] {
  if (p <= 0) return [1, ...Array.from({ length: n }, () => 0)]
  if (p >= 1) return [...Array.from({ length: n }, () => 0), 1]
  const choose = (k: number): number => lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1)
  return Array.from({ length: n + 1 }, (_, k) => Math.exp(choose(k) + k * Math.log(p) + (n - k) * Math.log(1 - p)))
}

/** How often each value 0 to `most` occurs; larger ones count as `most`. */
export function tally(values: readonly number[], most: number): number[] {
  const counts = Array.from({ length: most + 1 }, () => 0)
  for (const value of values) counts[Math.min(value, most)]++
  return counts
}

/** Mean of numbers. */
export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

/** Sample variance of numbers. */
export function variance(values: readonly number[]): number {
  const centre = mean(values)
  return values.reduce((total, value) => total + (value - centre) ** 2, 0) / (values.length - 1)
}
