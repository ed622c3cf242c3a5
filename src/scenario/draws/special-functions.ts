/** The distribution functions whose inverses quantiles of gamma and beta distributions are. */

/** Lanczos coefficients for g = 7 and nine terms (Godfrey); relative error about 1e-15. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
/** Terms of series and continued fractions add less than this, relatively, when they are left off. */
const NEGLIGIBLE = 1e-16
const MOST_TERMS = 100_000
/** Stands for 0 in a denominator (Lentz's method). */
const TINY = 1e-300

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = LANCZOS[0]
  for (let k = 1; k < LANCZOS.length; k += 1) sum += LANCZOS[k] / (x - 1 + k)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** P(X ≤ x) for a gamma distribution of that shape and unit scale; x ≥ 0. */
export function gammaDistribution(shape: number, x: number): number {
  if (x <= 0) return 0
  const factor = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  if (x < shape + 1) {
    let term = 1 / shape
    let sum = term
    for (let n = 1; n < MOST_TERMS && term > sum * NEGLIGIBLE; n += 1) {
      term *= x / (shape + n)
      sum += term
    }
    return Math.min(1, factor * sum)
  }
  const upper = factor / continuedFraction(x + 1 - shape, (n) => [-n * (n - shape), x + 1 - shape + 2 * n])
  return 1 - upper
}

/** P(X ≤ x) for a beta distribution; 0 ≤ x ≤ 1. */
export function betaDistribution(alpha: number, beta: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast on this side of the mean only.
  if (x > (alpha + 1) / (alpha + beta + 2)) return 1 - betaDistribution(beta, alpha, 1 - x)
  const factor = Math.exp(
    logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta) + alpha * Math.log(x) + beta * Math.log1p(-x),
  )
  const fraction = continuedFraction(1, (n) => {
    const m = n >> 1
    const numerator =
      n % 2 === 0
        ? (m * (beta - m) * x) / ((alpha + 2 * m - 1) * (alpha + 2 * m))
        : (-(alpha + m) * (alpha + beta + m) * x) / ((alpha + 2 * m) * (alpha + 2 * m + 1))
    return [numerator, 1]
  })
  return Math.min(1, factor / (alpha * fraction))
}

/** b₀ + a₁ ÷ (b₁ + a₂ ÷ (b₂ + …)) by Lentz's method; `part` gives [aₙ, bₙ]. */
function continuedFraction(first: number, part: (n: number) => readonly [number, number]): number {
  let value = first === 0 ? TINY : first
  let c = value
  let d = 0
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const [a, b] = part(n)
    d = 1 / nonZero(b + a * d)
    c = nonZero(b + a / c)
    const change = c * d
    value *= change
    if (Math.abs(change - 1) < NEGLIGIBLE * 4) break
  }
  return value
}

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
