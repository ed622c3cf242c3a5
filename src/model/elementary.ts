/**
 * Elementary functions for the kernel, from additions, multiplications and divisions only. IEEE 754 fixes
 * those to the bit, while `Math.log`, `Math.exp` and `Math.pow` may differ between JavaScript engines and their
 * versions; a projection must not.
 */

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
const SQRT_2 = Math.SQRT2

/** Powers of two, 2^-1074 … 2^1023 are exact; the table covers the exponents used here. */
const POWERS_OF_TWO = powersOfTwo(-64, 64)
function powersOfTwo(from: number, to: number): Float64Array {
  const powers = new Float64Array(to - from + 1)
  for (let exponent = from; exponent <= to; exponent++) {
    let power = 1
    for (let i = 0; i < Math.abs(exponent); i++) power = exponent > 0 ? power * 2 : power / 2
    powers[exponent - from] = power
  }
  return powers
}

/**
 * ln(mantissa × 2^exponent) for 1 ≤ mantissa < 2. Series in s = f / (2 + f) with the minimax coefficients of
 * fdlibm's `log` (Sun Microsystems, freely distributable), error below 1 unit in the last place.
 */
function lnOf(mantissa: number, exponent: number): number {
  const halve = mantissa > SQRT_2
  return lnSeries((halve ? mantissa * 0.5 : mantissa) - 1, halve ? exponent + 1 : exponent)
}

/** ln((1 + f) × 2^k) for 1 + f between √½ and √2. */
function lnSeries(f: number, k: number): number {
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const halfSquare = 0.5 * f * f
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + even + odd) + k * LN2_LOW) - f)
}

/** Natural logarithm of a finite positive number between 2^-64 and 2^63. */
export function ln(x: number): number {
  let mantissa = x
  let exponent = 0
  while (mantissa >= 2) {
    mantissa *= 0.5
    exponent++
  }
  while (mantissa < 1) {
    mantissa *= 2
    exponent--
  }
  return lnOf(mantissa, exponent)
}

/** 1 ÷ n! */
const INVERSE_FACTORIALS = inverseFactorials(13)
function inverseFactorials(last: number): Float64Array {
  const inverses = new Float64Array(last + 1)
  let factorial = 1
  for (let n = 0; n <= last; n++) {
    if (n > 0) factorial *= n
    inverses[n] = 1 / factorial
  }
  return inverses
}

/** e^x for −700 ≤ x ≤ 700; 0 below. */
export function exp(x: number): number {
  if (x < -700) return 0
  const k = Math.round(x * Math.LOG2E)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  // Taylor series to r^13: |r| ≤ ln2 / 2, so the remainder is below 1e-17.
  let sum = INVERSE_FACTORIALS[13]
  for (let n = 12; n >= 0; n--) sum = INVERSE_FACTORIALS[n] + sum * r
  let scaled = sum
  let exponent = k
  while (exponent > 64) {
    scaled *= POWERS_OF_TWO[128]
    exponent -= 64
  }
  while (exponent < -64) {
    scaled *= POWERS_OF_TWO[0]
    exponent += 64
  }
  return scaled * POWERS_OF_TWO[exponent + 64]
}

/** Half of √2 × 2³¹, rounded up: normalised words from twice this on stand for mantissas above √2. */
const HALF_SQRT_2_WORD = 1518500250

/**
 * A unit-exponential threshold from one random word: −ln((word + ½) / 2³²), between 1.2e-10 and 22.9. The same
 * steps as `lnOf`, with the exponent and the halving taken from the word's bits: which half a random mantissa
 * falls in is a branch that no processor foresees.
 * @param word 32 random bits, signed or not
 */
export function unitExponential(word: number): number {
  const bits = word | 0
  const zeros = Math.clz32(bits)
  const halfOfNormalised = ((bits << zeros) | ((1 << zeros) >>> 1)) >>> 1
  const halve = (HALF_SQRT_2_WORD - 1 - halfOfNormalised) >>> 31
  const k = 31 - zeros + halve
  const f = ((bits >>> 0) + 0.5) * POWERS_OF_TWO[64 - k] - 1
  return 22.180709777918249 - lnSeries(f, k)
}

/**
 * {@link unitExponential} into an array: a number that a function returns is put on the heap unless the compiler draws
 * the function into its caller, which it does not do in long ones.
 */
export function putUnitExponential(word: number, out: Float64Array, at: number): void {
  out[at] = unitExponential(word)
}

/** The same for the first words of `count` pairs, each added to `entry`. */
export function unitExponentials(words: Int32Array, count: number, entry: number, out: Float64Array): void {
  for (let i = 0; i < count; i++) out[i] = entry + unitExponential(words[2 * i])
}

/** A uniform number in (0, 1) from one random word. */
export function uniform(word: number): number {
  return ((word >>> 0) + 0.5) * 2.3283064365386963e-10
}

/** A uniform number in (0, 1) from two random words: the middles of 2⁵² equal cells, which a double holds exactly. */
export function uniform53(word0: number, word1: number): number {
  return ((word0 >>> 0) * 1048576 + (word1 >>> 12) + 0.5) * 2.220446049250313e-16
}

/** ln Γ(n + 1) by Stirling's series (n ≥ 16; error below 1e-15 relative), by products below. */
function lnFactorial(n: number): number {
  if (n < 16) {
    let product = 1
    for (let i = 2; i <= n; i++) product *= i
    return ln(product)
  }
  const x = n + 1
  const inverse = 1 / x
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
  return (x - 0.5) * ln(x) - x + 0.9189385332046727 + series
}

/**
 * The Poisson quantile: the least k with P(N ≤ k) ≥ u. By inversion, so that one uniform number gives counts
 * that rise with the mean: two scenarios whose means differ share the people that both have.
 * @param u between 0 and 1
 * @param mean at least 0, at most 1e8; 0 gives 0
 */
export function poissonQuantile(u: number, mean: number): number {
  if (mean <= 0) return 0
  const spread = Math.sqrt(mean)
  let k = Math.max(0, Math.floor(mean - 8.5 * spread - 6))
  const end = Math.ceil(mean + 10 * spread + 40)
  let probability = exp(k * ln(mean) - mean - lnFactorial(k))
  let cumulative = probability
  while (cumulative < u && k < end) {
    k++
    probability *= mean / k
    cumulative += probability
  }
  return k
}
