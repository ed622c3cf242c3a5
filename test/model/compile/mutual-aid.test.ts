import { describe, expect, it } from 'vitest'
import { BANDS } from '../../../src/baseline/types.ts'
import { InputError } from '../../../src/errors.ts'
import type { ServiceTables, SlotPool } from '../../../src/model/tables.ts'
import { adjust, aid, compiled, policy, specialty, sum, system, TWO_LEVELS, WEEKS, type StudyParts } from './study-builder.ts'

const TWO_SYSTEMS: StudyParts = {
  baselines: [system('A', [specialty('T_1'), specialty('T_2')]), system('B', [specialty('T_1', { firstAppointmentsPerWeek: 60 }), specialty('T_2')], [9000, 9000, 9000])],
}
const AID = [aid({ firstSlotsPerWeek: 10, uptake: [0.5, 1, 1], specialties: ['T_1'] })]
const lentIn = (service: ServiceTables): SlotPool | undefined => service.first.pools.find(({ source }) => source === 'mutual-aid')

describe('systems without mutual aid', () => {
  it('stand apart, each as if it were alone', () => {
    const [{ services }] = compiled(TWO_SYSTEMS)
    expect(services.map(({ code, strata, systemOfStratum }) => [code, strata, systemOfStratum[0]])).toEqual([['T_1', 3, 'A'], ['T_1', 3, 'B'], ['T_2', 3, 'A'], ['T_2', 3, 'B']])
    const [{ services: alone }] = compiled({ baselines: [system('A', [specialty('T_1'), specialty('T_2')])] })
    expect(services[0]).toEqual(alone[0])
  })
})

