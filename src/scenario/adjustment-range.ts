/** What an adjustment may say of an assumption. */
import { assumptionEntry } from './assumptions.ts'
import type { AssumptionKey } from './assumptions.ts'
import { RANGES } from './ranges.ts'
import type { Adjustment } from './study.ts'

/** Range of an adjustment's value: the assumption's own where it is set; sums stay inside the assumption's width. */
export function adjustmentRange(assumption: AssumptionKey, change: Adjustment['change']): readonly [number, number] {
  const { range } = assumptionEntry(assumption)
  switch (change) {
    case 'set':
      return range
    case 'add':
      return [range[0] - range[1], range[1] - range[0]]
    case 'multiply':
    case 'odds':
      return RANGES.adjustmentFactor
  }
}
