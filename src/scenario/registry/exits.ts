/** Assumptions of leaving the list untreated, and of becoming more urgent on it. */
import { fittedFor } from '../../baseline/gradients/fitted.ts'
import { PUBLISHED } from '../../baseline/gradients/published.ts'
import { ASSUMED, forAll, UNIT_RANGE } from './entry.ts'
import type { StudyEntries } from './entry.ts'

type Keys =
  | 'unreportedRemovalShare'
  | 'withdrawalShareOfRemovals'
  | 'removedFactor'
  | 'withdrewFactor'
  | 'privatePerWeek'
  | 'emergencyPerWeek'
  | 'deathPerWeek'
  | 'frailtyVariance'
  | 'deteriorationPerWeekFirst'
  | 'deteriorationPerWeekAdmission'

/** In the order in which they are listed. */
export const EXIT_ENTRIES: StudyEntries<Keys> = {
  unreportedRemovalShare: {
    label: 'Unreported removals among all removals (treatment and other)',
    value: 0.146,
    unit: 'share',
    range: [0, 0.9],
    source: 'NHS England RTT overview time series, January 2026, England: from stock and flow',
    confidence: 'D',
    note: 'Used where a pack holds one month; a pack of several months brings its own.',
    timeVarying: false,
    inlineValue: null,
  },
  withdrawalShareOfRemovals: {
    label: "Unreported removals that are the patient's own withdrawal",
    value: 0.3,
    unit: 'share',
    range: [0, 1],
    source: ASSUMED,
    confidence: 'A',
    note: 'Of those left after DNA discharges, deaths, private care and emergencies. Splits the count only.',
    timeVarying: false,
    inlineValue: null,
  },
  removedFactor: {
    label: "Removal other than treatment, relative to the baseline's",
    value: forAll(1),
    unit: 'ratio of hazards',
    range: [0, 10],
    source: ASSUMED,
    confidence: 'A',
    note: '1 leaves what the baseline derives or says.',
    timeVarying: true,
    inlineValue: 1,
  },
  withdrewFactor: {
    label: "Withdrawal by the patient, relative to the baseline's",
    value: forAll(1),
    unit: 'ratio of hazards',
    range: [0, 10],
    source: ASSUMED,
    confidence: 'A',
    note: '1 leaves what the baseline derives or says.',
    timeVarying: true,
    inlineValue: 1,
  },
  privatePerWeek: {
    label: 'Leaving the list for private care',
    value: fittedFor('privatePerWeek', PUBLISHED.privatePerWeek),
    unit: 'hazard per week waited',
    range: UNIT_RANGE,
    source: 'assumption, of the size of: Health Foundation, private share of elective inpatients 8.3% (2022/23)',
    confidence: 'A',
    note: '8.3% private beside about 0.8% of a list admitted a week would be 0.0007 a week if all of it came off '
      + 'NHS lists; about a quarter is assumed to. The gradient is an assumption too.',
    timeVarying: true,
    inlineValue: 0,
  },
  emergencyPerWeek: {
    label: 'Emergency admission that ends the pathway',
    value: [0.0002, 0.0002, 0.0002, 0.0002, 0.0002],
    unit: 'hazard per week waited',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'About 1% of people in a year of waiting. No source by deprivation was found, so no gradient is assumed.',
    timeVarying: true,
    inlineValue: 0,
  },
  deathPerWeek: {
    label: 'Death while waiting',
    value: PUBLISHED.deathPerWeek,
    unit: 'hazard per week waited',
    range: UNIT_RANGE,
    source: 'Mortality by IMD decile, sex and single year of age, England 2014–16 (CC BY 4.0)',
    confidence: 'D',
    note: 'Yearly death rates by sex at ages 0–18, 19–64 and 65–74, weighted by the list (10.8%, 56.1%, 33.1%; 57% '
      + 'women; NHS England, June 2025), ÷ 52.18. The file ends at 74, so those of 65+ carry the rate of 65–74: too '
      + 'low for older people. People who wait are taken to die as residents do.',
    timeVarying: true,
    inlineValue: 0,
  },
  frailtyVariance: {
    label: 'Variance of individual frailty',
    value: 0,
    unit: 'variance of a factor of mean 1',
    range: [0, 10],
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found. Frailty multiplies emergencies, deaths and deterioration.',
    timeVarying: false,
    inlineValue: 0,
  },
  deteriorationPerWeekFirst: {
    label: 'Becoming one priority level more urgent while waiting for a first appointment',
    value: forAll(0),
    unit: 'hazard per week waited',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found. Without levels of priority it does nothing.',
    timeVarying: true,
    inlineValue: 0,
  },
  deteriorationPerWeekAdmission: {
    label: 'Becoming one priority level more urgent while waiting for admission',
    value: forAll(0),
    unit: 'hazard per week waited',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no figure was found. Without levels of priority it does nothing.',
    timeVarying: true,
    inlineValue: 0,
  },
}
