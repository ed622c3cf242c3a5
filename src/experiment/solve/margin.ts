/** By how much a run meets a target. */
import { equalityOf } from '../../measures/definitions.ts'
import type { Target } from '../../scenario/study.ts'

/** In the unit of the measure: 0 or more where the target is met, below 0 where it is missed, NaN where undefined. */
export function marginOf({ measure, limitKind, limit }: Pick<Target, 'measure' | 'limitKind' | 'limit'>, value: number): number {
  switch (limitKind) {
    case 'atLeast':
      return value - limit
    case 'atMost':
      return limit - value
    case 'within':
      return limit - Math.abs(value - (equalityOf(measure) ?? 0))
  }
}
