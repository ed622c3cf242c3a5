import { describe, expect, it } from 'vitest'
import { programme } from '../../investment/programmes.ts'
import { adjust, compiled, policy, shock, sum, WEEKS, type StudyParts } from './study-builder.ts'

const WARM_UP = 8
const CHANGES = {
  invest: [programme({ from: '2026-01-01' }), programme({ lever: 'attendance-support', from: '2026-01-01' }), programme({ lever: 'validation', from: '2026-01-01' })],
  policies: [policy({ headStartWeeks: [6, 0, 0], reservedShare: [0.2, 0, 0], inTurnShareFirst: 0.5 })],
  shocks: [shock({ weeks: ['2026-03-02', '2026-04-08'], capacityLoss: 0.5, emergencyFactor: [2, 2, 2], referralLoss: [0.1, 0.1, 0.1] })],
  adjustments: [adjust('capacityFactor', 'set', 1.2), adjust('dnaRate', 'set', 0.01), adjust('needFactor', 'set', 1.3), adjust('emergencyPerWeek', 'set', 0.2)],
}
const parts: StudyParts = {
  assumptions: { dnaRate: [0.1, 0.08, 0.06], emergencyPerWeek: [0.001, 0.001, 0.001], inTurnShareFirst: 1 },
  time: { warmUpWeeks: WARM_UP },
  scenarios: [{ id: 'none' }, { id: 'all', ...CHANGES }],
}

describe('a warm-up', () => {
  it('comes before the projection, whose dates alone are reported', () => {
    const [scenario] = compiled(parts)
    expect([scenario.steps, scenario.warmUpSteps]).toEqual([WEEKS + WARM_UP, WARM_UP])
    expect(scenario.dates).toHaveLength(WEEKS + 1)
    expect(scenario.dates[0]).toBe('2026-04-05')
    expect(scenario.services[0].first.pools[0].slots).toHaveLength(WEEKS + WARM_UP)
  })

  it('knows no scenario, no money and no shock: its steps are the same whatever the scenario', () => {
    const [none, all] = compiled(parts).map(({ services: [service] }) => service)
    const cells = WARM_UP * 3
    expect(all.clockStarts.subarray(0, cells)).toEqual(none.clockStarts.subarray(0, cells))
    expect(all.clockStarts.subarray(cells)).not.toEqual(none.clockStarts.subarray(cells))
    expect(all.first.attendance.dnaRate?.subarray(0, cells)).toEqual(none.first.attendance.dnaRate?.subarray(0, cells))
    expect([...(all.first.headStart?.subarray(0, cells + 1) ?? [])]).toEqual([...Array<number>(cells).fill(0), 6])
    const open = (service: typeof none): Int32Array => service.first.pools[service.first.pools.length - 1].slots
    expect(open(all).subarray(0, WARM_UP)).toEqual(open(none).subarray(0, WARM_UP))
    all.first.pools.slice(0, -1).forEach(({ slots }) => expect(sum(slots.subarray(0, WARM_UP))).toBe(0))
    const emergency = (service: typeof none, step: number): number => service.exits[3].byBand[0] * (service.exits[3].factor?.[step] ?? 1)
    for (let step = 0; step < WARM_UP; step++) expect(emergency(all, step)).toBeCloseTo(0.001, 15)
    expect(emergency(all, WARM_UP)).toBeCloseTo(0.4, 12)
    expect(all.exits[0].added?.subarray(0, WARM_UP)).toEqual(new Float64Array(WARM_UP))
    expect(all.exits[0].added?.[WARM_UP]).toBeGreaterThan(0)
  })

  it('leaves the projection’s own numbers as they are without one', () => {
    const [, warm] = compiled(parts)
    const [, cold] = compiled({ ...parts, time: {} })
    const [one, other] = [warm.services[0], cold.services[0]]
    const cells = WARM_UP * 3
    expect(one.clockStarts.subarray(cells)).toEqual(other.clockStarts)
    expect(one.first.attendance.dnaRate?.subarray(cells)).toEqual(other.first.attendance.dnaRate)
    expect(one.first.headStart?.subarray(cells)).toEqual(other.first.headStart)
    expect([warm.spend, warm.budgets]).toEqual([cold.spend, cold.budgets])
    expect(Math.abs(sum(one.first.pools[0].slots) - sum(other.first.pools[0].slots))).toBeLessThanOrEqual(1)
  })

  it('runs the calendar backwards from the start', () => {
    const [{ services: [service] }] = compiled({ time: { warmUpWeeks: 2, workingDays: true, start: '2026-04-13' } })
    // The weeks from 30 March and 6 April hold Good Friday and Easter Monday.
    expect([0, 1, 2].map((step) => service.clockStarts[step * 3] / 45)).toEqual([0.8, 0.8, 1].map((share) => expect.closeTo(share, 12) as number))
  })

  it('refuses a scenario that changes what is read once for the whole run', () => {
    expect(() => compiled({ ...parts, scenarios: [{ adjustments: [adjust('rebookWeeks', 'set', 6)] }] })).toThrow(/with a warm-up, for the whole study/)
  })
})
