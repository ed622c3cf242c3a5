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
import type { HealthSetting } from '../measures/health/assumptions.ts'
import type { Adjustment, Assumptions, Where } from './study-assumptions.ts'
import type { Across, Allocation, Budget, Envelope, NeedBasis, Prices } from './study-money.ts'
import type { Distribution, NumberSpec, Series } from './study-numbers.ts'

export type { Adjustment, Assumptions, Where } from './study-assumptions.ts'
export { UNDERSPENDS } from './study-money.ts'
export type { Across, Allocation, Budget, Destination, Envelope, NeedBasis, Prices, Underspend, YearlyMoney, YearMoney } from './study-money.ts'
export type { Distribution, Formula, NumberSpec, Series } from './study-numbers.ts'

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

/** The causes of leaving the list other than treatment, in their fixed order. */
export const EXIT_CAUSES = ['removed', 'withdrew', 'private', 'emergency', 'died'] as const
export type ExitCause = (typeof EXIT_CAUSES)[number]

/** A grouping beside deprivation: age band, sex, ethnicity, place, an inclusion group. */
export interface FurtherDimension {
  /** e.g. `age`, `sex`, `ethnicity`. */
  readonly id: string
  readonly title: string
  readonly ordered: boolean
  /** `plus` marks groups of the PLUS of Core20PLUS. */
  readonly groups: readonly { readonly id: string; readonly label: string; readonly plus?: true }[]
  /** Share of each deprivation group's residents, clock starts and list in each group: [deprivation][group], rows sum to 1. */
  readonly residents: readonly (readonly number[])[]
  readonly clockStarts: readonly (readonly number[])[]
  readonly list: readonly (readonly number[])[]
}

/**
 * Shares of a deprivation group in each combination of groups of all further dimensions, the last dimension varying
 * fastest: [deprivation][combination], rows sum to 1. Summed over the others they are each dimension's own shares.
 */
export interface JointShares {
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

/** What money can buy; see the guide to levers. */
export const LEVERS = [
  'capacity',
  'independent-sector',
  'surgical-hub',
  'diagnostic-centre',
  'validation',
  'advice-and-guidance',
  'reminders',
  'attendance-support',
  'digital-first',
  'outreach',
  'prevention',
  'waiting-well',
  'workforce',
  'custom',
] as const
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
  /**
   * Whom the money is for, by groups of further dimensions, all of which must match; left out where it is for everybody.
   * `allocate` then looks at them alone.
   */
  readonly people?: Where['dimensions']
  /** Among deprivation groups. */
  readonly allocate: Allocation<N>
  readonly across: Across<N>
  /** The lever's own parameters (unit costs, effect sizes), defaults filled in; see the assumption registry `lever.<id>.*`. */
  readonly parameters: Readonly<Record<string, N>>
  /** Where the numbers of a custom lever come from, as the study file says. */
  readonly source?: string
}

/** Slots that there are, given by need: as many as now in all, or for all as few as for the worst off. */
export const LEVELLINGS = ['zero-sum', 'level-down'] as const
export type Levelling = (typeof LEVELLINGS)[number]

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
  /** Moves the NHS slots that there are between groups, without money; null leaves them. Takes the place of `reservedShare`. */
  readonly levelling: { readonly rule: Levelling; readonly need: NeedBasis } | null
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
  /** What the programmes share; null where each has what it asks for. */
  readonly envelope: Envelope<N> | null
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

/** Counts of mechanisms that a study may leave off: the kernel's flows by their names, and who programmes of validation remove. */
export const OPTIONAL_COUNTS = [
  'lateStarts',
  'unmetResolved',
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
  'removedByValidation',
] as const
export type OptionalCount = (typeof OPTIONAL_COUNTS)[number]

/** How draws of the uncertain parameters are spread. */
export const DRAW_METHODS = ['independent', 'latin-hypercube', 'sobol'] as const
export type DrawMethod = (typeof DRAW_METHODS)[number]

/** Two uncertain parameters that are drawn together. */
export interface Correlation {
  /** Keys of their distributions: paths in the study file. */
  readonly between: readonly [string, string]
  /** Spearman's rank correlation, −1 < rank < 1. */
  readonly rank: number
}

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
  readonly drawMethod: DrawMethod
  readonly correlations: readonly Correlation[]
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
  /** Left out where groups of different dimensions are independent in each deprivation group. */
  readonly joint?: JointShares
  readonly priority: Priority
  readonly rebooking: Rebooking
  readonly prices: Prices
  /** What waiting costs in health, and money elsewhere. */
  readonly health: HealthSetting
  /** Cells of further dimensions with fewer people waiting than this, in the mean over runs, are left out of every output; 0 shows all. */
  readonly smallNumbers: number
  readonly scenarios: readonly Scenario[]
  /** Goals that every scenario is held against; may be empty. */
  readonly targets: readonly Target[]
  /** Counts that results report, since the study speaks of what is behind them; the same for every scenario and draw. */
  readonly counted: readonly OptionalCount[]
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
  /** Left out where groups of different dimensions are independent in each deprivation group. */
  readonly joint?: JointShares
  readonly priority: Priority<Series>
  readonly rebooking: Rebooking
  readonly prices: Prices<Series>
  readonly scenarios: readonly Scenario<Series>[]
  readonly counted: readonly OptionalCount[]
}
