/**
 * Quantile of the standard normal distribution: algorithm AS 241 (Wichura, Applied Statistics, 1988), rational
 * approximations on three ranges with a relative error of about 1e-16.
 */
import { logarithm } from '../../model/powers.ts'

/** Numerator and denominator of one range, coefficients by falling power. */
interface Rational {
  readonly numerator: readonly number[]
  readonly denominator: readonly number[]
}

/** |probability − ½| ≤ 0.425, in 0.425² − (probability − ½)². */
const CENTRE: Rational = {
  numerator: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
    13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  denominator: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597,
    5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
  ],
}

/** In √(−ln tail) − 1.6, for √(−ln tail) ≤ 5. */
const TAIL: Rational = {
  numerator: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  denominator: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
    0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
  ],
}

/** In √(−ln tail) − 5, beyond. */
const FAR_TAIL: Rational = {
  numerator: [
    2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  denominator: [
    2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
}

function evaluate({ numerator, denominator }: Rational, x: number): number {
  let above = 0
  let below = 0
  for (let power = 0; power < 8; power += 1) {
    above = above * x + numerator[power]
    below = below * x + denominator[power]
  }
  return above / below
}

/**
 * The z with P(Z ≤ z) = probability.
 * @param probability 0 < probability < 1
 */
export function normalQuantile(probability: number): number {
  const fromHalf = probability - 0.5
  if (Math.abs(fromHalf) <= 0.425) return fromHalf * evaluate(CENTRE, 0.180625 - fromHalf * fromHalf)
  const root = Math.sqrt(-logarithm(fromHalf < 0 ? probability : 1 - probability))
  const z = root <= 5 ? evaluate(TAIL, root - 1.6) : evaluate(FAR_TAIL, root - 5)
  return fromHalf < 0 ? -z : z
}
