/**
 * Individual frailty: a gamma variable of mean 1, as 256 equiprobable classes, each with the mean of its part.
 *
 * With shape a = 1 ÷ variance, the part of the mean below x is the distribution function of shape a + 1 at the same x,
 * so that the mean of the class between two quantiles is 256 × (the difference of that function there).
 */
import { exp, ln } from '../elementary.ts'

const CLASSES = 256
/** Variances below this are taken as none: people would differ by less than one part in a thousand. */
const LEAST_VARIANCE = 1e-6
const TOLERANCE = 1e-15
const MOST_TERMS = 100_000

/**
 * Factor of each frailty byte, rising, with mean 1.
 * @param variance of frailty, 0 or more
 * @returns null where everybody is alike
 */
export function frailtyFactors(variance: number): Float64Array | null {
  if (variance < LEAST_VARIANCE) return null
  const shape = 1 / variance
  let before = 0
  let quantile = 0
  const factors = new Float64Array(CLASSES)
  for (let byte = 0; byte < CLASSES; byte++) {
    quantile = byte === CLASSES - 1 ? quantile : gammaQuantile(shape, (byte + 1) / CLASSES)
    const upTo = byte === CLASSES - 1 ? 1 : gammaDistribution(shape + 1, quantile)
    factors[byte] = Math.max(byte === 0 ? 0 : factors[byte - 1], CLASSES * (upTo - before))
    before = upTo
  }
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / CLASSES
  return factors.map((factor) => factor / mean)
}

/** ln Γ(x) for x > 0, by Stirling's series from 15 on and the recurrence below. */
export function lnGamma(x: number): number {
  let shift = 0
  let at = x
  while (at < 15) {
    shift += ln(at)
    at++
  }
  const inverse = 1 / at
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))))
  return (at - 0.5) * ln(at) - at + 0.9189385332046727 + series - shift
}

/** Distribution function of the gamma distribution with this shape and scale 1, by series or continued fraction. */
export function gammaDistribution(shape: number, x: number): number {
  if (x <= 0) return 0
  const density = exp(shape * ln(x) - x - lnGamma(shape))
  return x < shape + 1 ? density * lowerSeries(shape, x) : 1 - density * upperFraction(shape, x)
}

/** Σ x^n ÷ (a (a+1) … (a+n)). */
function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = 1; n < MOST_TERMS && term > sum * TOLERANCE; n++) {
    term *= x / (shape + n)
    sum += term
  }
  return sum
}

/** Legendre's continued fraction of the upper tail, by the method of Lentz. */
function upperFraction(shape: number, x: number): number {
  const tiny = 1e-290
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let value = d
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = n * (shape - n)
    b += 2
    d = 1 / nonZero(a * d + b, tiny)
    c = nonZero(b + a / c, tiny)
    value *= d * c
    if (Math.abs(d * c - 1) < TOLERANCE) break
  }
  return value
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)

const BISECTIONS = 200

/** Quantile of the gamma distribution with this shape and scale 1, by bisection of ln x. */
export function gammaQuantile(shape: number, probability: number): number {
  // Below e^lowest the distribution function, at most x^a ÷ Γ(a + 1), is less than the probability.
  let low = (ln(probability) + lnGamma(shape + 1)) / shape - 1
  let high = ln(shape + 40 + 20 * Math.sqrt(shape))
  for (let turn = 0; turn < BISECTIONS && high - low > 1e-14; turn++) {
    const middle = (low + high) / 2
    if (gammaDistribution(shape, exp(middle)) < probability) low = middle
    else high = middle
  }
  return exp((low + high) / 2)
}
