/**
 * How much of a gap a scenario closes, run by run.
 *
 * Closed is the size of one mean gap less the size of the other. Sizes are taken of means, not of runs: chance makes every
 * run's gap larger than nothing, so that means of sizes would call a closed gap open.
 */
import { meanOverDraws } from '../interval.ts'
import type { RunTable, SeriesCatalogue } from '../types.ts'
import { seriesIndex } from './run-health.ts'

/** Reads an inequality index of all specialties by deprivation at the k-th reporting date. */
export function gapReader(catalogue: SeriesCatalogue, dates: number, measure: string): (run: RunTable['runs'][number], k: number) => number {
  const series = seriesIndex(catalogue)({ specialty: 'all', stage: 'all', dimension: 'deprivation', group: 'gap', measure })
  return (run, k) => (series < 0 ? Number.NaN : run.values[series * dates + k])
}

/**
 * By run, in the unit of the gap; above 0 where the gap is smaller than before, whichever side it favours. Its mean is
 * the size of the mean gap before less that after.
 * @param before gap by run; @param after gap of the same runs
 */
export function gapClosed(before: readonly number[], after: readonly number[], runsPerDraw: number): number[] {
  const [signBefore, signAfter] = [before, after].map((gaps) => (meanOverDraws(gaps, runsPerDraw).mean < 0 ? -1 : 1))
  return before.map((gap, run) => signBefore * gap - signAfter * after[run])
}
