import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../../src/cli/load-study.ts'
import { canonicalJson, runIdentity } from '../../../src/experiment/sweep/identity.ts'
import type { Study } from '../../../src/scenario/study.ts'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const TASK = { scenario: 1, draw: 0, replication: 2 }
const idOf = (study: Study, task = TASK, engine = 'fairwait-1', kept = 'all'): string => runIdentity(engine, study, kept, digest)(task)

let study: Study
beforeAll(async () => {
  ;({ study } = await loadStudy('scenarios/laboratory.yaml'))
})

describe("a run's identity", () => {
  it('is 32 hex digits, and the same when worked out again', () => {
    expect(idOf(study)).toMatch(/^[0-9a-f]{32}$/)
    expect(idOf(structuredClone(study))).toBe(idOf(study))
  })

  it('does not depend on names, on how much else is run, or on the other scenarios', () => {
    const other = {
      ...study,
      name: 'other',
      title: 'Other',
      replications: 99,
      reference: study.scenarios[2].id,
      scenarios: study.scenarios.slice(0, 2).map((scenario) => ({ ...scenario, title: 'renamed' })),
    }
    expect(idOf(other)).toBe(idOf(study))
  })

  it('depends on everything that could change its numbers', () => {
    const variants = [
      idOf(study),
      idOf({ ...study, seed: 'other' }),
      idOf({ ...study, time: { ...study.time, weeks: 9 } }),
      idOf({ ...study, draws: 1 }),
      idOf({ ...study, assumptions: { ...study.assumptions, backfillShare: 0.123 } }),
      idOf({ ...study, baseline: { ...structuredClone(study.baseline), changed: true } as unknown as Study['baseline'] }),
      idOf(study, { ...TASK, scenario: 0 }),
      idOf(study, { ...TASK, draw: 1 }),
      idOf(study, { ...TASK, replication: 3 }),
      idOf(study, TASK, 'fairwait-2'),
      idOf(study, TASK, 'fairwait-1', 'less'),
    ]
    expect(new Set(variants).size).toBe(variants.length)
  })
})

describe('canonical JSON', () => {
  it('is the same for equal data, whatever the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}')
    expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }))
  })
})
