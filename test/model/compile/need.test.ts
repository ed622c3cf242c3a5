import { describe, expect, it } from 'vitest'
import type { ServiceTables } from '../../../src/model/tables.ts'
import { programme } from '../../investment/programmes.ts'
import { adjust, AGE, compiled, inStep, shock, sum, TWO_LEVELS, WEEKS, type StudyParts } from './study-builder.ts'

const serviceOf = (parts: StudyParts): ServiceTables => compiled(parts)[0].services[0]
/** Clock starts of a step, all groups, seen first or listed directly. */
const starts = (service: ServiceTables, step: number): number => inStep(service.clockStarts, step, service.strata) + inStep(service.directStarts, step, service.strata)
const PROPENSITY = { referralPropensity: [0.5, 0.8, 0.8] }

describe('need', () => {
  it('moves clock starts and unreferred need alike', () => {
    const plain = serviceOf({ assumptions: PROPENSITY })
    const grown = serviceOf({ assumptions: PROPENSITY, scenarios: [{ adjustments: [adjust('needFactor', 'multiply', 1.1)] }] })
    expect(starts(grown, 7)).toBeCloseTo(1.1 * starts(plain, 7), 9)
    expect(inStep(grown.unmetNeed.arising, 7, 3)).toBeCloseTo(1.1 * inStep(plain.unmetNeed.arising, 7, 3), 9)
    expect(grown.unmetNeed.initial).toEqual(plain.unmetNeed.initial)
    expect(plain.unmetNeed.arising[0]).toBeCloseTo(50, 9)
  })

  it('answered by advice and guidance starts no clock, until the share referred again comes back', () => {
    const each = (value: number): number[] => [value, value, value]
    const service = serviceOf({ assumptions: { diversionShare: each(0.2), diversionReturnShare: each(0.25), diversionReturnWeeks: 6 } })
    expect(inStep(service.diverted, 0, 3)).toBeCloseTo(20, 9)
    expect(starts(service, 5)).toBeCloseTo(80, 9)
    expect(starts(service, 6)).toBeCloseTo(85, 9)
  })

  it('kept away by a shock comes back in part, and the rest joins unmet need', () => {
    const service = serviceOf({
      scenarios: [{ shocks: [shock({ kind: 'pandemic', weeks: ['2026-05-04', '2026-05-11'], referralLoss: [0.5, 0, 0], referralReturn: [0.6, 0, 0], returnWeeks: 10 })] }],
    })
    // Group 1: 25 of 50 lost in each of two weeks; 30 return, 3 a week; 10 a week are lost for good.
    expect([4, 5, 6, 15, 16].map((step) => starts(service, step))).toEqual([75, 75, 103, 103, 100].map((people) => expect.closeTo(people, 9) as number))
    expect([3, 4, 5, 6].map((step) => inStep(service.unmetNeed.arising, step, 3))).toEqual([0, 10, 10, 0].map((people) => expect.closeTo(people, 9) as number))
    expect(service.unmetNeed.arising[4 * 3]).toBeCloseTo(10, 9)
    const all = Array.from({ length: WEEKS }, (_, step) => starts(service, step))
    expect(sum(all) + sum(service.unmetNeed.arising)).toBeCloseTo(100 * WEEKS, 6)
  })
})

describe('unmet need', () => {
  const LATE = { ...PROPENSITY, unmetNeedInitialWeeks: 10, latePresentationPerWeek: [0.02, 0.01, 0.01], latePresentationLevel: 1, unmetNeedEmergencyPerWeek: [0.001, 0, 0], unmetNeedResolutionPerWeek: 0.05 }

  it('stands in the level with which people present late, and in that alone', () => {
    const { unmetNeed } = serviceOf({ assumptions: LATE, priority: TWO_LEVELS })
    const [odd, even] = [(index: number): boolean => index % 2 === 1, (index: number): boolean => index % 2 === 0]
    expect([...unmetNeed.initial]).toEqual([0, 500, 0, 75, 0, 50])
    expect(sum(unmetNeed.arising, even)).toBe(0)
    expect(unmetNeed.arising[1]).toBeCloseTo(50, 9)
    expect(sum(unmetNeed.late, even)).toBe(0)
    expect(unmetNeed.late?.[1]).toBeCloseTo(1 - Math.exp(-0.02), 12)
    expect(unmetNeed.emergency?.[1]).toBeCloseTo(1 - Math.exp(-0.001), 12)
    expect(unmetNeed.lost).toBeCloseTo(1 - Math.exp(-0.05), 12)
    expect(sum(unmetNeed.arising, odd)).toBeGreaterThan(0)
  })

  it('stands in the least urgent level where nobody presents late in any scenario', () => {
    const off = { ...LATE, latePresentationPerWeek: [0, 0, 0] }
    expect([...serviceOf({ assumptions: off, priority: TWO_LEVELS }).unmetNeed.initial]).toEqual([500, 0, 75, 0, 50, 0])
    const [reference, late] = compiled({ assumptions: off, priority: TWO_LEVELS, scenarios: [{}, { adjustments: [adjust('latePresentationPerWeek', 'set', 0.1)] }] })
    expect(reference.services[0].unmetNeed.initial).toEqual(late.services[0].unmetNeed.initial)
    expect(reference.services[0].unmetNeed.late).toBeNull()
  })

  it('found by outreach is found where it stands, in proportion', () => {
    const { services: [service], strata } = compiled({
      assumptions: { ...PROPENSITY, unmetNeedInitialWeeks: 26 },
      dimensions: [AGE],
      scenarios: [{ invest: [programme({ lever: 'outreach', from: '2026-01-01', allocate: { rule: 'targeted', groups: [1] } })] }],
    })[0]
    const found = service.unmetNeed.found ?? new Float64Array(0)
    expect(found[10 * strata] / found[10 * strata + 1]).toBeCloseTo(0.7 / 0.3, 9)
    expect(sum(found, (index) => index % strata > 1)).toBe(0)
    expect(sum(found)).toBeGreaterThan(100)
  })

  it('with days as steps has a seventh of the hazard a day', () => {
    expect(serviceOf({ assumptions: LATE, time: { stepDays: 1 } }).unmetNeed.lost).toBeCloseTo(1 - Math.exp(-0.05 / 7), 12)
  })
})
