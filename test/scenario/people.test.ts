import { describe, expect, it } from 'vitest'
import { assumptionEntry } from '../../src/scenario/assumptions.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { complaints, FULL_STUDY, resolved, SMALL_STUDY } from './helpers.ts'

const withTop = (lines: string): string => `${SMALL_STUDY}${lines}\n`
const numbersOf = (id: string): readonly number[] => [assumptionEntry(id).value].flat()

describe('clinical priority', () => {
  it('is one level that changes nothing, where a study has none', async () => {
    const { priority } = await resolved(SMALL_STUDY)
    expect(priority.levels).toEqual([{ id: 'all', title: 'All', targetWeeksFirst: null, targetWeeksAdmission: null }])
    expect([priority.sharesFirst, priority.listSharesAdmission, priority.chanceWeightFirst]).toEqual([[1], [1], [1]])
    expect([priority.headStartWeeksFirst, priority.headStartWeeksAdmission]).toEqual([[0], [0]])
  })

  it('has targets, and numbers that are left out as the guide says', async () => {
    const { priority } = await resolved(
      withTop('priority: { levels: [{ id: P4, targetWeeks: 18 }, { id: P2, targetWeeks: { admission: 4 } }], firstAppointment: { shares: [0.9, 0.1], chanceWeight: [1, 5] } }'),
    )
    expect(priority.levels.map(({ targetWeeksFirst, targetWeeksAdmission }) => [targetWeeksFirst, targetWeeksAdmission])).toEqual([
      [18, 18],
      [null, 4],
    ])
    expect(priority.listSharesFirst).toEqual([0.9, 0.1])
    expect(priority.sharesAdmission).toEqual([0.9, 0.1])
    expect(priority.chanceWeightAdmission).toEqual([1, 5])
    expect(priority.headStartWeeksFirst).toEqual([0, 0])
  })

  it('called standard is P4, P3 and P2 as the registry has them', async () => {
    const { priority } = await resolved(withTop('priority: standard'))
    expect(priority.levels.map(({ id }) => id)).toEqual(['P4', 'P3', 'P2'])
    expect(priority.levels.map(({ targetWeeksFirst }) => targetWeeksFirst)).toEqual([18, 6, 2])
    expect(priority.sharesAdmission).toEqual([0.7, 0.2, 0.1])
  })

  it.each(['firstAppointment', 'admission'])('of the standard agrees with itself: %s', (stage) => {
    const [targets, shares, list, heads, weights] = ['targetWeeks', 'shares', 'listShares', 'headStartWeeks', 'chanceWeight'].map(
      (name) => numbersOf(`priority.${stage}.${name}`),
    )
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    expect(list.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    const balanced = shares.map((share, level) => share / weights[level])
    const all = balanced.reduce((a, b) => a + b, 0)
    for (const [level, target] of targets.entries()) {
      expect(heads[level]).toBe(targets[0] - target)
      expect(weights[level]).toBe(targets[0] / target)
      expect(Math.abs(list[level] - balanced[level] / all)).toBeLessThan(0.001)
    }
  })

  it('keeps shares that are drawn apart at a sum of 1', async () => {
    const study = await resolved(
      withTop('draws: 5\npriority: { levels: [{ id: a }, { id: b }], firstAppointment: { shares: [{ dist: uniform, min: 0.6, max: 1 }, 0.2] } }'),
    )
    const drawn = Array.from({ length: 5 }, (_, draw) => concreteStudy(study, draw).priority.sharesFirst as readonly number[])
    for (const shares of drawn) expect(shares[0] + shares[1]).toBeCloseTo(1, 12)
    expect(new Set(drawn.map(([first]) => first)).size).toBe(5)
  })
})

describe('groupings beside deprivation', () => {
  it('give rows to every deprivation group, clock starts as residents and the list as clock starts', async () => {
    const { dimensions } = await resolved(FULL_STUDY)
    expect(dimensions[0].residents).toEqual([[0.8, 0.2], [0.8, 0.2], [0.8, 0.2]])
    expect(dimensions[0].clockStarts).toEqual(dimensions[0].residents)
    expect(dimensions[0].list[2]).toEqual([0.6, 0.4])
    expect(dimensions[0].groups).toEqual([{ id: '0-64', label: '0-64' }, { id: '65+', label: '65 and older' }])
  })
})

const age = (rest: string): string => withTop(`dimensions: [{ id: age, groups: [{ id: a }, { id: b }], ${rest} }]`)
const priority = (levels: string, first: string): string =>
  withTop(`priority: { levels: [${levels}], firstAppointment: { ${first} } }`)

describe('people who cannot be are refused with place and reason', () => {
  const wide = (id: string): string =>
    `{ id: ${id}, groups: [${Array.from({ length: 15 }, (_, group) => `{ id: g${group} }`).join(', ')}], residents: [${Array.from({ length: 15 }, () => '0').join(', ').replace('0', '1')}] }`
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['shares that do not sum to 1', priority('{ id: a }, { id: b }', 'shares: [0.9, 0.2]'), /^study\.yaml:10:\d+ priority\.firstAppointment\.shares: must sum to 1; found 1\.1$/],
    ['too few shares', priority('{ id: a }, { id: b }', 'shares: [1]'), /priority\.firstAppointment\.shares: must have one entry per priority level, 2; it has 1$/],
    ['a level twice', priority('{ id: a }, { id: a }', 'shares: [0.5, 0.5]'), /priority\.levels\[1\]\.id: "a" is listed twice; give each an id of its own$/],
    ['shares that change with time', priority('{ id: a }', 'shares: ["1 - 0 * week"]'), /shares\[0\]: is read once, at the start/],
    ['an unknown built-in priority', withTop('priority: standart'), /^study\.yaml:10:11 priority: /],
    ['a row that does not sum to 1', age('residents: [0.5, 0.6]'), /^study\.yaml:10:\d+ dimensions\[0\]\.residents: must sum to 1; found 1\.1$/],
    ['a row of the wrong length', age('residents: [1]'), /residents: must have one share per group of the dimension, 2; it has 1$/],
    ['rows that are too few', age('residents: [[0.5, 0.5], [0.5, 0.5]]'), /residents: must be one row for all, or one per deprivation group, 3; it has 2 rows$/],
    ['a dimension called deprivation', withTop('dimensions: [{ id: deprivation, groups: [{ id: a }, { id: b }], residents: [1, 0] }]'), /dimensions\[0\]\.id: "deprivation" means something else in a study/],
    ['more than 500 strata', withTop(`dimensions: [${wide('x')}, ${wide('y')}]`), /^study\.yaml:10:13 dimensions: groups × priority levels come to 675 strata; at most 500 are allowed/],
    ['a group id that is a number', withTop('dimensions: [{ id: age, groups: [{ id: 1 }, { id: b }], residents: [1, 0] }]'), /groups\[0\]\.id: must be text; found 1$/],
  ]
  it.each(cases)('%s', async (_what, source, message) => {
    const lines = await complaints(source)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(message)
  })
})
