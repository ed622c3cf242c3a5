/**
 * Study file text → checked {@link StudyFile}, with the place of everything in it. Pure: text in, no files.
 */
import { InputError } from '../errors.ts'
import { checkStudyFile } from './checks.ts'
import { problemsOf } from './issues.ts'
import { text as messages } from './messages.ts'
import { problemAt } from './positions.ts'
import type { Positions } from './positions.ts'
import { readYaml } from './read-yaml.ts'
import { studySchema } from './schema.ts'
import type { StudyFile } from './schema.ts'

/** Largest study file, MB (10⁶ characters). Big lists belong in baseline packs. */
const MAX_STUDY_MEGABYTES = 5

/** A study file that has the right shape, and where its parts stand. */
export interface ParsedStudy {
  readonly file: StudyFile
  /** The same as it was written: formulas as text. What is edited and written again. */
  readonly written: unknown
  readonly positions: Positions
}

/**
 * Reads a study file, YAML 1.2 or JSON.
 *
 * @param source the file's text
 * @param file its name, for messages
 * @throws InputError with every problem found: of reading, else of shape, else of names and dates
 */
export async function parseStudy(source: string, file: string): Promise<ParsedStudy> {
  const { written, positions } = readStudyData(source, file)
  return { file: await checkStudyData(written, positions), written, positions }
}

/**
 * Reads a study file of any schema version: its data, of which nothing but the notation is checked.
 *
 * @throws InputError with every problem of reading
 */
export function readStudyData(source: string, file: string): Pick<ParsedStudy, 'written' | 'positions'> {
  const nowhere: Positions = { file, at: () => undefined }
  if (source.length > MAX_STUDY_MEGABYTES * 1_000_000) {
    throw new InputError(problemAt(nowhere, [], messages.tooLong(MAX_STUDY_MEGABYTES)))
  }
  const { data, positions } = readYaml(source, file)
  if (data === null) throw new InputError(problemAt(positions, [], messages.empty))
  return { written: data, positions }
}

/**
 * Checks data that are to be a study file: its shape, then names and dates.
 *
 * @param data plain data, as JSON or YAML gives them
 * @param positions where its parts stand, for messages
 * @throws InputError with every problem found: of shape, else of names and dates
 */
export async function checkStudyData(data: unknown, positions: Positions): Promise<StudyFile> {
  const result = await studySchema.safeParseAsync(data)
  if (!result.success) throw new InputError(problemsOf(result.error.issues, data, positions))
  const problems = checkStudyFile(result.data, positions)
  if (problems.length > 0) throw new InputError(problems)
  return result.data
}
