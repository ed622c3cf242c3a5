/** Money in a study file: what is refused, with its place and rule, and what is read. */
import { describe, expect, it } from 'vitest'
import { LEVER } from '../../src/investment/levers/index.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import { kindOf } from '../../src/scenario/money-kinds.ts'
import { concreteStudy } from '../../src/scenario/resolve.ts'
import { LEVERS } from '../../src/scenario/study.ts'
import { simulate } from '../model/tables-fixture.ts'
import { complaints, resolved, SMALL_STUDY } from './helpers.ts'

/** The small study, from 6 April 2026 for 20 weeks, with more in its only scenario. */
const withScenario = (lines: string): string => SMALL_STUDY.replace('  base: {}\n', `  base:\n${lines}`)
const programme = (rest: string): string => withScenario(`    invest:\n      - { lever: capacity, ${rest} }\n`)
const budget = (money: string): string => programme(`budget: { ${money} }`)
const allocate = (rule: string): string => programme(`budget: { perYear: 1 }, allocate: { ${rule} }`)
const AGES = 'dimensions:\n  - { id: age, groups: [{ id: young }, { id: old }], residents: [0.7, 0.3] }\n'
const withAges = (rest: string): string => `${programme(`budget: { perYear: 1 }, ${rest}`)}${AGES}`
const shared = (envelope: string, money: string): string => withScenario(`    envelope: { ${envelope} }\n    invest:\n      - { lever: capacity, budget: { ${money} } }\n`)

describe('money with a fault is refused with place and rule', () => {
  it.each([
    ['in a year outside the study', budget('byYear: { 2028/29: 5 }'), 'budget.byYear["2028/29"]: no day of 2028/29 lies in the study, whose financial years are 2026/27 to 2026/27'],
    ['in a year that is none', budget('byYear: { 2026/28: 5 }'), 'must be a financial year written like 2026/27'],
    ['that is missing', budget('rampWeeks: 3'), 'invest[0].budget: needs its money: one of perYear, byYear and share'],
    ['said twice', budget('perYear: 1, byYear: { 2026/27: 5 }'), 'budget.byYear: perYear and byYear cannot stand together; give one'],
    ['by the year, with a first day', budget('byYear: { 2026/27: 5 }, from: 2026-05-01'), 'budget.from: has no effect with byYear, which says when the money flows; remove it'],
    ['late by more than all of it', budget('perYear: 5, late: { share: 1.5, weeks: 52 }'), 'budget.late.share: must be at most 1; found 1.5'],
    ['as a share of nothing', budget('share: 0.5'), 'budget.share: is a part of an envelope, which this scenario does not have; give it one (envelope: { revenue: … })'],
    ['as a share of the other kind', shared('capital: 5', 'share: 0.5'), 'budget.share: is a part of the envelope of revenue, which has no limit; give envelope.revenue'],
    ['as shares above 1', shared('revenue: 5', 'share: 0.6 } }\n      - { lever: outreach, budget: { share: 0.5'), 'scenarios.base.envelope.revenue: the shares of its programmes sum to 1.1; they can be at most 1'],
    ['earmarked beyond the envelope', shared('revenue: 5', 'perYear: 9, earmark: 6'), 'scenarios.base.envelope.revenue: holds 5 in 2026/27, less than the earmarks and minimums of its programmes, 6'],
    ['at least more than at most', shared('revenue: 5', 'perYear: 3, minimum: 4, maximum: 2'), 'budget.minimum: must be at most the maximum, 2; it is 4'],
    ['in an envelope of nothing', withScenario('    envelope: { underspend: carry }\n'), 'scenarios.base.envelope: needs revenue, capital, or both'],
    ['in an envelope of a year outside', withScenario('    envelope: { revenue: { 2030/31: 3 } }\n'), 'envelope.revenue["2030/31"]: no day of 2030/31 lies in the study, whose financial years are 2026/27 to 2026/27'],
    ['left to an unknown rule', shared('revenue: 5, underspend: cary', 'perYear: 3'), 'envelope.underspend: must be "lost" or "carry" or "pass"; found "cary"'],
    ['by a negative theta', allocate('rule: proportionate, theta: -1'), 'allocate.theta: must be at least 0; found -1'],
    ['by shares that do not sum to 1', allocate('rule: custom, shares: [0.5, 0.3, 0.1]'), 'allocate.shares: must sum to 1; found 0.9'],
    ['by shares of unknown groups', allocate('rule: custom, shares: { 1: 0.5, 4: 0.5 }'), 'allocate.shares.4: unknown deprivation group "4"; did you mean'],
    ['by too few shares', allocate('rule: custom, shares: [0.5, 0.5]'), 'allocate.shares: must have one entry per group, 3; it has 2'],
    ['by no shares', allocate('rule: custom'), 'allocate: needs shares or weights'],
    ['by an index with a hole', allocate('rule: need, need: { index: { 1: 2, 2: 1 } }'), 'allocate.need.index: has no number for deprivation group 3; give one for each'],
    ['by zero-sum', allocate('rule: zero-sum'), 'allocate.rule: zero-sum moves the slots that there are, without money; write it as a policy (policy: { levelling: zero-sum })'],
    ['by a move beyond all', allocate('rule: pace-of-change, to: { rule: need }, perYear: 2'), 'allocate.perYear: must be at most 1; found 2'],
    ['for unknown specialties', programme('budget: { perYear: 1 }, across: { specialties: { rule: custom, shares: { T_9: 1 } } }'), 'across.specialties.shares.T_9: unknown specialty "T_9"; did you mean "T_1"?'],
    ['for people of a dimension that there is not', withAges('dimensions: { agge: [old] }'), 'invest[0].dimensions.agge: unknown dimension "agge"; did you mean "age"?'],
    ['for people of an unknown group', withAges('dimensions: { age: [olld] }'), 'invest[0].dimensions.age[0]: unknown group of age "olld"; did you mean "old"?'],
    ['for people of further groups where there are none', programme('budget: { perYear: 1 }, dimensions: { age: [old] }'), 'invest[0].dimensions.age: unknown dimension "age"; the study has no dimensions'],
    ['with prices that change in time', `${SMALL_STUDY}prices: { inflation: 0.01 * week }\n`, 'prices.inflation: is read once, at the start, so its formula cannot use week or year'],
  ])('%s', async (_, source, expected) => {
    expect((await complaints(source)).join('\n')).toContain(expected)
  })

  it('names file, line and column', async () => {
    expect((await complaints(budget('byYear: { 2028/29: 5 }')))[0]).toMatch(/^study\.yaml:11:\d+ scenarios\.base\.invest\[0\]\.budget\.byYear\["2028\/29"\]: /)
  })
})

