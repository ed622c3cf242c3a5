/** A small sound study to change, and the messages of what goes wrong. */
import { InputError } from '../../src/errors.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { inlineStudyBaseline, resolveStudy } from '../../src/scenario/resolve.ts'
import type { Study } from '../../src/scenario/study.ts'

/** Lines that tests replace or add to. */
export const SMALL_STUDY = `schemaVersion: 1
name: small
baseline:
  groups: [1000, 2000, 3000]
  specialties:
    - { code: T_1, clockStartsPerWeek: 12, waiting: [7, 5, 3], firstAppointmentsPerWeek: 10, admissionsPerWeek: 2 }
time: { start: 2026-04-06, weeks: 20 }
scenarios:
  base: {}
`

/** Parses and resolves a study with an inline baseline. */
export async function resolved(source: string): Promise<Study> {
  const { file, positions } = await parseStudy(source, 'study.yaml')
  if (typeof file.baseline === 'string') throw new Error('this helper is for inline baselines')
  return resolveStudy(file, inlineStudyBaseline(file, file.baseline), positions)
}

/** The lines of the error that reading a study gives, or an empty list where it is sound. */
export async function complaints(source: string): Promise<string[]> {
  try {
    await resolved(source)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n')
    throw error
  }
}
