/**
 * What is fitted: a few numbers that mean something, each with what was known of it before, and the assumptions that a
 * value of it makes. Pure.
 */
import type { Assumptions } from '../../scenario/study-assumptions.ts'
import { sharesWithOdds } from '../derive.ts'
import { ASSUMED_SHARES, PUBLISHED } from './published.ts'

/** Why groups wait differently. */
export const MECHANISMS = ['independent-sector', 'attendance', 'private', 'conversion', 'need', 'deaths', 'cancellation'] as const
export type Mechanism = (typeof MECHANISMS)[number]

/** What a gradient makes of a study: assumptions, and how steep use of hospitals is. */
export interface Gradients {
  readonly assumptions: Partial<Assumptions<number>>
  /** Exponent on each group's use per resident relative to the mean; 1 is the pack's, 0 the same use for everybody. */
  readonly useExponent: number
}

/** How an unknown's spread is meant: on the number itself, its logarithm or its log odds. */
export type Scale = 'linear' | 'log' | 'logit'

/** One unknown of the fit. */
export interface Unknown {
  readonly id: string
  readonly mechanism: Mechanism
  readonly label: string
  readonly unit: string
  readonly scale: Scale
  /** Before the fit: the middle in the unknown's own unit, and the standard deviation on its scale. */
  readonly prior: { readonly middle: number; readonly sd: number }
  /** Where both come from. */
  readonly source: string
  /** What a value makes. */
  readonly gradients: (value: number) => Partial<Gradients>
}

const DNA_MEAN = 0.064
const FIFTHS = [0.2, 0.2, 0.2, 0.2, 0.2] as const
const RANKS = [0.1, 0.3, 0.5, 0.7, 0.9] as const

/** What is unknown by default. */
export const UNKNOWNS: readonly Unknown[] = [
  {
    id: 'sector-first',
    mechanism: 'independent-sector',
    label: 'First appointments that the independent sector holds',
    unit: 'share of slots',
    scale: 'logit',
    prior: { middle: ASSUMED_SHARES.independentSectorShareFirst, sd: 0.5 },
    source: 'assumption: 10%, 4 to 23%',
    gradients: (value) => ({ assumptions: { independentSectorShareFirst: value } }),
  },
  {
    id: 'sector-admission',
    mechanism: 'independent-sector',
    label: 'Admissions that the independent sector holds',
    unit: 'share of slots',
    scale: 'logit',
    prior: { middle: ASSUMED_SHARES.independentSectorShareAdmission, sd: 0.4 },
    source: 'assumption: 20%, 10 to 35%; orthopaedics, which leads, 31% in 2022',
    gradients: (value) => ({ assumptions: { independentSectorShareAdmission: value } }),
  },
  {
    id: 'sector-access',
    mechanism: 'independent-sector',
    label: 'Gradient of access to the independent sector, all specialties',
    unit: "times that of orthopaedics' log odds",
    scale: 'linear',
    prior: { middle: 0.67, sd: 0.33 },
    source: 'admissions by quintile and sector, 2022: log odds of quintile 5 against 1 are 0.58 in orthopaedics and 0.19 in ophthalmology; their mean, and its standard error of two specialties',
    gradients: (value) => ({ assumptions: { independentSectorAccess: accessAt(value) } }),
  },
  {
    id: 'dna',
    mechanism: 'attendance',
    label: 'Gradient of missed first appointments',
    unit: 'times the published log odds',
    scale: 'linear',
    prior: { middle: 1, sd: 0.3 },
    source: '"48% higher in most deprived" (NHS England), comparator not stated; spread an assumption',
    gradients: (value) => ({ assumptions: { dnaRate: dnaRatesAt(value) } }),
  },
  {
    id: 'private',
    mechanism: 'private',
    label: 'Leaving the list for private care, its gradient with it',
    unit: 'times the assumed hazard',
    scale: 'log',
    prior: { middle: 1, sd: 0.7 },
    source: 'assumption: a quarter of private care comes off NHS lists, a sixteenth to all of it',
    gradients: (value) => ({ assumptions: { privatePerWeek: PUBLISHED.privatePerWeek.map((hazard) => hazard * value) } }),
  },
  {
    id: 'conversion',
    mechanism: 'conversion',
    label: 'Log odds of a decision to admit beyond the published, most against least deprived',
    unit: 'per unit of rank',
    scale: 'linear',
    prior: { middle: 0, sd: 0.1 },
    source: 'all care together shows next to none (Asaria 2017); spread an assumption, as single procedures do show one',
    gradients: (value) => ({ assumptions: { admissionOdds: PUBLISHED.admissionOdds.map((odds, group) => odds * Math.exp(value * (0.5 - RANKS[group]))) } }),
  },
  {
    id: 'need',
    mechanism: 'need',
    label: 'Gradient of clock starts per resident',
    unit: "times the pack's log ratio",
    scale: 'linear',
    prior: { middle: 1, sd: 0.3 },
    source: 'use of hospitals by quintile and age, 2011/12; spread an assumption, as it is old',
    gradients: (value) => ({ useExponent: value }),
  },
]

