import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileScenario } from '../../src/model/compile/index.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import type { FurtherDimension, Study } from '../../src/scenario/study.ts'
import { complaints, resolved, SMALL_STUDY } from './helpers.ts'

const withTop = (lines: string): string => `${SMALL_STUDY}${lines}\n`
/** Fifths of 1,000 to 5,000 residents; clock starts and the list are shared out as residents are. */
const FIFTHS = SMALL_STUDY.replace('[1000, 2000, 3000]', '[1000, 2000, 3000, 4000, 5000]')

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const rounded = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => row.map((share) => Number(share.toFixed(6))))

/** Share of everybody in each group, over all deprivation groups. */
function marginOf(rows: readonly (readonly number[])[], weights: readonly number[]): number[] {
  return rows[0].map((_, group) => sum(rows.map((row, deprivation) => row[group] * weights[deprivation])) / sum(weights))
}

const ETHNICITY = 'groups: [{ id: white }, { id: asian }, { id: not-recorded, label: Not recorded }]'
const margin = (shares: string, seed = '[[60, 30, 10], [80, 10, 10], [90, 2, 8]]'): string =>
  withTop(`dimensions: [{ id: ethnicity, ${ETHNICITY}, residents: { margin: ${shares}, seed: ${seed} } }]`)

describe('a margin with a seed', () => {
  it('gives rows that meet the margin and the deprivation groups, associated as in the seed', async () => {
    const { dimensions: [{ residents }] } = await resolved(margin('[0.7, 0.2, 0.1]'))
    for (const row of residents) expect(sum(row)).toBeCloseTo(1, 9)
    for (const [group, share] of marginOf(residents, [1000, 2000, 3000]).entries()) expect(share).toBeCloseTo([0.7, 0.2, 0.1][group], 8)
    const odds = (residents[0][1] / residents[0][0]) / (residents[2][1] / residents[2][0])
    expect(odds).toBeCloseTo((30 / 60) / (2 / 90), 5)
  })

  it('is one row for all without a seed', async () => {
    const { dimensions } = await resolved(withTop(`dimensions: [{ id: ethnicity, ${ETHNICITY}, residents: { margin: [0.7, 0.2, 0.1] } }]`))
    expect(dimensions[0].residents).toEqual([[0.7, 0.2, 0.1], [0.7, 0.2, 0.1], [0.7, 0.2, 0.1]])
  })

  it('keeps nobody where the seed has nobody', async () => {
    const { dimensions: [{ residents }] } = await resolved(margin('[0.7, 0.2, 0.1]', '[[60, 30, 10], [80, 0, 10], [90, 2, 8]]'))
    expect(residents[1][1]).toBe(0)
    expect(marginOf(residents, [1000, 2000, 3000])[1]).toBeCloseTo(0.2, 8)
  })

  it.each([
    [margin('[0.7, 0.2, 0.2]'), /residents.margin: must sum to 1; found 1.1/],
    [margin('[0.7, 0.3]'), /residents.margin: must have one share per group of the dimension, 3; it has 2/],
    [margin('[0.7, 0.2, 0.1]', '[[1, 1, 1]]'), /residents.seed: must have one row per deprivation group, 3; it has 1/],
    [margin('[0.7, 0.2, 0.1]', '[[1, 1, 1], [1, 1], [1, 1, 1]]'), /residents.seed\[1\]: must have one share per group/],
    [margin('[0.7, 0.2, 0.1]', '[[1, 0, 1], [1, 0, 1], [1, 0, 1]]'), /residents: ethnicity asian should have a share of 0.2, and the counts to be fitted have nobody there/],
    [margin('[0.7, 0.2, 0.1]', '[[1, 0, 0], [0, 1, 0], [0, 0, 1]]'), /residents: the shares contradict each other: deprivation group 1 should have 0.1667, and the nearest fit has 0.7/],
  ])('that cannot be is refused with place and size: %#', async (source, message) => {
    expect((await complaints(source)).join('\n')).toMatch(message)
  })
})

const TWO = [
  'dimensions:',
  '  - { id: age, groups: [{ id: young }, { id: old }], residents: [[0.8, 0.2], [0.7, 0.3], [0.6, 0.4]] }',
  '  - { id: sex, groups: [{ id: f }, { id: m }], residents: [0.5, 0.5] }',
].join('\n')
const cell = (age: string, sex: string, people: number, deprivation = ''): string => `  - { ${deprivation}groups: { age: ${age}, sex: ${sex} }, people: ${people} }`
const JOINT = ['jointCounts:', cell('young', 'f', 45), cell('young', 'm', 55), cell('old', 'f', 30), cell('old', 'm', 10)].join('\n')

