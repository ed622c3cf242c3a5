/**
 * Study files of older schema versions → the newest, one step a version. Pure: data in, data and words out.
 *
 *     version 1 ── step 1 → 2 ──▶ version 2 ── step 2 → 3 ──▶ …
 *
 * A step is added to {@link STUDY_MIGRATIONS} when `schemaVersion` goes up, and is never changed afterwards.
 */
import { InputError } from '../errors.ts'
import { migrateText } from './migrate-messages.ts'
import { problemAt, type Positions } from './positions.ts'

/** The first version. */
const FIRST_VERSION = 1

/** A study file's data, as YAML or JSON gives them. */
export type StudyData = Readonly<Record<string, unknown>>

/** What takes a study from one schema version to the next. */
export interface MigrationStep {
  /** Version that it starts from; it ends at the one after. */
  readonly from: number
  /** The data of the next version, without `schemaVersion`, and a sentence for each change that this study needed. */
  readonly migrate: (data: StudyData) => { readonly data: StudyData; readonly changes: readonly string[] }
}

/** Every step there is. Version 1 is the first, so that there is none yet. */
export const STUDY_MIGRATIONS: readonly MigrationStep[] = []

/** A study in the newest version. */
export interface MigratedStudy {
  readonly data: StudyData
  readonly from: number
  readonly to: number
  /** What was changed, a sentence each, oldest step first. */
  readonly changes: readonly string[]
}

/**
 * Takes a study's data to the newest schema version.
 * @param written the data as read; not changed
 * @param positions where its parts stand, for messages
 * @param steps one for each version before the newest
 * @throws InputError where the data are no study, or of a version that is newer than the newest or was never one
 */
export function migrateStudy(written: unknown, positions: Positions, steps: readonly MigrationStep[] = STUDY_MIGRATIONS): MigratedStudy {
  const newest = FIRST_VERSION + steps.length
  const from = versionOf(written, positions, newest)
  let data = written as StudyData
  const changes: string[] = []
  for (let version = from; version < newest; version += 1) {
    const step = steps.find((each) => each.from === version)
    if (step === undefined) throw new Error(`there is no migration from schema version ${version}`)
    const migrated = step.migrate(data)
    data = { ...migrated.data, schemaVersion: version + 1 }
    changes.push(...migrated.changes)
  }
  return { data, from, to: newest, changes }
}

function versionOf(written: unknown, positions: Positions, newest: number): number {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw new InputError(problemAt(positions, [], migrateText.notAStudy))
  }
  const { schemaVersion } = written as StudyData
  if (schemaVersion === undefined) throw new InputError(problemAt(positions, [], migrateText.noVersion(newest)))
  if (typeof schemaVersion !== 'number' || !Number.isInteger(schemaVersion) || schemaVersion < FIRST_VERSION) {
    throw new InputError(problemAt(positions, ['schemaVersion'], migrateText.notAVersion(newest)))
  }
  if (schemaVersion > newest) throw new InputError(problemAt(positions, ['schemaVersion'], migrateText.newerStudy(schemaVersion, newest)))
  return schemaVersion
}
