/** The fitted drift of a baseline, as it builds up through a run. */
import { DAMPING } from '../../baseline/calibrate/drift.ts'
import { exp, ln } from '../elementary.ts'
import type { ChanceDrift } from '../tables.ts'
import type { RunCalendar } from './calendar.ts'
import type { ServiceContext } from './context.ts'

const WEEKS_PER_MONTH = 365.25 / 7 / 12
/** A fit stands for the middle of its last month, half a month before the start. */
const BEFORE_START_MONTHS = 0.5

/** Months' worth of drift that have built up, by step of the run; none in the warm-up. */
function driftMonths({ count, warmUp, stepsPerWeek }: RunCalendar): Float64Array {
  return Float64Array.from({ length: count }, (_, step) => {
    if (step < warmUp) return 0
    const ahead = (step - warmUp + 0.5) / stepsPerWeek / WEEKS_PER_MONTH + BEFORE_START_MONTHS
    // The sum that `dampedMonths` builds month by month, at any time between.
    return (DAMPING * (1 - exp(ahead * ln(DAMPING)))) / (1 - DAMPING)
  })
}

/** How a stage's chances move; null where they stay. */
export function chanceDrift({ specialty: { drift }, run }: ServiceContext, stage: 'first' | 'admission'): ChanceDrift | null {
  return drift === undefined ? null : { perMonth: Float64Array.from(drift[stage]), months: driftMonths(run) }
}

/** Factor on removals and withdrawals by step; null where they stay. */
export function removalDrift({ specialty: { drift }, run }: ServiceContext): Float64Array | null {
  return drift === undefined ? null : driftMonths(run).map((months) => exp(drift.removed * months))
}
