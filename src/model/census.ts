/**
 * What the kernel counts. One {@link ServiceCensus} holds one specialty of one run; the measure phase reads it
 * before the next specialty overwrites it, so its memory is reused.
 *
 * Row 0 of every array is the list as it stood at the start (no flows). Row t, 1 ≤ t ≤ steps, is step t: its
 * flows, and the list at its end. A pathway on the list has waited `band` whole weeks; the last band is open.
 */
import { BANDS } from '../baseline/types.ts'

/** Flows counted per step and stratum, in array order. Each is a whole number of pathways or events. */
export const FLOWS = [
  'clockStarts',
  'additionalStarts',
  'admitted',
  'nonAdmitted',
  'removed',
  'withdrew',
  'private',
  'emergency',
  'died',
  'dischargedAfterDna',
  'dna',
  'decisionsToAdmit',
  'needArising',
  'unmetResolved',
  'lateStarts',
  'unmetEmergency',
  'diverted',
  'cancelledByPatient',
  'cancelledByHospital',
  'slotsLost',
  'furtherAppointments',
  'deteriorated',
  'independentSlots',
  'hubSlots',
  'aidSlots',
] as const
export type Flow = (typeof FLOWS)[number]

/**
 * Flows that take a pathway off the list. `additionalStarts` and `lateStarts` are part of `clockStarts`; DNAs that are
 * rebooked and decisions to admit stay on it. `deteriorated` counts people in the stratum that they leave: lists of
 * single priority levels balance with it, lists of groups without. `slotsLost` are slots given, not attended and not
 * filled again, at both stages; `independentSlots`, `hubSlots` and `aidSlots` are slots given by those sources.
 */
export const EXIT_FLOWS = [
  'admitted',
  'nonAdmitted',
  'removed',
  'withdrew',
  'private',
  'emergency',
  'died',
  'dischargedAfterDna',
] as const satisfies readonly Flow[]

/** Stages of a pathway, in order. */
export const STAGES = ['first-appointment', 'admission'] as const

/** Counts of one specialty in one run. */
export interface ServiceCensus {
  readonly steps: number
  readonly strata: number
  readonly bands: number
  /** Waiting at the end of the step: index ((t × 2 + stage) × strata + stratum) × bands + band. */
  readonly waiting: Int32Array
  /** Flows in the step: index (t × strata + stratum) × FLOWS.length + flow. */
  readonly flows: Int32Array
  /** Clock stops with admission by weeks waited when stopped: index (t × strata + stratum) × bands + band. */
  readonly admittedByBand: Int32Array
  /** Clock stops without admission by weeks waited when stopped, same index. */
  readonly nonAdmittedByBand: Int32Array
  /** Need not referred, at the end of the step: index t × strata + stratum. */
  readonly unmetNeed: Int32Array
  /** Slots offered and not used because nobody who may use them was waiting: index t × 2 + stage. */
  readonly unusedSlots: Int32Array
  /** First appointments attended in the step: index t. */
  readonly attended: Int32Array
}

/** Allocates a census for `steps` steps and `strata` strata, zeroed. */
export function createCensus(steps: number, strata: number, bands: number = BANDS): ServiceCensus {
  const rows = steps + 1
  return {
    steps,
    strata,
    bands,
    waiting: new Int32Array(rows * 2 * strata * bands),
    flows: new Int32Array(rows * strata * FLOWS.length),
    admittedByBand: new Int32Array(rows * strata * bands),
    nonAdmittedByBand: new Int32Array(rows * strata * bands),
    unmetNeed: new Int32Array(rows * strata),
    unusedSlots: new Int32Array(rows * 2),
    attended: new Int32Array(rows),
  }
}

/** Zeroes a census for the next specialty or run. */
export function clearCensus(census: ServiceCensus): void {
  census.waiting.fill(0)
  census.flows.fill(0)
  census.admittedByBand.fill(0)
  census.nonAdmittedByBand.fill(0)
  census.unmetNeed.fill(0)
  census.unusedSlots.fill(0)
  census.attended.fill(0)
}

/** Copies the first `rows` rows of a census into another of the same shape. */
export function copyRows(from: ServiceCensus, into: ServiceCensus, rows: number): void {
  const all = from.steps + 1
  for (const counts of ['waiting', 'flows', 'admittedByBand', 'nonAdmittedByBand', 'unmetNeed', 'unusedSlots', 'attended'] as const) {
    into[counts].set(from[counts].subarray(0, (from[counts].length / all) * rows))
  }
}
