/**
 * What passes between the coordinator and the workers that take a first look. The parts of a look are shared out by
 * specialty, and the first worker measures what all have counted:
 *
 *     look(study, scenario, part) → each       ← counts; the first keeps its own
 *     counts(of the others)       → the first  ← looked
 *
 * A look of one part is answered by `looked` at once, and anything by `failure` where it fails.
 */
import type { SerialisedError } from '../../../execution/failure.ts'
import type { Counts } from '../../../measures/gather.ts'
import type { BudgetLine } from '../../../model/tables.ts'
import type { PackBaseline } from '../../../scenario/baselines.ts'
import type { Study } from '../../../scenario/study.ts'

/** People counted, by position of the block that they belong to: 0 for all specialties, n for the nth. */
export type CountsByBlock = ReadonlyMap<number, Counts>

/** To a worker. `look` numbers the looks of a coordinator. */
export type ToLooker =
  | {
      readonly look: number
      readonly kind: 'look'
      /** One run of it is taken: without draws. Its packs are left out, and named by their hashes. */
      readonly study: Study
      /** Packs of the study that the worker was not sent with the study before. */
      readonly packs: readonly PackBaseline[]
      readonly scenario: number
      /** Which part of `parts`, from 0. */
      readonly part: number
      readonly parts: number
    }
  | { readonly look: number; readonly kind: 'counts'; readonly counts: readonly CountsByBlock[] }

/** From a worker. */
export type FromLooker =
  | { readonly look: number; readonly kind: 'counts'; readonly counts: CountsByBlock }
  | { readonly look: number; readonly kind: 'looked'; readonly seen: Look }
  | { readonly look: number; readonly kind: 'failure'; readonly error: SerialisedError }

/** What one look at a scenario sees. */
export interface Look {
  /** The series that are kept for the screen (`shownSeries`), those of health undefined. */
  readonly values: Float64Array
  readonly budgets: readonly BudgetLine[]
}
