/**
 * The study in its two machine forms.
 *
 *     study file (YAML or JSON)  →  Study  →  ConcreteStudy  →  compiled tables
 *
 * A {@link Study} is the validated, resolved study: every default filled in, the baseline inside it, and
 * nothing left to look up. It is plain JSON: it crosses thread boundaries, is hashed, and stands in the
 * manifest. Where the file gave a distribution or a formula, the Study still holds that specification.
 *
 * A {@link ConcreteStudy} is one draw of it: every number is a number, or one number per step.
 */
import type { Baseline, BaselinePack } from '../baseline/types.ts'
import type { FormulaProgram } from './formula-program.ts'

/** The step length and calendar of a study. */
export interface StudyTime {
  /** First day simulated, ISO date; the list is counted at the end of the day before. */
  readonly start: string
  /** Length of the projection, weeks, 1 to 1,040. */
  readonly weeks: number
  /** Days in a step: 7, or 1. */
  readonly stepDays: number
  /** Whether capacity and clock starts follow England's working days in each week (bank holidays out). */
  readonly workingDays: boolean
  /**
   * Weeks run before the start, without any scenario's changes and without being reported: a run-in for a baseline
   * whose composition (priority, stage) is not known. 0 for none.
   */
  readonly warmUpWeeks: number
  /** Relative clock starts and slots by calendar month, January first, mean 1; null for none. */
  readonly seasonality: { readonly clockStarts: readonly number[] | null; readonly capacity: readonly number[] | null }
}

/**
 * A distribution in place of a number; its mean is used when a study takes no draws. A draw is keyed by the
 * study's seed, the draw's number and `key` (the path in the study file where the distribution was written), so
 * that it depends neither on order nor on the rest of the study.
 */
export type Distribution = DistributionShape & { readonly key?: string }

type DistributionShape =
  | { readonly dist: 'beta' | 'normal' | 'lognormal' | 'gamma'; readonly mean: number; readonly sd: number }
  | { readonly dist: 'uniform'; readonly min: number; readonly max: number }
  | { readonly dist: 'triangular' | 'pert'; readonly min: number; readonly mode: number; readonly max: number }
  | { readonly dist: 'quantiles'; readonly probabilities: readonly number[]; readonly values: readonly number[] }

/** A formula in `week` (0-based), `year` (weeks ÷ 52.18) and the study's named parameters. */
export interface Formula {
  /** As written. */
  readonly formula: string
  /** What is run: see `formula-program.ts`. */
  readonly program: FormulaProgram
}

/** Any number of a study file. */
export type NumberSpec = number | Distribution | Formula

/** A number, or one number per deprivation group (index 0 = most deprived). */
export type PerGroup<N = number> = N | readonly N[]

/** A number for all steps, or one per step. */
export type Series = number | readonly number[]

/** The causes of leaving the list other than treatment, in their fixed order. */
export const EXIT_CAUSES = ['removed', 'withdrew', 'private', 'emergency', 'died'] as const
export type ExitCause = (typeof EXIT_CAUSES)[number]

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

/** A grouping beside deprivation: age band, sex, ethnicity, place, an inclusion group. */
export interface FurtherDimension {
  /** e.g. `age`, `sex`, `ethnicity`. */
  readonly id: string
  readonly title: string
  readonly ordered: boolean
  readonly groups: readonly { readonly id: string; readonly label: string }[]
  /** Share of each deprivation group's residents, clock starts and list in each group: [deprivation][group], rows sum to 1. */
  readonly residents: readonly (readonly number[])[]
  readonly clockStarts: readonly (readonly number[])[]
  readonly list: readonly (readonly number[])[]
}

/** One clinical priority level. Levels are listed from the least urgent on. */
export interface PriorityLevel {
  /** e.g. `P4`. */
  readonly id: string
  readonly title: string
  /** Weeks within which a first appointment, or admission after the decision, should come; null where there is no target. */
  readonly targetWeeksFirst: number | null
  readonly targetWeeksAdmission: number | null
}

/** Clinical priority; a study without it has one level. */
export interface Priority<N = NumberSpec> {
  readonly levels: readonly PriorityLevel[]
  /** By level, at each stage: share of those who join it; shares sum to 1. */
  readonly sharesFirst: readonly N[]
  readonly sharesAdmission: readonly N[]
  /** By level: share of the list at the start at each stage. */
  readonly listSharesFirst: readonly N[]
  readonly listSharesAdmission: readonly N[]
  /** Weeks of head start by level in turn. */
  readonly headStartWeeksFirst: readonly N[]
  readonly headStartWeeksAdmission: readonly N[]
  /** Relative chance by level. */
  readonly chanceWeightFirst: readonly N[]
  readonly chanceWeightAdmission: readonly N[]
}

