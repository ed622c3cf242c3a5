/** `fairwait run --check`: a run that misses a required target ends with exit code 4. */
import { InputError, UserError } from '../errors.ts'
import { missedRequired } from '../measures/targets.ts'
import type { StudyResults } from '../results/types.ts'
import type { Study } from '../scenario/study.ts'
import { missedTargets, nothingRequired } from './messages.ts'

/** A check or target was not met. */
const EXIT_NOT_MET = 4

/**
 * Refuses a check that would check nothing, before anything is simulated.
 * @param file the study file as the user named it
 * @throws InputError where no target is required in any scenario that is run
 */
export function checkSomethingRequired({ targets }: Study, file: string): void {
  if (targets.some(({ requiredIn }) => requiredIn.length > 0)) return
  throw new InputError({ file, path: 'targets', message: nothingRequired(targets.length) })
}

/** @throws UserError with exit code 4 and every required target that is missed */
export function checkRequiredMet({ targets, measures }: Pick<StudyResults, 'targets' | 'measures'>): void {
  const missed = missedRequired(targets)
  if (missed.length > 0) throw new UserError(missedTargets(missed, measures), EXIT_NOT_MET)
}
