/**
 * Powers, logarithms near one and the arctangent from `ln`, `exp`, arithmetic and square roots, which IEEE 754 fixes:
 * what `Math` gives for them differs in the last digit between JavaScript engines, and a file of results must not.
 */
import { ln } from './elementary.ts'

/** Beyond this e^x is larger than any double. */
const LARGEST_EXPONENT = 709.7

/** ln x of any number: −∞ at 0, NaN below. */
export function logarithm(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (!(x > 0)) return Number.NaN
  return x === Number.POSITIVE_INFINITY ? x : ln(x)
}

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
/** Powers of two up to the square root of the largest double, 2^-540 … 2^540; each is exact. */
const HALF_POWERS = Float64Array.from({ length: 1081 }, (_, index) => {
  let half = 1
  for (let n = Math.abs(index - 540); n > 0; n -= 1) half *= index < 540 ? 0.5 : 2
  return half
})

/**
 * e^x of any number: +∞ beyond the range of doubles, 0 below it. fdlibm's rational approximation (Sun Microsystems,
 * freely distributable): a third of the time of the kernel's series, for the indices' millions of calls.
 */
export function exponential(x: number): number {
  if (!(x <= LARGEST_EXPONENT)) return x > 0 ? Number.POSITIVE_INFINITY : x
  if (x < -745) return 0
  const k = Math.round(x * Math.LOG2E)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const square = r * r
  const c = r - square * (1.66666666666666019037e-1 + square * (-2.77777777770155933842e-3
    + square * (6.61375632143793436117e-5 + square * (-1.6533902205465251539e-6 + square * 4.13813679705723846039e-8))))
  const half = k >> 1
  return (1 - (low - (r * c) / (2 - c) - high)) * HALF_POWERS[half + 540] * HALF_POWERS[k - half + 540]
}

/** ln(1 + x), exact near 0 (Kahan's correction of the rounding of 1 + x); −∞ at −1, NaN below. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN
  const sum = 1 + x
  return sum === 1 || sum === Number.POSITIVE_INFINITY ? x : (ln(sum) * x) / (sum - 1)
}

/** e^x − 1, exact near 0 (Kahan's correction of the rounding of e^x); +∞ beyond the range of doubles. */
export function expm1(x: number): number {
  const grown = exponential(x)
  if (grown === 1 || grown === Number.POSITIVE_INFINITY || Number.isNaN(x)) return grown === 1 ? x : grown
  return grown - 1 === -1 ? -1 : ((grown - 1) * x) / ln(grown)
}

/** base^exponent for a base of 0 or more; NaN below. */
export function power(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1
  if (base === 0) return exponent > 0 ? 0 : Number.POSITIVE_INFINITY
  if (!(base > 0)) return Number.NaN
  if (base === Number.POSITIVE_INFINITY) return exponent > 0 ? base : 0
  return exponential(exponent * ln(base))
}

/** Minimax coefficients of fdlibm's `atan` (Sun Microsystems, freely distributable), for |x| below 7/16. */
const ARCTANGENT = [
  3.33333333333329318027e-1, -1.99999999998764832476e-1, 1.42857142725034663711e-1, -1.11111104054623557880e-1,
  9.09088713343650656196e-2, -7.69187620504482999495e-2, 6.66107313738753120669e-2, -5.83357013379057348645e-2,
  4.97687799461593236017e-2, -3.65315727442169155270e-2, 1.62858201153657823623e-2,
] as const

/** The angle, radians, whose tangent is x. */
export function arctangent(x: number): number {
  if (x < 0) return -arctangent(-x)
  if (x > 1) return Math.PI / 2 - arctangent(1 / x)
  // Half the angle, whose tangent is at most √2 − 1.
  const half = x / (1 + Math.sqrt(1 + x * x))
  const square = half * half
  const series = ARCTANGENT.reduceRight((sum, coefficient) => coefficient + square * sum, 0)
  return 2 * (half - half * square * series)
}
