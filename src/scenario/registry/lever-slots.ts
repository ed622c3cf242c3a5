/** Parameters of the levers that add slots. */
import { ASSUMED } from './entry.ts'
import { AT_ONCE, HALF_SATURATION, maxReach, ofLever, runningCosts, timing } from './lever-entry.ts'
import type { LeverEntry, LeverParameter } from './lever-entry.ts'

const COST_COLLECTION = 'National Cost Collection 2024/25, NHS England'

const EMPHASIS: LeverParameter = {
  name: 'admissionEmphasis',
  label: 'Admissions bought for each first appointment, against the specialty as it is',
  value: 1,
  unit: 'ratio',
  range: [0, 100],
  source: ASSUMED,
  confidence: 'A',
  note: '1 grows both stages alike, so that neither list is emptied into the other; 0 buys first appointments only.',
}

/** The parameters that buying slots week by week has. */
function slotParameters(admission: Pick<LeverParameter, 'confidence' | 'note'>): LeverParameter[] {
  return [
    {
      name: 'costPerFirstAppointment',
      label: 'Cost of one first appointment',
      value: 200,
      unit: '£ per appointment',
      range: [1, 1_000_000],
      source: ASSUMED,
      confidence: 'A',
      note: 'No 2024/25 unit cost of an outpatient attendance was found. £120 was the average in 2016/17.',
    },
    {
      name: 'costPerAdmission',
      label: 'Cost of one admission',
      value: 1872,
      unit: '£ per admission',
      range: [1, 10_000_000],
      source: `${COST_COLLECTION}: day case and elective inpatient together`,
      ...admission,
    },
    EMPHASIS,
    HALF_SATURATION,
    ...AT_ONCE,
  ]
}

const WORKING_LIFE = 'A half-life of 343 weeks is 495 weeks of work in the mean, of which staff are taken as 60% of the cost.'

/** In the order of the levers. */
export const SLOT_LEVER_ENTRIES: readonly LeverEntry[] = [
  ...ofLever('capacity', ...slotParameters({ confidence: 'H', note: 'Published average cost; an extra admission may cost more or less.' })),
  ...ofLever('independent-sector', ...slotParameters({ confidence: 'D', note: 'Taken as the NHS average, since the independent sector is paid about tariff.' })),
  ...ofLever(
    'surgical-hub',
    {
      name: 'costPerWeeklyAdmission',
      label: 'Cost of building room for one admission a week',
      value: 195_000,
      unit: '£ per admission a week',
      range: [100, 100_000_000],
      interval: [130_000, 260_000],
      source: 'assumption: £10 to £20 million a hub, with 4,000 admissions a year',
      confidence: 'A',
      note: '£15 million ÷ 77 a week. New hubs did 21.9% (11.7 to 32.2) more high-volume procedures in their first year '
        + '(Health Foundation 2024/25): additions far beyond that are outside what has been seen.',
    },
    runningCosts(0.4, 'A day case costs £1,077 (National Cost Collection 2024/25), £56,000 a year for one a week: about 0.4 of the money of a five-year programme.'),
    HALF_SATURATION,
    ...timing(78, 650, 'A year and a half to build.', 'A building worn out in 25 years has lost half in 12½.'),
  ),
  ...ofLever(
    'diagnostic-centre',
    {
      name: 'costPerWeeklyTest',
      label: 'Cost of building room for one test a week',
      value: 73_000,
      unit: '£ per test a week',
      range: [100, 10_000_000],
      source: 'derived: £2.3bn for 169 sites with 6.3% of tests (August 2023), of an assumed 26 million tests a year',
      confidence: 'A',
      note: '£2.3bn ÷ (0.063 × 26 million ÷ 52).',
    },
    {
      name: 'testTimeReduction',
      label: 'Relative fall of the weeks that tests take, for those tested there',
      value: 0.5,
      unit: 'share',
      range: [0, 1],
      source: ASSUMED,
      confidence: 'A',
      note: 'Acts where a study says that appointments lead to tests (testShare); by default none do.',
    },
    {
      name: 'appointmentsSavedPerTest',
      label: 'First appointments that a test there makes unnecessary',
      value: 0.1,
      unit: 'appointments per test',
      range: [0, 1],
      source: ASSUMED,
      confidence: 'A',
      note: 'Results come with the referral, or in one visit. Their slots go to others of the group.',
    },
    maxReach(0.6, 'First appointments whose tests a centre can do.'),
    runningCosts(0.2, 'A test costs about £140 (imaging, National Cost Collection 2024/25), £7,000 a year for one a week.'),
    HALF_SATURATION,
    ...timing(52, 520, 'A year to build.', 'Equipment and building together worn out in 20 years have lost half in 10.'),
  ),
]

/** Slots by way of staff. */
export const WORKFORCE_ENTRIES: readonly LeverEntry[] = ofLever(
  'workforce',
  {
    name: 'costPerFirstAppointment',
    label: 'Cost of staff for one first appointment a week, for their working life',
    value: 59_000,
    unit: '£ per appointment a week',
    range: [100, 10_000_000],
    source: ASSUMED,
    confidence: 'A',
    note: `${WORKING_LIFE} £200 × 495 × 0.6; the rest falls on ordinary budgets and is not counted.`,
  },
  {
    name: 'costPerAdmission',
    label: 'Cost of staff for one admission a week, for their working life',
    value: 556_000,
    unit: '£ per admission a week',
    range: [100, 100_000_000],
    source: ASSUMED,
    confidence: 'A',
    note: `${WORKING_LIFE} £1,872 × 495 × 0.6; the rest falls on ordinary budgets and is not counted.`,
  },
  EMPHASIS,
  HALF_SATURATION,
  ...timing(156, 343, 'Three years of training; recruiting from elsewhere is faster, and takes the staff from somebody.', 'About one in ten leaves each year.'),
)
