/** From a study file to tables and counts: what scenarios share, and what each changes. */
import { describe, expect, it } from 'vitest'
import { BANDS } from '../../src/baseline/types.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import type { CompiledScenario, ServiceTables, SlotPool } from '../../src/model/tables.ts'
import { flowAt, simulate, sum } from './tables-fixture.ts'
import { compileAll, smallStudy, WEEKS } from './study-fixture.ts'

/** The step of a date in the small study, which starts on 6 April 2026. */
const stepOf = (date: string): number => Math.floor((Date.parse(date) - Date.parse('2026-04-06')) / (7 * 86_400_000))

const EVERY_LEVER_AT = (perYear: number): string => `
    invest:
      - { lever: capacity, budget: { perYear: ${perYear} } }
      - { lever: independent-sector, budget: { perYear: ${perYear} }, allocate: { rule: targeted, groups: [1] } }
      - { lever: attendance-support, budget: { perYear: ${perYear} }, allocate: { rule: proportionate, theta: 2 } }
      - { lever: outreach, budget: { perYear: ${perYear} } }
      - { lever: validation, budget: { perYear: ${perYear} } }`

type Stage = 'first' | 'admission'
const open = (service: ServiceTables, stage: Stage = 'first'): SlotPool => service[stage].pools[service[stage].pools.length - 1]

describe('a scenario whose budgets are nought', () => {
  it('compiles to exactly the tables of the reference, and counts exactly its census', async () => {
    const [reference, nothing, something] = await compileAll({
      scenarios: `  reference: {}\n  nothing:${EVERY_LEVER_AT(0)}\n  something:${EVERY_LEVER_AT(400_000)}`,
    })
    expect(nothing.services).toEqual(reference.services)
    expect(nothing.services.map((service) => simulate(service))).toEqual(reference.services.map((service) => simulate(service)))
    // The same comparison sees money where there is some.
    expect(something.services).not.toEqual(reference.services)
    expect(simulate(something.services[0])).not.toEqual(simulate(reference.services[0]))
  })
})

describe('a specialty', () => {
  it('has the same tables and census whatever else is in the study: other specialties before it, other scenarios', async () => {
    const [alone] = await compileAll({ scenarios: '  reference: {}', codes: ['T_2'] })
    const [, among] = await compileAll({ scenarios: `  other:${EVERY_LEVER_AT(1000)}\n  reference: {}`, codes: ['T_0', 'T_1', 'T_2', 'T_3'] })
    expect({ ...among.services[2], specialty: 0 }).toEqual(alone.services[0])
    expect(simulate(among.services[2])).toEqual(simulate(alone.services[0]))
  })

  it('has draws of its own: two with the same tables differ', async () => {
    const [{ services }] = await compileAll({ scenarios: '  reference: {}' })
    expect({ ...services[0], code: '', name: '', specialty: 0 }).toEqual({ ...services[1], code: '', name: '', specialty: 0 })
    expect(simulate(services[0]).flows).not.toEqual(simulate(services[1]).flows)
  })
})

describe('slots', () => {
  it('are whole, and over time within half a slot of what the baseline says, DNAs made up for', async () => {
    const [{ services }] = await compileAll({ scenarios: '  reference: {}' })
    // 92.5 attended a week; 40, 30 and 30 in 100 miss 10, 7 and 5%, and a tenth of these slots is filled again.
    const perWeek = 92.5 / (1 - 0.076 * 0.9)
    let given = 0
    open(services[0]).slots.forEach((slots, step) => {
      given += slots
      expect(Math.abs(given - perWeek * (step + 1))).toBeLessThanOrEqual(0.5 + 1e-9)
    })
    expect(Math.abs(sum(open(services[0], 'admission').slots) - 20.3 * WEEKS)).toBeLessThanOrEqual(0.5)
  })

  it('are given in turn in the share assumed, or the share of the policy while it holds', async () => {
    const [reference, policy] = await compileAll({
      scenarios: `  reference: {}
  in-turn:
    policy: { inTurnShare: { firstAppointment: 1, admission: 0 }, from: 2026-06-01, to: 2026-08-23 }`,
    })
    const share = (compiled: CompiledScenario, from: number, to: number): number => {
      const { slots, inTurn } = open(compiled.services[0])
      return sum(inTurn.subarray(from, to)) / sum(slots.subarray(from, to))
    }
    const [from, to] = [stepOf('2026-06-01'), stepOf('2026-08-24')]
    expect(share(reference, 0, WEEKS)).toBeCloseTo(0.4, 3)
    expect(share(policy, 0, from)).toBeCloseTo(0.4, 2)
    expect(share(policy, from + 1, to)).toBeCloseTo(1, 2)
    expect(share(policy, to + 1, WEEKS)).toBeCloseTo(0.4, 2)
    expect(sum(open(policy.services[0], 'admission').inTurn.subarray(from + 1, to))).toBe(0)
  })

  it('with working days, follow them, and clock starts with them', async () => {
    const [{ services }] = await compileAll({ scenarios: '  reference: {}', workingDays: true })
    const [{ services: level }] = await compileAll({ scenarios: '  reference: {}' })
    const starts = (step: number): number => services[0].clockStarts[step * 3] / level[0].clockStarts[step * 3]
    expect(starts(stepOf('2026-04-06'))).toBeCloseTo(4 / 5, 10) // Easter Monday
    expect(starts(stepOf('2026-04-13'))).toBeCloseTo(1, 10)
    expect(starts(stepOf('2026-12-21'))).toBeCloseTo(4 / 5, 10) // Christmas Day; Boxing Day is kept on the 28th
    expect(starts(stepOf('2026-12-28'))).toBeCloseTo(3 / 5, 10) // and New Year's Day
    const slots = (step: number): number => open(services[0]).slots[step]
    expect(Math.abs(slots(stepOf('2026-12-28')) - 0.6 * slots(stepOf('2026-11-16')))).toBeLessThanOrEqual(2)
    expect(sum(open(services[0]).slots)).toBeLessThan(sum(open(level[0]).slots))
  })
})