/** Where somebody rebooked stands: where the clock says, behind everybody who waits, or before them. */
export const REBOOK_PLACES = ['own-place', 'back', 'front'] as const
export type RebookPlace = (typeof REBOOK_PLACES)[number]

/** Rules of rebooking. */
export interface Rebooking {
  readonly afterDna: RebookPlace
  readonly afterPatientCancellation: RebookPlace
  readonly afterHospitalCancellation: RebookPlace
}

/** Money for one programme. */
export interface Budget<N = NumberSpec> {
  /** Pounds a year (£, the study's price base) at full strength. */
  readonly perYear: N
  /** First day of spending, ISO date. */
  readonly from: string
  /** Years of funding; the money ends on the same day of the year, `years` later (part years by days). */
  readonly years: number
  /** Weeks over which spending rises linearly from nothing to full strength; the shortfall is unspent. */
  readonly rampWeeks: number
}

/** How a programme's money is shared among deprivation groups; `groups` are numbered as in the file, 1 = most deprived. */
export type Allocation<N = NumberSpec> =
  | { readonly rule: 'universal' }
  | { readonly rule: 'proportionate'; readonly theta: N }
  | { readonly rule: 'targeted'; readonly groups: readonly number[] }

export const LEVERS = ['capacity', 'independent-sector', 'attendance-support', 'outreach', 'validation'] as const
export type LeverId = (typeof LEVERS)[number]

/** One programme of a scenario: a lever, its money, and who it is for. */
export interface Programme<N = NumberSpec> {
  /** Unique in its scenario; defaults to the lever, with a number where repeated. */
  readonly id: string
  readonly lever: LeverId
  /** Specialty codes it acts on; empty means all. */
  readonly specialties: readonly string[]
  /** Codes of the systems it acts in; empty means all. */
  readonly systems: readonly string[]
  readonly budget: Budget<N>
  readonly allocate: Allocation<N>
  /** The lever's own parameters (unit costs, effect sizes), defaults filled in; see the assumption registry `lever.<id>.*`. */
  readonly parameters: Readonly<Record<string, N>>
}

/** Rules for who is next, while they hold. */
export interface Policy<N = NumberSpec> {
  /** Weeks of head start by deprivation group (index 0 = most deprived). */
  readonly headStartWeeks: readonly N[]
  /** Relative chance of being next by deprivation group; 1 leaves it. */
  readonly chanceWeight: readonly N[]
  /** In-turn share of slots instead of the assumption's, 0 to 1; null leaves the assumption. */
  readonly inTurnShareFirst: N | null
  readonly inTurnShareAdmission: N | null
  /** Those who have waited `fromWeeks` or more get a head start, and their chance is multiplied; null for no rule. */
  readonly longWait: { readonly fromWeeks: N; readonly headStartWeeks: N; readonly chanceWeight: N } | null
  /** Share of NHS slots kept for each deprivation group, both stages; released to all when nobody there waits. Sums to at most 1. */
  readonly reservedShare: readonly N[]
  /** Rules of rebooking while the policy holds; null leaves the study's. */
  readonly rebooking: Rebooking | null
  /** First day of the policy, ISO date, or null for the start of the study. */
  readonly from: string | null
  /** Last day of the policy, ISO date, or null for the end of the study. */
  readonly to: string | null
}

export const SHOCK_KINDS = ['industrial-action', 'winter', 'pandemic', 'funding-change', 'staff-loss'] as const
export type ShockKind = (typeof SHOCK_KINDS)[number]

/** Something that happens to a system in named weeks. Every kind has every effect; kinds differ in what a study file may leave out. */
export interface Shock<N = NumberSpec> {
  readonly kind: ShockKind
  /** ISO dates; the step or week that contains each is hit. */
  readonly weeks: readonly string[]
  /** Share of the NHS slots of those weeks lost, below 1; negative is a gain. */
  readonly capacityLoss: N
  /** Share of the slots lost that are recovered, evenly over the `recoveryWeeks` after the last week hit. */
  readonly recovered: N
  readonly recoveryWeeks: number
  /** Share of referrals lost in those weeks, by deprivation group; and of those, the share that returns, evenly over `returnWeeks`. */
  readonly referralLoss: readonly N[]
  readonly referralReturn: readonly N[]
  readonly returnWeeks: number
  /** Factors in those weeks, by deprivation group: DNA odds, emergencies, deaths, and the chance of getting one of the slots left. */
  readonly dnaOdds: readonly N[]
  readonly emergencyFactor: readonly N[]
  readonly deathFactor: readonly N[]
  readonly chanceWeight: readonly N[]
  /** Systems hit; empty means all. */
  readonly systems: readonly string[]
}

