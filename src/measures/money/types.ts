/** What money buys, version 1 of `money.json`: every number against the reference, run by run. */
import type { Price } from './ratio.ts'

/**
 * What extra money may bring; numbers are scenario less reference, so that more is better but for removals. Those of
 * validation programmes are told apart where a study has one, and `brought-within-18-weeks` is net of them.
 */
export const ACTIVITIES = [
  'clock-stops',
  'admissions',
  'first-appointments',
  'removed',
  'removed-by-validation',
  'removed-beyond-18-weeks',
  'brought-within-18-weeks',
  'qalys',
  'slots-recovered',
] as const
export type Activity = (typeof ACTIVITIES)[number]

/** Outcomes that have a price. */
export const OUTCOMES = ['clock-stop', 'within-18-weeks', 'qaly', 'qaly-discounted', 'gap-18-weeks', 'gap-unmet-need'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** A mean over paired runs with its 95% interval (Student's t); NaN where undefined. */
export interface MoneyEstimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
}

/** From after one count of the list to another. */
export interface Period {
  /** Financial year by its first calendar year; null for all time from the start to `to`. */
  readonly financialYear: number | null
  /** ISO dates of the counts: what happens after `from` and up to `to`. */
  readonly from: string
  readonly to: string
}

/** Whose money and activity. */
export interface MoneyCell {
  /** Deprivation group's id, or `all`. */
  readonly group: string
  /** Specialty code, or `all`. */
  readonly specialty: string
}

/** Activity that a scenario adds in a period. */
export interface ActivityRow extends Period, MoneyCell, MoneyEstimate {
  readonly scenario: string
  readonly activity: Activity
}

/** What an outcome has cost from the start to a date. */
export interface CostRow extends Period, MoneyCell {
  readonly scenario: string
  readonly outcome: Outcome
  /** Extra pounds, and extra outcome. */
  readonly spend: MoneyEstimate
  readonly gain: MoneyEstimate
  readonly price: Price
}

/** What slots that are no longer lost are worth, and spend less that. */
export interface SavingRow extends Period, MoneyCell {
  readonly scenario: string
  readonly slotsRecovered: MoneyEstimate
  /** Pounds. */
  readonly value: MoneyEstimate
  readonly spend: MoneyEstimate
  readonly netSpend: MoneyEstimate
}

/** Health that the money would have bought elsewhere, QALYs of one group. */
export interface OpportunityRow {
  readonly scenario: string
  readonly group: string
  /** Of all health forgone, 0 to 1. */
  readonly share: number
  /** With the middle price of a QALY, and with the highest and the lowest. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Gained by the group through less waiting and unmet need. */
  readonly healthGain: MoneyEstimate
}

/** What money buys. */
export interface MoneyOut {
  readonly reference: string
  /** Runs of each scenario, and what is independent among them. */
  readonly runs: number
  readonly independent: 'runs' | 'draws'
  /** Pounds for a slot that nobody used. */
  readonly lostSlotPounds: number
  readonly activity: readonly ActivityRow[]
  readonly costs: readonly CostRow[]
  /** Empty where the study counts no lost slots. */
  readonly savings: readonly SavingRow[]
  readonly opportunityCost: readonly OpportunityRow[]
}
