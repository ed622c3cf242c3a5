/** Work of which there is one at a time: what begins ends what was under way. */
import type { Problem } from '../../errors.ts'
import { problemsIn } from './problems.ts'

/** How work can end that does not say its own end. */
export type TaskEnd = { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly problems: readonly Problem[] }

/** What says an update, until the work is ended. */
export type Emit<Update> = (update: Update) => void

/** One at a time. */
export interface SoleTask<Update> {
  /**
   * Ends what is under way and begins.
   * @param onUpdate told what the work emits, and its end where it was stopped or failed; nothing after that
   */
  begin(onUpdate: (update: Update | TaskEnd) => void, work: (emit: Emit<Update>, signal: AbortSignal) => Promise<void>): void
  /** Ends what is under way, if anything is. */
  readonly stop: () => void
}

/** Nothing is under way yet. */
export function createSoleTask<Update>(): SoleTask<Update> {
  let current: AbortController | null = null
  const stop = (): void => {
    current?.abort()
    current = null
  }
  return {
    begin(onUpdate, work) {
      stop()
      const controller = new AbortController()
      const { signal } = controller
      current = controller
      const emit = (update: Update | TaskEnd): void => {
        if (!signal.aborted) onUpdate(update)
      }
      signal.addEventListener('abort', () => onUpdate({ kind: 'cancelled' }))
      void work(emit, signal)
        .catch((error: unknown) => emit({ kind: 'failed', problems: problemsIn(error) }))
        .finally(() => {
          if (current === controller) current = null
        })
    },
    stop,
  }
}
