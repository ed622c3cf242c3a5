/** Parameters of the `custom` lever, which a study file's `custom` block fills. */
import { ASSUMED } from './entry.ts'
import { AT_ONCE, EVEN_UPTAKE, HALF_SATURATION, maxReach, ofLever } from './lever-entry.ts'
import type { LeverEntry, LeverParameter } from './lever-entry.ts'

/** What a custom lever can act on, and the parameter that holds what one unit does to it. */
export const CUSTOM_ACTS = {
  dna: 'dnaEffect',
  'slots-first': 'slotsFirstEffect',
  'slots-admission': 'slotsAdmissionEffect',
  'unmet-need': 'unmetNeedEffect',
  removals: 'removalsEffect',
  'clock-starts': 'clockStartsEffect',
  need: 'needEffect',
  tests: 'testsEffect',
  deterioration: 'deteriorationEffect',
  emergency: 'emergencyEffect',
  'hospital-cancellation': 'hospitalCancellationEffect',
} as const
export type CustomAct = keyof typeof CUSTOM_ACTS

const BY_AUTHOR = 'the study file'

const fall = (act: CustomAct, label: string): LeverParameter => ({
  name: CUSTOM_ACTS[act],
  label,
  value: 0,
  unit: 'share',
  range: [0, 1],
  source: BY_AUTHOR,
  confidence: 'A',
  note: 'For each person or appointment reached.',
})

const perUnit = (act: CustomAct, label: string, unit: string): LeverParameter => ({
  name: CUSTOM_ACTS[act],
  label,
  value: 0,
  unit,
  range: [0, 10_000],
  source: BY_AUTHOR,
  confidence: 'A',
  note: 'For each unit bought.',
})

/** In the order in which they are listed. */
export const CUSTOM_ENTRIES: readonly LeverEntry[] = ofLever(
  'custom',
  {
    name: 'unitCost',
    label: 'Cost of one unit',
    value: 1,
    unit: '£ per unit',
    range: [0.001, 1_000_000_000],
    source: BY_AUTHOR,
    confidence: 'A',
    note: 'No default: the study file says it.',
  },
  fall('dna', 'Relative fall of DNAs at first appointments'),
  perUnit('slots-first', 'First-appointment slots', 'slots per unit'),
  perUnit('slots-admission', 'Admission slots', 'slots per unit'),
  perUnit('unmet-need', 'People with unmet need who are found and referred', 'people per unit'),
  perUnit('removals', 'Removals of those who have waited 12 weeks or more', 'people per unit'),
  perUnit('clock-starts', 'Referrals answered without a clock start', 'referrals per unit'),
  perUnit('need', 'Cases of need that do not arise', 'cases per unit'),
  fall('tests', 'Relative fall of the weeks that tests take'),
  fall('deterioration', 'Relative fall of deterioration while waiting'),
  fall('emergency', 'Relative fall of emergency admissions while waiting'),
  fall('hospital-cancellation', 'Relative fall of cancellations by the hospital'),
  { ...HALF_SATURATION, name: 'halfSaturation', source: ASSUMED },
  maxReach(0.1, 'Of appointments or people waiting; for people found, removed, diverted or spared, of those there are, a week.'),
  ...EVEN_UPTAKE,
  ...AT_ONCE,
)
