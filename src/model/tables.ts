/**
 * What compile makes and simulate reads: dense numbers, no scenario, no names of levers. Investments,
 * policies, shocks, adjustments and formulas have all acted by now.
 *
 * A *stratum* is a cell of all grouping dimensions with a clinical priority level: deprivation (× age × …) × level,
 * the level varying fastest, level 0 the least urgent; with deprivation alone strata are the quintiles, index 0 the
 * most deprived. A pathway may change its level, never the rest of its stratum. Step t is 0-based here: table row t
 * drives census row t + 1. "Cell" below means the index t × strata + stratum.
 */
import type { Group } from '../baseline/types.ts'
import type { OptionalCount } from '../scenario/study.ts'

/** A way of grouping strata, e.g. deprivation. */
export interface Dimension {
  readonly id: string
  /** Whether the groups have an order (most to least deprived). */
  readonly ordered: boolean
  /** Whether its groups are of residents, so that rates per head mean something; priority levels are not. */
  readonly ofResidents: boolean
  readonly groups: readonly Group[]
  /** Group index of each stratum. */
  readonly groupOfStratum: readonly number[]
}

/** Hazards of one way of leaving a state. Hazard in a step = (byBand + (band ≥ addedFromBand ? added : 0)) × factor. */
export interface ExitHazard {
  /** Hazard per step by weeks waited: index stratum × bands + band. */
  readonly byBand: Float64Array
  /** Further hazard by step, index stratum × steps + t (validation programmes); null where none. */
  readonly added: Float64Array | null
  /** Weeks waited from which `added` acts. */
  readonly addedFromBand: number
  /** Factor by step, index stratum × steps + t (winter, a wave); null for 1. */
  readonly factor: Float64Array | null
}

/** Kinds of slots, in the order in which the census counts those used that are not the NHS's own. */
export const SOURCES = ['nhs', 'independent-sector', 'hub', 'mutual-aid'] as const
export type Source = (typeof SOURCES)[number]

/**
 * Slots of one stage that are open to the same people. A case-mix limit is an access of 0: where a source refuses some
 * people, compile makes those it accepts and those it refuses strata of their own (a dimension `case-mix`).
 */
export interface SlotPool {
  readonly source: Source
  /** Whole slots by step. */
  readonly slots: Int32Array
  /** Of them, given in turn; the rest by weighted chance. */
  readonly inTurn: Int32Array
  /** Relative access by cell, 0 where the pool is not open to the stratum; null where it is open to all alike. */
  readonly access: Float64Array | null
  /** Index of a later pool of the stage that gets the slots which nobody here can use; −1 where they are lost. */
  readonly releaseTo: number
}

/** Those who have waited long, by step. */
export interface LongWaitRule {
  /** Age in steps from which the rule acts; more than any age where it does not. */
  readonly fromAge: Int32Array
  /** Head start in steps. */
  readonly headStart: Int32Array
  /** Factor on the chance of being next. */
  readonly weight: Float64Array
}

/** Codes of `REBOOK_PLACES`: in its own place, behind everybody, before everybody. */
export const OWN_PLACE = 0
export const BACK = 1
export const FRONT = 2

/** What happens to somebody who is given a slot. Probabilities by cell; null for nobody. */
export interface Attendance {
  readonly dnaRate: Float64Array | null
  readonly patientCancellation: Float64Array | null
  readonly hospitalCancellation: Float64Array | null
  /** Probability of discharge at a DNA, by stratum, from `dischargeFromMiss` DNAs on (1 is the first). */
  readonly dischargeAfterDna: Float64Array
  readonly dischargeFromMiss: number
  /** DNAs at which discharge is certain; 0 for never. */
  readonly dischargeAtMiss: number
  /** Probability that the slot is filled at once by the next in order, after a DNA and after a patient's cancellation. */
  readonly backfillAfterDna: number
  readonly backfillAfterCancellation: number
  /** Places of those rebooked, by step: {@link OWN_PLACE}, {@link BACK} or {@link FRONT}. */
  readonly placeAfterDna: Uint8Array
  readonly placeAfterPatient: Uint8Array
  readonly placeAfterHospital: Uint8Array
  /** Steps until somebody rebooked can be given a slot again, at least 1. */
  readonly rebookSteps: number
}