/** Slots of one system offered to another's patients. */
export interface MutualAid<N = NumberSpec> {
  /** System codes. */
  readonly from: string
  readonly to: string
  /** Specialty codes; empty means all that both have. */
  readonly specialties: readonly string[]
  /** Slots a week of the lending system, at each stage, while it holds. */
  readonly firstSlotsPerWeek: N
  readonly admissionSlotsPerWeek: N
  /** Relative take-up by deprivation group of the borrowing system. */
  readonly uptake: readonly N[]
  readonly startsOn: string | null
  readonly endsOn: string | null
}

/** A named set of changes. */
export interface Scenario<N = NumberSpec> {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly invest: readonly Programme<N>[]
  /** In order; where two hold at once, the later one's settings that are not neutral win. */
  readonly policies: readonly Policy<N>[]
  readonly shocks: readonly Shock<N>[]
  /** After the study's own adjustments. */
  readonly adjustments: readonly Adjustment<N>[]
  readonly mutualAid: readonly MutualAid<N>[]
}

/** Kinds of limit that a target can set, as the study file writes them. */
export const TARGET_LIMITS = ['atLeast', 'atMost', 'within'] as const
export type TargetLimit = (typeof TARGET_LIMITS)[number]

/** A goal for one measure on one date. */
export interface Target {
  /** Unique in its study. */
  readonly id: string
  readonly title: string
  /** Measure id, e.g. `within-18-weeks` or `slope-index:within-18-weeks`. */
  readonly measure: string
  /** Specialty code, or `all`. */
  readonly specialty: string
  /** `all`, a deprivation group's id (1 = most deprived), or `gap` for a gap measure. */
  readonly group: string
  /** Which side of the limit meets the target; `within` is a distance from equality, for gap measures. */
  readonly limitKind: TargetLimit
  /** In the unit of the measure. */
  readonly limit: number
  /** ISO date inside the study; the first census on or after it is judged. */
  readonly by: string
  /** Ids of scenarios in which `--check` demands it. */
  readonly requiredIn: readonly string[]
}

/** What the file said of one system's baseline: a pack, or groups and specialties written out. */
export type SystemBaseline =
  | { readonly kind: 'pack'; readonly path: string; readonly sha256: string; readonly pack: BaselinePack }
  | { readonly kind: 'inline'; readonly baseline: Baseline }

/** The baseline of a study: one system's, or several systems side by side, each with its own code. */
export type StudyBaseline = SystemBaseline | { readonly kind: 'systems'; readonly systems: readonly SystemBaseline[] }

/** A validated, resolved study. Plain JSON. */
export interface Study {
  readonly schemaVersion: 1
  readonly name: string
  readonly title: string
  readonly description: string
  readonly baseline: StudyBaseline
  readonly time: StudyTime
  readonly seed: string
  /** Random runs of each scenario and draw, 1 to 10,000. */
  readonly replications: number
  /** Samples of the uncertain parameters; 0 takes each at its mean, as draw 0. */
  readonly draws: number
  /** Fraction of pathways simulated, 0 < sample ≤ 1; counts are scaled up. */
  readonly sample: number
  /** The scenario that the others are compared with. */
  readonly reference: string
  /** Named values for formulas. */
  readonly parameters: Readonly<Record<string, number | Distribution>>
  readonly assumptions: Assumptions
  /** Assumption keys set by the study file itself rather than by default. */
  readonly assumptionsSet: readonly string[]
  readonly adjustments: readonly Adjustment[]
  readonly dimensions: readonly FurtherDimension[]
  readonly priority: Priority
  readonly rebooking: Rebooking
  readonly scenarios: readonly Scenario[]
  /** Goals that every scenario is held against; may be empty. */
  readonly targets: readonly Target[]
}

/** One draw of a study: no distribution and no formula is left. Formula numbers are one value per step. */
export interface ConcreteStudy {
  readonly name: string
  readonly seed: string
  readonly draw: number
  readonly time: StudyTime
  /** Number of steps, equal to weeks when `stepDays` is 7. */
  readonly steps: number
  readonly reference: string
  readonly sample: number
  /** One for each system. */
  readonly baselines: readonly Baseline[]
  readonly assumptions: Assumptions<Series>
  readonly adjustments: readonly Adjustment<Series>[]
  readonly dimensions: readonly FurtherDimension[]
  readonly priority: Priority<Series>
  readonly rebooking: Rebooking
  readonly scenarios: readonly Scenario<Series>[]
}
