/** A published RTT file that the user gave → the pack of one system. */
import { bytesSource } from '../../baseline/byte-source.ts'
import { checkSelection, packFileName, packsOfMonths, packText as textOf, type Selection } from '../../baseline/packs-of-months.ts'
import { readRtt } from '../../baseline/read-rtt.ts'
import { ENGLAND } from '../../baseline/reference/reference.ts'
import type { BaselinePack } from '../../baseline/types.ts'
import { InputError } from '../../errors.ts'
import type { GivenFile } from '../contract.ts'
import { engineWords } from './messages.ts'
import { createSha256 } from './sha256.ts'

export { textOf as packText }

/**
 * @param icb code of an integrated care board, or of England
 * @throws InputError where the file is no published file, or does not hold the board
 */
export async function packFromRtt({ name, bytes }: GivenFile, icb: string | undefined): Promise<{ name: string; pack: BaselinePack }> {
  if (icb === undefined) throw new InputError({ file: name, message: engineWords.noIcb })
  const selection: Selection = icb === ENGLAND ? 'england' : { icb }
  checkSelection(selection)
  const [pack] = packsOfMonths([await readRtt(bytesSource(bytes), name, createSha256())], selection)
  return { name: packFileName(pack), pack }
}
