/** A results folder that the command line made, opened from its files. */
import { InputError } from '../../errors.ts'
import { readResults } from '../../results/read-folder.ts'
import type { StudyResults } from '../../results/types.ts'
import type { GivenFile } from '../contract.ts'
import { engineWords } from './messages.ts'

/** @throws InputError where a file is missing, damaged, or of another study */
export function openedResults(files: readonly GivenFile[]): Promise<StudyResults> {
  // A folder that is dropped in gives its files with or without its own name before theirs.
  const byName = new Map(files.map((file) => [file.name.slice(file.name.lastIndexOf('/') + 1), file.bytes]))
  return readResults((name) => {
    const bytes = byName.get(name)
    return bytes === undefined ? Promise.reject(new InputError({ file: name, message: engineWords.notResults(name) })) : Promise.resolve(bytes)
  })
}