describe('a shock', () => {
  it('takes its share of slots at both stages in its own weeks, and nothing else from the tables', async () => {
    const [reference, strikes] = await compileAll({
      scenarios: `  reference: {}
  strikes:
    shocks: [{ kind: industrial-action, weeks: [2026-07-15, 2026-09-07], capacityLoss: 0.35 }]`,
    })
    const hit = [stepOf('2026-07-13'), stepOf('2026-09-07')]
    for (const [index, service] of strikes.services.entries()) {
      const before = reference.services[index]
      for (const stage of ['first', 'admission'] as const) {
        open(service, stage).slots.forEach((slots, step) => {
          const kept = hit.includes(step) ? 0.65 : 1
          // Running totals are rounded, so that a week may have a slot more or less than its neighbour.
          expect(Math.abs(slots - kept * open(before, stage).slots[step])).toBeLessThanOrEqual(hit.includes(step) ? 1.5 : 1)
        })
        expect({ ...service[stage], pools: null }).toEqual({ ...before[stage], pools: null })
      }
      expect({ ...service, first: null, admission: null }).toEqual({ ...before, first: null, admission: null })
      const lost = sum(open(before).slots) - sum(open(service).slots)
      expect(Math.abs(lost - 0.35 * (open(before).slots[hit[0]] + open(before).slots[hit[1]]))).toBeLessThanOrEqual(2)
    }
  })

  it('leaves every count before its first week as it was, to the bit', async () => {
    const [reference, strikes] = await compileAll({
      scenarios: `  reference: {}
  strikes:
    shocks: [{ kind: industrial-action, weeks: [2026-07-15], capacityLoss: 1 }]`,
    })
    const step = stepOf('2026-07-13')
    const [one, other] = [simulate(reference.services[0]), simulate(strikes.services[0])]
    const rows = (step + 1) * 2 * one.strata * BANDS
    expect(other.waiting.subarray(0, rows)).toEqual(one.waiting.subarray(0, rows))
    expect(open(strikes.services[0]).slots[step]).toBe(0)
    expect(other.waiting.subarray(rows)).not.toEqual(one.waiting.subarray(rows))
    expect(flowAt(other, 'admitted', step + 1, 0)).toBe(0)
  })

  it('combines with another in the same week as independent losses', async () => {
    const [reference, both] = await compileAll({
      scenarios: `  reference: {}
  both:
    shocks:
      - { kind: industrial-action, weeks: [2026-07-13], capacityLoss: 0.5 }
      - { kind: industrial-action, weeks: [2026-07-19], capacityLoss: 0.4 }`,
    })
    const step = stepOf('2026-07-13')
    expect(Math.abs(open(both.services[0]).slots[step] - 0.3 * open(reference.services[0]).slots[step])).toBeLessThanOrEqual(1)
  })
})

describe('a head start', () => {
  it('holds in the weeks that start within the policy, for its groups, and nowhere else', async () => {
    const [reference, policy] = await compileAll({
      scenarios: `  reference: {}
  policy:
    policy: { headStartWeeks: { deprivation: { 1: 6, 2: 3 } }, from: 2026-05-06, to: 2026-06-01 }`,
    })
    const inPolicy = [stepOf('2026-05-11'), stepOf('2026-06-01')]
    const expected = Array.from({ length: WEEKS }, (_, step) => (step >= inPolicy[0] && step <= inPolicy[1] ? [6, 3, 0] : [0, 0, 0])).flat()
    for (const stage of ['first', 'admission'] as const) {
      expect(reference.services[0][stage].headStart).toBeNull()
      expect([...(policy.services[0][stage].headStart ?? [])]).toEqual(expected)
      expect({ ...policy.services[0][stage], headStart: null }).toEqual(reference.services[0][stage])
    }
  })
})

describe('need', () => {
  it('splits by referral propensity, with the pool at the start in weeks of its inflow', async () => {
    const [{ services }] = await compileAll({ scenarios: '  reference: {}' })
    const { clockStarts, unmetNeed } = services[0]
    const propensities = [0.7, 0.8, 0.9]
    propensities.forEach((propensity, group) => {
      expect(clockStarts[group] / (clockStarts[group] + unmetNeed.arising[group])).toBeCloseTo(propensity, 12)
      expect(unmetNeed.initial[group]).toBe(Math.round(26 * unmetNeed.arising[group]))
    })
    expect(unmetNeed.lost).toBeCloseTo(1 - Math.exp(-0.01), 12)
  })
})

describe('compiling', () => {
  it('is a function of study and scenario: twice gives the same', async () => {
    const study = await smallStudy({ scenarios: `  reference: {}\n  all:${EVERY_LEVER_AT(250_000)}` })
    expect(compileScenario(study, 1)).toEqual(compileScenario(study, 1))
  })

  it('dates each row by the day before the next step', async () => {
    const [{ dates }] = await compileAll({ scenarios: '  reference: {}' })
    expect(dates).toHaveLength(WEEKS + 1)
    expect(dates.slice(0, 2)).toEqual(['2026-04-05', '2026-04-12'])
  })
})
