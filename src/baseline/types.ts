/**
 * What a projection starts from.
 *
 *     RTT full CSV  →  BaselinePack (published counts, compact)  →  Baseline (rates and lists by group)
 *
 * A pack holds published figures and the modelled split by deprivation quintile; a {@link Baseline} is the
 * one form that the model reads, whether it came from a pack or was written out in a study file.
 */

/** Weekly bands of the published statistics: 0–1, 1–2, … 103–104, and 104 or more weeks. */
export const BANDS = 105

/** One treatment function in a pack. Band arrays have {@link BANDS} entries; trailing zeros may be cut off. */
export interface PackSpecialty {
  /** Treatment function code, e.g. `C_110`, or `X02`–`X06` for the published "other" groups. */
  readonly code: string
  readonly name: string
  /** Incomplete pathways without decision to admit at month end, by weeks waited (Part 2 − Part 2A). */
  readonly waitingWithoutDecision: readonly number[]
  /** Incomplete pathways with decision to admit at month end, by weeks waited (Part 2A). */
  readonly waitingWithDecision: readonly number[]
  /** Clock stops with admission in the months covered, by weeks waited (Part 1A). */
  readonly admittedStops: readonly number[]
  /** Clock stops without admission, by weeks waited (Part 1B). */
  readonly nonAdmittedStops: readonly number[]
  /** Clock starts in the months covered (Part 3). */
  readonly clockStarts: number
  /** Pathways of unknown clock start, spread over the bands above in proportion, counted here so that it shows. */
  readonly unknownClockStart: { readonly waiting: number; readonly withDecision: number; readonly admitted: number; readonly nonAdmitted: number }
  /** Rates fitted to consecutive month-ends (`fairwait calibrate --packs`); without it they are read off the months covered alone. */
  readonly fitted?: PackFit
}

/** What a fit to consecutive month-ends says of a treatment function; arrays by published band, {@link BANDS} entries. */
export interface PackFit {
  /** The last month fitted to, `YYYY-MM`, and pairs of month-ends used. */
  readonly until: string
  readonly pairs: number
  /** Relative chance of being next, above 0. */
  readonly chanceWeightFirst: readonly number[]
  readonly chanceWeightAdmission: readonly number[]
  /** Hazard of leaving the list unreported, whatever the reason, per calendar week. */
  readonly removedPerWeek: readonly number[]
  /** Probability that an attended first appointment ends in a decision to admit. */
  readonly admittedShare: number
  /** Share of clock starts with a decision to admit from the start. */
  readonly directShare: number
  /** In a standard week of five working days, without season. */
  readonly clockStartsPerWeek: number
  readonly nonAdmittedPerWeek: number
  readonly admittedPerWeek: number
  /** How who is seen and who is removed has moved; fits before 0.5 have none. */
  readonly drift?: PackDrift
  /** How unsure the fit is; left out where its months say nothing of that. */
  readonly spread?: PackSpread
}

/** Slopes of logarithms per month at the end of a fit's last one, by groups of weeks waited (`DRIFT_GROUPS`). */
export interface PackDrift {
  /** Of the chance of being next, relative to 18 to 39 weeks. */
  readonly first: readonly number[]
  readonly admission: readonly number[]
  /** Of removals at all waits. */
  readonly removed: number
}

/** Standard deviations of a fit, all of them of logarithms or relative; chances by groups of weeks waited (`SPREAD_GROUPS`). */
export interface PackSpread {
  /** Of the chance of being next, relative to 18 to 39 weeks. */
  readonly first: readonly number[]
  readonly admission: readonly number[]
  /** Of the level of removals. */
  readonly removed: number
  /** Of the odds that a first appointment leads to a decision to admit. */
  readonly admittedShare: number
  /** Of clock starts, beside stops. */
  readonly clockStarts: number
}

