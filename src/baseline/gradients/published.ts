/** Gradients by deprivation before they are fitted, quintile 1 to 5, as published, derived or assumed. Pure. */
export const PUBLISHED = {
  /** Relative chance: odds of the independent sector's share of NHS-funded orthopaedics 2022, 24.3/28.5/30.5/34.3/36.3%, over their mean. */
  independentSectorAccess: [0.713, 0.886, 0.975, 1.16, 1.266],
  /** Probability: mean 6.4%, ratio 1.48, a straight line. */
  dnaRate: [0.076, 0.07, 0.064, 0.058, 0.052],
  /** Odds ratio: Asaria 2017, elective over outpatient use, age-sex standardised, against the mean. */
  admissionOdds: [0.993, 0.994, 0.997, 1.009, 1.007],
  /** Hazard per week: an assumption. */
  privatePerWeek: [0.0001, 0.00015, 0.0002, 0.00025, 0.0003],
  /** Hazard per week: mortality by IMD decile, sex and age, weighted by the list. */
  deathPerWeek: [0.000182, 0.000135, 0.00011, 0.0000956, 0.0000817],
} as const

/** Slots that the independent sector holds, before the fit: assumptions. */
export const ASSUMED_SHARES = { independentSectorShareFirst: 0.1, independentSectorShareAdmission: 0.2 } as const
