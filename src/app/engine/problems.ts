/** Whatever was thrown, as problems that the page can show. */
import { InputError, type Problem } from '../../errors.ts'
import { GivenProblems } from '../contract.ts'
import { engineWords } from './messages.ts'

/** The problems of bad input as they are; anything else in one line, which says so where it is a defect. */
export function problemsIn(error: unknown): readonly Problem[] {
  if (error instanceof InputError || error instanceof GivenProblems) return error.problems
  if (error instanceof Error && 'exitCode' in error) return [{ message: error.message }]
  if (error instanceof RangeError) return [{ message: engineWords.outOfMemory }]
  return [{ message: engineWords.defect(error instanceof Error ? error.message : String(error)) }]
}
