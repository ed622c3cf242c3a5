import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { migrateStudy, STUDY_MIGRATIONS, type MigrationStep, type StudyData } from '../../src/scenario/migrate.ts'
import { readStudyData } from '../../src/scenario/parse.ts'
import { NO_POSITIONS } from '../../src/scenario/positions.ts'
import { studySchema } from '../../src/scenario/schema.ts'

/** Made up: version 2 calls the weeks of a study `horizonWeeks`; version 3 has no `note`. */
const STEPS: readonly MigrationStep[] = [
  {
    from: 1,
    migrate: ({ weeks, ...data }) => ({
      data: weeks === undefined ? data : { ...data, horizonWeeks: weeks },
      changes: weeks === undefined ? [] : ['weeks is now called horizonWeeks'],
    }),
  },
  {
    from: 2,
    migrate: ({ note, ...data }) => ({ data, changes: note === undefined ? [] : ['note was dropped: nothing read it'] }),
  },
]

describe('a study of an older schema version', () => {
  it('goes through every step from its own to the newest, and says what each changed', () => {
    const old: StudyData = { schemaVersion: 1, name: 'old', weeks: 52, note: 'x' }
    expect(migrateStudy(old, NO_POSITIONS, STEPS)).toEqual({
      data: { schemaVersion: 3, name: 'old', horizonWeeks: 52 },
      from: 1,
      to: 3,
      changes: ['weeks is now called horizonWeeks', 'note was dropped: nothing read it'],
    })
    expect(migrateStudy({ schemaVersion: 2, horizonWeeks: 52, note: 'x' }, NO_POSITIONS, STEPS).changes).toEqual(['note was dropped: nothing read it'])
    expect(old).toEqual({ schemaVersion: 1, name: 'old', weeks: 52, note: 'x' })
  })

  it('arrives at the same place whichever version it is stopped at on the way', () => {
    fc.assert(
      fc.property(fc.record({ weeks: fc.nat(), note: fc.string(), name: fc.string() }, { requiredKeys: [] }), (rest) => {
        const first = migrateStudy({ ...rest, schemaVersion: 1 }, NO_POSITIONS, STEPS.slice(0, 1)).data
        expect(migrateStudy(first, NO_POSITIONS, STEPS).data).toEqual(migrateStudy({ ...rest, schemaVersion: 1 }, NO_POSITIONS, STEPS).data)
      }),
    )
  })

  it('is left alone where it is of the newest version already', () => {
    const data = { schemaVersion: 3, name: 'new' }
    expect(migrateStudy(data, NO_POSITIONS, STEPS)).toEqual({ data, from: 3, to: 3, changes: [] })
  })

  it.for([
    ['schemaVersion: 4\nname: x', /f\.yaml:1:16 schemaVersion: is 4, of a newer Fairwait than this one, which reads up to 3/],
    ['schemaVersion: 0', /schemaVersion: must be a whole number from 1 to 3/],
    ['schemaVersion: "1"', /must be a whole number from 1 to 3/],
    ['schemaVersion: 1.5', /must be a whole number from 1 to 3/],
    ['name: x', /schemaVersion is missing/],
    ['[1]', /must be a study/],
    ['just text', /must be a study/],
  ] as const)('%j is refused with its place and what is allowed', ([source, message]) => {
    const { written, positions } = readStudyData(source, 'f.yaml')
    const migrate = (): unknown => migrateStudy(written, positions, STEPS)
    expect(migrate).toThrow(InputError)
    expect(migrate).toThrow(message)
  })

  it('ends at the version that the schema describes', () => {
    const { to } = migrateStudy({ schemaVersion: 1 }, NO_POSITIONS)
    expect(to).toBe(1 + STUDY_MIGRATIONS.length)
    expect(studySchema.shape.schemaVersion.safeParse(to).success).toBe(true)
    expect(studySchema.shape.schemaVersion.safeParse(to + 1).success).toBe(false)
    expect(STUDY_MIGRATIONS.map(({ from }) => from)).toEqual(STUDY_MIGRATIONS.map((_, index) => index + 1))
  })
})
