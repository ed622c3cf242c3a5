/**
 * The registry of default assumptions: each with value, unit, range, source and how sure we are. A study file
 * changes them in its `assumptions` block, and lever parameters in a programme's `parameters`.
 */
import { LEVER_ENTRIES } from './lever-parameters.ts'
import type { Assumptions } from './study.ts'

/** H read in a published source, M partial or indirect, D derived from H figures as stated, A assumption. */
export type Confidence = 'H' | 'M' | 'D' | 'A'

/** A key of the `assumptions` block. */
export type AssumptionKey = keyof Assumptions

/** One assumption. */
export interface AssumptionEntry {
  /** Key of the `assumptions` block, or `lever.<lever>.<parameter>`. */
  readonly id: string
  readonly label: string
  /** Default with a baseline pack; by deprivation quintile where it is a list (index 0 = most deprived). */
  readonly value: number | readonly number[]
  readonly unit: string
  /** Lowest and highest value allowed. */
  readonly range: readonly [number, number]
  readonly source: string
  readonly confidence: Confidence
  readonly note: string
  /** Whether a formula may change it from week to week; otherwise it is read once, at the start. */
  readonly timeVarying: boolean
  /** Value with an inline baseline, which leaves the mechanism off; null where an inline baseline has no use for it. */
  readonly inlineValue: number | null
}

const HAZARD_RANGE = [0, 1] as const

