import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { JSON_SCHEMA_DRAFTS, studyJsonSchema } from '../../src/scenario/schema.ts'

describe.each(JSON_SCHEMA_DRAFTS)('the JSON Schema, draft %s', (draft) => {
  const schema = studyJsonSchema(draft)

  it('is the one that is published; remake it with `fairwait schema --draft` where this fails', () => {
    const file = new URL(`../../scenarios/schema/study.draft-${draft.padStart(2, '0')}.schema.json`, import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema)
  })

  it('names its draft and refuses unknown keys', () => {
    expect(schema['$schema']).toContain(draft === '7' ? 'draft-07' : '2020-12')
    expect(schema['additionalProperties']).toBe(false)
    expect(schema['required']).toEqual(['schemaVersion', 'name', 'baseline', 'time', 'scenarios'])
  })

  it('describes every key of a programme for editor completion', () => {
    const text = JSON.stringify(schema)
    for (const word of ['costPerAdmission', 'headStartWeeks', 'industrial-action', 'Pounds a year']) expect(text).toContain(word)
  })
})
