/** Splitting a whole number of people into whole numbers. Pure. */

/** Indices in falling order of a number, the earlier first where equal. */
function fallingOrder(values: readonly number[]): number[] {
  return values.map((_, index) => index).toSorted((a, b) => values[b] - values[a] || a - b)
}

/**
 * Splits `total` in proportion to `weights` by the largest remainder, the earlier first where equal.
 *
 * @param weights not negative; where all are 0 everybody goes to the first entry
 * @param total a whole number
 * @returns whole numbers that sum to `total` exactly
 */
export function largestRemainder(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum === 0) return weights.map((_, index) => (index === 0 ? total : 0))
  return roundToTotal(
    weights.map((weight) => (weight / sum) * total),
    total,
  )
}

/**
 * Rounds amounts to whole numbers, none negative, that sum to `total` exactly, each as near its amount as that
 * allows. The amounts should sum to `total` or nearly.
 */
function roundToTotal(amounts: readonly number[], total: number): number[] {
  const whole = amounts.map((amount) => Math.max(0, Math.floor(amount)))
  let left = total - whole.reduce((a, b) => a + b, 0)
  const byRemainder = fallingOrder(amounts.map((amount, index) => amount - whole[index]))
  for (let turn = 0; left > 0; turn++, left--) whole[byRemainder[turn % byRemainder.length]]++
  for (let turn = byRemainder.length - 1; left < 0; turn = turn === 0 ? byRemainder.length - 1 : turn - 1) {
    if (whole[byRemainder[turn]] === 0) continue
    whole[byRemainder[turn]]--
    left++
  }
  return whole
}

/**
 * Rounds a sequence of splits so that what rounding gave or took is handed on: every split sums to its total
 * exactly, and each group's running total stays within about one person of its amounts' running total. Without
 * it, many splits of one person each would all go to the largest group.
 */
export class CarriedRounding {
  private readonly carry: number[]

  constructor(groups: number) {
    this.carry = Array.from({ length: groups }, () => 0)
  }

  /** Whole numbers that sum to `total`, for amounts that do. */
  next(amounts: readonly number[], total: number): number[] {
    const owed = amounts.map((amount, group) => amount + this.carry[group])
    const whole = total === 0 ? amounts.map(() => 0) : roundToTotal(owed, total)
    for (const [group, count] of whole.entries()) this.carry[group] = owed[group] - count
    return whole
  }
}
