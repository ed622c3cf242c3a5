/** Every assumption of the health measures as a reader is shown it. */
import { type HealthConfidence, QALY_WEIGHTS, WEEKS_IN_NEED_AFTER_LEAVING } from '../health/assumptions.ts'
import { HEALTH_DISCOUNT_RATE, OPPORTUNITY_COST_BY_QUINTILE, POUNDS_PER_QALY, QALE_BY_QUINTILE } from './assumptions.ts'

/** One assumption; values by quintile run from the most to the least deprived. */
export interface HealthAssumption {
  /** `health.<name>`; a weight's is `health.qalyWeight.<id>`. */
  readonly id: string
  readonly label: string
  readonly value: string
  readonly unit: string
  readonly source: string
  readonly confidence: HealthConfidence
  readonly note: string
}

const pounds = (amount: number): string => `£${new Intl.NumberFormat('en-GB').format(amount)}`

/** In the order in which they act. */
export const HEALTH_ASSUMPTIONS: readonly HealthAssumption[] = [
  ...QALY_WEIGHTS.map(({ id, label, mean, sd, source, confidence, note }): HealthAssumption => ({
    id: `health.qalyWeight.${id}`,
    label: `Health lost while waiting: ${label.toLowerCase()}`,
    value: `${mean} (standard deviation ${sd})`,
    unit: 'QALYs per person and week',
    source,
    confidence,
    note: `${note} The same for every deprivation group.`,
  })),
  {
    id: 'health.weeksInNeedAfterLeaving',
    label: 'In need after leaving the list untreated',
    value: String(WEEKS_IN_NEED_AFTER_LEAVING),
    unit: 'weeks, mean',
    source: 'assumption',
    confidence: 'A',
    note: 'Withdrawn, or discharged after a missed appointment. As long as unmet need lasts by default.',
  },
  {
    id: 'health.poundsPerQaly',
    label: 'NHS spending that produces one QALY elsewhere',
    value: `${pounds(POUNDS_PER_QALY.low)} to ${pounds(POUNDS_PER_QALY.high)}`,
    unit: '£ per QALY',
    source: 'Martin 2023',
    confidence: 'H',
    note: `Taken as evenly likely; ${pounds(POUNDS_PER_QALY.mid)} where one number is needed.`,
  },
  {
    id: 'health.opportunityCostShare',
    label: 'Who bears the health lost elsewhere',
    value: OPPORTUNITY_COST_BY_QUINTILE.join(' / '),
    unit: 'share by quintile of England',
    source: 'literature on distributional cost-effectiveness: moderate gradient',
    confidence: 'H',
    note: 'Per head, applied to the residents of the place. Steep would be .26 / .22 / .22 / .16 / .14.',
  },
  {
    id: 'health.baseline',
    label: 'Quality-adjusted life expectancy at birth',
    value: QALE_BY_QUINTILE.map((years) => years.toFixed(1)).join(' / '),
    unit: 'years by quintile of England',
    source: 'Asaria; Love-Koh',
    confidence: 'H',
    note: 'Where health stands before anything is lost by waiting; England’s in every place.',
  },
  {
    id: 'health.discountRate',
    label: 'Discount rate of health',
    value: String(HEALTH_DISCOUNT_RATE),
    unit: 'a year',
    source: 'HM Treasury, Green Book',
    confidence: 'H',
    note: 'In comparisons of health only: series to date are not discounted.',
  },
]
