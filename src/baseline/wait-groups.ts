/** Groups of week bands by which fits tell drift and spread apart, and numbers by group as numbers by band. Pure. */
import { BANDS } from './types.ts'

/** First bands of the groups whose drift is told apart, and the end of the last. */
export const DRIFT_GROUPS: readonly number[] = [0, 4, 8, 12, 18, 26, 34, 40, 46, 52, 58, 65, BANDS]
/** The same of the groups whose spread is: coarser, since fewer months say less. */
export const SPREAD_GROUPS: readonly number[] = [0, 4, 18, 40, 52, BANDS]
/** The group of {@link SPREAD_GROUPS} that the others are relative to, so that its own spread is 0. */
export const SPREAD_ANCHOR = 2
/** Nobody waits so long that the last group's middle should lie further out. */
const LAST_MIDDLE = 75

/**
 * Numbers by group as one by band, linear between the groups' middles.
 *
 * @param groups {@link DRIFT_GROUPS} or {@link SPREAD_GROUPS}
 */
export function acrossBands(byGroup: readonly number[], groups: readonly number[]): Float64Array {
  const middles = byGroup.map((_, group) => (groups[group] + Math.min(groups[group + 1], LAST_MIDDLE)) / 2)
  return Float64Array.from({ length: BANDS }, (_, band) => {
    const next = middles.findIndex((middle) => middle >= band)
    if (next < 0) return byGroup[byGroup.length - 1]
    if (next === 0) return byGroup[0]
    const part = (band - middles[next - 1]) / (middles[next] - middles[next - 1])
    return byGroup[next - 1] + (byGroup[next] - byGroup[next - 1]) * part
  })
}
