/** Ctrl-C: the first asks the work to stop and clean up, the second does not wait. */
import { UserError } from '../errors.ts'
import { INTERRUPTED } from './messages.ts'
import { progressLineOn, type ProgressLine } from './terminal.ts'

const EXIT_INTERRUPTED = 130
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs work that an interrupt aborts.
 * @returns what the work returns
 * @throws what the work throws: when aborted, by its signal's reason, a UserError with exit code 130
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED)
    controller.abort(new UserError(INTERRUPTED, EXIT_INTERRUPTED))
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal)
  }
}

/**
 * Runs work that an interrupt aborts, with a line of progress that is gone when it ends.
 * @param isQuiet shows none
 * @returns what the work returns
 * @throws as {@link interruptible}
 */
export async function withProgress<T>(isQuiet: boolean, work: (progress: ProgressLine, signal: AbortSignal) => Promise<T>): Promise<T> {
  const progress = progressLineOn(process.stderr, !isQuiet)
  try {
    return await interruptible((signal) => work(progress, signal))
  } finally {
    progress.clear()
  }
}