/** Appointments and admissions cancelled by the hospital where cancellation is looked at; no rate was found (assumption). */
const CANCELLED = 0.02

/**
 * Cancellation, which is off by default since no rate was found: what it would explain if 2% were cancelled at each stage.
 * 49% of people on lower incomes whose care was cancelled had it cancelled at least twice, of all 39% (Healthwatch 2023,
 * n = 1,084): odds of 1.50, read as those of quintile 1 against 5.
 */
export const CANCELLATION: Unknown = {
  id: 'cancellation',
  mechanism: 'cancellation',
  label: 'Log odds of being cancelled by the hospital, quintile 1 against 5',
  unit: 'log odds',
  scale: 'linear',
  prior: { middle: 0.41, sd: 0.25 },
  source: 'cancelled at least twice, of those cancelled: 49% on lower incomes, 39% of all (Healthwatch 2023); that 2% are cancelled is an assumption',
  gradients: (value) => {
    const rates = sharesWithOdds(CANCELLED, RANKS.map((rank) => Math.exp((value * (0.5 - rank)) / (RANKS[4] - RANKS[0]))), FIFTHS)
    return { assumptions: { hospitalCancellation: rates, admissionHospitalCancellation: rates } }
  },
}

/** Gradients before any fit; cancellation is off. */
export const AS_PUBLISHED: Gradients = { assumptions: PUBLISHED, useExponent: 1 }

/** Assumptions by group of each mechanism. */
const BY_GROUP = {
  'independent-sector': ['independentSectorAccess'],
  attendance: ['dnaRate'],
  private: ['privatePerWeek'],
  conversion: ['admissionOdds'],
  deaths: ['deathPerWeek'],
  cancellation: ['hospitalCancellation', 'admissionHospitalCancellation'],
} as const

/** The same for everybody in place of a mechanism's gradient: the mean. */
function withoutGradient(mechanism: Mechanism, { assumptions }: Gradients): Partial<Gradients> {
  if (mechanism === 'need') return { useExponent: 0 }
  return { assumptions: Object.fromEntries(BY_GROUP[mechanism].flatMap((key) => (assumptions[key] === undefined ? [] : [[key, levelled(assumptions[key])]]))) }
}

/**
 * Gradients of values of the unknowns.
 *
 * @param values in each unknown's own unit
 * @param base gradients that are not unknown
 * @param without mechanisms whose gradient is taken out
 */
export function gradientsOf(unknowns: readonly Unknown[], values: readonly number[], base: Gradients = AS_PUBLISHED, without: readonly Mechanism[] = []): Gradients {
  const fitted = unknowns.map(({ gradients }, index) => gradients(values[index])).reduce<Gradients>(merged, base)
  return without.map((mechanism) => withoutGradient(mechanism, fitted)).reduce<Gradients>(merged, fitted)
}

function merged(all: Gradients, part: Partial<Gradients>): Gradients {
  return { assumptions: { ...all.assumptions, ...part.assumptions }, useExponent: part.useExponent ?? all.useExponent }
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}

const levelled = (values: readonly number[]): number[] => values.map(() => mean(values))

function accessAt(strength: number): number[] {
  return PUBLISHED.independentSectorAccess.map((access) => access ** strength)
}

function dnaRatesAt(strength: number): number[] {
  const odds = PUBLISHED.dnaRate.map((share) => ((share / (1 - share)) / (DNA_MEAN / (1 - DNA_MEAN))) ** strength)
  return sharesWithOdds(DNA_MEAN, odds, FIFTHS)
}

/** From an unknown's own unit to the scale of its spread, and back. */
export function toScale(scale: Scale, value: number): number {
  return scale === 'linear' ? value : scale === 'log' ? Math.log(value) : Math.log(value / (1 - value))
}

export function fromScale(scale: Scale, value: number): number {
  return scale === 'linear' ? value : scale === 'log' ? Math.exp(value) : 1 / (1 + Math.exp(-value))
}
