/**
 * What a week of waiting costs in health, whom money taken from elsewhere would have helped, and where health
 * stands before: every number that the health measures rest on, with unit, source and how sure we are.
 */

/** H read in a published source, M partial or indirect, D derived from H figures as stated, A assumption. */
export type HealthConfidence = 'H' | 'M' | 'D' | 'A'

/** QALYs that a person loses in a week of waiting; one number that may stand for several specialties. */
export interface QalyWeight {
  readonly id: string
  readonly label: string
  /** Treatment function codes; empty for the weight of every specialty that no other names. */
  readonly specialties: readonly string[]
  /** QALYs per person and week; a hundredth is about half of full health, for as long as the wait lasts. */
  readonly mean: number
  /** How unsure we are of `mean`, as a standard deviation of a lognormal distribution. */
  readonly sd: number
  readonly source: string
  readonly confidence: HealthConfidence
  readonly note: string
}

const GIBBS = 'Gibbs 2024'

/** The weights, the one for all other specialties first. The same for every deprivation group. */
export const QALY_WEIGHTS: readonly QalyWeight[] = [
  {
    id: 'other',
    label: 'Every other specialty',
    specialties: [],
    mean: 0.003,
    sd: 0.002,
    source: 'assumption',
    confidence: 'A',
    note: 'Between hernia and varicose veins, where no loss was seen, and hip replacement. A seventh of full health.',
  },
  {
    id: 'orthopaedics',
    label: 'Trauma and orthopaedics',
    specialties: ['C_110'],
    mean: 0.0076,
    sd: 0.003,
    source: `PROMs study: £153 a week for hip, £149 for knee; ${GIBBS}: 0.0107–0.0162 a week for hip`,
    confidence: 'D',
    note: '£151 at £20,000 a QALY. Most people on this list await something milder than a hip, so the lower figure is used.',
  },
  {
    id: 'heart',
    label: 'Cardiology and cardiothoracic surgery',
    specialties: ['C_170', 'C_320'],
    mean: 0.0021,
    sd: 0.001,
    source: `${GIBBS}: coronary bypass, 0.0019–0.0024 a week`,
    confidence: 'D',
    note: 'Bypass stands for all care of the heart, with a wider spread than its own.',
  },
  {
    id: 'general-surgery',
    label: 'General surgery',
    specialties: ['C_100'],
    mean: 0.001,
    sd: 0.001,
    source: 'PROMs study: no loss seen for hernia and varicose veins',
    confidence: 'A',
    note: 'Small rather than nought: other general surgery was not studied.',
  },
]

/** The weight that holds for a specialty. */
export function qalyWeightOf(specialty: string): QalyWeight {
  return QALY_WEIGHTS.find(({ specialties }) => specialties.includes(specialty)) ?? QALY_WEIGHTS[0]
}

/**
 * Mean weeks for which somebody who left the list untreated, by withdrawing or after a missed appointment, goes on
 * losing health. Assumption: as long as unmet need lasts by default (`unmetNeedResolutionPerWeek`, 0.02).
 */
export const WEEKS_IN_NEED_AFTER_LEAVING = 50
