/** Scores of a projected list against the published one. Pure. */
import { totalOf } from '../../baseline/series/types.ts'
import type { BacktestValues } from './types.ts'

const WITHIN_WEEKS = 18
const OVER_WEEKS = 52
const PER_CENT = 100

/** List, and shares of it in per cent; shares of an empty list are 0. */
export function valuesOf(list: Float64Array): BacktestValues {
  const people = totalOf(list)
  const share = (part: Float64Array): number => (people > 0 ? (PER_CENT * totalOf(part)) / people : 0)
  return { list: people, within18: share(list.subarray(0, WITHIN_WEEKS)), over52: share(list.subarray(OVER_WEEKS)) }
}

/** Projected less published: list in per cent of the published, shares in percentage points. */
export function errorsOf(projected: BacktestValues, published: BacktestValues): BacktestValues {
  return {
    list: published.list > 0 ? PER_CENT * (projected.list / published.list - 1) : 0,
    within18: projected.within18 - published.within18,
    over52: projected.over52 - published.over52,
  }
}
