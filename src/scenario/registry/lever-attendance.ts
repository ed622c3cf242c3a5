/** Parameters of the levers that act on appointments, and on people while they wait. */
import { ASSUMED } from './entry.ts'
import { AT_ONCE, EVEN_UPTAKE, HALF_SATURATION, maxReach, ofLever, timing, uptake } from './lever-entry.ts'
import type { LeverEntry, LeverParameter } from './lever-entry.ts'

const TRIAL = 'Hallsworth et al. 2015, randomised trial of reminder wording, odds ratio 0.74 (0.61 to 0.89)'

/** Relative fall of something among those whom support reaches. */
function reduction(name: string, label: string, value: number, note: string): LeverParameter {
  return { name, label, value, unit: 'share', range: [0, 1], source: ASSUMED, confidence: 'A', note }
}

/** In the order of the levers. */
export const ATTENDANCE_LEVER_ENTRIES: readonly LeverEntry[] = [
  ...ofLever(
    'reminders',
    {
      name: 'costPerReminder',
      label: 'Cost of one reminder',
      value: 0.1,
      unit: '£ per appointment',
      range: [0.001, 100],
      source: `assumption: "about nil" in ${TRIAL}`,
      confidence: 'A',
      note: 'A text message; setting it up is not counted.',
    },
    {
      name: 'dnaReduction',
      label: 'Relative fall of non-attendance among those reminded',
      value: 0.243,
      unit: 'share',
      range: [0, 1],
      interval: [0.1, 0.362],
      source: `${TRIAL}: 11.1% to 8.4%`,
      confidence: 'D',
      note: 'One minus the ratio of the two; the interval is that of the odds ratio at 11.1%. Against other reminders, '
        + 'not against none.',
    },
    maxReach(0.85, 'Appointments for which a valid mobile number is held.'),
    ...EVEN_UPTAKE,
    ...AT_ONCE,
  ),
  ...ofLever(
    'attendance-support',
    {
      name: 'costPerContact',
      label: 'Cost of supporting one appointment (transport, interpreter, call)',
      value: 15,
      unit: '£ per appointment',
      range: [0.1, 1000],
      interval: [10, 20],
      source: ASSUMED,
      confidence: 'A',
      note: 'Middle of an assumed £10 to £20.',
    },
    {
      name: 'dnaReduction',
      label: 'Relative fall of non-attendance among appointments supported',
      value: 0.26,
      unit: 'share',
      range: [0, 1],
      source: TRIAL,
      confidence: 'A',
      note: 'The trial is of reminders; carrying its effect over to transport and interpreters is an assumption.',
    },
    { ...maxReach(0.9, 'Some people cannot be reached at all.'), label: 'Most appointments that support can reach' },
    ...EVEN_UPTAKE,
    ...AT_ONCE,
  ),
  ...ofLever(
    'digital-first',
    {
      name: 'costPerWeeklyAppointment',
      label: 'Cost of making one first appointment a week remote',
      value: 1500,
      unit: '£ per appointment a week',
      range: [1, 1_000_000],
      source: ASSUMED,
      confidence: 'A',
      note: 'Systems, training and help for patients, for as long as they serve.',
    },
    reduction('dnaReduction', 'Relative fall of non-attendance among remote appointments', 0.3, 'No figure was found; of the size of what contacts and reminders bring.'),
    {
      name: 'slotsReleased',
      label: 'First-appointment slots freed by one that is remote',
      value: 0.1,
      unit: 'slots per appointment',
      range: [0, 1],
      source: ASSUMED,
      confidence: 'A',
      note: "No figure was found. They go to others of the group, and to all where nobody of it waits.",
    },
    maxReach(0.5, 'First appointments that need no examination.'),
    ...uptake(0.55, 0.808, {
      source: 'app activation 67.9% (October 2022), not activated above all in the most deprived areas; about 7% of homes offline',
      confidence: 'M',
      note: 'A straight line with that mean; its steepness is assumed.',
    }),
    HALF_SATURATION,
    ...timing(13, 104, 'A quarter to set up.', 'Systems and habits renewed every few years.'),
  ),
  ...ofLever(
    'waiting-well',
    {
      name: 'costPerPerson',
      label: 'Cost of supporting one person who waits',
      value: 350,
      unit: '£ per person',
      range: [1, 100_000],
      interval: [200, 500],
      source: ASSUMED,
      confidence: 'A',
      note: 'Middle of an assumed £200 to £500.',
    },
    reduction('deteriorationReduction', 'Relative fall of deterioration among those supported', 0.1, 'Acts with levels of priority. A selected first cohort had 70% fewer complications: shrunken heavily.'),
    reduction('emergencyReduction', 'Relative fall of emergency admissions among those supported', 0.1, 'Shrunken from the same cohort.'),
    reduction('cancellationReduction', 'Relative fall of cancellations by the hospital among those supported', 0.1, 'Acts where a study has such cancellations; by default there are none.'),
    maxReach(0.5, 'People for whom support while waiting is of use and whom it reaches.'),
    ...EVEN_UPTAKE,
    ...timing(4, 12, 'A programme takes some weeks to begin to help.', 'What was gained fades without further support.'),
  ),
]