const STUDY_ENTRIES: readonly (AssumptionEntry & { readonly id: AssumptionKey })[] = [
  {
    id: 'dnaRate',
    label: 'First appointments not attended (DNA)',
    value: [0.076, 0.07, 0.064, 0.058, 0.052],
    unit: 'probability per appointment',
    range: [0, 0.95],
    source: 'NHS England: 6.4% of 124.5 million appointments (about 2023/24); "48% higher in most deprived"',
    confidence: 'D',
    note: 'A straight line over quintiles with that mean and a ratio of 1.48, whose comparator is not stated.',
    timeVarying: true,
    inlineValue: 0,
  },
  {
    id: 'dischargeAfterDna',
    label: 'Discharged after a DNA instead of rebooked',
    value: [0.3, 0.3, 0.3, 0.3, 0.3],
    unit: 'probability per DNA',
    range: [0, 1],
    source: 'assumption',
    confidence: 'A',
    note: 'Local access policies differ; no national figure was found.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'backfillShare',
    label: "DNAs' slots filled at once by somebody else",
    value: 0.1,
    unit: 'share',
    range: [0, 1],
    source: 'assumption',
    confidence: 'A',
    note: 'Most DNAs are known only when the slot has passed.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'unreportedRemovalShare',
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
  {
    id: 'withdrawalShareOfRemovals',
    label: "Unreported removals that are the patient's own withdrawal",
    value: 0.3,
    unit: 'share',
    range: [0, 1],
    source: 'assumption',
    confidence: 'A',
    note: 'Of those left after DNA discharges, deaths, private care and emergencies. Splits the count only.',
    timeVarying: false,
    inlineValue: null,
  },
  {
    id: 'privatePerWeek',
    label: 'Leaving the list for private care',
    value: [0.0001, 0.00015, 0.0002, 0.00025, 0.0003],
    unit: 'hazard per week waited',
    range: HAZARD_RANGE,
    source: 'assumption, of the size of: Health Foundation, private share of elective inpatients 8.3% (2022/23)',
    confidence: 'A',
    note: '8.3% private beside about 0.8% of a list admitted a week would be 0.0007 a week if all of it came off '
      + 'NHS lists; about a quarter is assumed to. The gradient is an assumption too.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'emergencyPerWeek',
    label: 'Emergency admission that ends the pathway',
    value: [0.0002, 0.0002, 0.0002, 0.0002, 0.0002],
    unit: 'hazard per week waited',
    range: HAZARD_RANGE,
    source: 'assumption',
    confidence: 'A',
    note: 'About 1% of people in a year of waiting. No source by deprivation was found, so no gradient is assumed.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'deathPerWeek',
    label: 'Death while waiting',
    value: [0.000182, 0.000135, 0.00011, 0.0000956, 0.0000817],
    unit: 'hazard per week waited',
    range: HAZARD_RANGE,
    source: 'Mortality by IMD decile, sex and single year of age, England 2014–16 (CC BY 4.0)',
    confidence: 'D',
    note: 'Yearly death rates by sex at ages 0–18, 19–64 and 65–74, weighted by the list (10.8%, 56.1%, 33.1%; 57% '
      + 'women; NHS England, June 2025), ÷ 52.18. The file ends at 74, so those of 65+ carry the rate of 65–74: too '
      + 'low for older people. People who wait are taken to die as residents do.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'admissionOdds',
    label: 'Odds of a decision to admit after a first appointment, against the mean',
    value: [0.993, 0.994, 0.997, 1.009, 1.007],
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
  {
    id: 'referralPropensity',
    label: 'Need that is referred when it arises',
    value: [0.536, 0.602, 0.668, 0.734, 0.8],
    unit: 'probability',
    range: [0.01, 1],
    source: 'ratio: hip provision relative to need, most against least deprived, 0.59 (0.58–0.61), Lenguerrand 2023',
    confidence: 'A',
    note: 'The level (0.80 in quintile 5) is an assumption. Quintile 1 has two thirds of it, milder than the hip '
      + 'ratio because not all care is as unequal; a straight line between.',
    timeVarying: true,
    inlineValue: 1,
  },
  {
    id: 'unmetNeedResolutionPerWeek',
    label: 'Unmet need that resolves or is lost',
    value: 0.02,
    unit: 'hazard per week',
    range: HAZARD_RANGE,
    source: 'assumption',
    confidence: 'A',
    note: 'A mean of 50 weeks.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'unmetNeedInitialWeeks',
    label: 'Unmet need at the start, in weeks of its own inflow',
    value: 50,
    unit: 'weeks',
    range: [0, 520],
    source: 'assumption',
    confidence: 'A',
    note: 'One over the hazard above, so that unmet need is level while nothing changes.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'inTurnShareFirst',
    label: 'First appointments given strictly in turn',
    value: 0,
    unit: 'share of slots',
    range: [0, 1],
    source: 'derived: the chance of being next by weeks waited comes from the published stops and list',
    confidence: 'D',
    note: 'The weights already hold the order in which the list was served; a share in turn would count it twice. '
      + 'With an inline baseline it is 1: first come, first served.',
    timeVarying: true,
    inlineValue: 1,
  },
  {
    id: 'inTurnShareAdmission',
    label: 'Admissions given strictly in turn',
    value: 0,
    unit: 'share of slots',
    range: [0, 1],
    source: 'derived: the chance of being next by weeks waited comes from the published stops and list',
    confidence: 'D',
    note: 'As for first appointments.',
    timeVarying: true,
    inlineValue: 1,
  },
  {
    id: 'independentSectorShareFirst',
    label: 'First appointments that the independent sector holds',
    value: 0.1,
    unit: 'share of slots',
    range: [0, 1],
    source: 'assumption',
    confidence: 'A',
    note: 'No share by stage was found. These slots are given by the access below, and strikes do not close them.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'independentSectorShareAdmission',
    label: 'Admissions that the independent sector holds',
    value: 0.2,
    unit: 'share of slots',
    range: [0, 1],
    source: 'assumption, below orthopaedics (31% in 2022, same file) because it leads',
    confidence: 'A',
    note: 'One value for all specialties. With the share of first appointments it is the main reason in the model '
      + 'why the most deprived wait longer.',
    timeVarying: false,
    inlineValue: 0,
  },
  {
    id: 'independentSectorAccess',
    label: 'Relative access to independent-sector slots',
    value: [0.713, 0.886, 0.975, 1.16, 1.266],
    unit: 'relative chance',
    range: [0, 100],
    source: 'Orthopaedic and ophthalmic admissions by IMD quintile, England: independent-sector share of '
      + 'NHS-funded orthopaedics 2022, 24.3/28.5/30.5/34.3/36.3%',
    confidence: 'D',
    note: 'The odds of those shares over their mean (0.450): orthopaedics stands for every specialty.',
    timeVarying: false,
    inlineValue: 1,
  },
]

/** Every assumption, those of the `assumptions` block first, then the levers' parameters. */
export const ASSUMPTIONS: readonly AssumptionEntry[] = [
  ...STUDY_ENTRIES,
  ...LEVER_ENTRIES.map((entry) => ({ ...entry, timeVarying: true, inlineValue: null })),
]

/** Keys of the `assumptions` block in their fixed order. */
export const ASSUMPTION_KEYS: readonly AssumptionKey[] = STUDY_ENTRIES.map((entry) => entry.id)

const BY_ID = new Map(ASSUMPTIONS.map((entry) => [entry.id, entry]))

/**
 * An entry of the registry.
 *
 * @throws Error where there is none, which is a defect of the caller
 */
export function assumptionEntry(id: string): AssumptionEntry {
  const entry = BY_ID.get(id)
  if (entry === undefined) throw new Error(`no assumption is called ${id}`)
  return entry
}
