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
  /** Days in a step; only 7 in schema version 1. */
  readonly stepDays: number
  /** Whether capacity and clock starts follow England's working days in each week (bank holidays out). */
  readonly workingDays: boolean
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

/** Assumptions in force, generic in the kind of number: `NumberSpec` in a Study, `number` when concrete. */
export interface Assumptions<N = NumberSpec> {
  /** Probability that a first appointment is not attended, by group. */
  readonly dnaRate: readonly N[]
  /** Probability that a pathway is discharged after a DNA (otherwise it is rebooked), by group. */
  readonly dischargeAfterDna: readonly N[]
  /** Probability that a DNA's slot is filled by somebody else at once. */
  readonly backfillShare: N
  /** Unreported removals as a share of all removals (treatment and other), used where a pack has one month. */
  readonly unreportedRemovalShare: N
  /** Of unreported removals left after DNA discharges, deaths, private and emergency exits: share withdrawn by the patient; the rest are `removed`. */
  readonly withdrawalShareOfRemovals: N
  /** Hazard of going private, per week waited, by group. */
  readonly privatePerWeek: readonly N[]
  /** Hazard of an emergency admission that ends the pathway, per week waited, by group. */
  readonly emergencyPerWeek: readonly N[]
  /** Hazard of death, per week waited, by group. */
  readonly deathPerWeek: readonly N[]
  /** Odds ratio of conversion to admission of each group against the mean, by group. */
  readonly admissionOdds: readonly N[]
  /** Probability that a need which arises is referred, by group. */
  readonly referralPropensity: readonly N[]
  /** Hazard at which unmet need resolves or is lost, per week. */
  readonly unmetNeedResolutionPerWeek: N
  /** Unmet need at the start, in weeks of its own inflow. */
  readonly unmetNeedInitialWeeks: N
  /** Share of slots given strictly in turn, first appointments. */
  readonly inTurnShareFirst: N
  /** Share of slots given strictly in turn, admissions. */
  readonly inTurnShareAdmission: N
  /** Share of today's first-appointment slots that the independent sector holds, given by its own access. */
  readonly independentSectorShareFirst: N
  /** Share of today's admission slots that the independent sector holds. */
  readonly independentSectorShareAdmission: N
  /** Relative access of each group to independent-sector slots. */
  readonly independentSectorAccess: readonly N[]
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
  readonly budget: Budget<N>
  readonly allocate: Allocation<N>
  /** The lever's own parameters (unit costs, effect sizes), defaults filled in; see the assumption registry `lever.<id>.*`. */
  readonly parameters: Readonly<Record<string, N>>
}

/** Rules for who is next. */
export interface Policy<N = NumberSpec> {
  /** Weeks of head start by deprivation group (index 0 = most deprived). */
  readonly headStartWeeks: readonly N[]
  /** In-turn share of slots instead of the assumption's, 0 to 1; null leaves the assumption. */
  readonly inTurnShareFirst: N | null
  readonly inTurnShareAdmission: N | null
  /** First day of the policy, ISO date, or null for the start of the study. */
  readonly from: string | null
  /** Last day of the policy, ISO date, or null for the end of the study. */
  readonly to: string | null
}

/** Loss of capacity in named weeks. */
export interface Shock<N = NumberSpec> {
  readonly kind: 'industrial-action'
  /** ISO dates; the step that contains each is hit. */
  readonly weeks: readonly string[]
  /** Share of the step's slots lost, 0 to 1. */
  readonly capacityLoss: N
}

/** A named set of changes. */
export interface Scenario<N = NumberSpec> {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly invest: readonly Programme<N>[]
  readonly policy: Policy<N>
  readonly shocks: readonly Shock<N>[]
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

/** What the file said of the baseline: a pack, or groups and specialties written out. */
export type StudyBaseline =
  | { readonly kind: 'pack'; readonly path: string; readonly sha256: string; readonly pack: BaselinePack }
  | { readonly kind: 'inline'; readonly baseline: Baseline }

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
  /** Fraction of pathways simulated, 0 < sample ≤ 1; only 1 in schema version 1. */
  readonly sample: number
  /** The scenario that the others are compared with. */
  readonly reference: string
  /** Named values for formulas. */
  readonly parameters: Readonly<Record<string, number | Distribution>>
  readonly assumptions: Assumptions
  /** Assumption keys set by the study file itself rather than by default. */
  readonly assumptionsSet: readonly string[]
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
  readonly baseline: Baseline
  readonly assumptions: Assumptions<Series>
  readonly scenarios: readonly Scenario<Series>[]
}
