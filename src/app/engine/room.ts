/** What a study takes of the memory that the page may use. */
import { InputError } from '../../errors.ts'
import type { SeriesCatalogue } from '../../measures/types.ts'
import { studySize } from '../../scenario/size.ts'
import type { Study } from '../../scenario/study.ts'
import { engineWords } from './messages.ts'
import type { Surroundings } from './surroundings.ts'

/** Numbers that results keep for each series, week and scenario: six, of eight bytes but one. */
const BYTES_PER_NUMBER_OF_RESULTS = 44
const GIGABYTE = 1e9

/** As many workers as there is memory for. @throws InputError where there is not enough for one */
export function workersFor(study: Study, { workers, memoryBytes }: Pick<Surroundings, 'workers' | 'memoryBytes'>): number {
  const { kernelBytes } = studySize(study)
  if (kernelBytes > memoryBytes) throw tooMuch(kernelBytes, memoryBytes)
  return Math.max(1, Math.min(workers, Math.floor(memoryBytes / kernelBytes)))
}

/** Bytes that a study's results take. */
export function resultsBytes({ scenarios }: Study, { keys, dates }: SeriesCatalogue): number {
  return keys.length * dates.length * scenarios.length * BYTES_PER_NUMBER_OF_RESULTS
}

/** More than there is. */
export function tooMuch(needBytes: number, haveBytes: number): InputError {
  const [need, have] = [needBytes, haveBytes].map((bytes) => (bytes / GIGABYTE).toLocaleString('en-GB', { maximumSignificantDigits: 2 }))
  return new InputError({ message: engineWords.tooMuchMemory(need, have) })
}
