/** Files that the user gave: sizes and text, with the limits of the command line. */
import { InputError } from '../../errors.ts'
import type { GivenFile } from '../contract.ts'
import { engineWords } from './messages.ts'

const MEGABYTE = 1_000_000
/** Largest study or pack, MB. */
const MAX_TEXT_MEGABYTES = 50

/** The text of a file. @throws InputError where it is too large or is not UTF-8 */
export function givenText({ name, bytes }: GivenFile): string {
  if (bytes.length > MAX_TEXT_MEGABYTES * MEGABYTE) throw new InputError({ file: name, message: engineWords.tooLarge(MAX_TEXT_MEGABYTES) })
  if (bytes.subarray(0, 4).includes(0)) throw new InputError({ file: name, message: engineWords.notUtf8 })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InputError({ file: name, message: engineWords.notUtf8 })
  }
}
