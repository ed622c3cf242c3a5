/**
 * Planning figures in closed form, as planners know them: a list in balance is a queue whose waits are exponential, so
 * that a share of people waiting under a target fixes the mean wait, and the mean wait fixes the list (Little's law).
 * The formulas are those of "Understanding Waiting Lists Pressures" (medRxiv 2022.08.23.22279117) and of the R package
 * NHSRwaitinglist. Everything is in weeks and in people per week. Pure.
 */

/**
 * How many mean waits a target is, for a share of exponential waits to be under it: −ln(1 − compliance).
 * 0.92 gives 2.5257, so that 92% within 18 weeks needs a mean wait of 7.1 weeks.
 *
 * @param compliance share of people who should have waited less than the target, above 0 and below 1
 */
export function factorFromCompliance(compliance: number): number {
  return -Math.log(1 - compliance)
}

/** Clock starts for each place that is there: above 1 the list grows. `null` where there is no capacity. */
export function load(demandPerWeek: number, capacityPerWeek: number): number | null {
  return capacityPerWeek === 0 ? null : demandPerWeek / capacityPerWeek
}

/** Mean wait, weeks, at which the target is met. */
export function targetMeanWaitWeeks(targetWeeks: number, factor: number): number {
  return targetWeeks / factor
}

/** People waiting when the mean wait is that of the target, by Little's law. */
export function targetListSize(demandPerWeek: number, targetWeeks: number, factor: number): number {
  return demandPerWeek * targetMeanWaitWeeks(targetWeeks, factor)
}

/**
 * People to treat each week so that the list comes to its target in a number of weeks: demand, and an even part of
 * what is too many. Not below 0, where the list is so far under the target that nothing has to be done.
 */
export function reliefCapacityPerWeek(demandPerWeek: number, waiting: number, targetWaiting: number, reliefWeeks: number): number {
  return Math.max(0, demandPerWeek + (waiting - targetWaiting) / reliefWeeks)
}

/**
 * People to be able to treat each week so that a list at its target stays there: demand, and room for its ups and downs,
 * (cv of demand² + cv of capacity²) ÷ 2 × factor ÷ target (heavy-traffic approximation of a single-server queue).
 *
 * @param cvDemand coefficient of variation of the time between clock starts; 1 for people who come independently
 * @param cvCapacity the same of the time between treatments
 */
export function targetCapacityPerWeek(demandPerWeek: number, targetWeeks: number, factor: number, cvDemand: number, cvCapacity: number): number {
  return demandPerWeek + ((cvDemand ** 2 + cvCapacity ** 2) / 2) * (factor / targetWeeks)
}

/**
 * Twice the mean weeks waited so far, over the target: who is waiting now has, on average, half of the wait behind them.
 * 1 and above means that people wait longer than the target on average.
 */
export function pressure(meanWaitWeeks: number, targetWeeks: number): number {
  return (2 * meanWaitWeeks) / targetWeeks
}

/** Weeks until the list is at its target with today's flows: 0 where it is already, `null` where it never comes. */
export function weeksToClear(demandPerWeek: number, capacityPerWeek: number, waiting: number, targetWaiting: number): number | null {
  if (waiting <= targetWaiting) return 0
  return capacityPerWeek > demandPerWeek ? (waiting - targetWaiting) / (capacityPerWeek - demandPerWeek) : null
}