describe('joint counts', () => {
  const study = (): Promise<Study> => resolved(withTop(`${TWO}\n${JOINT}`))

  it('are fitted so that each dimension keeps its shares in each deprivation group', async () => {
    const { joint, dimensions: [age, sex] } = await study()
    for (const [group, [youngF, youngM, oldF, oldM]] of (joint?.residents ?? []).entries()) {
      expect(youngF + youngM).toBeCloseTo(age.residents[group][0], 8)
      expect(oldF + oldM).toBeCloseTo(age.residents[group][1], 8)
      expect(youngF + oldF).toBeCloseTo(sex.residents[group][0], 8)
      expect((youngF * oldM) / (youngM * oldF)).toBeCloseTo((45 * 10) / (55 * 30), 5)
    }
    expect(joint?.residents).toHaveLength(3)
  })

  it('decide who the strata are', async () => {
    const resolvedStudy = await study()
    const compiled = compileScenario(concreteStudy(resolvedStudy, 0), 0)
    const residents = (resolvedStudy.joint?.residents ?? []).flatMap((row, group) => row.map((share) => share * (group + 1) * 1000))
    expect(Array.from(compiled.population, (people) => Number(people.toFixed(6)))).toEqual(residents.map((people) => Number(people.toFixed(6))))
  })

  it('of people who are independent change nothing', async () => {
    const flat = ['jointCounts:', cell('young', 'f', 1), cell('young', 'm', 1), cell('old', 'f', 1), cell('old', 'm', 1)].join('\n')
    const { joint, dimensions } = await resolved(withTop(`${TWO}\n${flat}`))
    const [age, sex] = dimensions
    const product = (first: FurtherDimension, second: FurtherDimension): number[][] =>
      first.residents.map((row, group) => row.flatMap((a) => second.residents[group].map((b) => a * b)))
    expect(rounded(joint?.residents ?? [])).toEqual(rounded(product(age, sex)))
  })

  const lines = (...more: string[]): string => withTop([TWO, 'jointCounts:', ...more].join('\n'))
  it.each([
    [withTop(JOINT), /jointCounts: needs dimensions/],
    [lines(cell('young', 'x', 1)), /jointCounts\[0\].groups.sex: unknown group "x"; /],
    [lines('  - { groups: { age: young }, people: 1 }'), /jointCounts\[0\].groups: must name a group of every dimension; "sex" is missing/],
    [lines('  - { groups: { age: young, sxe: f }, people: 1 }'), /jointCounts\[0\].groups.sxe: unknown dimension "sxe"; did you mean "sex"/],
    [lines(cell('young', 'f', 1, 'deprivation: 4, ')), /jointCounts\[0\].deprivation: unknown deprivation group 4/],
    [lines(cell('young', 'f', 1), cell('young', 'f', 2, 'deprivation: 1, ')), /jointCounts\[1\]: another entry counts the same people/],
    [lines(cell('young', 'f', 1), cell('young', 'm', 1)), /jointCounts: age old in deprivation group 1 \(residents\) should have a share of 0.03333/],
    [lines(cell('young', 'f', 1), cell('old', 'm', 1)), /jointCounts: the shares contradict each other: age old in deprivation group 2 \(residents\) should have 0.1, and the nearest fit has 0.1667/],
  ])('that cannot be are refused with place and size: %#', async (source, message) => {
    expect((await complaints(source)).join('\n')).toMatch(message)
  })
})

describe('Core20PLUS', () => {
  const plus = 'dimensions: [{ id: inclusion, groups: [{ id: homeless, plus: true }, { id: none }], residents: [[0.1, 0.9], [0.05, 0.95], [0, 1], [0, 1], [0, 1]] }]\n'

  it('is the most deprived fifth and the groups marked, against everybody else', async () => {
    const compiled = compileScenario(concreteStudy(await resolved(`${FIFTHS}${plus}`), 0), 0)
    const found = compiled.dimensions.find(({ id }) => id === 'core20plus')
    expect(found?.ordered).toBe(true)
    expect(found?.groups.map(({ id, population }) => [id, Math.round(population)])).toEqual([['core20plus', 1000 + 2000 * 0.05], ['others', 14_000 - 2000 * 0.05]])
  })

  it('is not reported where nobody is marked', async () => {
    const compiled = compileScenario(concreteStudy(await resolved(`${FIFTHS}${plus.replace(', plus: true', '')}`), 0), 0)
    expect(compiled.dimensions.map(({ id }) => id)).toEqual(['deprivation', 'inclusion', 'deprivation-inclusion'])
  })

  it('takes two tenths for the Core20', async () => {
    const tenths = FIFTHS.replace('[1000, 2000, 3000, 4000, 5000]', '[100, 100, 100, 100, 100, 100, 100, 100, 100, 100]')
    const compiled = compileScenario(concreteStudy(await resolved(`${tenths}${plus.replace(/residents: .*\]\]/, 'residents: [0, 1]')}`), 0), 0)
    expect(compiled.dimensions.find(({ id }) => id === 'core20plus')?.groups.map(({ population }) => population)).toEqual([200, 800])
  })

  it('is refused where deprivation is in other groups', async () => {
    const study = withTop(plus.replace(/residents: .*\]\]/, 'residents: [0.1, 0.9]'))
    expect((await complaints(study)).join('\n')).toMatch(/groups\[0\].plus: "plus" needs fifths or tenths of deprivation.*; this baseline has 3 groups/)
  })
})

describe('the guide to groups', () => {
  const guide = readFileSync(new URL('../../docs/groups.md', import.meta.url), 'utf8')
  const blocks = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, source]) => source)
  const counted = 'dimensions:\n  - { id: age, groups: [{ id: 0-64 }, { id: 65+ }], residents: [0.8, 0.2] }\n  - { id: sex, groups: [{ id: female }, { id: male }], residents: [0.5, 0.5] }\n'

  const withInclusion = 'dimensions: [{ id: inclusion, groups: [{ id: inclusion-health }, { id: others }], residents: [0.01, 0.99] }]\n'
  /** What an example needs around it, by how it begins. */
  const placed = (block: string): string => {
    if (block.startsWith('jointCounts')) return `${FIFTHS}${counted}${block}`
    if (!block.startsWith('invest')) return `${FIFTHS}${block}`
    return `${FIFTHS}  aimed:\n${block.replace(/^(?=.)/gm, '    ')}${withInclusion}`
  }

  it('has examples', () => {
    expect(blocks).toHaveLength(4)
  })

  it.each(blocks)('shows an example that is sound: %#', async (block) => {
    expect(await complaints(placed(block))).toEqual([])
  })
})
