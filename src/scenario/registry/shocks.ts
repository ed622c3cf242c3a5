/** What a kind of shock does where the study file does not say. */
import { ASSUMED, UNIT_RANGE } from './entry.ts'
import type { AssumptionEntry } from './entry.ts'

const FIRST_WAVE = 'NHS England RTT overview time series, England with estimates: April to June 2020 against 2019'

type Written = Pick<AssumptionEntry, 'id' | 'label' | 'value' | 'source' | 'confidence' | 'note'>

const entries: readonly Written[] = [
  {
    id: 'shock.pandemic.capacityLoss',
    label: 'NHS slots lost in a pandemic wave',
    value: 0.521,
    source: `${FIRST_WAVE}: clock stops 47.9%`,
    confidence: 'D',
    note: 'Fewer stops are taken as fewer slots, though fewer were referred too. Admissions fell further (to 24.2%) '
      + 'than stops without admission (54.2%); one loss holds for both stages.',
  },
  {
    id: 'shock.pandemic.referralLoss',
    label: 'Referrals lost in a pandemic wave',
    value: 0.576,
    source: `${FIRST_WAVE}: clock starts 42.4%`,
    confidence: 'D',
    note: 'The same for every deprivation group, since no split was found.',
  },
  {
    id: 'shock.pandemic.referralReturn',
    label: 'Of the referrals lost, those that come later',
    value: 0,
    source: ASSUMED,
    confidence: 'A',
    note: 'Clock starts stayed below those of 2019 to the end of 2020, so that no return was seen in that time.',
  },
]

/** Defaults of shocks. */
export const SHOCK_ENTRIES: readonly AssumptionEntry[] = entries.map((entry) => ({
  ...entry,
  unit: 'share',
  range: UNIT_RANGE,
  timeVarying: true,
  inlineValue: null,
}))
