/**
 * What compile makes and simulate reads: dense numbers, no scenario, no names of levers. Investments,
 * policies, shocks and formulas have all acted by now.
 *
 * Strata are the cells of all grouping dimensions; with deprivation alone they are the quintiles, index 0 the
 * most deprived. Step t is 0-based here: table row t drives census row t + 1.
 */
import type { Group } from '../baseline/types.ts'

/** A way of grouping strata, e.g. deprivation. */
export interface Dimension {
  readonly id: string
  /** Whether the groups have an order (most to least deprived). */
  readonly ordered: boolean
  readonly groups: readonly Group[]
  /** Group index of each stratum. */
  readonly groupOfStratum: readonly number[]
}

/** Hazards of one exit cause. Hazard in a step = byBand + (band ≥ addedFromBand ? added : 0). */
export interface ExitHazard {
  /** Hazard per step by weeks waited: index stratum × bands + band. */
  readonly byBand: Float64Array
  /** Further hazard by step, index stratum × steps + t (validation programmes); null where none. */
  readonly added: Float64Array | null
  /** Weeks waited from which `added` acts. */
  readonly addedFromBand: number
}

/** Slots of one stage, whole numbers, by step. */
export interface StageSlots {
  /** Slots open to all: index t. */
  readonly open: Int32Array
  /** Of `open`, given in turn; the rest by weighted chance: index t. */
  readonly openInTurn: Int32Array
  /** Slots reserved for a stratum, released to all when nobody there waits: index t × strata + stratum; null where none. */
  readonly reserved: Int32Array | null
  /** Of `reserved`, given in turn; same index; null where none. */
  readonly reservedInTurn: Int32Array | null
  /** Independent-sector slots, given by weighted chance × access: index t; null where none. */
  readonly independent: Int32Array | null
}

/** One specialty of one scenario and draw. */
export interface ServiceTables {
  readonly code: string
  readonly name: string
  readonly steps: number
  readonly strata: number
  /** Steps in a week: 1 for weekly steps, 7 for daily. */
  readonly stepsPerWeek: number
  /** Initial list by stage: index stratum × bands + whole weeks waited. */
  readonly initialFirst: Int32Array
  readonly initialAdmission: Int32Array
  /** Mean clock starts from need in the step that begin with a first appointment: index t × strata + stratum. */
  readonly clockStarts: Float64Array
  /** Mean clock starts from need in the step with a decision to admit from the start, same index; null where none. */
  readonly directStarts: Float64Array | null
  /** Mean need that arises in the step and is not referred, same index. */
  readonly unreferredNeed: Float64Array
  /** Mean additional clock starts found by outreach, bounded by unmet need, same index; null where none. */
  readonly additionalStarts: Float64Array | null
  /** Unmet need at the start, by stratum. */
  readonly initialUnmetNeed: Int32Array
  /** Probability per step that unmet need resolves or is lost. */
  readonly unmetResolution: number
  readonly firstSlots: StageSlots
  readonly admissionSlots: StageSlots
  /** Relative chance of being next by weeks waited, first appointments: index band. */
  readonly chanceWeightFirst: Float64Array
  readonly chanceWeightAdmission: Float64Array
  /** Relative access to independent-sector slots: index t × strata + stratum. */
  readonly independentAccess: Float64Array
  /** Head start in weeks by step: index t × strata + stratum, whole weeks; null where none. */
  readonly headStart: Int32Array | null
  /** Probability that a first appointment is not attended: index t × strata + stratum. */
  readonly dnaRate: Float64Array
  /** Probability of discharge after a DNA, by stratum. */
  readonly dischargeAfterDna: Float64Array
  /** Probability that a DNA's slot is filled at once by the next in order. */
  readonly backfillShare: number
  /** Probability of decision to admit after an attended first appointment, by stratum. */
  readonly admittedShare: Float64Array
  /** Exit hazards in the order of `EXIT_CAUSES`. */
  readonly exits: readonly ExitHazard[]
}

/** What a programme spends: deterministic, computed at compile. All in pounds. */
export interface SpendLine {
  readonly programme: string
  readonly lever: string
  /** Specialty code, or `all` where the spend cannot be told apart. */
  readonly specialty: string
  /** Deprivation group index. */
  readonly group: number
  /** Spend in pence by step, whole numbers: budget in the financial year = spend + unspent exactly. */
  readonly pencePerStep: Float64Array
}

/** Budget, spend and unspent of one programme, group and financial year, in whole pence. */
export interface BudgetLine {
  readonly programme: string
  readonly lever: string
  readonly group: number
  /** Financial year by its first calendar year, e.g. 2026 for 2026/27. */
  readonly financialYear: number
  readonly budgetPence: number
  readonly spentPence: number
  readonly unspentPence: number
}

/** One scenario × draw, ready to simulate. */
export interface CompiledScenario {
  readonly id: string
  readonly systemCode: string
  readonly steps: number
  readonly strata: number
  /** ISO date of the end of each census row: row 0 is the day before the start; steps + 1 entries. */
  readonly dates: readonly string[]
  readonly dimensions: readonly Dimension[]
  /** Residents by stratum. */
  readonly population: Float64Array
  readonly services: readonly ServiceTables[]
  readonly spend: readonly SpendLine[]
  readonly budgets: readonly BudgetLine[]
}