describe('systems that share a specialty', () => {
  const [apart] = compiled(TWO_SYSTEMS)
  const [none, helped] = compiled({ ...TWO_SYSTEMS, scenarios: [{ id: 'none' }, { id: 'helped', mutualAid: AID }] })

  it('share it in every scenario, and no other specialty', () => {
    for (const scenario of [none, helped]) expect(scenario.services.map(({ code, strata }) => [code, strata])).toEqual([['T_1', 6], ['T_2', 3], ['T_2', 3]])
    expect(none.services[1]).toEqual(apart.services[2])
    expect([...none.services[0].ownIndex]).toEqual([0, 1, 2, 0, 1, 2])
    expect([...none.services[0].studyIndex]).toEqual([0, 1, 2, 3, 4, 5])
    expect(none.services[0].systemOfStratum).toEqual(['A', 'A', 'A', 'B', 'B', 'B'])
  })

  it('have each their own people and slots, side by side', () => {
    const [a, b] = apart.services
    const shared = none.services[0]
    for (let step = 0; step < WEEKS; step += 7) {
      const rows = (cells: Float64Array): number[] => [...cells.subarray(step * 6, step * 6 + 6)]
      expect(rows(shared.clockStarts)).toEqual([...a.clockStarts.subarray(step * 3, step * 3 + 3), ...b.clockStarts.subarray(step * 3, step * 3 + 3)])
    }
    expect([...shared.first.initial]).toEqual([...a.first.initial, ...b.first.initial])
    shared.exits.forEach((hazard, cause) => expect([...hazard.byBand]).toEqual([...a.exits[cause].byBand, ...b.exits[cause].byBand]))
    expect(shared.exits[0].byBand).toHaveLength(6 * BANDS)
    const pools = shared.first.pools
    expect(pools.map(({ slots }) => slots)).toEqual([a.first.pools[0].slots, b.first.pools[0].slots])
    expect(pools.map(({ access }) => [...(access?.subarray(0, 6) ?? [])])).toEqual([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]])
  })

  it('lend slots out of the open ones, to the borrower’s people by take-up, and get back what nobody takes', () => {
    const { pools } = helped.services[0].first
    expect(pools.map(({ source }) => source)).toEqual(['mutual-aid', 'nhs', 'nhs'])
    expect(sum(pools[0].slots)).toBe(10 * WEEKS)
    expect(sum(pools[0].slots) + sum(pools[1].slots)).toBe(sum(apart.services[0].first.pools[0].slots))
    expect(pools[2].slots).toEqual(apart.services[1].first.pools[0].slots)
    expect([...(pools[0].access?.subarray(0, 6) ?? [])]).toEqual([0, 0, 0, 0.5, 1, 1])
    expect(pools[0].releaseTo).toBe(1)
    expect(helped.services[0].admission.pools.every(({ source, slots }) => source !== 'mutual-aid' || sum(slots) === 0)).toBe(true)
  })

  it('lend no more than they have, and only while it holds', () => {
    const mutualAid = [aid({ ...AID[0], firstSlotsPerWeek: 500, startsOn: '2026-04-13', endsOn: '2026-04-20' })]
    const [{ services: [service] }] = compiled({ ...TWO_SYSTEMS, scenarios: [{ mutualAid }] })
    expect([...(lentIn(service)?.slots.subarray(0, 4) ?? [])]).toEqual([0, 90, 90, 0])
    expect([...service.first.pools[1].slots.subarray(0, 4)]).toEqual([90, 0, 0, 90])
  })

  it('keep reserved slots and their release within a system', () => {
    const [{ services: [service] }] = compiled({ ...TWO_SYSTEMS, scenarios: [{ mutualAid: AID, policies: [policy({ reservedShare: [0.1, 0, 0] })] }] })
    const { pools } = service.first
    expect(pools.map(({ source, releaseTo }) => [source, releaseTo])).toEqual([
      ...Array.from({ length: 3 }, () => ['nhs', 7]),
      ...Array.from({ length: 3 }, () => ['nhs', 8]),
      ['mutual-aid', 7],
      ['nhs', -1],
      ['nhs', -1],
    ])
    expect([...(pools[3].access?.subarray(0, 6) ?? [])]).toEqual([0, 0, 0, 1, 0, 0])
  })

  it('have priority, head starts and hazards of their own strata', () => {
    const [{ services: [service] }] = compiled({ ...TWO_SYSTEMS, priority: TWO_LEVELS, scenarios: [{ mutualAid: AID, adjustments: [adjust('emergencyPerWeek', 'set', 0.1, { systems: ['B'], from: '2026-05-04' })] }] })
    expect([...(service.first.headStart?.subarray(0, 12) ?? [])]).toEqual([0, 16, 0, 16, 0, 16, 0, 16, 0, 16, 0, 16])
    const emergency = service.exits[3]
    expect(emergency.byBand[5 * BANDS]).toBe(0)
    expect(emergency.byBand[6 * BANDS] * (emergency.factor?.[6 * WEEKS + 10] ?? 0)).toBeCloseTo(0.1, 12)
    expect(emergency.factor?.[6 * WEEKS]).toBe(0)
    expect(emergency.factor?.[0]).toBe(1)
  })

  it('cannot differ in what a specialty has once, nor have follow-ups', () => {
    const scenarios = [{ mutualAid: AID }]
    expect(() => compiled({ ...TWO_SYSTEMS, scenarios, adjustments: [adjust('rebookWeeks', 'set', 6, { systems: ['B'] })] })).toThrow(InputError)
    expect(() => compiled({ ...TWO_SYSTEMS, scenarios, assumptions: { followUpsPerAppointment: 0.3 } })).toThrow(/followUpsPerAppointment of T_1/)
  })

  it('chain: what A shares with B and B with C is one service', () => {
    const baselines = ['A', 'B', 'C', 'D'].map((code) => system(code))
    const [{ services }] = compiled({ baselines, scenarios: [{ mutualAid: [aid({}), aid({ from: 'C', to: 'B' })] }] })
    expect(services.map(({ systemOfStratum }) => [...new Set(systemOfStratum)])).toEqual([['A', 'B', 'C'], ['D']])
  })
})
