/** How far a sweep has come, on the line of progress. */
import type { SweepProgress } from './sweep-execute.ts'
import { sweepText } from './sweep-messages.ts'
import type { ProgressLine } from './terminal.ts'

/** Shows runs that are done, and how long the rest takes at the pace since now. */
export function shownOn(progress: ProgressLine): (reached: SweepProgress) => void {
  const start = performance.now()
  return ({ ran, stored, aside, total }) => {
    const secondsEach = (performance.now() - start) / 1000 / ran
    progress.show(sweepText.progress(ran + stored, total, aside, ran === 0 ? null : secondsEach * (total - ran - stored - aside)))
  }
}

/**
 * Shows points that are collected.
 * @param signal stops the collecting where it is aborted
 */
export function collectingOn(progress: ProgressLine, signal?: AbortSignal): (done: number, total: number) => void {
  return (done, total) => {
    signal?.throwIfAborted()
    progress.show(sweepText.collecting(done, total))
  }
}
