/** Numbers of a study, as the file gives them and as one draw has them. */
import type { FormulaProgram } from './formula-program.ts'

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

/** A number for all steps, or one per step. */
export type Series = number | readonly number[]
