/** What a difference between two scenarios may honestly be called. */
import type { ScenarioSummary } from '../results/types.ts'
import { isClear } from './numbers.ts'
import type { Reader } from './reader.ts'

/** Inequality indices that the report shows: most deprived end minus least deprived end. */
export const GAP_18_WEEKS = 'slope-index:within-18-weeks'
export const GAP_UNMET_NEED = 'slope-index:unmet-need-per-1000'

/** +1 where a higher index favours the most deprived, −1 where a lower one does. */
export function favouringSign(reader: Reader, gapMeasure: string): 1 | -1 {
  const info = reader.results.measures.find(({ id }) => id === gapMeasure)
  return info?.direction === 'higher-is-better' ? 1 : -1
}

/** What a scenario does to a gap at the last date. */
export type GapVerdict = 'no clear difference' | 'narrows' | 'widens' | 'reverses'

/** `reverses`: the group that was behind in the reference is ahead, and by more than it was behind or less. */
export function gapVerdict(reader: Reader, scenario: ScenarioSummary, gapMeasure: string): GapVerdict {
  const own = reader.at(scenario, gapMeasure, 'gap', reader.last)
  const reference = reader.at(reader.reference, gapMeasure, 'gap', reader.last)
  if (!isClear(own)) return 'no clear difference'
  if (own.mean * reference.mean < 0) return 'reverses'
  return Math.abs(own.mean) < Math.abs(reference.mean) ? 'narrows' : 'widens'
}

/** The scenario whose clear difference from the reference is largest in one direction, or null where none is clear. */
export function largestClearChange(
  reader: Reader,
  measure: string,
  group: string,
  sign: 1 | -1,
): ScenarioSummary | null {
  let best: ScenarioSummary | null = null
  let bestChange = 0
  for (const scenario of reader.others) {
    const estimate = reader.at(scenario, measure, group, reader.last)
    const change = estimate.difference * sign
    if (!isClear(estimate) || change <= bestChange) continue
    best = scenario
    bestChange = change
  }
  return best
}
