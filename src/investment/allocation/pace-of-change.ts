/**
 * Pace of change: shares that move from where they are to where they should be, a bounded part of the way each year.
 * Integrated care boards' own allocations are set so: from the last year's towards a target, with a floor and a cap.
 */

/** How far shares move. */
export interface Pace {
  /** Most that any share moves in a year, 0 to 1, as a part of all the money. */
  readonly perYear: number
  /** Least and most that a share may become, relative to where it started: floor ≤ 1 ≤ cap. */
  readonly floor: number
  readonly cap: number
}

/**
 * Shares after some years. All move at one speed, that at which the one with furthest to go moves by `perYear`, so that
 * they sum to 1 in every year.
 * @param years whole years in which they have moved, 0 or more
 */
export function sharesUnderPace(from: readonly number[], to: readonly number[], { perYear, floor, cap }: Pace, years: number): number[] {
  const reachable = within(from.map((share) => share * floor), from.map((share) => share * cap), to)
  const furthest = Math.max(...from.map((share, index) => Math.abs(reachable[index] - share)))
  const part = furthest > 0 ? Math.min(1, (perYear * years) / furthest) : 1
  return from.map((share, index) => share + part * (reachable[index] - share))
}

/** Halvings after which bounds of a factor between 0 and its most are equal as numbers. */
const HALVINGS = 200

/**
 * Shares as near as may be to those wanted: all by one factor, cut at least and most, with the sum 1.
 * @param least sums to at most 1
 * @param most sums to at least 1
 */
function within(least: readonly number[], most: readonly number[], wanted: readonly number[]): number[] {
  const cut = (factor: number): number[] => wanted.map((share, index) => Math.min(most[index], Math.max(least[index], share * factor)))
  const total = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0)
  let low = 0
  let high = 1
  while (total(cut(high)) < 1 && high < 2 ** 60) high *= 2
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (total(cut(middle)) < 1) low = middle
    else high = middle
  }
  const shares = cut(high)
  // What no factor can place, since nothing is wanted there, goes where there is room.
  const short = 1 - total(shares)
  const room = shares.map((share, index) => most[index] - share)
  return shares.map((share, index) => (short > 0 && total(room) > 0 ? share + (short * room[index]) / total(room) : share))
}
