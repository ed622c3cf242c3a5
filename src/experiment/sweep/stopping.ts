/**
 * Adaptive replications: when a point has had enough. Checks come at fixed counts and look at values alone, so that
 * the answer does not depend on who ran what, when.
 */
import { confidenceInterval } from '../../measures/interval.ts'
import type { Until } from './design.ts'

/** Why replications of a point ended. */
export type Stopped = 'precise' | 'cap'

/** Watches one point's paired differences. */
export interface StoppingRule {
  /** The next replication's paired difference, or NaN where a run of the pair is missing. */
  add(difference: number): void
  /** Whether to stop after the replications added so far; null to go on. */
  verdict(): Stopped | null
  /** Half-width of the 95% interval now; NaN below two pairs. */
  halfWidth(): number
}

/** Counts at which a point is checked: after every batch, and at the cap. */
export function checkCounts({ batch, maxReplications }: Until): number[] {
  const counts: number[] = []
  for (let count = batch; count < maxReplications; count += batch) counts.push(count)
  return [...counts, maxReplications]
}

/** A point's rule, with nothing seen yet. */
export function createStoppingRule(until: Until): StoppingRule {
  const counts = new Set(checkCounts(until))
  let replications = 0
  let n = 0
  let mean = 0
  let squares = 0
  const halfWidth = (): number => {
    if (n < 2) return Number.NaN
    const { lower, upper } = confidenceInterval(mean, Math.sqrt(squares / (n - 1)), n)
    return (upper - lower) / 2
  }
  return {
    add(difference) {
      replications += 1
      if (Number.isNaN(difference)) return
      n += 1
      const deviation = difference - mean
      mean += deviation / n
      squares += deviation * (difference - mean)
    },
    verdict() {
      if (!counts.has(replications)) return null
      if (halfWidth() <= until.halfWidth) return 'precise'
      return replications === until.maxReplications ? 'cap' : null
    },
    halfWidth,
  }
}
