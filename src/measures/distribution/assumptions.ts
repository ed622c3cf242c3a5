/** What a comparison of health between groups rests on, with unit, source and how sure we are. */

/**
 * Quality-adjusted life expectancy at birth by IMD quintile of England, most deprived first, years: Asaria 2017 and
 * Love-Koh 2015, as the DCEA handbook's data give it. High confidence for England; a place may differ.
 */
export const QALE_BY_QUINTILE: readonly number[] = [63.19886, 67.67622, 69.99008, 73.1845, 75.07027]

/**
 * Shares of health lost when money is taken from the NHS at large, by IMD quintile of England, most deprived first:
 * the moderate gradient of the literature on distributional cost-effectiveness (steep .26 .22 .22 .16 .14; flat .2).
 */
export const OPPORTUNITY_COST_BY_QUINTILE: readonly number[] = [0.23, 0.21, 0.21, 0.18, 0.17]

/** Relative aversions ε at which scenarios are compared. */
export const EPSILONS: readonly number[] = Array.from({ length: 21 }, (_, step) => step)

/** Largest aversions in which a break-even is looked for; about four times those found in England. */
export const MOST_EPSILON = 40
export const MOST_ALPHA = 0.6

/** Samples of uncertain weights and of the price of a QALY, spread evenly over the runs. */
export const SAMPLES = 1000

/**
 * Values of a study's groups from values of the five quintiles: themselves where there are five; otherwise read from
 * straight lines through the quintiles' midpoints, groups being taken as equal parts of England from most to least
 * deprived.
 * @param quintiles five values, most deprived first
 * @param groups number of groups, 1 or more
 */
export function byGroup(quintiles: readonly number[], groups: number): number[] {
  const last = quintiles.length - 2
  return Array.from({ length: groups }, (_, group) => {
    const place = ((group + 0.5) / groups) * quintiles.length - 0.5
    const below = Math.min(last, Math.max(0, Math.floor(place)))
    // Exact at the midpoints themselves.
    const part = place - below
    if (part === 0) return quintiles[below]
    if (part === 1) return quintiles[below + 1]
    return quintiles[below] + part * (quintiles[below + 1] - quintiles[below])
  })
}

/**
 * Shares of a place's opportunity cost by its own groups: England's shares per head × the place's residents.
 * @param population residents by group, most deprived first
 */
export function opportunityCostShares(population: readonly number[]): number[] {
  const perHead = byGroup(OPPORTUNITY_COST_BY_QUINTILE, population.length)
  const weights = population.map((people, group) => people * perHead[group])
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
