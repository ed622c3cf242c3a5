/** Money of a study, resolved: budgets, who they are for, envelopes and prices. */
import type { MoneyKind } from '../model/tables.ts'
import type { NumberSpec } from './study-numbers.ts'

/** Pounds in one financial year. */
export interface YearMoney<N = NumberSpec> {
  /** By its first calendar year: 2026 for 2026/27. */
  readonly financialYear: number
  readonly pounds: N
}

/** Money by the year: the same each year, or year by year. */
export interface YearlyMoney<N = NumberSpec> {
  /** Pounds a year; not read where `byYear` has entries. */
  readonly perYear: N
  /** Years with an amount of their own; all others have none. Empty where every year has the same. */
  readonly byYear: readonly YearMoney<N>[]
}

/** Money for one programme. */
export interface Budget<N = NumberSpec> extends YearlyMoney<N> {
  /** Share of the scenario's envelope instead of pounds, 0 to 1; null where pounds are given. */
  readonly share: N | null
  /** First day of spending, ISO date. */
  readonly from: string
  /** Years of funding; the money ends on the same day of the year, `years` later (part years by days). */
  readonly years: number
  /** Weeks over which spending rises linearly from nothing to full strength; the shortfall is unspent. */
  readonly rampWeeks: number
  /** The part of the money that comes late, and how late; null where all comes when it should. */
  readonly late: { readonly share: N; readonly weeks: number } | null
  /** Pounds a year of the envelope that only this programme may have: they are never passed on. */
  readonly earmark: N
  /** Pounds a year below which, and above which, sharing an envelope never takes the programme. */
  readonly minimum: N
  /** Null for no limit. */
  readonly maximum: N | null
}

/** What need is counted by: use, as the baseline has it, ÷ the share of need that is referred; residents; need not referred; or numbers per head by id. */
export type NeedBasis = 'use' | 'population' | 'unmet-need' | { readonly index: Readonly<Record<string, number>> }

/** Rules by which money can move from today's shares: everything but a move itself. */
export type Destination<N = NumberSpec> =
  | { readonly rule: 'universal' }
  | { readonly rule: 'need'; readonly need: NeedBasis }
  | { readonly rule: 'proportionate'; readonly theta: N; readonly need: NeedBasis }
  | { readonly rule: 'targeted'; readonly groups: readonly number[] }
  | { readonly rule: 'level-up'; readonly need: NeedBasis }
  | { readonly rule: 'custom'; readonly weights: Readonly<Record<string, number>> }

/** How money is shared among deprivation groups, systems or specialties; groups are numbered as in the file, 1 = most deprived. */
export type Allocation<N = NumberSpec> =
  | Destination<N>
  | {
      readonly rule: 'pace-of-change'
      /** Where shares start; `use` for today's activity. */
      readonly from: 'use' | Readonly<Record<string, number>>
      readonly to: Destination<N>
      /** Most that any share moves on each first of April, as a part of all the money. */
      readonly perYear: N
      /** Least and most that a share may become, relative to where it started. */
      readonly floor: number
      readonly cap: number
    }

/** How money is shared among systems and among specialties; null leaves it to the lever. */
export interface Across<N = NumberSpec> {
  readonly systems: Allocation<N> | null
  readonly specialties: Allocation<N> | null
}

/** What happens to money that a programme could not spend in a financial year. */
export const UNDERSPENDS = ['lost', 'carry', 'pass'] as const
export type Underspend = (typeof UNDERSPENDS)[number]

/** The money that a scenario's programmes share, by kind; null where a kind has no limit. */
export interface Envelope<N = NumberSpec> extends Readonly<Record<MoneyKind, YearlyMoney<N> | null>> {
  readonly underspend: Underspend
}

/** Prices of a study. */
export interface Prices<N = NumberSpec> {
  /** Financial year, by its first calendar year, in whose prices unit costs are, and money that is `real`. */
  readonly baseYear: number
  /** Whether budgets and envelopes are written in prices of the base year, and rise with inflation, or in cash of the day. */
  readonly budgets: 'real' | 'cash'
  /** Rise a year of money that is real, and of unit costs; compounded each first of April. */
  readonly inflation: N
  readonly costInflation: N
}