/** How chances of being next move from step to step: chance in a step = chanceWeight × exp(perMonth × months). */
export interface ChanceDrift {
  /** Slope of the logarithm by weeks waited: index band. */
  readonly perMonth: Float64Array
  /** Months' worth of it that have built up, by step. */
  readonly months: Float64Array
}

/** One stage of a specialty. */
export interface StageTables {
  /** The list at the start: index stratum × bands + whole weeks waited. */
  readonly initial: Int32Array
  /** Pools in the order in which they are given; the NHS's open slots come last. At least one. */
  readonly pools: readonly SlotPool[]
  /** Relative chance of being next by weeks waited: index band, above 0. */
  readonly chanceWeight: Float64Array
  /** Null where it stays as it is. */
  readonly drift: ChanceDrift | null
  /** Factor on it by cell (groups, priority, shocks), above 0; null for 1. */
  readonly groupWeight: Float64Array | null
  /** Head start in steps by cell, 0 or more; null for none. */
  readonly headStart: Int32Array | null
  readonly longWait: LongWaitRule | null
  readonly attendance: Attendance
  /** Hazard of moving up one level; null where nobody does. The highest level's is not read. */
  readonly deterioration: ExitHazard | null
}

/** What lies between an attended first appointment and its outcome. */
export interface Pathway {
  /** Probability of needing a further appointment, by stratum, and steps until it (at least 1); null for none. */
  readonly furtherShare: Float64Array | null
  readonly furtherSteps: number
  /** Probability of tests before the outcome, by stratum, and the steps they take, by step; null for none. */
  readonly testShare: Float64Array | null
  readonly testSteps: Int32Array
  /** Steps from the clock start before which there is no outcome; 0 for none. */
  readonly minimumSteps: number
  /** Slots of the stage's last pool that each attended appointment takes `followUpSteps` later; 0 for none. */
  readonly followUps: number
  readonly followUpSteps: number
}

/** Need that is not referred, by stratum; people of a need have the level that they start with if they present. */
export interface UnmetNeedTables {
  /** Mean need that arises in the step and is not referred, by cell. */
  readonly arising: Float64Array
  /** People at the start. */
  readonly initial: Int32Array
  /** Mean additional clock starts found by outreach, bounded by unmet need, by cell; null where none. */
  readonly found: Float64Array | null
  /** Probability per step of presenting late, which starts a clock, by cell; null where nobody does. */
  readonly late: Float64Array | null
  /** Probability per step of an emergency, by cell; null where none. */
  readonly emergency: Float64Array | null
  /** Probability per step of resolving or being lost. */
  readonly lost: number
}

/** One specialty of one system (or of systems that share slots) of one scenario and draw. */
export interface ServiceTables {
  readonly code: string
  readonly name: string
  /** Index of the specialty among `CompiledScenario.specialties`. */
  readonly specialty: number
  readonly steps: number
  readonly strata: number
  /** Priority levels: strata are groups × levels. */
  readonly levels: number
  /** Steps in a week: 1 for weekly steps, 7 for daily. */
  readonly stepsPerWeek: number
  /** Who a stratum is, for random numbers and for the census of the whole study: its system's code, its index among that system's strata, and among the study's. */
  readonly systemOfStratum: readonly string[]
  readonly ownIndex: Int32Array
  readonly studyIndex: Int32Array
  /** Mean clock starts from need in the step that begin with a first appointment, by cell. */
  readonly clockStarts: Float64Array
  /** Mean clock starts from need in the step with a decision to admit from the start, by cell; null where none. */
  readonly directStarts: Float64Array | null
  /** Coefficient of variation of a factor on a step's clock starts, common to the groups of a system; 0 for none. */
  readonly clockStartsSpread: number
  /** Mean referrals in the step that advice and guidance answers before the clock starts, by cell; null where none. */
  readonly diverted: Float64Array | null
  readonly unmetNeed: UnmetNeedTables
  readonly first: StageTables
  readonly admission: StageTables
  readonly pathway: Pathway
  /** Probability of decision to admit after a first appointment, by stratum. */
  readonly admittedShare: Float64Array
  /** Cumulative probability of each level at the decision to admit: index stratum × levels + level. Null where levels are kept. */
  readonly levelAtDecision: Float64Array | null
  /** Exit hazards in the order of `EXIT_CAUSES`. */
  readonly exits: readonly ExitHazard[]
  /** Whether exits differ between the levels of a group, so that a change of level changes them. */
  readonly exitsByLevel: boolean
  /** Factor on the hazards of emergencies, deaths and deterioration by frailty byte, rising, mean 1; null where all are alike. */
  readonly frailty: Float64Array | null
}

