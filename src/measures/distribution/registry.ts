/** Every assumption of the health measures as a reader is shown it. */
import {
  HEALTH_WEIGHTS,
  STANDARD_HEALTH,
  type HealthConfidence,
  type HealthSetting,
  type HealthWeight,
} from '../health/assumptions.ts'
import { OPPORTUNITY_COST_BY_QUINTILE, QALE_BY_QUINTILE } from './assumptions.ts'

/** One assumption; values by quintile run from the most to the least deprived. */
export interface HealthAssumption {
  /** `health.<key of the study file's block>`; a weight's is `health.qalysPerWeek.<id>`. */
  readonly id: string
  readonly label: string
  readonly value: string
  readonly unit: string
  readonly source: string
  readonly confidence: HealthConfidence
  readonly note: string
  /** Whether the study file sets it; the rest is then about the default. */
  readonly isSet: boolean
}

const pounds = (amount: number): string => `£${new Intl.NumberFormat('en-GB').format(amount)}`

const weightText = ({ firstAppointment, admission, relativeSd }: HealthWeight): string =>
  `${firstAppointment} until the first appointment, ${admission} until admission (standard deviation ${relativeSd} of each)`

/** In the order in which they act. */
export function healthAssumptions(setting: HealthSetting): HealthAssumption[] {
  const entry = (parts: Omit<HealthAssumption, 'isSet'>): HealthAssumption => ({ ...parts, isSet: setting.set.includes(parts.id) })
  return [...setting.weights.map((weight) => entry(weightEntry(weight))), ...settingEntries(setting).map(entry), ...fixedEntries.map(entry)]
}

function weightEntry(weight: HealthWeight): Omit<HealthAssumption, 'isSet'> {
  const standard = HEALTH_WEIGHTS.find(({ id }) => id === weight.id) ?? HEALTH_WEIGHTS[0]
  const label = standard.id === weight.id ? standard.label.toLowerCase() : weight.id
  const { source, confidence, note } = standard
  return {
    id: `health.qalysPerWeek.${weight.id}`,
    label: `Health lost while waiting: ${label}`,
    value: weightText(weight),
    unit: 'QALYs per person and week',
    source,
    confidence,
    note: `${note} Off the list the weight of a first appointment holds.`,
  }
}

function settingEntries(setting: HealthSetting): Omit<HealthAssumption, 'isSet'>[] {
  const { deprivationGradient, weeksInNeedAfterLeaving, qalysPerDeath, qalysPerEmergency, poundsPerQaly, discountRates } = setting
  return [
    {
      id: 'health.deprivationGradient',
      label: 'Health lost by waiting, relative by deprivation group',
      value: deprivationGradient.length === 0 ? '1 in every group' : deprivationGradient.join(' / '),
      unit: 'factor',
      source: 'assumption',
      confidence: 'A',
      note: 'Larger losses have been found in deprived groups (Gibbs 2024), partly since fewer go private, which Fairwait counts by itself.',
    },
    {
      id: 'health.weeksInNeedAfterLeaving',
      label: 'In need after leaving the list untreated',
      value: String(weeksInNeedAfterLeaving),
      unit: 'weeks, mean',
      source: 'assumption',
      confidence: 'A',
      note: 'Withdrawn, or discharged after a missed appointment. As long as unmet need lasts by default.',
    },
    {
      id: 'health.qalysPerDeath',
      label: 'Health lost with a death while waiting',
      value: String(qalysPerDeath),
      unit: 'QALYs',
      source: 'assumption',
      confidence: 'A',
      note: 'Deaths of any cause, at the rate of the whole population: a longer list has more of them without anybody dying of it.',
    },
    {
      id: 'health.qalysPerEmergency',
      label: 'Health lost with an emergency admission while waiting',
      value: String(qalysPerEmergency),
      unit: 'QALYs',
      source: 'assumption',
      confidence: 'A',
      note: 'No published loss per admission was found, and an emergency admission ends a wait; both would have to be known.',
    },
    {
      id: 'health.poundsPerQaly',
      label: 'NHS spending that produces one QALY elsewhere',
      value: `${pounds(poundsPerQaly.low)} to ${pounds(poundsPerQaly.high)}`,
      unit: '£ per QALY',
      source: 'Martin 2023',
      confidence: 'H',
      note: `Taken as evenly likely; ${pounds((poundsPerQaly.low + poundsPerQaly.high) / 2)} where one number is needed.`,
    },
    {
      id: 'health.discountRates',
      label: 'Discount rates of health and of money',
      value: `${discountRates.health} and ${discountRates.money}`,
      unit: 'a year',
      source: 'HM Treasury, Green Book: 0.015 for health',
      confidence: 'H',
      note: 'In comparisons of health only: series to date are not discounted. Spend stands for the health that it would have bought, hence the same rate.',
    },
  ]
}

const fixedEntries: readonly Omit<HealthAssumption, 'isSet'>[] = [
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
]

/** Those of a study without a `health` block. */
export const HEALTH_ASSUMPTIONS: readonly HealthAssumption[] = healthAssumptions(STANDARD_HEALTH)
