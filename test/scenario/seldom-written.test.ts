/** Ways to write a study that few studies need, each of which says the same as a commoner one, and what is refused there. */
import { describe, expect, it } from 'vitest'
import { inFileOrder } from '../../src/scenario/positions.ts'
import type { Study, StudyBaseline } from '../../src/scenario/study.ts'
import { complaints, resolved, SMALL_STUDY } from './helpers.ts'

const withList = (waiting: string, more = ''): string => SMALL_STUDY.replace('waiting: [7, 5, 3]', `waiting: ${waiting}${more}`)
const withBase = (parts: string): string => SMALL_STUDY.replace('base: {}', `base: { ${parts} }`)
const withTop = (line: string): string => `${SMALL_STUDY}${line}\n`

function specialtyOf({ baseline }: { readonly baseline: StudyBaseline }) {
  if (baseline.kind !== 'inline') throw new Error('this study has one system, written out')
  return baseline.baseline.specialties[0]
}

describe('a list of an inline baseline', () => {
  const byGroup = '[[3, 2], [2, 2], [2, 1]]'

  it('can be written group by group, for either stage, and is then taken as it stands', async () => {
    expect(specialtyOf(await resolved(withList(byGroup))).waitingFirst).toEqual([[3, 2], [2, 2], [2, 1]])
    const staged = specialtyOf(await resolved(withList(`{ firstAppointment: ${byGroup}, admission: [[1], [0], [4]] }`)))
    expect(staged.waitingFirst).toEqual([[3, 2], [2, 2], [2, 1]])
    expect(staged.waitingAdmission).toEqual([[1], [0], [4]])
  })

  it('may have one stage alone: nobody waits at the other', async () => {
    expect(specialtyOf(await resolved(withList('{ admission: [6] }'))).waitingFirst.flat()).toEqual([])
    expect(specialtyOf(await resolved(withList('{ firstAppointment: [6] }'))).waitingAdmission.flat()).toEqual([])
  })

  it('is shared out by residents where no clock starts say how', async () => {
    const { waitingFirst } = specialtyOf(await resolved(withList('[600]').replace('clockStartsPerWeek: 12', 'clockStartsPerWeek: 0')))
    expect(waitingFirst).toEqual([[100], [200], [300]])
  })

  it('must have a row for each group', async () => {
    expect((await complaints(withList('[[1, 2], [3, 4]]'))).join()).toMatch(/study.yaml:6:.*waiting/)
    expect((await complaints(withList('{ firstAppointment: [[1], [2]] }'))).join()).toMatch(/waiting\.firstAppointment/)
  })

  it('may come with a share of admissions for each group', async () => {
    expect(specialtyOf(await resolved(withList('[7]', ', admittedShare: [0.1, 0.2, 0.3]'))).admittedShare).toEqual([0.1, 0.2, 0.3])
  })
})

describe('a change of funding that is uncertain', () => {
  const lossOf = async (change: string) => {
    const { scenarios }: Study = await resolved(withBase(`shocks: [{ kind: funding-change, weeks: [2026-04-06], capacityChange: ${change} }]`))
    return scenarios[0].shocks[0].capacityLoss
  }

  it.each([
    ['{ dist: normal, mean: 0.1, sd: 0.01 }', { mean: -0.1, sd: 0.01 }],
    ['{ dist: triangular, min: -0.1, mode: 0.1, max: 0.2 }', { min: -0.2, mode: -0.1, max: 0.1 }],
    ['{ dist: pert, min: -0.1, mode: 0.1, max: 0.2 }', { min: -0.2, mode: -0.1, max: 0.1 }],
  ])('is a loss of capacity turned about nought: %s', async (change, loss) => {
    expect(await lossOf(change)).toMatchObject(loss)
  })
})

describe('what is refused', () => {
  it.each([
    ['a dimension twice', withTop('dimensions: [{ id: sex, ordered: false, groups: [{ id: f }, { id: m }], residents: [[0.5, 0.5]] }, { id: sex, ordered: false, groups: [{ id: f }, { id: m }], residents: [[0.5, 0.5]] }]'), /dimensions\[1\]\.id/],
    ['a group of a dimension twice', withTop('dimensions: [{ id: sex, ordered: false, groups: [{ id: f }, { id: f }], residents: [[0.5, 0.5]] }]'), /dimensions\[0\]\.groups\[1\]\.id/],
    ['a deprivation group twice', withTop('adjust: [{ assumption: dnaRate, odds: 1.2, deprivation: [1, 1] }]'), /adjust\[0\]\.deprivation\[1\]/],
    ['two ways to keep slots for groups', withBase('policy: { reservedShare: { deprivation: { 1: 0.1 } }, levelling: level-up }'), /levelling/],
    ['a lever that is no name', withBase('invest: [{ lever: true, budget: { perYear: 1, years: 1 } }]'), /lever: unknown lever true; allowed: capacity/],
    ['a lever that is a block', withBase('invest: [{ lever: { of: 1 }, budget: { perYear: 1, years: 1 } }]'), /lever: unknown lever a block of keys/],
    ['a month that is missing', withTop('seasonality: { clockStarts: [1, 1, 1] }'), /seasonality\.clockStarts: must have at least 12 entries/],
    ['a title that is too long', withTop(`title: ${'a'.repeat(5000)}`), /title: must be at most \d+ characters long/],
    ['a target of target weeks that no priority has', withTop('targets: [{ id: soon, title: Soon, measure: admitted-within-target, atLeast: 0.5, by: 2026-06-01 }]'), /targets\[0\]\.measure/],
  ])('%s', async (_, source, message) => {
    expect((await complaints(source)).join('\n')).toMatch(message)
  })
})

describe('a formula', () => {
  it('joins conditions by and: both have to hold', async () => {
    const study = await resolved(withTop('assumptions: { capacityFactor: "week >= 2 and week < 4 ? 0.5 : 1" }'))
    expect(JSON.stringify(study.assumptions.capacityFactor)).toContain('"and"')
  })

  it('says how many values a function takes', async () => {
    expect((await complaints(withTop('assumptions: { capacityFactor: "abs(1, 2)" }'))).join()).toMatch(/abs.*1 value/)
  })
})

describe('problems', () => {
  it('stand in the order of the file, those without a place first', () => {
    const problems = [{ path: 'c', message: '', line: 7, column: 2 }, { path: 'b', message: '', line: 7, column: 1 }, { path: 'a', message: '' }]
    expect(inFileOrder(problems).map(({ path }) => path)).toEqual(['a', 'b', 'c'])
  })
})
