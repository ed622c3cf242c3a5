/**
 * The mechanisms that can make a gap: named sets of what differs by deprivation group. Every assumption belongs to
 * one of them, so that no gradient can hide from a decomposition; the compiler asks for a new assumption's place.
 */
import type { Assumptions } from '../../scenario/study.ts'

/** Mechanisms in their fixed order, which decides nothing but how tables are listed. */
export const MECHANISMS = [
  'need',
  'referral',
  'attendance',
  'cancellation',
  'conversion',
  'private',
  'independent-sector',
  'exits',
  'priority',
  'order-policy',
  'starting-list',
] as const
export type MechanismId = (typeof MECHANISMS)[number]

/** Names for tables and charts, at most 33 characters. */
export const MECHANISM_TITLES: Readonly<Record<MechanismId, string>> = {
  need: 'Need per head',
  referral: 'Referral',
  attendance: 'Missed appointments',
  cancellation: 'Cancellation',
  conversion: 'Conversion to admission',
  private: 'Going private',
  'independent-sector': 'Access to other providers',
  exits: 'Emergencies, deaths and removals',
  priority: 'Priority while waiting',
  'order-policy': 'Who money and policy put first',
  'starting-list': 'The list at the start',
}

/**
 * What a mean over groups is weighted by, so that it keeps the total of what the assumption acts on: clock starts,
 * need (clock starts ÷ the share referred), unmet need (need that is not referred), or people waiting at the start.
 */
export type WeightKind = 'clock-starts' | 'need' | 'unmet-need' | 'waiting'

/** Where an assumption belongs, and what its mean over groups is weighted by. */
export interface AssumptionPlace {
  readonly mechanism: MechanismId
  readonly weight: WeightKind
}

const place = (mechanism: MechanismId, weight: WeightKind = 'clock-starts'): AssumptionPlace => ({ mechanism, weight })

/** The mechanism of each assumption; those with one number for all groups differ by group through adjustments only. */
export const ASSUMPTION_PLACES: Readonly<Record<keyof Assumptions, AssumptionPlace>> = {
  needFactor: place('need'),
  clockStartsSpread: place('need'),
  unmetNeedResolutionPerWeek: place('need', 'unmet-need'),
  unmetNeedInitialWeeks: place('need', 'unmet-need'),
  referralPropensity: place('referral', 'need'),
  diversionShare: place('referral'),
  diversionReturnShare: place('referral'),
  diversionReturnWeeks: place('referral'),
  latePresentationPerWeek: place('referral', 'unmet-need'),
  latePresentationLevel: place('priority', 'unmet-need'),
  unmetNeedEmergencyPerWeek: place('exits', 'unmet-need'),
  dnaRate: place('attendance'),
  remoteShare: place('attendance'),
  remoteDnaRatio: place('attendance'),
  admissionDnaRate: place('attendance'),
  dischargeAfterDna: place('attendance'),
  dischargeFromMiss: place('attendance'),
  dischargeAtMiss: place('attendance'),
  backfillShare: place('attendance'),
  rebookWeeks: place('attendance'),
  patientCancellation: place('cancellation'),
  hospitalCancellation: place('cancellation'),
  admissionPatientCancellation: place('cancellation'),
  admissionHospitalCancellation: place('cancellation'),
  backfillAfterCancellation: place('cancellation'),
  admissionOdds: place('conversion'),
  furtherAppointmentShare: place('conversion'),
  furtherAppointmentWeeks: place('conversion'),
  testShare: place('conversion'),
  testWeeks: place('conversion'),
  minimumPathwayWeeks: place('conversion'),
  followUpsPerAppointment: place('conversion'),
  followUpWeeks: place('conversion'),
  unreportedRemovalShare: place('exits', 'waiting'),
  withdrawalShareOfRemovals: place('exits', 'waiting'),
  fittedDrift: place('exits', 'waiting'),
  fittedChanceEarly: place('exits', 'waiting'),
  fittedChanceLong: place('exits', 'waiting'),
  fittedRemovals: place('exits', 'waiting'),
  fittedAdmittedShare: place('conversion'),
  fittedClockStarts: place('need'),
  removedFactor: place('exits', 'waiting'),
  withdrewFactor: place('exits', 'waiting'),
  privatePerWeek: place('private', 'waiting'),
  emergencyPerWeek: place('exits', 'waiting'),
  deathPerWeek: place('exits', 'waiting'),
  frailtyVariance: place('exits', 'waiting'),
  deteriorationPerWeekFirst: place('priority', 'waiting'),
  deteriorationPerWeekAdmission: place('priority', 'waiting'),
  capacityFactor: place('order-policy'),
  inTurnShareFirst: place('order-policy'),
  inTurnShareAdmission: place('order-policy'),
  independentSectorShareFirst: place('independent-sector'),
  independentSectorShareAdmission: place('independent-sector'),
  independentSectorAccess: place('independent-sector'),
  independentSectorSuitable: place('independent-sector'),
  hubShareAdmission: place('independent-sector'),
  hubAccess: place('independent-sector'),
  hubSuitable: place('independent-sector'),
}