/** What money may be spent on: running costs, or assets that last. */
export const MONEY_KINDS = ['revenue', 'capital'] as const
export type MoneyKind = (typeof MONEY_KINDS)[number]

/** What a programme spends: deterministic, computed at compile. */
export interface SpendLine {
  readonly programme: string
  readonly lever: string
  readonly kind: MoneyKind
  /** System code, or `all` where the spend cannot be told apart. */
  readonly system: string
  /** Specialty code, or `all` where the spend cannot be told apart. */
  readonly specialty: string
  /** Deprivation group index. */
  readonly group: number
  /** Spend in pence by step, whole numbers: budget in the financial year = spend + unspent exactly. */
  readonly pencePerStep: Float64Array
}

/** The part of a line of the accounts that is for one group of a further dimension, in whole pence. */
export interface PeopleMoney {
  /** Dimension of the study, and group, by id. */
  readonly dimension: string
  readonly group: string
  readonly budgetPence: number
  readonly spentPence: number
  readonly unspentPence: number
}

/** Budget, spend and unspent of one programme, kind of money, system, specialty, group and financial year, in whole pence. */
export interface BudgetLine {
  readonly programme: string
  readonly lever: string
  readonly kind: MoneyKind
  /** System code, or `all` where the money was not shared among systems (unspent money that nobody could use). */
  readonly system: string
  /** Specialty code, or `all` where the money was not shared among specialties. */
  readonly specialty: string
  readonly group: number
  /** Financial year by its first calendar year, e.g. 2026 for 2026/27. */
  readonly financialYear: number
  readonly budgetPence: number
  readonly spentPence: number
  readonly unspentPence: number
  /** Of a programme for people of further groups: the groups of each dimension that it names, which add up to the line. */
  readonly people?: readonly PeopleMoney[]
}

/** Money that moved between programmes or financial years, since it could not be spent where it was; whole pence. */
export interface Transfer {
  readonly kind: MoneyKind
  /** Ids of programmes, the same where money was carried over. */
  readonly from: string
  readonly to: string
  /** Financial years by their first calendar year. */
  readonly fromYear: number
  readonly toYear: number
  readonly pence: number
}

/** An envelope in one financial year, whole pence: envelope + carried in = budgets of its programmes + carried out + not allocated. */
export interface EnvelopeLine {
  readonly kind: MoneyKind
  readonly financialYear: number
  readonly envelopePence: number
  readonly carriedInPence: number
  readonly carriedOutPence: number
  /** Budgets of the programmes after everything has moved. */
  readonly budgetPence: number
  readonly unallocatedPence: number
}

/** One scenario × draw, ready to simulate. */
export interface CompiledScenario {
  readonly id: string
  /** Steps simulated, the warm-up among them. */
  readonly steps: number
  /** Steps of warm-up, which are simulated and not reported. */
  readonly warmUpSteps: number
  /** Strata of the whole study. */
  readonly strata: number
  /** ISO date of the end of each reported row: row 0 is the day before the start; steps − warmUpSteps + 1 entries. */
  readonly dates: readonly string[]
  readonly dimensions: readonly Dimension[]
  /** Residents by stratum; a group's are spread evenly over its levels. */
  readonly population: Float64Array
  /** Weeks within which people of a stratum should be seen, and admitted after the decision; NaN where there is no target. */
  readonly targetWeeksFirst: Float64Array
  readonly targetWeeksAdmission: Float64Array
  /** Counts of mechanisms that are reported; of the others there are none in any scenario or draw of the study. */
  readonly counted: readonly OptionalCount[]
  readonly specialties: readonly { readonly code: string; readonly name: string }[]
  /** A specialty has one service, or one for each system or group of systems that share slots. */
  readonly services: readonly ServiceTables[]
  /** Fraction of pathways simulated: counts stand for count ÷ sample people. */
  readonly sample: number
  readonly spend: readonly SpendLine[]
  readonly budgets: readonly BudgetLine[]
  /** What the scenario's envelope held and what moved within it; empty without one. */
  readonly envelopes: readonly EnvelopeLine[]
  readonly transfers: readonly Transfer[]
}
