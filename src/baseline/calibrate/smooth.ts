/** Ratios by week band that rest on enough. Pure. */

const WIDEST_HALF_WINDOW = 20

/**
 * Sum of `counts` over sum of `exposure` in a window about each band that widens until it holds enough exposure.
 *
 * @param least exposure that a window has to hold
 * @param half half-width of the narrowest window, in bands; the first three bands change fast and start at 0
 * @returns ratios; 1 where there is no exposure within reach and none is known
 */
export function widened(counts: Float64Array, exposure: Float64Array, least: number, half = 0): Float64Array {
  const last = counts.length - 1
  return counts.map((_, band) => {
    let width = band < 3 ? 0 : half
    let sums = within(counts, exposure, Math.max(0, band - width), Math.min(last, band + width))
    while (sums.exposure < least && width < WIDEST_HALF_WINDOW) {
      width++
      sums = within(counts, exposure, Math.max(0, band - width), Math.min(last, band + width))
    }
    return sums.exposure > 0 ? sums.count / sums.exposure : 1
  })
}

function within(counts: Float64Array, exposure: Float64Array, from: number, to: number): { count: number; exposure: number } {
  const sums = { count: 0, exposure: 0 }
  for (let band = from; band <= to; band++) {
    sums.count += counts[band]
    sums.exposure += exposure[band]
  }
  return sums
}