/** A baseline pack: one system, one or several consecutive months, published counts. Plain JSON. */
export interface BaselinePack {
  readonly format: 'fairwait-baseline'
  readonly version: 1
  readonly system: { readonly code: string; readonly name: string; readonly region: string }
  /** Months covered, `YYYY-MM`, consecutive; lists are at the end of the last. */
  readonly months: readonly string[]
  /** ISO date of the lists where they are an extract of the system's own; left out where they are those of the last month's end. */
  readonly listAsAt?: string
  /** Calendar days in the months covered. */
  readonly days: number
  /** Working days (Monday to Friday less England's bank holidays) in the months covered. */
  readonly workingDays: number
  /** Unreported removals as a share of all removals, from stock and flow over the months; null for one month. */
  readonly unreportedRemovalShare: number | null
  readonly specialties: readonly PackSpecialty[]
  /** Modelled, not published: see `provenance.modelled`. Index 0 is the most deprived quintile, or tenth where there are ten. */
  readonly deprivation: {
    /** Residents by quintile. */
    readonly population: readonly number[]
    /** Residents by quintile (rows) and age band (columns). */
    readonly ageBands: readonly string[]
    readonly populationByAge: readonly (readonly number[])[]
    /** Share of the waiting list by quintile among those who have just joined, sums to 1; longer waits lean by the tilt. */
    readonly listShare: readonly number[]
    /** Share of clock starts by quintile, sums to 1. */
    readonly startShare: readonly number[]
    /** Tilt of the list's quintile shares by weeks waited: log odds per unit of relative rank, from deprived to not, in bands 18–51 and 52+; 0 in bands 0–17. */
    readonly tilt18to51: number
    readonly tilt52plus: number
  }
  readonly provenance: {
    readonly licence: string
    readonly sources: readonly { readonly title: string; readonly publisher: string; readonly file: string; readonly sha256: string }[]
    /** One sentence per figure that is modelled rather than published. */
    readonly modelled: readonly string[]
  }
}

/** A deprivation group. */
export interface Group {
  /** `"1"` is the most deprived. */
  readonly id: string
  readonly label: string
  /** Residents. */
  readonly population: number
}

/** One specialty as the model reads it. Arrays by group are index 0 = most deprived. */
export interface SpecialtyBaseline {
  readonly code: string
  readonly name: string
  /** Clock starts in a standard week of five working days, by group. */
  readonly clockStartsPerWeek: readonly number[]
  /** People waiting for a first appointment at the start: [group][whole weeks waited]; whole numbers. */
  readonly waitingFirst: readonly (readonly number[])[]
  /** People waiting for admission at the start: [group][whole weeks waited]; whole numbers. */
  readonly waitingAdmission: readonly (readonly number[])[]
  /** First appointments attended that end in a clock stop or a decision to admit, in a standard week. */
  readonly firstAppointmentsPerWeek: number
  /** Admissions (clock stops with admission) in a standard week. */
  readonly admissionsPerWeek: number
  /** Probability that an attended first appointment ends in a decision to admit, by group. */
  readonly admittedShare: readonly number[]
  /** Share of clock starts with a decision to admit from the start, which need no first appointment, by group. */
  readonly directShare: readonly number[]
  /** Relative chance of being next by whole weeks waited, first appointments; the last entry holds beyond. */
  readonly chanceWeightFirst: readonly number[]
  /** Relative chance of being next by whole weeks waited, admissions. */
  readonly chanceWeightAdmission: readonly number[]
  /** Hazard per week of `removed` by whole weeks waited (before group multipliers); the last entry holds beyond. */
  readonly removedPerWeek: readonly number[]
  /** Hazard per week of `withdrew` by whole weeks waited. */
  readonly withdrewPerWeek: readonly number[]
  /** How the chances and hazards above move from month to month; left out where they stay. */
  readonly drift?: BaselineDrift
}

/** Slopes of logarithms per month at the start, which fade (`DAMPING`): of chances by whole weeks waited, and of `removed` and `withdrew`. */
export interface BaselineDrift {
  readonly first: readonly number[]
  readonly admission: readonly number[]
  readonly removed: number
}

/** The one form in which the model reads where a projection starts. */
export interface Baseline {
  /** `region` of NHS England; left out where the baseline is written out. */
  readonly system: { readonly code: string; readonly name: string; readonly region?: string }
  /** ISO date of the first day after the lists were counted. */
  readonly asOf: string
  readonly groups: readonly Group[]
  readonly specialties: readonly SpecialtyBaseline[]
  /** Where it came from, for the report: licence line, sources, and what is modelled. */
  readonly notes: readonly string[]
}
