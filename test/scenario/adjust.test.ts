import { describe, expect, it } from 'vitest'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { complaints, FULL_STUDY, resolved, SMALL_STUDY } from './helpers.ts'

const withTop = (lines: string): string => `${SMALL_STUDY}${lines}\n`
const adjust = (adjustment: string): string => withTop(`adjust: [{ ${adjustment} }]`)
const everywhere = { specialties: [], systems: [], deprivation: [], priority: [], dimensions: [], from: null, to: null }

describe('an assumption', () => {
  it('may be a list by group, or vary by deprivation, and is then its own numbers by group', async () => {
    const listed = await resolved(withTop('assumptions: { dnaRate: [0.3, 0.2, 0.1] }'))
    expect(listed.assumptions.dnaRate).toEqual([0.3, 0.2, 0.1])
    const varying = await resolved(withTop('assumptions: { dnaRate: { by: deprivation, values: { 2: 0.2 }, otherwise: 0.1 } }'))
    expect(varying.assumptions.dnaRate).toEqual([0.1, 0.2, 0.1])
    expect(varying.adjustments).toEqual([])
  })

  it('may vary by specialty, priority or further group, as adjustments before the listed ones', async () => {
    const { assumptions, adjustments } = await resolved(FULL_STUDY)
    expect(assumptions.deathPerWeek).toEqual([0.0001, 0.0001, 0.0001])
    expect(adjustments.map(({ assumption, change }) => `${change} ${assumption}`)).toEqual([
      'set rebookWeeks',
      'set deathPerWeek',
      'odds dnaRate',
    ])
    expect(adjustments[0]).toMatchObject({ value: 3, where: { ...everywhere, specialties: ['T_2'] } })
    expect(adjustments[1].where.dimensions).toEqual([{ dimension: 'age', groups: ['65+'] }])
  })

  it('keeps its default where the file varies it by something and says nothing of the others', async () => {
    const { assumptions } = await resolved(withTop('assumptions: { dischargeFromMiss: { by: specialty, values: { T_1: 3 } } }'))
    expect(assumptions.dischargeFromMiss).toBe(1)
  })
})

