/**
 * Where a rising function crosses zero: the ITP method (Oliveira and Takahashi, An enhancement of the bisection method
 * average performance preserving minmax optimality, ACM Transactions on Mathematical Software 47(1), 2021). It needs
 * one evaluation more than bisection at worst (two, since places are rounded), and on functions that are nearly straight far fewer.
 */

/** An end of a bracket: a place, and the function there. */
export interface End {
  readonly at: number
  /** Below 0 at the lower end, 0 or above at the upper end; may be infinite. */
  readonly value: number
}

/** A bracket: the function crosses zero between the ends. */
export interface Bracket {
  readonly below: End
  readonly above: End
}

/** Which places may be tried. */
export interface Places {
  /** Widest bracket that is narrow enough. */
  readonly tolerance: number
  /** Places are whole multiples of it where the bracket holds one. */
  readonly step: number
}

/** Shape of the truncation, as the authors recommend. */
const K1 = 0.2
const K2 = 2
const SLACK_STEPS = 1

/**
 * Narrows a bracket until it is at most as wide as the tolerance, or no multiple of the step is left inside.
 * @param evaluate the function; asked for one place at a time
 */
export async function narrow(start: Bracket, places: Places, evaluate: (at: number) => Promise<number>): Promise<Bracket> {
  const { tolerance } = places
  let bracket = start
  const width = start.above.at - start.below.at
  const steps = Math.max(0, Math.ceil(Math.log2(width / tolerance))) + SLACK_STEPS
  for (let step = 0; bracket.above.at - bracket.below.at > tolerance; step += 1) {
    const reach = (tolerance / 2) * 2 ** (steps - step) - (bracket.above.at - bracket.below.at) / 2
    const at = snapped(nextPlace(bracket, Math.max(0, reach), width), bracket, places.step)
    if (at === null) return bracket
    const value = await evaluate(at)
    bracket = value >= 0 ? { ...bracket, above: { at, value } } : { ...bracket, below: { at, value } }
  }
  return bracket
}

/** Interpolate, truncate towards the middle, project into what bisection could still make good. */
function nextPlace({ below, above }: Bracket, reach: number, firstWidth: number): number {
  const width = above.at - below.at
  const middle = (below.at + above.at) / 2
  const chord = (above.value * below.at - below.value * above.at) / (above.value - below.value)
  if (!Number.isFinite(chord)) return middle
  const side = Math.sign(middle - chord)
  const truncation = (K1 / firstWidth) * width ** K2
  const truncated = truncation <= Math.abs(middle - chord) ? chord + side * truncation : middle
  return Math.abs(truncated - middle) <= reach ? truncated : middle - side * reach
}

/** The nearest multiple of the step inside the bracket; null where there is none. */
function snapped(at: number, { below, above }: Bracket, step: number): number | null {
  const first = multiple(Math.floor(below.at / step + 1e-9) + 1, step)
  const last = multiple(Math.ceil(above.at / step - 1e-9) - 1, step)
  if (first > last) return null
  return Math.min(last, Math.max(first, multiple(Math.round(at / step), step)))
}

/** `count × step` without the dust of binary fractions, for a step that is a power of ten. */
export function multiple(count: number, step: number): number {
  return step < 1 ? count / Math.round(1 / step) : count * step
}
