/** What a study assumes, and where an assumption changes. */
import type { NumberSpec } from './study-numbers.ts'

/**
 * Assumptions in force, generic in the kind of number: `NumberSpec` in a Study, `number` when concrete. Lists are by
 * deprivation group. Any of them may differ by specialty, priority, other groups and time through {@link Adjustment}s.
 * "First" is the first-appointment stage.
 */
export interface Assumptions<N = NumberSpec> {
  // Need and how it reaches the list.
  /** Need that arises, relative to the baseline's: growth, or prevention; 1 leaves it. Acts on clock starts and on unreferred need. */
  readonly needFactor: readonly N[]
  /** Spread of weekly clock starts beyond Poisson: coefficient of variation of a factor common to a specialty's groups; 0 for none. */
  readonly clockStartsSpread: N
  /** Probability that a need which arises is referred, by group. */
  readonly referralPropensity: readonly N[]
  /** Share of referrals answered by advice and guidance before the clock starts. */
  readonly diversionShare: readonly N[]
  /** Of those diverted, share who are referred again, `diversionReturnWeeks` later. */
  readonly diversionReturnShare: readonly N[]
  readonly diversionReturnWeeks: N
  /** Hazard at which unmet need resolves or is lost, per week. */
  readonly unmetNeedResolutionPerWeek: N
  /** Hazard at which unmet need presents late and starts a clock, per week, and the priority level (0 = least urgent) it starts with. */
  readonly latePresentationPerWeek: readonly N[]
  readonly latePresentationLevel: N
  /** Hazard at which unmet need ends in an emergency, per week. */
  readonly unmetNeedEmergencyPerWeek: readonly N[]
  /** Unmet need at the start, in weeks of its own inflow. */
  readonly unmetNeedInitialWeeks: N

  // Appointments and admissions: attendance.
  /** Probability that a face-to-face first appointment is not attended. */
  readonly dnaRate: readonly N[]
  /** Share of first appointments held remotely, and their DNA rate relative to face to face. */
  readonly remoteShare: readonly N[]
  readonly remoteDnaRatio: readonly N[]
  /** Probability that an admission is not attended. */
  readonly admissionDnaRate: readonly N[]
  /** Probability that the patient, or the hospital, cancels a first appointment given. */
  readonly patientCancellation: readonly N[]
  readonly hospitalCancellation: readonly N[]
  /** The same for admissions. */
  readonly admissionPatientCancellation: readonly N[]
  readonly admissionHospitalCancellation: readonly N[]
  /** Probability that a pathway is discharged after a DNA (otherwise it is rebooked). */
  readonly dischargeAfterDna: readonly N[]
  /** DNAs from which on `dischargeAfterDna` applies (1 = the first), and at which discharge is certain (0 = never). */
  readonly dischargeFromMiss: N
  readonly dischargeAtMiss: N
  /** Probability that a DNA's slot, or one the patient cancelled, is filled by somebody else at once. */
  readonly backfillShare: N
  readonly backfillAfterCancellation: N
  /** Weeks until somebody rebooked can be seen again. */
  readonly rebookWeeks: N

  // What a first appointment leads to.
  /** Odds ratio of conversion to admission of each group against the mean. */
  readonly admissionOdds: readonly N[]
  /** Probability that an attended first appointment needs another before anything is decided, and the weeks until it. */
  readonly furtherAppointmentShare: readonly N[]
  readonly furtherAppointmentWeeks: N
  /** Probability that tests follow an attended first appointment, and the weeks they take before the outcome. */
  readonly testShare: readonly N[]
  readonly testWeeks: N
  /** Weeks from the clock start before which no outcome of the first-appointment stage is possible. */
  readonly minimumPathwayWeeks: N
  /** Slots that each attended first appointment takes again, `followUpWeeks` later. */
  readonly followUpsPerAppointment: N
  readonly followUpWeeks: N

  // Leaving untreated.
  /** Unreported removals as a share of all removals (treatment and other), used where a pack has one month. */
  readonly unreportedRemovalShare: N
  /** Of unreported removals left after DNA discharges, deaths, private and emergency exits: share withdrawn by the patient; the rest are `removed`. */
  readonly withdrawalShareOfRemovals: N
  /** Factor on the baseline's hazard of `removed` and `withdrew`; 1 leaves it. */
  readonly removedFactor: readonly N[]
  readonly withdrewFactor: readonly N[]
  /** Hazard of going private, per week waited. */
  readonly privatePerWeek: readonly N[]
  /** Hazard of an emergency admission that ends the pathway, per week waited. */
  readonly emergencyPerWeek: readonly N[]
  /** Hazard of death, per week waited. */
  readonly deathPerWeek: readonly N[]
  /** Variance of individual frailty (gamma, mean 1), which multiplies emergencies, deaths and deterioration; 0 for none. */
  readonly frailtyVariance: N
  /** Hazard of moving up one priority level while waiting, per week, at each stage. */
  readonly deteriorationPerWeekFirst: readonly N[]
  readonly deteriorationPerWeekAdmission: readonly N[]

  // A pack's fit to consecutive month-ends: how it goes on, and how unsure it is.
  /** Part of the fitted drift that goes on, damped month by month: 0 holds today's level, 1 lets it run as it was found. */
  readonly fittedDrift: N
  /** Standard deviations of the fit by which its levels are off: chance of being next within 18 weeks and from 40, removals, decisions, clock starts. */
  readonly fittedChanceEarly: N
  readonly fittedChanceLong: N
  readonly fittedRemovals: N
  readonly fittedAdmittedShare: N
  readonly fittedClockStarts: N

  // Slots and who holds them.
  /** Slots relative to the baseline's, both stages; 1 leaves them. */
  readonly capacityFactor: N
  /** Share of slots given strictly in turn, first appointments and admissions. */
  readonly inTurnShareFirst: N
  readonly inTurnShareAdmission: N
  /** Share of today's slots that the independent sector holds, given by its own access. */
  readonly independentSectorShareFirst: N
  readonly independentSectorShareAdmission: N
  /** Relative access of each group to independent-sector slots. */
  readonly independentSectorAccess: readonly N[]
  /** Case-mix limit: share of people, the least frail first, whom the independent sector accepts. */
  readonly independentSectorSuitable: readonly N[]
  /** Share of today's admission slots in surgical hubs, which shocks to the rest do not reach; access and case mix as above. */
  readonly hubShareAdmission: N
  readonly hubAccess: readonly N[]
  readonly hubSuitable: readonly N[]
}

/**
 * A change of one assumption where some things hold: how an assumption varies by specialty, priority, other groups and
 * time. Adjustments act in order on the assumption's own value.
 */
export interface Adjustment<N = NumberSpec> {
  readonly assumption: keyof Assumptions
  /** What is done with `value`. `odds` multiplies the odds of a probability. */
  readonly change: 'set' | 'multiply' | 'add' | 'odds'
  readonly value: N
  readonly where: Where
}

/** Conditions that must all hold; an empty list holds everywhere. Groups and levels by id. */
export interface Where {
  readonly specialties: readonly string[]
  readonly systems: readonly string[]
  /** Deprivation group ids. */
  readonly deprivation: readonly string[]
  /** Priority level ids. */
  readonly priority: readonly string[]
  /** Ids of groups of further dimensions: all the dimensions named must match. */
  readonly dimensions: readonly { readonly dimension: string; readonly groups: readonly string[] }[]
  /** First and last day, ISO dates; null for the study's own. */
  readonly from: string | null
  readonly to: string | null
}