describe('an adjustment', () => {
  it('holds everywhere and always, where it says nothing else', async () => {
    const { adjustments } = await resolved(adjust('assumption: needFactor, multiply: 1.1'))
    expect(adjustments).toEqual([{ assumption: 'needFactor', change: 'multiply', value: 1.1, where: everywhere }])
  })

  it('holds where it says, groups by id', async () => {
    const { adjustments } = await resolved(adjust('assumption: dnaRate, add: -0.01, deprivation: [1, 3], specialties: [T_1], to: 2026-05-01'))
    expect(adjustments[0].where).toEqual({ ...everywhere, deprivation: ['1', '3'], specialties: ['T_1'], to: '2026-05-01' })
  })

  it('is drawn and evaluated like any number, by step', async () => {
    const study = await resolved(FULL_STUDY)
    const draws = [0, 1].map((draw) => concreteStudy(study, draw))
    const values = draws.map(({ adjustments }) => adjustments[2].value)
    expect(values[0]).not.toBe(values[1])
    const ofScenario = draws[0].scenarios[1].adjustments[0].value as readonly number[]
    expect(ofScenario).toHaveLength(420)
    expect(ofScenario[7]).toBeCloseTo(1.1 - 0.001, 12)
  })

  const cases: readonly (readonly [string, string, string])[] = [
    ['of an unknown assumption', 'assumption: dnaRates, set: 0.1', '[0].assumption: '],
    ['without a change', 'assumption: dnaRate', '[0]: needs a change: one of set, multiply, add and odds'],
    ['with two changes', 'assumption: dnaRate, set: 0.1, multiply: 2', '[0].multiply: set and multiply cannot stand together; write two adjustments'],
    ['beyond the range of what it sets', 'assumption: dnaRate, set: 1.5', '[0].set: must be between 0 and 0.95; it is 1.5'],
    ['with a negative factor', 'assumption: dnaRate, multiply: -1', '[0].multiply: must be between 0 and 1000; it is -1'],
    ['of the odds of a hazard', 'assumption: deathPerWeek, odds: 2', '[0].odds: is no probability or share, so that it has no odds; use multiply'],
    ['of an unknown specialty', 'assumption: dnaRate, set: 0.1, specialties: [T_2]', '[0].specialties[0]: unknown specialty "T_2"; did you mean "T_1"?'],
    ['of an unknown system', 'assumption: dnaRate, set: 0.1, systems: [INLIN]', '[0].systems[0]: unknown system "INLIN"; did you mean "INLINE"?'],
    ['of an unknown group', 'assumption: dnaRate, set: 0.1, deprivation: [4]', '[0].deprivation[0]: unknown deprivation group 4; this baseline has groups 1 to 3'],
    ['of an unknown level', 'assumption: dnaRate, set: 0.1, priority: [P2]', '[0].priority[0]: unknown priority level "P2"; allowed: all'],
    ['of a dimension that there is not', 'assumption: dnaRate, set: 0.1, dimensions: { age: [a] }', '[0].dimensions.age: unknown dimension "age"; the study has no dimensions'],
    ['by group of what has none', 'assumption: backfillShare, set: 0.1, deprivation: [1]', '[0].deprivation: backfillShare is one number for a specialty of a system; it cannot differ between groups of people'],
    ['on a date of what is read once', 'assumption: backfillShare, set: 0.1, from: 2026-05-01', '[0].from: backfillShare is read once, at the start, so that it cannot change on a date; leave from and to out'],
    ['through time of what is read once', 'assumption: backfillShare, set: 0.01 * week', '[0].set: is read once, at the start, so its formula cannot use week or year'],
    ['of what derives rates', 'assumption: unreportedRemovalShare, set: 0.1', '[0].assumption: unreportedRemovalShare serves to derive rates from a pack as a whole; change it in the assumptions block'],
    ['after the study', 'assumption: dnaRate, set: 0.1, from: 2027-05-01', '[0].from: must lie within the study, which runs from 2026-04-06 to 2026-08-24'],
    ['that ends first', 'assumption: dnaRate, set: 0.1, from: 2026-05-01, to: 2026-04-30', '[0].to: must not be before "from"'],
  ]
  it.each(cases)('%s is refused with place, rule and suggestion', async (_what, written, message) => {
    const lines = await complaints(adjust(written))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^study\.yaml:10:\d+ /)
    expect(lines[0]).toContain(`adjust${message}`)
  })

  it('of a scenario cannot change who the patients are, nor what a warm-up has read before it', async () => {
    const inScenario = (adjustment: string): string => SMALL_STUDY.replace('base: {}', `base: { adjust: [{ ${adjustment} }] }`)
    expect(await complaints(inScenario('assumption: hubSuitable, set: 0.5'))).toEqual([
      'study.yaml:9:34 scenarios.base.adjust[0].assumption: hubSuitable says who the patients are, which scenarios share; adjust it for the whole study',
    ])
    const static_ = inScenario('assumption: backfillShare, set: 0.5')
    expect(await complaints(static_)).toEqual([])
    expect(await complaints(static_.replace('weeks: 20', 'weeks: 20, warmUpWeeks: 1'))).toEqual([
      'study.yaml:9:34 scenarios.base.adjust[0].assumption: backfillShare is read once, at the start, which a warm-up is before any scenario; adjust it for the whole study',
    ])
  })
})

describe('a number that varies', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['by an unknown way', 'dnaRate: { by: specialities, values: { T_1: 0.1 } }', 'dnaRate.by: unknown way to vary "specialities"; did you mean "specialty"?'],
    ['by an unknown specialty', 'dnaRate: { by: specialty, values: { T_2: 0.1 } }', 'dnaRate.values.T_2: unknown specialty "T_2"; did you mean "T_1"?'],
    ['by people, where it is one number', 'backfillShare: { by: priority, values: { all: 0.1 } }', 'backfillShare.by: backfillShare is one number for a specialty of a system; it cannot differ between groups of people'],
    ['beyond its range', 'dnaRate: { by: specialty, values: { T_1: 2 } }', 'dnaRate.values.T_1: must be at most 0.95; found 2'],
    ['with a misspelt key', 'dnaRate: { by: specialty, valeus: { T_1: 0.1 } }', 'dnaRate.valeus: unknown key "valeus"; did you mean "values"?'],
    ['with a list of the wrong length', 'dnaRate: [0.1, 0.2]', 'dnaRate: must have one entry per group, 3; it has 2'],
    ['with a list where there is one number', 'backfillShare: [0.1, 0.2, 0.3]', 'backfillShare: must be a number, a distribution or a formula; found a list'],
  ]
  it.each(cases)('%s is refused', async (_what, written, message) => {
    const lines = await complaints(withTop(`assumptions: { ${written} }`))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^study\.yaml:10:\d+ /)
    expect(lines[0]).toContain(`assumptions.${message}`)
  })
})
