/** Assumptions of attendance: DNAs, cancellations, and what follows. */
import { fittedFor } from '../../baseline/gradients/fitted.ts'
import { PUBLISHED } from '../../baseline/gradients/published.ts'
import { ASSUMED, forAll, UNIT_RANGE } from './entry.ts'
import type { StudyEntries } from './entry.ts'

type Keys =
  | 'dnaRate'
  | 'remoteShare'
  | 'remoteDnaRatio'
  | 'admissionDnaRate'
  | 'patientCancellation'
  | 'hospitalCancellation'
  | 'admissionPatientCancellation'
  | 'admissionHospitalCancellation'
  | 'dischargeAfterDna'
  | 'dischargeFromMiss'
  | 'dischargeAtMiss'
  | 'backfillShare'
  | 'backfillAfterCancellation'
  | 'rebookWeeks'

/** In the order in which they are listed. */
export const ATTENDANCE_ENTRIES: StudyEntries<Keys> = {
  dnaRate: {
    label: 'First appointments not attended (DNA)',
    value: fittedFor('dnaRate', PUBLISHED.dnaRate),
    unit: 'probability per appointment',
    range: [0, 0.95],
    source: 'NHS England: 6.4% of 124.5 million appointments (about 2023/24); "48% higher in most deprived"',
    confidence: 'D',
    note: 'A straight line over quintiles with that mean and a ratio of 1.48, whose comparator is not stated.',
    timeVarying: true,
    inlineValue: 0,
  },
  remoteShare: {
    label: 'First appointments held remotely',
    value: forAll(0),
    unit: 'share of appointments',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found. The DNA rates above hold for all first appointments together.',
    timeVarying: true,
    inlineValue: 0,
  },
  remoteDnaRatio: {
    label: 'DNA rate of remote appointments, relative to face to face',
    value: forAll(1),
    unit: 'ratio',
    range: [0, 10],
    source: ASSUMED,
    confidence: 'A',
    note: '1 makes no difference. A gradient by deprivation stands for who can use remote care.',
    timeVarying: true,
    inlineValue: 1,
  },
  admissionDnaRate: {
    label: 'Admissions not attended',
    value: forAll(0),
    unit: 'probability per admission',
    range: [0, 0.95],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found.',
    timeVarying: true,
    inlineValue: 0,
  },
  patientCancellation: {
    label: 'First appointments cancelled by the patient',
    value: forAll(0),
    unit: 'probability per appointment',
    range: [0, 0.95],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found.',
    timeVarying: true,
    inlineValue: 0,
  },
  hospitalCancellation: {
    label: 'First appointments cancelled by the hospital',
    value: forAll(0),
    unit: 'probability per appointment',
    range: [0, 0.95],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no rate was found. Of people cancelled on, 39% were at least twice, and 49% of those on lower '
      + 'incomes (Healthwatch 2023, n = 1,084).',
    timeVarying: true,
    inlineValue: 0,
  },
  admissionPatientCancellation: {
    label: 'Admissions cancelled by the patient',
    value: forAll(0),
    unit: 'probability per admission',
    range: [0, 0.95],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found.',
    timeVarying: true,
    inlineValue: 0,
  },
  admissionHospitalCancellation: {
    label: 'Admissions cancelled by the hospital',
    value: forAll(0),
    unit: 'probability per admission',
    range: [0, 0.95],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found.',
    timeVarying: true,
    inlineValue: 0,
  },
  dischargeAfterDna: {
    label: 'Discharged after a DNA instead of rebooked',
    value: [0.3, 0.3, 0.3, 0.3, 0.3],
    unit: 'probability per DNA',
    range: [0, 1],
    source: ASSUMED,
    confidence: 'A',
    note: 'Local access policies differ; no national figure was found.',
    timeVarying: false,
    inlineValue: 0,
  },
  dischargeFromMiss: {
    label: 'DNAs from which on a DNA can end in discharge',
    value: 1,
    unit: 'DNAs',
    range: [1, 100],
    source: ASSUMED,
    confidence: 'A',
    note: '1: from the first on. Local access policies differ.',
    timeVarying: false,
    inlineValue: 1,
  },
  dischargeAtMiss: {
    label: 'DNAs at which discharge is certain',
    value: 0,
    unit: 'DNAs; 0 for never',
    range: [0, 100],
    source: ASSUMED,
    confidence: 'A',
    note: 'Local access policies differ.',
    timeVarying: false,
    inlineValue: 0,
  },
  backfillShare: {
    label: "DNAs' slots filled at once by somebody else",
    value: 0.1,
    unit: 'share',
    range: [0, 1],
    source: ASSUMED,
    confidence: 'A',
    note: 'Most DNAs are known only when the slot has passed.',
    timeVarying: false,
    inlineValue: 0,
  },
  backfillAfterCancellation: {
    label: 'Slots that patients cancel, filled at once by somebody else',
    value: 0,
    unit: 'share',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Without cancellation by patients it does nothing.',
    timeVarying: false,
    inlineValue: 0,
  },
  rebookWeeks: {
    label: 'Weeks until somebody rebooked can be seen again',
    value: 1,
    unit: 'weeks',
    range: [0, 104],
    source: ASSUMED,
    confidence: 'A',
    note: 'The next step at the soonest.',
    timeVarying: false,
    inlineValue: 0,
  },
}
