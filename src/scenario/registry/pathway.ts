/** Assumptions of what a first appointment leads to. */
import { fittedFor } from '../../baseline/gradients/fitted.ts'
import { PUBLISHED } from '../../baseline/gradients/published.ts'
import { ASSUMED, forAll, UNIT_RANGE } from './entry.ts'
import type { StudyEntries } from './entry.ts'

type Keys =
  | 'admissionOdds'
  | 'furtherAppointmentShare'
  | 'furtherAppointmentWeeks'
  | 'testShare'
  | 'testWeeks'
  | 'minimumPathwayWeeks'
  | 'followUpsPerAppointment'
  | 'followUpWeeks'

/** In the order in which they are listed. */
export const PATHWAY_ENTRIES: StudyEntries<Keys> = {
  admissionOdds: {
    label: 'Odds of a decision to admit after a first appointment, against the mean',
    value: fittedFor('admissionOdds', PUBLISHED.admissionOdds),
    unit: 'odds ratio',
    range: [0.01, 100],
    source: 'Asaria 2017: elective over outpatient use per 1,000, age-sex standardised, England 2011/12',
    confidence: 'D',
    note: 'Ratios 250.7/2007, 224.2/1793, 205.1/1635, 194.6/1536, 184.0/1454 as odds against their mean. All care '
      + 'together shows next to no gradient, and its sign turns if DNAs are taken out of the appointments; single '
      + 'procedures such as hip replacement do show one.',
    timeVarying: false,
    inlineValue: null,
  },
  furtherAppointmentShare: {
    label: 'First appointments that need another before anything is decided',
    value: forAll(0),
    unit: 'probability per appointment',
    range: [0, 0.95],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: a pack counts appointments that end in a clock stop or a decision to admit, with those before '
      + 'them inside.',
    timeVarying: false,
    inlineValue: 0,
  },
  furtherAppointmentWeeks: {
    label: 'Weeks until a further appointment is possible',
    value: 6,
    unit: 'weeks',
    range: [0, 104],
    source: ASSUMED,
    confidence: 'A',
    note: 'Without further appointments it does nothing.',
    timeVarying: false,
    inlineValue: 0,
  },
  testShare: {
    label: 'First appointments that tests follow before the outcome',
    value: forAll(0),
    unit: 'probability per appointment',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found.',
    timeVarying: false,
    inlineValue: 0,
  },
  testWeeks: {
    label: 'Weeks that tests take',
    value: 6,
    unit: 'weeks',
    range: [0, 104],
    source: ASSUMED,
    confidence: 'A',
    note: 'Without tests it does nothing.',
    timeVarying: true,
    inlineValue: 0,
  },
  minimumPathwayWeeks: {
    label: 'Weeks from the clock start before which there is no outcome',
    value: 0,
    unit: 'weeks',
    range: [0, 104],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: in published data some clocks stop within a week.',
    timeVarying: false,
    inlineValue: 0,
  },
  followUpsPerAppointment: {
    label: 'Follow-up slots that each first appointment takes later',
    value: 0,
    unit: 'slots per appointment',
    range: [0, 20],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: the slots of a pack are first appointments only, with those for follow-up outside.',
    timeVarying: false,
    inlineValue: 0,
  },
  followUpWeeks: {
    label: 'Weeks until follow-up',
    value: 6,
    unit: 'weeks',
    range: [0, 104],
    source: ASSUMED,
    confidence: 'A',
    note: 'Without follow-up it does nothing.',
    timeVarying: false,
    inlineValue: 0,
  },
}
