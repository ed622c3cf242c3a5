import { describe, expect, it } from 'vitest'
import { BACK, FRONT, OWN_PLACE, type ServiceTables } from '../../../src/model/tables.ts'
import { compiled, policy, shock, sum, TWO_LEVELS, WEEKS, type StudyParts } from './study-builder.ts'

const serviceOf = (parts: StudyParts): ServiceTables => compiled(parts)[0].services[0]
const row = (cells: ArrayLike<number> | null, step: number, strata: number): number[] => Array.from(cells ?? []).slice(step * strata, (step + 1) * strata)

describe('head starts', () => {
  it('of policy and priority add up, in steps', () => {
    const scenarios = [{ policies: [policy({ headStartWeeks: [6, 3, 0] })] }]
    const { first, admission, strata } = serviceOf({ priority: TWO_LEVELS, scenarios })
    expect(row(first.headStart, 9, strata)).toEqual([6, 22, 3, 19, 0, 16])
    expect(row(admission.headStart, 9, strata)).toEqual([6, 14, 3, 11, 0, 8])
    const daily = serviceOf({ time: { stepDays: 1 }, scenarios: [{ policies: [policy({ headStartWeeks: [1.5, 0, 0] })] }] })
    expect(row(daily.first.headStart, 9, 3)).toEqual([11, 0, 0])
  })
})

describe('chances', () => {
  it('of policy, priority and shocks multiply', () => {
    const { first, strata } = serviceOf({
      priority: TWO_LEVELS,
      scenarios: [{ policies: [policy({ chanceWeight: [2, 1, 1] })], shocks: [shock({ weeks: ['2026-05-04'], chanceWeight: [0.5, 0.4, 1] })] }],
    })
    expect(row(first.groupWeight, 3, strata)).toEqual([2, 6, 1, 3, 1, 3])
    expect(row(first.groupWeight, 4, strata)).toEqual([1, 3, 0.4, 0.4 * 3, 1, 3])
  })
})

describe('two policies at once', () => {
  it('the later one’s settings that are not neutral win, each by itself', () => {
    const { first, strata } = serviceOf({
      scenarios: [
        {
          policies: [
            policy({ headStartWeeks: [6, 4, 0], inTurnShareFirst: 0.3, reservedShare: [0.1, 0, 0] }),
            policy({ headStartWeeks: [2, 0, 0], chanceWeight: [3, 1, 1], from: '2026-06-01' }),
          ],
        },
      ],
    })
    expect(row(first.headStart, 0, strata)).toEqual([6, 4, 0])
    expect(row(first.headStart, 20, strata)).toEqual([2, 4, 0])
    expect(row(first.groupWeight, 0, strata)).toEqual([1, 1, 1])
    expect(row(first.groupWeight, 20, strata)).toEqual([3, 1, 1])
    const open = first.pools[first.pools.length - 1]
    expect(sum(open.inTurn) / sum(open.slots)).toBeCloseTo(0.3, 3)
    expect(sum(first.pools[0].slots)).toBe(9 * WEEKS)
  })
})

describe('a rule for long waits', () => {
  it('acts from its weeks on while it holds, and is absent where there is none', () => {
    const longWait = { fromWeeks: 52, headStartWeeks: 100, chanceWeight: 5 }
    expect(serviceOf({}).first.longWait).toBeNull()
    const rule = serviceOf({ scenarios: [{ policies: [policy({ longWait, from: '2026-04-13', to: '2026-04-20' })] }] }).first.longWait
    expect([...(rule?.fromAge.subarray(0, 4) ?? [])]).toEqual([0x7fffffff, 52, 52, 0x7fffffff])
    expect([...(rule?.headStart.subarray(0, 4) ?? [])]).toEqual([0, 100, 100, 0])
    expect([...(rule?.weight.subarray(0, 4) ?? [])]).toEqual([1, 5, 5, 1])
  })

  it('counts days where steps are days', () => {
    const longWait = { fromWeeks: 52, headStartWeeks: 100, chanceWeight: 5 }
    const rule = serviceOf({ time: { stepDays: 1 }, scenarios: [{ policies: [policy({ longWait })] }] }).first.longWait
    expect([rule?.fromAge[9], rule?.headStart[9]]).toEqual([7 * 52, 7 * 100])
  })
})

describe('rebooking', () => {
  it('follows the study’s rules, and the policy’s while it holds', () => {
    const rebooking = { afterDna: 'back', afterPatientCancellation: 'own-place', afterHospitalCancellation: 'front' } as const
    const { attendance } = serviceOf({ scenarios: [{ policies: [policy({ rebooking, from: '2026-04-13', to: '2026-04-13' })] }] }).first
    expect([...attendance.placeAfterDna.subarray(0, 3)]).toEqual([OWN_PLACE, BACK, OWN_PLACE])
    expect([...attendance.placeAfterHospital.subarray(0, 3)]).toEqual([FRONT, FRONT, FRONT])
  })

  it('takes at least a step', () => {
    expect(serviceOf({}).first.attendance.rebookSteps).toBe(1)
    expect(serviceOf({ assumptions: { rebookWeeks: 3 } }).admission.attendance.rebookSteps).toBe(3)
    expect(serviceOf({ assumptions: { rebookWeeks: 1.5 }, time: { stepDays: 1 } }).first.attendance.rebookSteps).toBe(11)
  })
})

describe('priority', () => {
  it('has its targets by stratum, and levels drawn anew at the decision to admit', () => {
    const [{ targetWeeksFirst, targetWeeksAdmission, services: [service] }] = compiled({ priority: TWO_LEVELS })
    expect([...targetWeeksFirst.subarray(0, 2)]).toEqual([18, 2])
    expect([...targetWeeksAdmission.subarray(0, 2)]).toEqual([Number.NaN, 4])
    expect([...(service.levelAtDecision?.subarray(0, 4) ?? [])]).toEqual([0.7, 1, 0.7, 1])
    expect(serviceOf({}).levelAtDecision).toBeNull()
  })
})
