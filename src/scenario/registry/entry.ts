/** What the registry of default assumptions says of each. */
import type { Assumptions } from '../study.ts'

/** H read in a published source, M partial or indirect, D derived from H figures as stated, A assumption. */
export type Confidence = 'H' | 'M' | 'D' | 'A'

/** A key of the `assumptions` block. */
export type AssumptionKey = keyof Assumptions

/** One assumption. */
export interface AssumptionEntry {
  /** Key of the `assumptions` block, `lever.<lever>.<parameter>`, or `priority.<stage>.<what>`. */
  readonly id: string
  readonly label: string
  /**
   * Default with a baseline pack; by deprivation quintile where it is a list (index 0 = most deprived), by level from
   * the least urgent for `priority.…`.
   */
  readonly value: number | readonly number[]
  readonly unit: string
  /** Lowest and highest value allowed. */
  readonly range: readonly [number, number]
  /** How unsure the source is: its 95% interval, or the span that an assumption was taken from the middle of. */
  readonly interval?: readonly [number, number]
  readonly source: string
  readonly confidence: Confidence
  readonly note: string
  /** Whether it may change from week to week, by a formula or an adjustment; otherwise it is read once, at the start. */
  readonly timeVarying: boolean
  /** Value with an inline baseline, which leaves the mechanism off; null where an inline baseline has no use for it. */
  readonly inlineValue: number | null
}

/** Entries of some keys of the `assumptions` block. The compiler sees to it that those by group are lists. */
export type StudyEntries<Keys extends AssumptionKey = AssumptionKey> = {
  readonly [Key in Keys]: Omit<AssumptionEntry, 'id'> & { readonly value: Assumptions<number>[Key] }
}

/** Range of a hazard per week, and of a probability. */
export const UNIT_RANGE = [0, 1] as const

/** The same for each quintile. */
export const forAll = (value: number): readonly number[] => [value, value, value, value, value]

/** Source of what nobody has published. */
export const ASSUMED = 'assumption'

/** Said of a source that a fit has moved. */
export const FITTED = 'fitted to the published gaps by deprivation (fairwait gradients)'
