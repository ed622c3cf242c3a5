/**
 * Inequality across ordered groups, in one number.
 *
 * One sign for all: **most deprived against least deprived**. A difference above 0, or a ratio above 1, says
 * that the measure is higher among the most deprived, whatever the measure; for a share within 18 weeks that is
 * good for them, for a share over 52 weeks it is bad. (The usual regression slope runs from most to least
 * deprived and has the opposite sign; its relative index is the inverse of ours.)
 */

/** Indices in the order in which a {@link GapCalculator} writes them. */
export const GAP_INDICES = ['absolute-gap', 'relative-gap', 'slope-index', 'relative-index'] as const
export type GapIndex = (typeof GAP_INDICES)[number]

/**
 * Writes the four indices of one set of values into `out`, without allocating:
 *
 * - absolute gap: value of the most deprived group − value of the least deprived;
 * - relative gap: their ratio; NaN where the least deprived value is not above 0;
 * - slope index of inequality: least squares of the values on the groups' midpoints in the cumulative
 *   population, weighted by population; fitted value at the most deprived end − fitted value at the least;
 * - relative index of inequality: ratio of those two fitted values; NaN where either is not above 0, since a
 *   straight line can leave the possible range at its ends.
 *
 * All are NaN where a group's value is NaN: an index over the groups that happen to be left would compare
 * different populations from week to week.
 * @param values one per group, most deprived first
 * @param out four numbers, in the order of {@link GAP_INDICES}
 */
export type GapCalculator = (values: Float64Array, out: Float64Array) => void

/**
 * Prepares the indices for groups of these sizes. Ranks depend on population alone, so that the slope is a
 * fixed weighted sum of the values.
 * @param population residents by group, most deprived first; any number of groups. With residents in fewer than
 *   two groups the slope is undefined (NaN).
 */
export function createGapCalculator(population: ArrayLike<number>): GapCalculator {
  const groups = population.length
  const share = populationShares(population)
  const slopeWeight = slopeWeights(share)
  return (values, out) => {
    const most = values[0]
    const least = values[groups - 1]
    let mean = 0
    let slope = 0
    // Measured from the last group, so that equal groups give a slope of exactly 0.
    for (let group = 0; group < groups; group += 1) {
      mean += share[group] * (values[group] - least)
      slope += slopeWeight[group] * (values[group] - least)
    }
    const fittedMost = least + mean + slope / 2
    const fittedLeast = least + mean - slope / 2
    const defined = !Number.isNaN(mean)
    out[0] = defined ? most - least : Number.NaN
    out[1] = defined && least > 0 ? most / least : Number.NaN
    out[2] = slope
    out[3] = fittedMost > 0 && fittedLeast > 0 ? fittedMost / fittedLeast : Number.NaN
  }
}

function populationShares(population: ArrayLike<number>): Float64Array {
  const share = Float64Array.from(population)
  let total = 0
  for (const people of share) total += people
  return share.map((people) => people / total)
}

/** Weight of each group's value in the slope index; they sum to 0. */
function slopeWeights(share: Float64Array): Float64Array {
  let cumulative = 0
  // Distance of each group's midpoint from the middle of the population, positive for the deprived half.
  const height = share.map((part) => {
    cumulative += part
    return 0.5 - (cumulative - part / 2)
  })
  let spread = 0
  for (let group = 0; group < share.length; group += 1) spread += share[group] * height[group] ** 2
  return height.map((distance, group) => (spread > 1e-12 ? (share[group] * distance) / spread : Number.NaN))
}
