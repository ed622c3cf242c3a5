/**
 * What a week of waiting costs in health by default: every number that the health measures rest on, with unit, source
 * and how sure we are. A study's `health` block puts its own in place of them.
 *
 * A weight is what a person forgoes a week by not having been treated yet: the gain in utility that treatment brings
 * ÷ 52, times the chance of being treated at all.
 *
 *     waiting for admission:            mean gain of the specialty's admissions ÷ 52
 *     waiting for a first appointment:  share admitted × that + the rest × gain of outpatient care ÷ 52
 *
 * The share admitted is that of England's clock stops (a fifth; a third in surgery, less than a tenth in medicine).
 * Most first appointments end in advice, so that outpatient care is taken to bring 0.01, or nothing that EQ-5D can see.
 */

/** H read in a published source, M partial or indirect, D derived from H figures as stated, A assumption. */
export type HealthConfidence = 'H' | 'M' | 'D' | 'A'

/** QALYs that a person loses in a week of waiting. */
export interface HealthWeight {
  readonly id: string
  /** Treatment function codes; empty for the weight of every specialty that no other names. */
  readonly specialties: readonly string[]
  /** QALYs per person and week while waiting for a first appointment, and in need off the list; 0.0192 is full health. */
  readonly firstAppointment: number
  /** QALYs per person and week from the decision to admit on. */
  readonly admission: number
  /** How unsure we are of both together: standard deviation ÷ mean of a lognormal factor. */
  readonly relativeSd: number
}

/** A weight, and what it rests on. */
export interface SourcedHealthWeight extends HealthWeight {
  readonly label: string
  readonly source: string
  readonly confidence: HealthConfidence
  readonly note: string
}

const SHARE_ADMITTED = 'clock stops of January 2026'
const WAITING_COSTS_THE_GAIN = 'A week of waiting costs the gain of treatment ÷ 52.'

/** The weights by default, the one for all other specialties first. */
export const HEALTH_WEIGHTS: readonly [SourcedHealthWeight, ...SourcedHealthWeight[]] = [
  {
    id: 'other',
    label: 'Every other specialty',
    specialties: [],
    firstAppointment: 0.0005,
    admission: 0.0015,
    relativeSd: 0.8,
    source: `EQ-5D gain 0.085 of hernia and 0.094 of varicose vein operations (PROMs 2009–10); ${SHARE_ADMITTED}`,
    confidence: 'A',
    note: `A gain of 0.08 for a mixed list of day cases. ${WAITING_COSTS_THE_GAIN} A fifth of pathways end in admission; to the rest 0.01 is ascribed.`,
  },
  {
    id: 'orthopaedics',
    label: 'Trauma and orthopaedics',
    specialties: ['C_110'],
    firstAppointment: 0.0012,
    admission: 0.0035,
    relativeSd: 0.6,
    source: `EQ-5D gain 0.454 of hip (PROMs 2018–19) and about 0.34 of knee replacement; ${SHARE_ADMITTED}`,
    confidence: 'D',
    note: 'A quarter of admissions taken as joints at 0.40, the rest at 0.10; three in ten pathways are admitted, to the rest 0.015. Hip alone would be 0.0087; Gibbs 2024: 0.0107–0.0162, what never heals included.',
  },
  {
    id: 'eyes',
    label: 'Ophthalmology',
    specialties: ['C_130'],
    firstAppointment: 0.0004,
    admission: 0.0007,
    relativeSd: 0.8,
    source: `utility gain of cataract surgery 0.01 (Räsänen 2006) to about 0.06; ${SHARE_ADMITTED}`,
    confidence: 'D',
    note: 'Middle of the two. A third of pathways are admitted; to the rest 0.01.',
  },
  {
    id: 'heart',
    label: 'Cardiology and cardiothoracic surgery',
    specialties: ['C_170', 'C_320'],
    firstAppointment: 0.0005,
    admission: 0.0021,
    relativeSd: 0.8,
    source: `Gibbs 2024: coronary bypass, 0.034–0.043 in 18 weeks; ${SHARE_ADMITTED}`,
    confidence: 'D',
    note: 'Bypass stands for all admissions. A seventh of pathways are admitted; to the rest 0.01.',
  },
]

/** Everything that a study can set of its health measures. Plain JSON. */
export interface HealthSetting {
  /** The weight of all other specialties first; each specialty in at most one. */
  readonly weights: readonly [HealthWeight, ...HealthWeight[]]
  /** Relative loss by deprivation group, most deprived first; empty where all lose alike. */
  readonly deprivationGradient: readonly number[]
  /** Mean weeks for which somebody who left the list untreated goes on losing health. */
  readonly weeksInNeedAfterLeaving: number
  /** QALYs lost with a death, and with an emergency admission, while waiting. */
  readonly qalysPerDeath: number
  readonly qalysPerEmergency: number
  /** Pounds of NHS spending that produce one QALY elsewhere, taken as evenly likely between the two. */
  readonly poundsPerQaly: { readonly low: number; readonly high: number }
  /** A year: of health, and of spend, which stands for the health that it would have bought. */
  readonly discountRates: { readonly health: number; readonly money: number }
  /** Names of what the study file sets itself, as in `HEALTH_ASSUMPTIONS`. */
  readonly set: readonly string[]
}

/** What a study without a `health` block rests on. */
export const STANDARD_HEALTH: HealthSetting = {
  weights: HEALTH_WEIGHTS,
  deprivationGradient: [],
  // As long as unmet need lasts by default (`unmetNeedResolutionPerWeek`, 0.02).
  weeksInNeedAfterLeaving: 50,
  qalysPerDeath: 0,
  qalysPerEmergency: 0,
  // Martin, Claxton, Lomas and Longo 2023.
  poundsPerQaly: { low: 7000, high: 10_000 },
  // HM Treasury's Green Book.
  discountRates: { health: 0.015, money: 0.015 },
  set: [],
}

/** The weight that holds for a specialty. */
export function weightOf({ weights }: Pick<HealthSetting, 'weights'>, specialty: string): HealthWeight {
  return weights.find(({ specialties }) => specialties.includes(specialty)) ?? weights[0]
}