describe('money that is sound', () => {
  it('may have a minimum in an envelope that has years of nothing, in which nobody asks for any', async () => {
    const twoYears = shared('revenue: { 2026/27: 9 }', 'share: 0.5, minimum: 4').replace('weeks: 20', 'weeks: 60')
    expect(await complaints(twoYears)).toEqual([])
    expect((await complaints(twoYears.replace('share: 0.5', 'perYear: 5'))).join()).toContain('holds 0 in 2027/28')
  })

  it('may be for people of further groups alone', async () => {
    const { scenarios } = await resolved(withAges('dimensions: { age: [old] }'))
    expect(scenarios[0].invest[0].people).toEqual([{ dimension: 'age', groups: ['old'] }])
    expect((await resolved(programme('budget: { perYear: 1 }'))).scenarios[0].invest[0]).not.toHaveProperty('people')
  })

  it('is read in every form', async () => {
    const { scenarios, prices } = await resolved(`${withScenario(`    envelope: { revenue: { 2026/27: 9000000 }, capital: 100000, underspend: pass }
    invest:
      - { lever: capacity, budget: { share: 0.5, late: { share: 0.5, weeks: 4 } }, allocate: { rule: level-up, need: unmet-need } }
      - { lever: outreach, budget: { byYear: { 2026/27: 3 }, earmark: 1 }, allocate: { rule: custom, weights: [2, 1, 1] } }
      - { lever: surgical-hub, budget: { perYear: 5 }, allocate: { rule: pace-of-change, to: { rule: need }, perYear: 0.01, floor: 0.95 } }
    policy: { levelling: zero-sum }
`)}prices: { budgets: cash, inflation: 0.02, baseYear: 2025/26 }\n`)
    const [{ invest, envelope, policies }] = scenarios
    expect(envelope).toEqual({ revenue: { perYear: 0, byYear: [{ financialYear: 2026, pounds: 9_000_000 }] }, capital: { perYear: 100_000, byYear: [] }, underspend: 'pass' })
    expect(invest[0]).toMatchObject({ budget: { share: 0.5, late: { share: 0.5, weeks: 4 } }, allocate: { rule: 'level-up', need: 'unmet-need' } })
    expect(invest[1]).toMatchObject({ budget: { from: '2026-04-01', years: 1, earmark: 1 }, allocate: { rule: 'custom', weights: { 1: 2, 2: 1, 3: 1 } } })
    expect(invest[2].allocate).toMatchObject({ rule: 'pace-of-change', from: 'use', to: { rule: 'need', need: 'use' }, floor: 0.95 })
    expect(policies[0].levelling).toEqual({ rule: 'zero-sum', need: 'use' })
    expect(prices).toEqual({ baseYear: 2025, budgets: 'cash', inflation: 0.02, costInflation: 0.02 })
  })

  it('of nought, under an envelope and at rising prices, changes nothing, to the bit; of something, it does', async () => {
    const scenario = (id: string, pounds: number): string => `  ${id}:
    envelope: { revenue: ${pounds}, capital: ${pounds}, underspend: pass }
    invest:
      - { lever: capacity, budget: { share: 0.5 }, allocate: { rule: level-up }, across: { specialties: { rule: need } } }
      - { lever: surgical-hub, budget: { perYear: ${pounds} }, allocate: { rule: need }, across: { systems: { rule: universal } } }
      - { lever: attendance-support, budget: { share: 0.5, late: { share: 0.5, weeks: 4 } }, allocate: { rule: pace-of-change, to: { rule: need }, perYear: 0.1 } }
`
    const study = concreteStudy(await resolved(`${SMALL_STUDY}${scenario('nothing', 0)}${scenario('something', 900_000)}prices: { inflation: 0.03, baseYear: 2024/25 }\n`), 0)
    const [base, nothing, something] = study.scenarios.map((_, index) => compileScenario(study, index))
    expect(nothing.services).toEqual(base.services)
    expect(nothing.services.map((service) => simulate(service))).toEqual(base.services.map((service) => simulate(service)))
    expect(something.services).not.toEqual(base.services)
  })

  it('is of the kind that its lever says, in the study file as when it is spent', () => {
    for (const lever of LEVERS) expect(kindOf({ lever })).toBe(LEVER[lever].kind)
  })
})
