/** What messages about published files share. */
import { InputError } from '../errors.ts'
import { didYouMean, nearest } from '../scenario/suggest.ts'

/** A file, or a line of it, that is not what is expected. */
export function wrong(file: string, message: string, line?: number): InputError {
  return new InputError(line === undefined ? { file, message } : { file, line, message })
}

/** Ends a sentence about a name that is not known: with the nearest that is, where one is near. */
export function suggestion(name: string, known: readonly string[]): string {
  return didYouMean(nearest(name, known)) || '.'
}
