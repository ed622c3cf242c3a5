import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadStudy } from '../../../src/cli/load-study.ts'
import { marginOf } from '../../../src/experiment/solve/margin.ts'
import { targetAsked } from '../../../src/experiment/solve/target-expression.ts'
import { shortfallOf } from '../../../src/measures/targets.ts'
import type { Study } from '../../../src/scenario/study.ts'

const PATH = fileURLToPath(new URL('../../../scenarios/laboratory.yaml', import.meta.url))
const file = parse(readFileSync(PATH, 'utf8')) as Record<string, unknown>

let study: Study
beforeAll(async () => {
  study = (await loadStudy(PATH)).study
})

describe('a target in a line', () => {
  it.for([
    ['within-18-weeks >= 0.92 by 2027-03-31', { measure: 'within-18-weeks', limitKind: 'atLeast', limit: 0.92, group: 'all', specialty: 'all', by: '2027-03-31' }],
    ['within-18-weeks≥92% by 2027-03-31', { measure: 'within-18-weeks', limitKind: 'atLeast', limit: 0.92 }],
    ['waiting of group 1 in T_001 <= 500 by 2027-03-31', { measure: 'waiting', limitKind: 'atMost', limit: 500, group: '1', specialty: 'T_001' }],
    ['abs(slope-index:within-18-weeks) <= 0.005 by 2027-03-31', { measure: 'slope-index:within-18-weeks', limitKind: 'within', limit: 0.005, group: 'gap' }],
    ['relative-gap:within-18-weeks within 0.05 by 2027-03-31', { limitKind: 'within', limit: 0.05 }],
  ] as const)('%s is read', async ([written, expected]) => {
    expect(await targetAsked(written, file, study)).toMatchObject(expected)
  })

  it.for([
    ['within-18-weeks > 0.92 by 2027-03-31', 'cannot be read'],
    ['abs(slope-index:within-18-weeks <= 0.005 by 2027-03-31', 'cannot be read'],
    ['within-18-week >= 0.92 by 2027-03-31', 'within-18-weeks'],
    ['within-18-weeks >= 92 by 2027-03-31', '--target atLeast: must be between 0 and 1'],
    ['within-18-weeks >= 0.92 by 2037-03-31', '--target by'],
    ['waiting in C_110 <= 500 by 2027-03-31', 'T_001'],
    ['waiting of group 9 <= 500 by 2027-03-31', '--target group'],
    ['abs(waiting) <= 500 by 2027-03-31', 'gap'],
    ['abs(slope-index:within-18-weeks) >= 0.1 by 2027-03-31', 'abs(GAP) <= NUMBER'],
    ['abs(relative-gap:within-18-weeks) <= 0.1 by 2027-03-31', 'is a ratio'],
    ['no-such-target', 'has no targets'],
  ] as const)('%s is refused with the reason', async ([written, reason]) => {
    await expect(targetAsked(written, file, study)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(reason) as string })
  })

  it("can be the id of one of the study's own, and a near miss is answered with it", async () => {
    const own = await targetAsked('waiting <= 500 by 2027-03-31', file, study)
    const withTargets = { ...study, targets: [{ ...own, id: 'short-list' }] }
    expect(await targetAsked('short-list', file, withTargets)).toMatchObject({ id: 'short-list', limit: 500 })
    await expect(targetAsked('short-lits', file, withTargets)).rejects.toThrow('did you mean "short-list"')
  })
})

describe('the margin of a run', () => {
  it.for(['atLeast', 'atMost', 'within'] as const)('is below 0 by the shortfall where %s is missed, and 0 or more where it is met', (limitKind) => {
    for (const measure of ['slope-index:within-18-weeks', 'relative-gap:within-18-weeks']) {
      for (const value of [-2, -0.1, 0, 0.05, 0.1, 0.5, 0.9, 1, 1.05, 3]) {
        const target = { measure, limitKind, limit: 0.1 }
        const margin = marginOf(target, value)
        expect(Math.max(0, -margin)).toBeCloseTo(shortfallOf(target, value), 12)
      }
    }
  })
})
